"""Wi-Fi: connecting, and what the router remembers."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.core import HomeAssistant
import pytest

from custom_components.gatehouse.clients.gl_s20.network import Wifi
from simulators.gl_s20 import GlS20Simulator
from tests.conftest import state_of

from .action_helpers import ACTIONS, act, failure, refusal, sent
from .conftest import SetUpRouter, StartRouter

GARDEN: Final[dict[str, Any]] = {
    "ssid": "Garden",
    "password": "garden-invented",
    "security": "wpa2_wpa3_psk",
}
STATUS = "sensor.gl_s20_wi_fi_status"
SAVED = "sensor.gl_s20_saved_wi_fi_networks"


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look without pauses."""
    monkeypatch.setattr(f"{ACTIONS}.wifi.LOOK_INTERVAL", 0)


@pytest.fixture
def passing_time(router: GlS20Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the router have two seconds after each look at its Wi-Fi."""
    read = Wifi.status

    async def status(self: Wifi) -> Any:
        """Let time pass."""
        found = await read(self)
        router.lab.advance(2)
        return found

    monkeypatch.setattr(Wifi, "status", status)


@pytest.mark.usefixtures("passing_time", "entity_registry_enabled_by_default")
async def test_connect(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """The router connects to a Wi-Fi, remembers it, and both are shown at once."""
    await set_up_router(router)
    response = await act(hass, "connect_wifi", **GARDEN)
    assert response == {"connected": True, "ipv4_address": "192.0.2.21", "failure": None}
    assert state_of(hass, "sensor.gl_s20_wi_fi_ssid") == "Garden"
    assert state_of(hass, SAVED) == "2"
    assert router.device.uplinks.wifi.saved[1].password == GARDEN["password"]
    assert sent(router, "wifi/start") == 1


@pytest.mark.usefixtures("passing_time")
async def test_connect_with_everything(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """One access point, an address of one's own, and nothing remembered."""
    await set_up_router(router)
    response = await act(
        hass,
        "connect_wifi",
        ssid="House",
        password="house-invented",
        save=False,
        bssid="02:00:5E:00:53:02",
        addressing="static",
        ip_address="192.0.2.77",
        netmask="255.255.255.0",
        gateway="192.0.2.1",
    )
    assert response == {"connected": True, "ipv4_address": "192.0.2.77", "failure": None}
    wanted = router.device.uplinks.wifi.wanted
    assert wanted is not None
    assert wanted.bssid == "02:00:5E:00:53:02"
    assert wanted.auth_mode == 3
    assert len(router.device.uplinks.wifi.saved) == 1


@pytest.mark.usefixtures("passing_time")
async def test_open_wifi(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """Without a password the Wi-Fi is taken to be open."""
    await set_up_router(router)
    assert (await act(hass, "connect_wifi", ssid="Café"))["connected"] is True
    assert router.device.uplinks.wifi.saved[1].auth_mode == 0


@pytest.mark.usefixtures("passing_time")
async def test_wrong_wifi_password(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """What the router says about a failure is told."""
    await set_up_router(router)
    fields = {**GARDEN, "password": "not the garden"}
    assert await act(hass, "connect_wifi", **fields) == {
        "connected": False,
        "ipv4_address": None,
        "failure": "Authentication failed",
    }
    assert state_of(hass, STATUS) == "failed"


async def test_wifi_that_takes_long(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A Wi-Fi that is not connected in time is told not to be."""
    await set_up_router(router)
    response = await act(hass, "connect_wifi", **GARDEN)
    assert response["connected"] is False
    assert state_of(hass, STATUS) == "connecting"
    assert sent(router, "wifi/get_status") == 18


@pytest.mark.parametrize("over", ["cable pulled", "Wi-Fi address"])
async def test_reached_over_wifi(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter, over: str
) -> None:
    """The way to the router is not cut, unless somebody insists."""
    await set_up_router(router)
    if over == "cable pulled":
        router.lab.plug_ethernet(plugged=False)
    else:
        router.lab.set_field("wifi/get_status", "ipv4.ip", "127.0.0.1")
    key, text = await refusal(hass, "connect_wifi", **GARDEN)
    assert key == "reached_over_wifi"
    assert "Even if the connection may be lost" in text
    assert sent(router, "wifi/start") == 0
    await act(hass, "connect_wifi", **GARDEN, force=True)
    assert sent(router, "wifi/start") == 1


async def test_lost_over_wifi(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """Who insisted and lost the router learns what to do."""
    router = await start_router(reached_over="wifi")
    await set_up_router(router)
    key, text = await failure(hass, "connect_wifi", **GARDEN, force=True)
    assert key == "wifi_took_router_away"
    assert "Garden" in text
    assert GARDEN["password"] not in text


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"ssid": ""}, "invalid_ssid"),
        ({"ssid": "x" * 33}, "invalid_ssid"),
        ({"ssid": "House", "password": "5ec2"}, "invalid_wifi_password"),
        ({"ssid": "House", "password": "5ec2" * 17}, "invalid_wifi_password"),
        ({"ssid": "House", "security": "wep", "password": ""}, "wifi_password_needed"),
        ({"ssid": "House", "security": "wpa2_psk"}, "wifi_password_needed"),
        ({"ssid": "House", "security": "open", "password": "5ec25ec2"}, "wifi_password_unused"),
        ({"ssid": "House", "security": "wpa2_enterprise"}, "unknown_choice"),
        ({"ssid": "House", "bssid": "02005e005301"}, "invalid_bssid"),
        ({"ssid": "House", "addressing": "static"}, "invalid_ip_address"),
    ],
)
async def test_wrong_wifi(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    fields: Mapping[str, Any],
    key: str,
) -> None:
    """What cannot be right is told, without the password, before anything is sent."""
    await set_up_router(router)
    router.requests.clear()
    found, text = await refusal(hass, "connect_wifi", **fields)
    assert found == key
    assert "5ec2" not in text
    assert router.requests == []


async def test_saved(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """What the router remembers is listed, but for the passwords."""
    await set_up_router(router)
    odd = {"ssid": "Odd", "auth_mode": 99, "bssid": "02:00:5e:00:53:03", "lock_bssid": True}
    response = await act(hass, "list_saved_wifi")
    assert response == {
        "networks": [{"ssid": "House", "security": "wpa2_psk", "bssid": None, "addressing": "dhcp"}]
    }
    router.lab.set_field("wifi/get_save_wifi", "list", [odd])
    assert (await act(hass, "list_saved_wifi"))["networks"] == [
        {"ssid": "Odd", "security": None, "bssid": "02:00:5e:00:53:03", "addressing": None}
    ]


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.parametrize("fields", [{}, {"security": "wpa2_psk"}])
async def test_forget(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    fields: Mapping[str, Any],
) -> None:
    """A Wi-Fi is forgotten, and counted no more."""
    await set_up_router(router)
    assert state_of(hass, SAVED) == "1"
    await act(hass, "delete_saved_wifi", ssid="House", **fields)
    assert router.device.uplinks.wifi.saved == []
    assert state_of(hass, SAVED) == "0"


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"ssid": "Garden"}, "wifi_not_saved"),
        ({"ssid": "House", "security": "open"}, "wifi_not_saved"),
        ({"ssid": "House", "security": "good"}, "unknown_choice"),
        ({"ssid": ""}, "invalid_ssid"),
    ],
)
async def test_forget_what_is_not_there(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    fields: Mapping[str, Any],
    key: str,
) -> None:
    """A Wi-Fi that the router does not remember cannot be forgotten."""
    await set_up_router(router)
    assert (await refusal(hass, "delete_saved_wifi", **fields))[0] == key
    assert sent(router, "wifi/delete_save_wifi") == 0
