"""Ethernet, Wi-Fi and failover between them."""

from typing import Any

import aiohttp
import pytest

from simulators.gl_s20 import GlS20Simulator
from tests.simulators.gl_s20.conftest import MakeRouter, OpenPage
from tests.simulators.gl_s20.web_page import Refused, WebPage

STATIC = {
    "protocol": "static",
    "ipv4": {"ip": "192.0.2.99", "netmask": "255.255.255.0", "gateway": "192.0.2.1"},
}
GARDEN = {
    "enable_wifi_save": True,
    "protocol": "dhcp",
    "ssid": "Garden",
    "pwd": "garden-invented",
    "lock_bssid": False,
    "auth_mode": 7,
}
CHECK = {"enable": True, "check_ipv4": ["192.0.2.1"], "check_ipv6": []}


async def wifi_state(page: WebPage) -> tuple[int, str]:
    """Return state and name of the Wi-Fi network."""
    status = await page.get("wifi/get_status")
    return status["status"], status["ssid"]


async def test_ethernet_cable(router: GlS20Simulator, page: WebPage) -> None:
    """Without a cable there is status 3, after plugging in 2 and then 1."""
    seen = []
    for plugged in (False, True):
        router.lab.plug_ethernet(plugged=plugged)
        seen.append(await page.get("eth/get_status"))
    router.lab.advance(3)
    seen.append(await page.get("eth/get_status"))
    assert [each["status"] for each in seen] == [3, 2, 1]
    assert ["ipv4" in each for each in seen] == [False, False, True]
    router.lab.set_dhcp(answers=False)
    assert (await page.get("eth/get_status"))["status"] == 0


async def test_static_ethernet(router: GlS20Simulator, page: WebPage) -> None:
    """A static address is taken after a moment."""
    await page.post("eth/set_config", **STATIC)
    assert await page.get("eth/get_status") == {"status": 2, "protocol": "static"}
    assert await page.get("eth/get_config") == STATIC
    router.lab.advance(3)
    assert (await page.get("eth/get_status"))["ipv4"]["ip"] == "192.0.2.99"
    assert router.lab.state()["moved"] == ["eth"]
    await page.post("eth/set_config", protocol="dhcp")
    assert router.lab.state()["moved"] == []


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"protocol": "magic"}, "protocol"),
        ({"ipv4": None}, "ipv4"),
        ({"ipv4": {"ip": "192.0.2.99", "netmask": "255.255.255.0"}}, "gateway"),
        ({"ipv4": STATIC["ipv4"] | {"ip": "192.0.2"}}, "ipv4"),  # type: ignore[operator] # a dict
        ({"ipv4": STATIC["ipv4"] | {"gateway": "198.51.100.1"}}, "gateway"),  # type: ignore[operator] # a dict
    ],
)
async def test_bad_ethernet(page: WebPage, change: dict[str, Any], name: str) -> None:
    """An address that cannot be is refused."""
    with pytest.raises(Refused, match=name):
        await page.post("eth/set_config", **(STATIC | change))
    assert (await page.get("eth/get_status"))["status"] == 1


async def test_moving_away(make_router: MakeRouter, open_page: OpenPage) -> None:
    """Reached over Ethernet only, a device with another address has to be found again."""
    router = await make_router(reached_over="eth")
    page = await open_page(router)
    assert await page.post("eth/set_config", **STATIC) == {}
    router.lab.advance(10)
    with pytest.raises(aiohttp.ClientConnectionError):
        await page.get("ui/check_initialized")
    assert (router.lab.state()["up"], router.lab.state()["moved"]) == (False, ["eth"])
    router.lab.follow()
    assert (await page.get("eth/get_status"))["ipv4"]["ip"] == "192.0.2.99"
    router.lab.plug_ethernet(plugged=False)
    with pytest.raises(aiohttp.ClientConnectionError):
        await page.get("ui/check_initialized")


async def test_sawing_off_the_branch(make_router: MakeRouter, open_page: OpenPage) -> None:
    """Reached over Wi-Fi only, a device whose Wi-Fi is stopped is gone."""
    router = await make_router(reached_over="wifi")
    page = await open_page(router)
    await page.post("wifi/stop")
    with pytest.raises(aiohttp.ClientConnectionError):
        await page.get("ui/check_initialized")


async def test_wifi(router: GlS20Simulator, page: WebPage) -> None:
    """Wi-Fi connects, and is stopped."""
    seen = [await wifi_state(page)]
    await page.post("wifi/start", **GARDEN)
    seen.append(await wifi_state(page))
    router.lab.advance(4)
    seen.append(await wifi_state(page))
    await page.post("wifi/stop")
    seen.append(await wifi_state(page))
    assert seen == [(2, "House"), (1, "Garden"), (2, "Garden"), (0, "")]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"pwd": "not the right one"}, "Authentication failed"),
        ({"ssid": "Attic"}, "AP not found"),
        ({"lock_bssid": True, "bssid": "02:00:5e:00:53:01"}, "AP not found"),
    ],
)
async def test_wifi_fails(
    router: GlS20Simulator, page: WebPage, change: dict[str, Any], message: str
) -> None:
    """A failure has a reason."""
    await page.post("wifi/start", **(GARDEN | change))
    router.lab.advance(4)
    status = await page.get("wifi/get_status")
    assert (status["status"], status["fail_msg"]) == (3, message)
    assert "ipv4" not in status


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"ssid": ""}, "ssid"),
        ({"pwd": "short"}, "pwd"),
        ({"auth_mode": 5}, "auth_mode"),
        ({"auth_mode": 10}, "auth_mode"),
        ({"lock_bssid": True}, "bssid"),
        ({"lock_bssid": None}, "lock_bssid"),
        ({"enable_wifi_save": None}, "enable_wifi_save"),
        ({"protocol": "static"}, "ipv4"),
    ],
)
async def test_bad_wifi(page: WebPage, change: dict[str, Any], name: str) -> None:
    """What cannot be is refused, and the connection stays."""
    with pytest.raises(Refused, match=name):
        await page.post("wifi/start", **(GARDEN | change))
    assert await wifi_state(page) == (2, "House")


async def test_saved_wifi(page: WebPage) -> None:
    """Three networks are kept, the oldest gives way, and each can be forgotten."""
    for number in range(3):
        await page.post("wifi/start", **(GARDEN | {"ssid": f"Net {number}"}))
    await page.post("wifi/start", **(GARDEN | {"ssid": "Unsaved", "enable_wifi_save": False}))
    saved = (await page.get("wifi/get_save_wifi"))["list"]
    assert [each["ssid"] for each in saved] == ["Net 0", "Net 1", "Net 2"]
    await page.post("wifi/delete_save_wifi", ssid="Net 1", auth_mode=7)
    with pytest.raises(Refused, match="Not saved"):
        await page.post("wifi/delete_save_wifi", ssid="Net 1", auth_mode=7)
    saved = (await page.get("wifi/get_save_wifi"))["list"]
    assert [each["ssid"] for each in saved] == ["Net 0", "Net 2"]


@pytest.mark.parametrize("reconnect", [False, True])
async def test_saved_wifi_steps_in(
    router: GlS20Simulator, page: WebPage, *, reconnect: bool
) -> None:
    """Where wanted, a saved network replaces one that is gone."""
    await page.post("wifi/set_reconn_to_saved_wifi", enable=reconnect)
    assert await page.get("wifi/get_reconn_to_saved_wifi") == {"enable": reconnect}
    await page.post("wifi/start", **GARDEN)
    router.lab.advance(4)
    router.lab.set_access_point("Garden", on=False)
    seen = [await wifi_state(page)]
    router.lab.advance(4)
    seen.append(await wifi_state(page))
    assert seen == ([(1, "House"), (2, "House")] if reconnect else [(3, "Garden")] * 2)
    router.lab.set_access_point("Garden", on=True)
    names = [each["ssid"] for each in (await page.get("wifi/scan"))["list"]]
    assert names.count("Garden") == 1


async def test_uplink_changes(router: GlS20Simulator, page: WebPage) -> None:
    """Wi-Fi takes over from Ethernet and keeps its place as long as it works."""
    seen = [router.lab.state()["uplink"]]
    router.lab.plug_ethernet(plugged=False)
    seen.append(router.lab.state()["uplink"])
    router.lab.plug_ethernet(plugged=True)
    router.lab.advance(10)
    seen.append(router.lab.state()["uplink"])
    router.lab.set_access_point("House", on=False)
    seen.append(router.lab.state()["uplink"])
    router.lab.plug_ethernet(plugged=False)
    seen.append(router.lab.state()["uplink"])
    assert seen == ["eth", "wifi", "wifi", "eth", None]
    assert (await page.get("sys/get_info"))["wan_status"] == 0


async def test_failover(router: GlS20Simulator, page: WebPage) -> None:
    """A watched interface without internet is left after the checks have failed."""
    await page.post("wan_failover/set_config", eth=CHECK)
    router.lab.set_internet("eth", available=False)
    router.lab.advance(60 * 3 - 1)
    assert router.lab.state()["uplink"] == "eth"
    router.lab.advance(1)
    assert router.lab.state()["uplink"] == "wifi"
    router.lab.set_access_point("House", on=False)
    await page.log_in(router.password)
    assert router.lab.state()["uplink"] == "eth"
    assert (await page.get("sys/get_info"))["wan_status"] == 1
    router.lab.set_internet("eth", available=True)
    assert (await page.get("sys/get_info"))["wan_status"] == 2


async def test_unwatched_interface(router: GlS20Simulator, page: WebPage) -> None:
    """Without a check the device does not notice that the internet is gone."""
    router.lab.set_internet("eth", available=False)
    router.lab.advance(3600)
    await page.log_in(router.password)
    assert (await page.get("sys/get_info"))["wan_status"] == 2
    with pytest.raises(Refused, match="Server not reachable"):
        await page.get("sys/check_online_firmware")


async def test_failover_config(page: WebPage) -> None:
    """The switch and the addresses can be changed, the rest is read only."""
    before = await page.get("wan_failover/get_config")
    assert before["priority"] == {"eth": 1, "wifi": 2}
    await page.post("wan_failover/set_config", wifi=CHECK | {"check_interval": 99})
    after = await page.get("wan_failover/get_config")
    assert after["eth"] == before["eth"]
    assert after["wifi"] == before["wifi"] | CHECK


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"enable": None}, "enable"),
        ({"check_ipv4": ["192.0.2"]}, "check_ipv4"),
        ({"check_ipv4": ["192.0.2.1"] * 4}, "check_ipv4"),
        ({"check_ipv6": ["192.0.2.1"]}, "check_ipv6"),
        ({"check_ipv6": None}, "check_ipv6"),
    ],
)
async def test_bad_failover(page: WebPage, change: dict[str, Any], name: str) -> None:
    """At most three proper addresses, or nothing changes."""
    before = await page.get("wan_failover/get_config")
    with pytest.raises(Refused, match=name):
        await page.post("wan_failover/set_config", eth=CHECK, wifi=CHECK | change)
    assert await page.get("wan_failover/get_config") == before
