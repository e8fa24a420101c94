"""Switching the Wi-Fi of a GL-S20 and the checks of its failover."""

from dataclasses import replace
from typing import Final

from yarl import URL

from ...clients.errors import InvalidReply
from ...clients.gl_s20.client import GlS20Client
from ...clients.gl_s20.models import (
    Addressing,
    EthernetState,
    FailoverConfiguration,
    WifiSecurity,
    WifiState,
)
from ...clients.gl_s20.rules import check_targets
from ...errors import input_error
from ..readings import Snapshot
from .readings import ETHERNET, WIFI

_UNUSABLE: Final = frozenset({None, WifiSecurity.WPA2_ENTERPRISE})
_ENTERED: Final = frozenset({WifiState.CONNECTING, WifiState.CONNECTED})


def objection_to_wifi_off(data: Snapshot, url: URL) -> str | None:
    """Object to cutting the connection over which the device is reached."""
    wifi, ethernet = data.last(WIFI), data.get(ETHERNET)
    if wifi is not None and wifi.ipv4_address is not None and wifi.ipv4_address == url.host:
        return "wifi_carries_us"
    if ethernet is None or ethernet.state is not EthernetState.CONNECTED:
        return "wifi_is_only_uplink"
    return None


async def set_wifi(client: GlS20Client, *, enabled: bool) -> None:
    """Leave the Wi-Fi, or connect to the first one that the device remembers."""
    if not enabled:
        await client.wifi.stop()
        return
    if (await client.wifi.status()).state in _ENTERED:
        # It may be in another one than the first, and perhaps that is our way to it.
        return
    saved = (await client.wifi.saved()).networks
    wifi = next((each for each in saved if each.ssid and each.security not in _UNUSABLE), None)
    if wifi is None or wifi.ssid is None or wifi.security is None:
        raise input_error("no_saved_wifi")
    try:
        await client.wifi.start(
            wifi.ssid,
            security=wifi.security,
            password=wifi.password,
            bssid=wifi.bssid if wifi.lock_bssid else None,
            static=wifi.static if wifi.addressing is Addressing.STATIC else None,
        )
    except ValueError as err:
        raise InvalidReply("what is saved of a Wi-Fi cannot be right") from err


async def set_ethernet_check(client: GlS20Client, *, enabled: bool) -> None:
    """Switch the check of Ethernet, and leave that of Wi-Fi as it is."""
    async with client.changing:
        failover = await _failover(client)
        ethernet = replace(failover.ethernet, enabled=enabled)
        await client.failover.configure(ethernet=ethernet, wifi=failover.wifi)


async def set_wifi_check(client: GlS20Client, *, enabled: bool) -> None:
    """Switch the check of Wi-Fi, and leave that of Ethernet as it is."""
    async with client.changing:
        failover = await _failover(client)
        wifi = replace(failover.wifi, enabled=enabled)
        await client.failover.configure(ethernet=failover.ethernet, wifi=wifi)


async def _failover(client: GlS20Client) -> FailoverConfiguration:
    """Read what has to be sent back along with a change.

    Raises InvalidReply if it is not whole, or not as the device itself would take it.
    """
    failover = await client.failover.configuration()
    for check in (failover.ethernet, failover.wifi):
        if check.enabled is None:
            raise InvalidReply("the configuration of the failover is incomplete")
        try:
            check_targets(check.ipv4_targets, check.ipv6_targets)
        except ValueError as err:
            raise InvalidReply("the configuration of the failover cannot be right") from err
    return failover
