"""Switches that keep single clients from the internet, for who asks for them."""

from collections.abc import Awaitable, Callable

from homeassistant.components.switch.const import DOMAIN as SWITCH
from homeassistant.const import (
    ATTR_ENTITY_ID,
    SERVICE_TURN_OFF,
    SERVICE_TURN_ON,
    STATE_UNAVAILABLE,
    EntityCategory,
    Platform,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.gatehouse.const import DOMAIN
from simulators.hiwifi import Firmware, HiwifiSimulator
from tests.conftest import state_of

from .client_helpers import LAPTOP, LISTED, NEWCOMER, TABLET, device_of, of_clients, switch
from .conftest import SetUpRouter, StartRouter

type NextRound = Callable[..., Awaitable[None]]

WANTED: dict[str, object] = {"client_switches": True}
CHECK = "device.macfilter.check_status"
TABLET_ID = "switch.tablet_internet"


async def turn(hass: HomeAssistant, entity_id: str, *, on: bool) -> None:
    """Use a switch."""
    action = SERVICE_TURN_ON if on else SERVICE_TURN_OFF
    await hass.services.async_call(SWITCH, action, {ATTR_ENTITY_ID: entity_id}, blocking=True)


async def test_unasked(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """Nobody has such switches, or is asked for anything, without wanting them."""
    await set_up_router(router)
    await next_round()
    assert not of_clients(hass, Platform.SWITCH)
    assert CHECK not in router.lab.calls()


@pytest.mark.parametrize("signed", [False, True])
async def test_block(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    *,
    signed: bool,
) -> None:
    """Each client has a switch on its own device, also one that is away, and it works."""
    entry = await set_up_router(router, signed=signed, options=WANTED)
    await next_round()
    assert len(of_clients(hass, Platform.SWITCH)) == LISTED
    assert switch(hass, LAPTOP)
    registered = switch(hass, TABLET)
    assert registered is not None
    assert registered.entity_category is EntityCategory.CONFIG
    device = device_of(hass, entry, TABLET)
    box = device_of(hass, entry, "d4:ee:07:a0:52:01")
    assert device is not None
    assert box is not None
    assert registered.device_id == device.id
    assert (device.name, device.via_device_id) == ("Tablet", box.id)
    state = hass.states.get(TABLET_ID)
    assert state is not None
    assert (state.state, state.name) == ("on", "Tablet Internet")

    router.lab.reset_counts()
    await turn(hass, TABLET_ID, on=False)
    assert state_of(hass, TABLET_ID) == "off"
    assert router.lab.state()["blocked"] == ["020000A05302"]
    assert router.lab.calls() == {"device.macfilter.forbid": 1, CHECK: 1}
    assert state_of(hass, "switch.laptop_internet") == "on"

    await turn(hass, TABLET_ID, on=True)
    assert state_of(hass, TABLET_ID) == "on"
    assert router.lab.state()["blocked"] == []


async def test_older_generation(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """An older router, which has one list for all, blocks as well."""
    router = await start_router(firmware=Firmware.V0_9007)
    await set_up_router(router, options=WANTED)
    await next_round()
    await turn(hass, TABLET_ID, on=False)
    assert state_of(hass, TABLET_ID) == "off"
    assert router.lab.state()["blocked"] == ["020000A05302"]


async def test_too_old(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A router that cannot tell whom it blocks has no switches; nor has one that may not."""
    await set_up_router(await start_router(firmware=Firmware.V0_9003), options=WANTED)
    await next_round()
    assert not of_clients(hass, Platform.SWITCH)


async def test_not_permitted_to_ask(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A plug-in that may not ask whom the router blocks has no switches."""
    router = await start_router(refused_methods=(CHECK,))
    await set_up_router(router, signed=True, options=WANTED)
    await next_round()
    assert not of_clients(hass, Platform.SWITCH)
    router.lab.reset_counts()
    await next_round()
    assert CHECK not in router.lab.calls()


async def test_not_permitted_to_block(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A refusal is told, and the switch stays as it was."""
    router = await start_router(refused_methods=("device.macfilter.forbid",))
    await set_up_router(router, signed=True, options=WANTED)
    await next_round()
    with pytest.raises(HomeAssistantError):
        await turn(hass, TABLET_ID, on=False)
    assert state_of(hass, TABLET_ID) == "on"


async def test_blocked_elsewhere(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """What is blocked by the router's own page shows within twenty minutes."""
    await set_up_router(router, options=WANTED)
    await next_round()
    await next_round()
    router.lab._router.household.block("020000A05302", blocked=True)
    for _ in range(40):
        await next_round(30)
    assert state_of(hass, TABLET_ID) == "off"


async def test_blocked_by_an_action(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """What an action blocks shows at once, however the address is written."""
    await set_up_router(router, options=WANTED)
    await next_round()
    for action, state in (("block_client", "off"), ("unblock_client", "on")):
        await hass.services.async_call(DOMAIN, action, {"mac": "020000A05302"}, blocking=True)
        assert state_of(hass, TABLET_ID) == state


async def test_newcomer(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A client that was never there has a switch and a tracker without a reload."""
    entry = await set_up_router(router, options=WANTED)
    coordinator = entry.runtime_data
    router.lab.client_comes(NEWCOMER, name="Camera", ifname="wire")
    await next_round()
    await next_round()
    assert state_of(hass, "switch.camera_internet") == "on"
    assert state_of(hass, "device_tracker.camera") == "home"
    await next_round()
    assert entry.runtime_data is coordinator


async def test_known_before(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A switch that existed once is there while the router does not tell of it."""
    entry = await set_up_router(router, options=WANTED)
    await next_round()
    router.lab.fail_method(CHECK, times=None)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    await next_round()
    assert state_of(hass, TABLET_ID) == STATE_UNAVAILABLE


async def test_no_longer_wanted(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """The switches go with the wish for them, which is an option of the entry."""
    entry = await set_up_router(router)
    for wanted in (True, False):
        flow = await hass.config_entries.options.async_init(entry.entry_id)
        await hass.config_entries.options.async_configure(
            flow["flow_id"], {"client_switches": wanted}
        )
        await hass.async_block_till_done()
        for _ in range(3):
            await next_round()
        assert bool(of_clients(hass, Platform.SWITCH)) is wanted
    router.lab.reset_counts()
    await next_round()
    assert CHECK not in router.lab.calls()


def age_of(entry: MockConfigEntry, reading: str) -> float:
    """Return how many seconds ago something was read."""
    records = entry.runtime_data.data.records
    read_at = next(record.read_at for source, record in records.items() if source.name == reading)
    return float((dt_util.utcnow() - read_at).total_seconds())


@pytest.mark.parametrize(("signed", "most"), [(False, 1), (True, 6)])
async def test_cost(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    *,
    signed: bool,
    most: int,
) -> None:
    """However many clients there are, a round asks for one of them, and nothing else waits."""
    for number in range(30):
        router.lab.client_comes(f"02000FA053{number:02}", name=f"Client {number}", ifname="wire")
    entry = await set_up_router(router, signed=signed, options=WANTED)
    for _ in range(3):
        await next_round()
    assert len(of_clients(hass, Platform.SWITCH)) == LISTED + 30
    asked = 0
    for _ in range(38):
        router.lab.reset_counts()
        await next_round(30)
        assert len(router.lab.requests()) <= most
        assert router.lab.calls().get(CHECK, 0) <= 1
        asked += router.lab.calls().get(CHECK, 0)
        assert age_of(entry, "wan") <= 300
    assert asked > 5
