"""Looking around: what is found, and what happens to the rest meanwhile."""

import asyncio

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from simulators.gl_s20 import GlS20Simulator
from tests.conftest import state_of

from .action_helpers import act, failure, sent, soon
from .conftest import SetUpRouter, StartRouter

ROLE = "sensor.gl_s20_thread_role"


async def test_thread_networks(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A scan tells the networks of others, the strongest first."""
    await set_up_router(router)
    response = await act(hass, "scan_thread_networks")
    assert response == {
        "networks": [
            {
                "network_name": "ha-thread-7e57",
                "extended_pan_id": "5ca1ab1e5ca1ab1e",
                "pan_id": "0x7E57",
                "channel": 15,
                "rssi": -58,
                "lqi": 3,
            },
            {
                "network_name": "Next door",
                "extended_pan_id": "0ddba11c0ddba11c",
                "pan_id": "0x0DDB",
                "channel": 20,
                "rssi": -87,
                "lqi": 1,
            },
        ]
    }


async def test_odd_thread_networks(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A network that tells little of itself comes last, with nothing made up."""
    await set_up_router(router)
    router.lab.set_field(
        "otbr/scan", "ScanList", [{"PanId": 65535}, {"NetworkName": "Near", "Rssi": -30}]
    )
    networks = (await act(hass, "scan_thread_networks"))["networks"]
    assert [each["network_name"] for each in networks] == ["Near", None]
    assert networks[1]["pan_id"] is None
    assert networks[1]["rssi"] is None


async def test_wifi(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A scan tells each access point, the strongest first."""
    await set_up_router(router)
    networks = (await act(hass, "scan_wifi"))["networks"]
    assert [each["rssi"] for each in networks] == [-52, -64, -71, -80]
    assert networks[1] == {
        "ssid": "Garden",
        "bssid": "02:00:5e:00:53:03",
        "security": "wpa2_wpa3_psk",
        "rssi": -64,
    }
    router.lab.set_field("wifi/scan", "list", [{"ssid": "New", "auth_mode": 99, "rssi": -40}])
    assert (await act(hass, "scan_wifi"))["networks"] == [
        {"ssid": "New", "bssid": None, "security": None, "rssi": -40}
    ]


@pytest.mark.parametrize(
    ("action", "path"),
    [("scan_thread_networks", "otbr/scan"), ("scan_wifi", "wifi/scan")],
)
async def test_poll_during_a_long_scan(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    freezer: FrozenDateTimeFactory,
    action: str,
    path: str,
) -> None:
    """A poll that comes during a scan waits, then goes on; nobody logs in a second time."""
    router = await start_router(scan_seconds=20, wifi_scan_seconds=20)
    await set_up_router(router)
    logins = sent(router, "ui/login")
    scan = hass.async_create_task(act(hass, action))
    await soon(lambda: sent(router, path))
    router.requests.clear()
    router.lab.set_role("router")
    freezer.tick(20)
    async_fire_time_changed(hass)
    freezer.tick(11)
    async_fire_time_changed(hass)
    for _ in range(20):
        await asyncio.sleep(0)
    assert router.requests == []
    assert not scan.done()
    router.lab.advance(20)
    assert len((await scan)["networks"]) > 1
    await hass.async_block_till_done(wait_background_tasks=True)
    assert state_of(hass, ROLE) == "router"
    assert router.requests[0] == ("GET", "/sys/get_info")
    assert sent(router, "ui/login") == 0
    assert logins == 1
    assert router.lab.overlaps == 0


async def test_poll_after_a_very_long_scan(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A scan that outlives the login costs one new login, and no entity."""
    router = await start_router(scan_seconds=50)
    await set_up_router(router)
    scan = hass.async_create_task(act(hass, "scan_thread_networks"))
    await soon(lambda: sent(router, "otbr/scan"))
    router.requests.clear()
    freezer.tick(50)
    async_fire_time_changed(hass)
    router.lab.advance(50)
    assert (await scan)["networks"]
    await hass.async_block_till_done(wait_background_tasks=True)
    assert sent(router, "ui/login") == 1
    assert state_of(hass, ROLE) == "leader"


async def test_failed_scan(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A scan that the router refuses is told in its words."""
    await set_up_router(router)
    router.lab.break_replies("otbr/scan", "error", 2, code=-5)
    assert await failure(hass, "scan_thread_networks") == (
        "command_refused",
        "The device refused: Failed (code -5).",
    )
