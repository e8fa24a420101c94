"""The wireless connection."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from homeassistant.const import CONF_URL
from homeassistant.core import SupportsResponse
from homeassistant.helpers import config_validation as cv
import voluptuous as vol
from yarl import URL

from ....clients.errors import CannotConnect
from ....clients.gl_s20 import rules
from ....clients.gl_s20.client import GlS20Client
from ....clients.gl_s20.models import (
    Addressing,
    EthernetState,
    WifiSecurity,
    WifiState,
    WifiStatus,
)
from ....clients.secret import Secret
from ....errors import failure, input_error
from ...actions import ActionCall, ActionResult, GatehouseAction
from ..readings import SAVED_WIFIS, WIFI
from .addresses import ADDRESS_FIELDS, ADDRESSING, sent_address
from .validation import check, checked, chosen, secret_text

LOOK_INTERVAL: Final = 2.0
"""Seconds."""

LOOKS: Final = 15
"""How often to look whether the Wi-Fi is connected, before giving up."""

SECURITIES: Final = {each.name.lower(): each for each in WifiSecurity}

_KEYLESS: Final = frozenset({WifiSecurity.OPEN, WifiSecurity.OWE})
_SUPPORTED: Final = {
    name: each for name, each in SECURITIES.items() if each is not WifiSecurity.WPA2_ENTERPRISE
}


async def _connect_wifi(call: ActionCall[GlS20Client]) -> ActionResult:
    """Connect to a Wi-Fi, and follow how that goes."""
    fields = call.fields
    ssid = checked(rules.check_wifi_name, fields["ssid"])
    security, password = _protection(fields)
    bssid = fields.get("bssid")
    if bssid is not None:
        check(rules.check_bssid, bssid)
    static = sent_address(fields)
    if not fields["force"]:
        await _refuse_when_in_use(call)
    await call.client.wifi.start(
        ssid,
        security=security,
        password=password,
        save=fields["save"],
        bssid=bssid,
        static=static,
    )
    status = await _settled(call.client, ssid)
    if status is None:
        raise failure("wifi_took_router_away", ssid=ssid)
    connected = status.state is WifiState.CONNECTED and status.ssid == ssid
    return ActionResult(
        response={
            "connected": connected,
            "ipv4_address": status.ipv4_address if connected else None,
            "failure": status.failure,
        }
    )


def _protection(fields: Mapping[str, Any]) -> tuple[WifiSecurity, Secret[str] | None]:
    """Return security and password that go together. Raises a translated error."""
    password: Secret[str] | None = fields.get("password")
    if password == Secret(""):
        password = None
    if "security" in fields:
        security = chosen(fields, "security", _SUPPORTED)
    else:
        security = WifiSecurity.OPEN if password is None else WifiSecurity.WPA2_PSK
    if (password is None) != (security in _KEYLESS):
        raise input_error("wifi_password_needed" if password is None else "wifi_password_unused")
    if password is not None:
        check(rules.check_wifi_password, password.reveal())
    return security, password


async def _refuse_when_in_use(call: ActionCall[GlS20Client]) -> None:
    """Raise where the Wi-Fi is the way on which Home Assistant reaches the router."""
    wired = (await call.client.ethernet.status()).state is EthernetState.CONNECTED
    wireless = (await call.client.wifi.status()).ipv4_address
    if not wired or URL(call.entry.data[CONF_URL]).host == wireless:
        raise input_error("reached_over_wifi", device=call.entry.title)


async def _settled(client: GlS20Client, ssid: str) -> WifiStatus | None:
    """Return the state once it will not change any more; None where the router is gone."""
    status: WifiStatus | None = None
    for _ in range(LOOKS):
        await asyncio.sleep(LOOK_INTERVAL)
        try:
            status = await client.wifi.status()
        except CannotConnect:
            status = None
            continue
        if status.ssid == ssid and status.state in {WifiState.CONNECTED, WifiState.FAILED}:
            break
    return status


async def _list_saved_wifi(call: ActionCall[GlS20Client]) -> ActionResult:
    """List what the device remembers, but for the passwords."""
    saved = (await call.client.wifi.saved()).networks
    return ActionResult(
        response={
            "networks": [
                {
                    "ssid": each.ssid,
                    "security": each.security and each.security.name.lower(),
                    "bssid": each.bssid if each.lock_bssid else None,
                    "addressing": each.addressing,
                }
                for each in saved
            ]
        }
    )


async def _delete_saved_wifi(call: ActionCall[GlS20Client]) -> None:
    """Make the device forget a Wi-Fi, in every security unless one is named."""
    ssid = checked(rules.check_wifi_name, call.fields["ssid"])
    wanted = (
        {chosen(call.fields, "security", SECURITIES)}
        if "security" in call.fields
        else set(WifiSecurity)
    )
    found = [
        each.security
        for each in (await call.client.wifi.saved()).networks
        if each.ssid == ssid and each.security in wanted
    ]
    if not found:
        raise input_error("wifi_not_saved", ssid=ssid)
    for security in found:
        await call.client.wifi.delete_saved(ssid, security)


WIFI_ACTIONS: Final = (
    GatehouseAction[GlS20Client](
        name="connect_wifi",
        fields={
            vol.Required("ssid"): cv.string,
            vol.Optional("password"): secret_text,
            vol.Optional("security"): cv.string,
            vol.Optional("save", default=True): cv.boolean,
            vol.Optional("bssid"): cv.string,
            vol.Optional(ADDRESSING, default=Addressing.DHCP.value): cv.string,
            **ADDRESS_FIELDS,
            vol.Optional("force", default=False): cv.boolean,
        },
        run=_connect_wifi,
        supports_response=SupportsResponse.OPTIONAL,
        admin=True,
        read_back=(WIFI, SAVED_WIFIS),
    ),
    GatehouseAction[GlS20Client](
        name="list_saved_wifi", run=_list_saved_wifi, supports_response=SupportsResponse.ONLY
    ),
    GatehouseAction[GlS20Client](
        name="delete_saved_wifi",
        fields={vol.Required("ssid"): cv.string, vol.Optional("security"): cv.string},
        run=_delete_saved_wifi,
        read_back=(SAVED_WIFIS,),
    ),
)
