"""Switches and buttons of a router."""

from dataclasses import replace

from homeassistant.const import CONF_URL
from homeassistant.core import HomeAssistant
import pytest

from simulators.gl_s20 import GlS20Simulator
from simulators.gl_s20.ethernet import Addressing
from simulators.gl_s20.wifi import LEASE, WifiNetwork
from tests.conftest import state_of

from .conftest import SetUpRouter, StartRouter
from .entity_helpers import LOGIN, UNSHARED, NextRound, act, refused, sent, shown

THREAD = "switch.gl_s20_thread_network"
COMMISSIONER = "switch.gl_s20_commissioner"
BACKBONE = "switch.gl_s20_backbone_border_router"
WIFI = "switch.gl_s20_wi_fi"
RECONNECTION = "switch.gl_s20_reconnect_to_saved_wi_fi"
ETHERNET_CHECK = "switch.gl_s20_check_ethernet_for_internet"
WIFI_CHECK = "switch.gl_s20_check_wi_fi_for_internet"
RESTART = "button.gl_s20_restart"
REJOIN = "button.gl_s20_retry_joiners_that_timed_out"
ROLE = "sensor.gl_s20_thread_role"


@pytest.fixture(autouse=True)
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the commissioner without a pause, which frozen time would never end."""
    module = "custom_components.gatehouse.families.gl_s20.actions.commissioner"
    monkeypatch.setattr(f"{module}.LOOK_INTERVAL", 0)


async def test_thread(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """Thread is stopped and started, which is shown at once and again when it has attached."""
    await set_up_router(router, options=UNSHARED)
    await act(hass, "turn_off", THREAD)
    assert shown(hass, THREAD, ROLE, "binary_sensor.gl_s20_thread") == ["off", "disabled", "off"]
    await act(hass, "turn_on", THREAD)
    assert shown(hass, THREAD, ROLE, "binary_sensor.gl_s20_thread") == ["on", "detached", "off"]
    router.lab.advance(10)
    await next_round()
    assert shown(hass, THREAD, ROLE, "binary_sensor.gl_s20_thread") == ["on", "leader", "on"]
    assert (sent(router, "otbr/stop"), sent(router, "otbr/start")) == (1, 1)


async def test_commissioner(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """The commissioner is switched on and off."""
    router = await start_router(commissioner_seconds=0)
    await set_up_router(router, options=UNSHARED)
    await act(hass, "turn_on", COMMISSIONER)
    assert router.lab.state()["commissioner"] is True
    assert shown(hass, COMMISSIONER, "binary_sensor.gl_s20_commissioner") == ["on", "on"]
    await act(hass, "turn_off", COMMISSIONER)
    assert router.lab.state()["commissioner"] is False
    assert shown(hass, COMMISSIONER, "binary_sensor.gl_s20_commissioner") == ["off", "off"]


async def test_commissioner_that_never_works(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A commissioner that does not begin to work in time is no success."""
    await set_up_router(router, options=UNSHARED)
    error = await refused(hass, "turn_on", COMMISSIONER)
    assert error.translation_key == "commissioner_not_active"
    assert state_of(hass, COMMISSIONER) == "off"
    assert 1 < router.requests.count(("GET", "/otbr/get_commissioning_status")) <= 6


async def test_backbone_router(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """The backbone border router is switched on and off."""
    await set_up_router(router, options=UNSHARED)
    await act(hass, "turn_on", BACKBONE)
    assert shown(hass, BACKBONE, "binary_sensor.gl_s20_backbone_border_router") == ["on", "on"]
    assert router.lab.state()["backbone_router"] is True
    await act(hass, "turn_off", BACKBONE)
    assert state_of(hass, BACKBONE) == "off"
    assert router.lab.state()["backbone_router"] is False


async def test_wifi(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """Wi-Fi is left, and entered again as it was saved."""
    await set_up_router(router, options=UNSHARED)
    await act(hass, "turn_off", WIFI)
    assert shown(hass, WIFI, "sensor.gl_s20_wi_fi_status") == ["off", "idle"]
    await act(hass, "turn_on", WIFI)
    assert shown(hass, WIFI, "sensor.gl_s20_wi_fi_status") == ["on", "connecting"]
    router.lab.advance(10)
    await next_round()
    assert shown(hass, WIFI, "sensor.gl_s20_wi_fi_ssid") == ["on", "House"]


async def test_wifi_with_static_address(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A Wi-Fi with a fixed access point and a static address is entered with both."""
    await set_up_router(router, options=UNSHARED)
    wifi = router.device.uplinks.wifi
    address = replace(LEASE, ip="192.0.2.99")
    saved = replace(
        wifi.saved[0],
        lock_bssid=True,
        bssid=next(iter(wifi.access_points)),
        addressing=Addressing(static=address),
    )
    wifi.saved = [saved]
    await act(hass, "turn_off", WIFI)
    await act(hass, "turn_on", WIFI)
    assert wifi.wanted == saved


async def test_no_wifi_to_enter(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """Without a saved Wi-Fi that the device can enter there is nothing to switch on."""
    router = await start_router(wifi_connected=False)
    await set_up_router(router, options=UNSHARED)
    assert (await refused(hass, "turn_on", WIFI)).translation_key == "no_saved_wifi"
    router.device.uplinks.wifi.saved = [WifiNetwork(ssid="Office", password="", auth_mode=5)]
    assert (await refused(hass, "turn_on", WIFI)).translation_key == "no_saved_wifi"
    assert sent(router, "wifi/start") == 0


async def test_saved_wifi_that_cannot_be_right(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """What the device tells of a saved Wi-Fi is not sent back if it makes no sense."""
    router.lab.set_field(
        "wifi/get_save_wifi", "list", [{"ssid": "House", "auth_mode": 3, "pwd": "x"}]
    )
    await set_up_router(router, options=UNSHARED)
    await act(hass, "turn_off", WIFI)
    assert (await refused(hass, "turn_on", WIFI)).translation_key == "invalid_reply"
    assert sent(router, "wifi/start") == 0


async def test_only_uplink_is_kept(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """Wi-Fi is not switched off while there is nothing else."""
    await set_up_router(router, options=UNSHARED)
    router.lab.plug_ethernet(plugged=False)
    await next_round()
    error = await refused(hass, "turn_off", WIFI)
    assert error.translation_key == "wifi_is_only_uplink"
    assert error.translation_placeholders == {"device": "GL-S20"}
    router.lab.break_replies("eth/get_status", "error", None)
    await next_round()
    assert (await refused(hass, "turn_off", WIFI)).translation_key == "wifi_is_only_uplink"
    assert sent(router, "wifi/stop") == 0


async def test_branch_to_sit_on(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """Wi-Fi is not switched off while Home Assistant itself uses it."""
    host = router.url.partition("//")[2].partition(":")[0]
    router.lab.set_field("wifi/get_status", "ipv4", {"ip": host})
    entry = await set_up_router(router, options=UNSHARED)
    assert host in entry.data[CONF_URL]
    assert (await refused(hass, "turn_off", WIFI)).translation_key == "wifi_carries_us"
    assert sent(router, "wifi/stop") == 0


async def test_reconnection(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """The reconnection to saved Wi-Fis is switched on and off."""
    await set_up_router(router, options=UNSHARED)
    await act(hass, "turn_on", RECONNECTION)
    assert state_of(hass, RECONNECTION) == "on"
    assert router.device.uplinks.wifi.reconnect is True
    await act(hass, "turn_off", RECONNECTION)
    assert state_of(hass, RECONNECTION) == "off"


async def test_checks(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """Each check is switched by itself, and its addresses stay what they are."""
    await set_up_router(router, options=UNSHARED)
    checks = router.device.uplinks.checks
    before = {uplink: replace(check) for uplink, check in checks.items()}
    await act(hass, "turn_on", ETHERNET_CHECK)
    assert shown(hass, ETHERNET_CHECK, WIFI_CHECK) == ["on", "off"]
    await act(hass, "turn_on", WIFI_CHECK)
    assert shown(hass, ETHERNET_CHECK, WIFI_CHECK) == ["on", "on"]
    assert checks == {uplink: replace(check, enable=True) for uplink, check in before.items()}
    await act(hass, "turn_off", ETHERNET_CHECK)
    assert shown(hass, ETHERNET_CHECK, WIFI_CHECK) == ["off", "on"]


@pytest.mark.parametrize("missing", ["eth", "wifi"])
async def test_incomplete_failover(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter, missing: str
) -> None:
    """A check whose state is not known is not switched off along with the other."""
    await set_up_router(router, options=UNSHARED)
    router.lab.set_field("wan_failover/get_config", missing, {})
    for entity_id in (ETHERNET_CHECK, WIFI_CHECK):
        error = await refused(hass, "turn_on", entity_id)
        assert error.translation_key == "invalid_reply"
    assert sent(router, "wan_failover/set_config") == 0


async def test_rejoin(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """Joiners that timed out get another chance, others are left alone."""
    router = await start_router(commissioner_seconds=0)
    router.device.commissioner.enable(router.device.now, router.device.options)
    router.device.commissioner.add([("1" * 16, "J01NME")], 10, router.device.now)
    router.lab.advance(20)
    await set_up_router(router, options=UNSHARED)
    assert state_of(hass, "sensor.gl_s20_joiners_timed_out") == "1"
    await act(hass, "press", REJOIN)
    assert state_of(hass, "sensor.gl_s20_joiners_timed_out") == "0"
    assert state_of(hass, "sensor.gl_s20_joiners_pending") == "1"


async def test_restart(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """The restart button restarts the router once; its entities leave and return."""
    await set_up_router(router, options=UNSHARED)
    router.requests.clear()
    await act(hass, "press", RESTART)
    assert state_of(hass, ROLE) == "unavailable"
    await next_round()
    assert state_of(hass, ROLE) == "unavailable"
    router.lab.advance(60)
    await next_round()
    assert state_of(hass, ROLE) == "leader"
    assert sent(router, "sys/restart") == 1
    assert router.requests.count(LOGIN) == 1
