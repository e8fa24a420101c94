"""Ethernet, Wi-Fi and failover."""

from collections.abc import Awaitable, Callable
import json

import pytest

from custom_components.gatehouse.clients.errors import CannotConnect, OutcomeUnknown
from custom_components.gatehouse.clients.gl_s20.client import GlS20Client
from custom_components.gatehouse.clients.gl_s20.models import (
    Addressing,
    EthernetState,
    StaticAddress,
    UplinkCheck,
    WanStatus,
    WifiSecurity,
    WifiState,
)
from custom_components.gatehouse.clients.secret import Secret
from simulators.faults import FaultKind
from simulators.gl_s20 import GlS20Simulator, Reach
from tests.clients.conftest import ScriptedDevice
from tests.clients.gl_s20.conftest import NewClient, StartRouter, count, ok

STATIC = StaticAddress(ip_address="192.0.2.50", netmask="255.255.255.0", gateway="192.0.2.1")
PASSWORD = Secret("house-invented")


async def test_ethernet(router: GlS20Simulator, client: GlS20Client) -> None:
    """State and addresses, with and without a cable."""
    router.lab.advance(10)
    status = await client.ethernet.status()
    assert status.state is EthernetState.CONNECTED
    assert status.addressing is Addressing.DHCP
    assert status.ipv4_address == router.lab.state()["ethernet_ip"]
    assert status.ipv4_gateway
    assert status.ipv6_address
    router.lab.plug_ethernet(plugged=False)
    status = await client.ethernet.status()
    assert status.state is EthernetState.NO_CABLE
    assert status.ipv4_address is None
    router.lab.plug_ethernet(plugged=True)
    assert (await client.ethernet.status()).state is EthernetState.CONNECTING


async def test_ethernet_address(router: GlS20Simulator, client: GlS20Client) -> None:
    """By hand and back."""
    await client.ethernet.configure(STATIC)
    configuration = await client.ethernet.configuration()
    assert configuration.addressing is Addressing.STATIC
    assert configuration.static == STATIC
    assert router.lab.state()["ethernet_ip"] == "192.0.2.50"
    await client.ethernet.configure(None)
    assert (await client.ethernet.configuration()).addressing is Addressing.DHCP


async def test_new_address_cuts_the_connection(
    start_router: StartRouter, new_client: NewClient
) -> None:
    """The device has moved: a success that cannot be seen from here."""
    router = await start_router(reached_over=Reach.ETH)
    client = new_client(router)
    await client.ethernet.configure(STATIC)
    assert router.lab.state()["moved"]
    assert count(router, "/eth/set_config") == 1
    with pytest.raises(CannotConnect):
        await client.ethernet.status()
    router.lab.follow()
    router.lab.advance(10)
    assert (await client.ethernet.status()).ipv4_address == "192.0.2.50"


async def test_wifi(router: GlS20Simulator, client: GlS20Client) -> None:
    """State and addresses, connected and not."""
    status = await client.wifi.status()
    assert status.state is WifiState.CONNECTED
    assert (status.ssid, status.bssid) == ("House", "02:00:5e:00:53:01")
    assert status.ipv4_address == "192.0.2.21"
    assert status.failure is None
    await client.wifi.stop()
    status = await client.wifi.status()
    assert status.state is WifiState.IDLE
    assert status.ssid is None
    await client.wifi.start("Garden", security=WifiSecurity.WPA2_WPA3_PSK, password=PASSWORD)
    assert (await client.wifi.status()).state is WifiState.CONNECTING
    router.lab.advance(10)
    status = await client.wifi.status()
    assert status.state is WifiState.FAILED
    assert status.failure == "Authentication failed"


async def test_wifi_with_everything(router: GlS20Simulator, client: GlS20Client) -> None:
    """One access point, a static address, not remembered."""
    await client.wifi.start(
        "House",
        security=WifiSecurity.WPA2_PSK,
        password=PASSWORD,
        save=False,
        bssid="02:00:5e:00:53:02",
        static=STATIC,
    )
    router.lab.advance(10)
    status = await client.wifi.status()
    assert status.state is WifiState.CONNECTED
    assert (status.bssid, status.ipv4_address) == ("02:00:5e:00:53:02", "192.0.2.50")
    assert len((await client.wifi.saved()).networks) == 1


async def test_open_wifi(device: ScriptedDevice, scripted: GlS20Client) -> None:
    """All members that are mandatory, and no others."""
    device.answer("/wifi/start", ok())
    await scripted.wifi.start("Café", security=WifiSecurity.OPEN)
    assert json.loads(device.last("/wifi/start").body) == {
        "enable_wifi_save": True,
        "protocol": "dhcp",
        "ssid": "Café",
        "pwd": "",
        "lock_bssid": False,
        "auth_mode": 0,
    }


async def test_saved_wifis(client: GlS20Client) -> None:
    """Remembered and forgotten."""
    await client.wifi.start(
        "Garden", security=WifiSecurity.WPA2_WPA3_PSK, password=Secret("garden-invented")
    )
    first, second = (await client.wifi.saved()).networks
    assert (first.ssid, first.security) == ("House", WifiSecurity.WPA2_PSK)
    assert first.password == PASSWORD
    assert first.lock_bssid is False
    assert second.addressing is Addressing.DHCP
    await client.wifi.delete_saved("House", WifiSecurity.WPA2_PSK)
    assert [each.ssid for each in (await client.wifi.saved()).networks] == ["Garden"]


async def test_wifi_scan(client: GlS20Client) -> None:
    """Access points on the air."""
    networks = (await client.wifi.scan()).networks
    assert [each.ssid for each in networks] == ["House", "House", "Garden", "Café"]
    assert networks[3].security is WifiSecurity.OPEN
    assert networks[0].rssi == -52


async def test_reconnection(client: GlS20Client) -> None:
    """Switched and read."""
    for enabled in (True, False):
        await client.wifi.set_reconnection(enabled=enabled)
        assert (await client.wifi.reconnection()).enabled is enabled


async def test_failover(client: GlS20Client) -> None:
    """What can be set is set, and what cannot stays."""
    before = await client.failover.configuration()
    assert before.ethernet.interval is not None
    assert before.ethernet.successes is not None
    assert before.ethernet.failures is not None
    assert before.ethernet_priority != before.wifi_priority
    await client.failover.configure(
        ethernet=UplinkCheck(enabled=True, ipv4_targets=("192.0.2.1", "192.0.2.2")),
        wifi=UplinkCheck(enabled=False, ipv6_targets=("2001:db8::1",)),
    )
    after = await client.failover.configuration()
    assert after.ethernet.enabled is True
    assert after.ethernet.ipv4_targets == ("192.0.2.1", "192.0.2.2")
    assert after.ethernet.interval == before.ethernet.interval
    assert after.wifi.enabled is False
    assert after.wifi.ipv6_targets == ("2001:db8::1",)


async def test_uplink_without_internet(router: GlS20Simulator, client: GlS20Client) -> None:
    """The state at a glance follows the uplinks."""
    router.lab.advance(10)
    assert (await client.system.information()).wan_status is WanStatus.ONLINE
    router.lab.plug_ethernet(plugged=False)
    await client.wifi.stop()
    assert (await client.system.information()).wan_status is WanStatus.NO_NETWORK


@pytest.mark.parametrize("path", ["eth/set_config", "wifi/stop", "wifi/start"])
async def test_cut_connection_counts_as_success(
    router: GlS20Simulator, client: GlS20Client, path: str
) -> None:
    """These commands may cut the branch on which they sit; they are sent once all the same."""
    calls: dict[str, Callable[[], Awaitable[None]]] = {
        "eth/set_config": lambda: client.ethernet.configure(STATIC),
        "wifi/stop": client.wifi.stop,
        "wifi/start": lambda: client.wifi.start("Café", security=WifiSecurity.OPEN),
    }
    router.lab.break_replies(path, FaultKind.DROP, times=None, executed=True)
    await calls[path]()
    assert count(router, f"/{path}") == 1
    router.lab.repair()
    router.lab.break_replies(path, FaultKind.GARBAGE)
    with pytest.raises(OutcomeUnknown):
        await calls[path]()


async def test_malformed_values_are_not_sent(router: GlS20Simulator, client: GlS20Client) -> None:
    """The device is not bothered with what it refuses."""
    for call in (
        client.ethernet.configure(StaticAddress(ip_address="192.0.2.50")),
        client.wifi.start("", security=WifiSecurity.OPEN),
        client.wifi.start("x", security=WifiSecurity.WPA2_PSK, password=Secret("1")),
        client.wifi.start("x", security=WifiSecurity.WPA2_ENTERPRISE),
        client.wifi.start("x", security=WifiSecurity.OPEN, bssid="x"),
        client.wifi.start("x", security=WifiSecurity.OPEN, static=StaticAddress()),
        client.failover.configure(
            ethernet=UplinkCheck(ipv4_targets=("192.0.2.1",) * 4), wifi=UplinkCheck()
        ),
    ):
        with pytest.raises(ValueError, match=" "):
            await call
    assert router.requests == []
