"""Events of a router: what happened, once, and nothing that did not."""

from collections.abc import Callable
from typing import Any

from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
import pytest

from simulators.gl_s20 import GlS20Simulator
from tests.conftest import state_of

from .conftest import SetUpRouter, StartRouter
from .entity_helpers import UNSHARED, NextRound, act

JOINER = "event.gl_s20_joiner"
ROLE = "event.gl_s20_thread_role"
UPLINK = "event.gl_s20_uplink"

LAMP = "0123456789abcdef"
PLUG = "fedcba9876543210"
PSKD = "J01NME"

type Happenings = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def happened(hass: HomeAssistant) -> Happenings:
    """Return a function that tells, once, what events an entity has shown meanwhile."""
    seen: list[tuple[str, tuple[Any, ...]]] = []

    @callback
    def note(event: Event[EventStateChangedData]) -> None:
        """Write a change of an event entity down."""
        old, new = event.data["old_state"], event.data["new_state"]
        entity_id = event.data["entity_id"]
        if not entity_id.startswith("event.") or old is None or new is None:
            return
        if new.attributes.get("event_type") is None:
            return
        assert old.state != new.state, "a trigger would not see this"
        attributes = new.attributes
        details = [attributes[key] for key in ("eui64", "from", "to") if key in attributes]
        seen.append((entity_id, (attributes["event_type"], *details)))

    hass.bus.async_listen("state_changed", note)

    def happened(entity_id: str) -> list[tuple[Any, ...]]:
        """Return what an entity has shown since the last time."""
        found = [what for which, what in seen if which == entity_id]
        seen[:] = [each for each in seen if each[0] != entity_id]
        return found

    return happened


@pytest.fixture
async def open_router(start_router: StartRouter) -> GlS20Simulator:
    """Return a router whose commissioner is on."""
    router = await start_router(commissioner_seconds=0, join_seconds=5)
    router.device.commissioner.enable(router.device.now, router.device.options)
    return router


def add(router: GlS20Simulator, eui64: str, seconds: int = 120) -> None:
    """Put a joiner on the router's list, as its own web page does."""
    router.device.commissioner.add([(eui64, PSKD)], seconds, router.device.now)


async def test_a_joiner(
    hass: HomeAssistant,
    open_router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    happened: Happenings,
) -> None:
    """That a device was added and has joined is told once each, without its password."""
    await set_up_router(open_router, options=UNSHARED)
    assert state_of(hass, JOINER) == "unknown"
    add(open_router, LAMP)
    await next_round(10)
    assert happened(JOINER) == [("added", LAMP)]
    open_router.lab.let_join(LAMP)
    await next_round(10)
    assert happened(JOINER) == []
    open_router.lab.advance(6)
    await next_round(10)
    assert happened(JOINER) == [("joined", LAMP)]
    await next_round(10)
    assert happened(JOINER) == []
    assert PSKD not in str(hass.states.get(JOINER))


async def test_a_joiner_that_never_came(
    open_router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    happened: Happenings,
    hass: HomeAssistant,
) -> None:
    """That the time of a joiner is over is told, again after another chance."""
    add(open_router, LAMP, seconds=60)
    await set_up_router(open_router, options=UNSHARED)
    open_router.lab.advance(70)
    await next_round(10)
    assert happened(JOINER) == [("timed_out", LAMP)]
    await act(hass, "press", "button.gl_s20_retry_joiners_that_timed_out")
    assert happened(JOINER) == []
    open_router.lab.let_join(LAMP)
    open_router.lab.advance(6)
    await next_round(10)
    assert happened(JOINER) == [("joined", LAMP)]


async def test_several_joiners_at_once(
    open_router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    happened: Happenings,
) -> None:
    """Each of several devices is told of, also of those that only their password tells apart."""
    await set_up_router(open_router, options=UNSHARED)
    for eui64 in (LAMP, "*", "*"):
        add(open_router, eui64)
    for eui64 in (LAMP, PLUG):
        open_router.lab.let_join(eui64)
    open_router.lab.advance(6)
    await next_round(10)
    assert sorted(happened(JOINER)) == [
        ("added", "*"),
        ("added", "*"),
        ("added", LAMP),
        ("joined", "*"),
        ("joined", LAMP),
    ]
    open_router.lab.let_join(PLUG)
    open_router.lab.advance(6)
    await next_round(10)
    assert happened(JOINER) == [("joined", "*")]


async def test_a_joiner_that_comes_again(
    open_router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    happened: Happenings,
) -> None:
    """One that was let in a second time between two looks has joined a second time."""
    add(open_router, LAMP)
    open_router.lab.let_join(LAMP)
    open_router.lab.advance(6)
    await set_up_router(open_router, options=UNSHARED)
    (joiner,) = open_router.device.commissioner.joiners
    joiner.ready(120, open_router.device.now)
    open_router.lab.let_join(LAMP)
    open_router.lab.advance(6)
    await next_round(10)
    assert happened(JOINER) == [("joined", LAMP)]
    add(open_router, LAMP)
    await next_round(10)
    assert happened(JOINER) == [("added", LAMP)]


async def test_joiners_without_times(
    open_router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    happened: Happenings,
) -> None:
    """Where the router tells no times, place and password tell joiners apart."""

    def tell(*statuses: int) -> None:
        """Let the router tell of joiners."""
        joiners = [{"EUI64": "*", "PSKd": PSKD, "Status": each} for each in statuses]
        open_router.lab.set_field("otbr/get_joiner_list", "DeviceList", joiners)

    tell(0, 0)
    await set_up_router(open_router, options=UNSHARED)
    tell(0, 2)
    await next_round(10)
    assert happened(JOINER) == [("joined", "*")]
    tell(0, 2, 9)
    await next_round(10)
    assert happened(JOINER) == [("added", "*")]


async def test_no_event_for_the_past(
    hass: HomeAssistant,
    open_router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    happened: Happenings,
) -> None:
    """What happened before Home Assistant looked is no event, nor is a list that returns."""
    for eui64 in (LAMP, PLUG):
        add(open_router, eui64)
    open_router.lab.let_join(LAMP)
    open_router.lab.advance(6)
    entry = await set_up_router(open_router, options=UNSHARED)
    await next_round(10)
    open_router.lab.break_replies("otbr/get_joiner_list", "error", None)
    for _ in range(12):
        await next_round(10)
    assert state_of(hass, "sensor.gl_s20_joiners_joined") == "unavailable"
    assert state_of(hass, JOINER) == "unknown"
    open_router.lab.repair()
    for _ in range(12):
        await next_round(10)
    assert state_of(hass, "sensor.gl_s20_joiners_joined") == "1"
    await hass.config_entries.async_reload(entry.entry_id)
    await next_round(10)
    assert happened(JOINER) == []


async def test_a_list_that_comes_late(
    hass: HomeAssistant,
    open_router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    happened: Happenings,
) -> None:
    """The first list that can be read is where events begin."""
    entry = await set_up_router(open_router, options=UNSHARED)
    add(open_router, LAMP)
    open_router.lab.break_replies("otbr/get_joiner_list", "error", 2)
    await hass.config_entries.async_reload(entry.entry_id)
    for _ in range(8):
        await next_round(10)
    assert state_of(hass, "sensor.gl_s20_joiners_pending") == "1"
    assert happened(JOINER) == []
    open_router.lab.let_join(LAMP)
    open_router.lab.advance(6)
    await next_round(10)
    assert happened(JOINER) == [("joined", LAMP)]


async def test_role(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    happened: Happenings,
) -> None:
    """A change of the role tells both roles; one that nobody has explained is none."""
    await set_up_router(router, options=UNSHARED)
    router.lab.set_role("router")
    await next_round()
    assert happened(ROLE) == [("role_changed", "leader", "router")]
    router.lab.set_field("otbr/get_status", "RCP.State", 17)
    await next_round()
    router.lab.reset_fields()
    await next_round()
    assert happened(ROLE) == []
    await act(hass, "turn_off", "switch.gl_s20_thread_network")
    assert happened(ROLE) == [("role_changed", "router", "disabled")]


async def test_iot_button(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    happened: Happenings,
) -> None:
    """What somebody does at the device itself is seen at the next look."""
    await set_up_router(router, options=UNSHARED)
    router.lab.press_iot_button(8)
    await next_round()
    assert happened(ROLE) == [("role_changed", "leader", "disabled")]
    assert state_of(hass, "switch.gl_s20_thread_network") == "off"
    before = state_of(hass, "sensor.gl_s20_pan_id")
    router.lab.press_iot_button(8)
    router.lab.advance(10)
    await next_round()
    assert happened(ROLE) == [("role_changed", "disabled", "leader")]
    assert state_of(hass, "sensor.gl_s20_pan_id") != before
    router.lab.press_iot_button(2)
    router.lab.advance(2)
    await next_round()
    assert state_of(hass, "switch.gl_s20_commissioner") == "on"


async def test_failover(
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    happened: Happenings,
) -> None:
    """A pulled cable is a failover; the cable back in its place is the way back."""
    await set_up_router(router, options=UNSHARED)
    router.lab.plug_ethernet(plugged=False)
    await next_round()
    assert happened(UPLINK) == [("failover_to_wifi",)]
    router.lab.plug_ethernet(plugged=True)
    router.lab.advance(5)
    await next_round()
    assert happened(UPLINK) == [("back_to_ethernet",)]
    await next_round()
    assert happened(UPLINK) == []


async def test_failover_with_a_gap(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    happened: Happenings,
) -> None:
    """A failover that takes a while is one all the same; an outage by itself is none."""
    await set_up_router(router, options=UNSHARED)
    router.lab.set_access_point("House", on=False)
    router.lab.plug_ethernet(plugged=False)
    await next_round()
    assert state_of(hass, "sensor.gl_s20_active_uplink") == "none"
    assert happened(UPLINK) == []
    router.lab.set_access_point("House", on=True)
    await next_round()
    assert happened(UPLINK) == [("failover_to_wifi",)]
    router.lab.break_replies("eth/get_status", "error", 1)
    await next_round()
    assert state_of(hass, "sensor.gl_s20_active_uplink") == "unknown"
    await next_round()
    assert state_of(hass, "sensor.gl_s20_active_uplink") == "wifi"
    assert happened(UPLINK) == []


async def test_events_outlast_the_router(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    happened: Happenings,
) -> None:
    """Events stay available while the router is away, and its return is no event."""
    await set_up_router(router, options=UNSHARED)
    router.lab.reboot(seconds=60)
    await next_round()
    assert state_of(hass, "sensor.gl_s20_thread_role") == "unavailable"
    assert [state_of(hass, each) for each in (JOINER, ROLE, UPLINK)] == ["unknown"] * 3
    router.lab.advance(90)
    await next_round()
    assert state_of(hass, "sensor.gl_s20_thread_role") == "leader"
    assert [happened(each) for each in (JOINER, ROLE, UPLINK)] == [[], [], []]
