"""Switches and the restart button of a router."""

from homeassistant.core import HomeAssistant
import pytest

from custom_components.gatehouse.families.hiwifi import controls
from simulators.hiwifi import HiwifiSimulator
from tests.conftest import state_of

from .conftest import SetUpRouter, StartRouter
from .entity_helpers import NextRound, act, all_shown, refused, shown

WIFI = "switch.router_wi_fi"
WIFI_2_4 = "switch.router_wi_fi_2_4_ghz"
WIFI_5 = "switch.router_wi_fi_5_ghz"
GUEST = "switch.router_guest_wi_fi"
GUEST_5 = "switch.router_guest_wi_fi_5_ghz"
LED = "switch.router_led"
PAUSE = "switch.router_pause_polling"
RESTART = "button.router_restart"


@pytest.fixture(autouse=True)
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at a guest network without a pause, which frozen time would never end."""
    monkeypatch.setattr(controls, "LOOK_INTERVAL", 0)


def running(router: HiwifiSimulator) -> set[str]:
    """Return the networks that are on the air."""
    networks = router.lab.state()["networks"]
    return {name for name, network in networks.items() if network["running"]}


@pytest.mark.parametrize("signed", [False, True])
async def test_wifi(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter, *, signed: bool
) -> None:
    """One switch is for all main networks, and each band has one of its own."""
    await set_up_router(router, signed=signed)
    assert shown(hass, WIFI, WIFI_2_4, WIFI_5) == ["on", "on", "on"]
    await act(hass, "turn_off", WIFI)
    assert shown(hass, WIFI, WIFI_2_4, WIFI_5) == ["off", "off", "off"]
    assert running(router) == set()
    await act(hass, "turn_on", WIFI_5)
    assert shown(hass, WIFI_2_4, WIFI_5) == ["off", "on"]
    assert running(router) == {"masterac"}
    await act(hass, "turn_on", WIFI)
    assert shown(hass, WIFI, WIFI_2_4, WIFI_5) == ["on", "on", "on"]
    await act(hass, "turn_off", WIFI_2_4)
    assert shown(hass, WIFI, WIFI_2_4, WIFI_5) == ["on", "off", "on"]
    assert running(router) == {"masterac"}


async def test_wifi_on_its_way(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter, next_round: NextRound
) -> None:
    """A network that is away for a moment, because its channel changes, is still switched on."""
    await set_up_router(router)
    router.router.wifi.restart_radio("radio0", router.router.now, router.router.options)
    assert running(router) == {"masterac"}
    await act(hass, "turn_on", WIFI)
    assert shown(hass, WIFI, WIFI_2_4) == ["on", "on"]


async def test_switched_elsewhere(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter, next_round: NextRound
) -> None:
    """What somebody switches on the router's own page is seen after a while."""
    await set_up_router(router)
    router.router.wifi.switch("master", on=False)
    router.router.wifi.switch("guest", on=True)
    router.router.led = False
    for _ in range(35):
        await next_round()
    assert shown(hass, WIFI, WIFI_2_4, GUEST, LED) == ["on", "off", "on", "off"]


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.parametrize("signed", [False, True])
async def test_guests(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter, *, signed: bool
) -> None:
    """A guest network that is opened can be seen, and stays open until it is closed."""
    await set_up_router(router, signed=signed)
    assert shown(hass, GUEST, GUEST_5) == ["off", "off"]
    await act(hass, "turn_on", GUEST)
    assert shown(hass, GUEST, GUEST_5) == ["on", "off"]
    router.lab.advance(86400)
    assert running(router) == {"master", "masterac", "guest"}
    assert router.router.wifi.guest_times["guest"].hide_minutes == 0
    await act(hass, "turn_on", GUEST_5)
    await act(hass, "turn_off", GUEST)
    assert shown(hass, GUEST, GUEST_5) == ["off", "on"]
    assert running(router) == {"master", "masterac", "guestac"}


async def test_slow_guests(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A guest network takes some seconds to follow; as long as it does not, it is not shown on."""
    await set_up_router(router)
    looks = 0

    async def pause(_: float) -> None:
        """Let the network work at the third look."""
        nonlocal looks
        looks += 1
        if looks == 2:
            router.lab.reset_fields()

    monkeypatch.setattr(controls, "sleep", pause)
    router.lab.set_field("wireless.guest.get_status", "work", 0)
    await act(hass, "turn_on", GUEST)
    assert state_of(hass, GUEST) == "on"
    assert looks == 2
    router.lab.set_field("wireless.guest.get_status", "work", 1)
    await act(hass, "turn_off", GUEST)
    assert state_of(hass, GUEST) == "on"
    assert looks == 7


async def test_guest_network_that_is_not_there(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter
) -> None:
    """A model without guest networks has no switch for them."""
    router.lab.set_field("wireless.guest.get_status", "support", 0)
    await set_up_router(router)
    assert shown(hass, GUEST, LED) == ["missing", "on"]


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("firmware", ["1.4.8", "0.9007"])
async def test_led(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    firmware: str,
    *,
    signed: bool,
) -> None:
    """The lights are switched in both generations."""
    router = await start_router(firmware=firmware)
    await set_up_router(router, signed=signed)
    await act(hass, "turn_off", LED)
    assert (state_of(hass, LED), router.lab.state()["led"]) == ("off", False)
    await act(hass, "turn_on", LED)
    assert (state_of(hass, LED), router.lab.state()["led"]) == ("on", True)


@pytest.mark.parametrize(
    ("firmware", "signed", "switches"),
    [
        ("0.9007", False, {WIFI, LED}),
        ("0.9003", True, {WIFI, LED}),
        ("0.9003", False, set()),
    ],
)
async def test_older_generation(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    firmware: str,
    switches: set[str],
    *,
    signed: bool,
) -> None:
    """Of one band there is one switch, and none where the firmware could not be told."""
    router = await start_router(firmware=firmware)
    await set_up_router(router, signed=signed)
    assert all_shown(hass, "switch").keys() - {PAUSE} == switches
    if WIFI in switches:
        await act(hass, "turn_off", WIFI)
        assert (state_of(hass, WIFI), running(router)) == ("off", set())
        await act(hass, "turn_on", WIFI)
        assert (state_of(hass, WIFI), running(router)) == ("on", {"master"})


async def test_older_bands(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """An older router with two bands switches each of them."""
    router = await start_router(firmware="0.9007", five_ghz=True)
    await set_up_router(router)
    await act(hass, "turn_off", WIFI_5)
    assert shown(hass, WIFI, WIFI_2_4, WIFI_5) == ["on", "on", "off"]
    assert running(router) == {"master"}


@pytest.mark.parametrize(
    ("entity_id", "method", "code", "key"),
    [
        (WIFI, "wireless.set_master_status", 100015, "not_permitted"),
        (WIFI_5, "wireless.start", 100004, "not_supported"),
        (GUEST, "wireless.guest.start", 511, "command_refused"),
        (LED, "system.led.set_status", 100001, "command_refused"),
    ],
)
async def test_refusals(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    entity_id: str,
    method: str,
    code: int,
    key: str,
) -> None:
    """What the router refuses is told, tried once, and nothing is shown that is not so."""
    await set_up_router(router, signed=True)
    before = state_of(hass, entity_id)
    router.lab.fail_method(method, code, None)
    assert (await refused(hass, "turn_on", entity_id)).translation_key == key
    assert state_of(hass, entity_id) == before
    assert router.lab.calls()[method] == 1


async def test_answer_that_is_lost(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter, next_round: NextRound
) -> None:
    """Whoever cuts himself off learns that it is not known what became of it."""
    await set_up_router(router)
    router.lab.break_replies("proxy/call", "drop", 1)
    error = await refused(hass, "turn_off", WIFI)
    assert error.translation_key == "outcome_unknown"
    assert router.lab.calls().get("wireless.set_master_status", 0) <= 1


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("firmware", ["1.4.8", "0.9003"])
async def test_restart(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    firmware: str,
    *,
    signed: bool,
) -> None:
    """The restart button restarts the router; its entities leave and return."""
    router = await start_router(firmware=firmware)
    await set_up_router(router, signed=signed)
    await act(hass, "press", RESTART)
    assert shown(hass, WIFI if signed else "sensor.router_clients") == ["unavailable"]
    router.lab.advance(6)
    await next_round()
    assert state_of(hass, "binary_sensor.router_connection") == "off"
    router.lab.advance(90)
    for _ in range(2):
        await next_round()
    assert state_of(hass, "binary_sensor.router_connection") == "on"
    assert router.lab.state()["uptime"] == 31
