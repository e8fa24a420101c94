"""Who is at home, as the router sees it."""

from collections.abc import Awaitable, Callable
from typing import Any

from homeassistant.const import STATE_UNAVAILABLE, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from simulators.hiwifi import Firmware, HiwifiSimulator
from simulators.hiwifi.options import MacStyle
from tests.conftest import state_of

from .client_helpers import (
    LAPTOP,
    LISTED,
    NAMELESS,
    NEWCOMER,
    PHONE,
    TABLET,
    TELEVISION,
    device_of,
    meet,
    of_clients,
    tracker,
)
from .conftest import SetUpRouter, StartRouter, router_data

type NextRound = Callable[..., Awaitable[None]]

TABLET_ID = "device_tracker.tablet"


@pytest.mark.parametrize("signed", [False, True])
async def test_trackers(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    *,
    signed: bool,
) -> None:
    """Each client has a tracker, which is enabled where the client is known from elsewhere."""
    meet(hass, TABLET, LAPTOP)
    await set_up_router(router, signed=signed)

    assert len(of_clients(hass, Platform.DEVICE_TRACKER)) == LISTED
    phone = tracker(hass, PHONE)
    assert phone is not None
    assert phone.disabled_by is er.RegistryEntryDisabler.INTEGRATION
    assert phone.original_name == "O'Neil 的手机"
    assert phone.device_id is None

    state = hass.states.get(TABLET_ID)
    assert state is not None
    assert state.state == "home"
    assert state.name == "Tablet"
    told = dict(state.attributes)
    signal = told.pop("signal")
    assert -75 < signal < -60
    assert told == {
        "band": "2.4 GHz",
        "friendly_name": "Tablet",
        "guest": False,
        "host_name": "Tablet",
        "in_zones": ["zone.home"],
        "ip": "192.168.199.102",
        "mac": TABLET,
        "source_type": "router",
        "tracking_type": "connection",
        "wired": False,
    }
    absent = hass.states.get("device_tracker.laptop")
    assert absent is not None
    assert absent.state == "not_home"
    assert not {"band", "signal", "wired", "guest", "ip"} & absent.attributes.keys()


async def test_cable_and_no_name(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter
) -> None:
    """A client with a cable has no signal; one without a name is called by its address."""
    meet(hass, TELEVISION, NAMELESS)
    entry = await set_up_router(router)

    state = hass.states.get("device_tracker.ke_ting_dian_shi")
    assert state is not None
    assert state.state == "home"
    assert state.attributes["wired"] is True
    assert not {"band", "signal"} & state.attributes.keys()
    state = hass.states.get("device_tracker.02_00_00_a0_53_05")
    assert state is not None
    assert state.name == NAMELESS
    assert "host_name" not in state.attributes
    device = device_of(hass, entry, NAMELESS)
    assert device is not None
    assert device.name == NAMELESS


@pytest.mark.parametrize(
    "options",
    [
        {"mac_style": MacStyle.BARE, "numbers_as_text": True},
        {"mac_style": MacStyle.LOWER, "data_as_text": True},
        {"firmware": Firmware.V0_9007},
        {"firmware": Firmware.V0_9003},
    ],
)
async def test_spellings(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    options: dict[str, Any],
) -> None:
    """However a router writes it, its clients are known by the same addresses."""
    meet(hass, TABLET)
    await set_up_router(await start_router(**options))

    assert state_of(hass, TABLET_ID) == "home"
    assert tracker(hass, PHONE)


async def test_come_and_go(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A client that leaves is away from the next round on, and one that comes is at home."""
    meet(hass, TABLET)
    await set_up_router(router)
    router.lab.client_leaves(TABLET)
    await next_round()
    assert state_of(hass, TABLET_ID) == "not_home"

    router.lab.client_comes(TABLET)
    router.lab.advance(60)
    await next_round()
    assert state_of(hass, TABLET_ID) == "home"


async def test_newcomer(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A client that was never there has a tracker without a reload."""
    meet(hass, NEWCOMER)
    await set_up_router(router)
    assert tracker(hass, NEWCOMER) is None

    router.lab.client_comes(NEWCOMER, name="Camera", ifname="wire")
    await next_round()
    assert state_of(hass, "device_tracker.camera") == "home"


async def test_renamed(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A name that changes on the router changes here, for the tracker and for its device."""
    meet(hass, TABLET)
    entry = await set_up_router(router)
    await entry.runtime_data.client.household.rename(TABLET, "Kitchen tablet")
    await next_round()

    state = hass.states.get(TABLET_ID)
    assert state is not None
    assert state.name == "Kitchen tablet"
    assert state.attributes["host_name"] == "Kitchen tablet"
    device = device_of(hass, entry, TABLET)
    assert device is not None
    assert device.name == "Kitchen tablet"


async def test_enabled_by_hand(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A tracker of a client that nobody else knows has its name, also after a change."""
    entry = await set_up_router(router)
    registered = tracker(hass, TABLET)
    assert registered is not None
    er.async_get(hass).async_update_entity(registered.entity_id, disabled_by=None)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    state = hass.states.get(TABLET_ID)
    assert state is not None
    assert (state.state, state.name) == ("home", "Tablet")

    await entry.runtime_data.client.household.rename(TABLET, "Kitchen tablet")
    await next_round()
    state = hass.states.get(TABLET_ID)
    assert state is not None
    assert state.name == "Kitchen tablet"


async def test_list_of_those_who_are_there(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """Where a router lists nobody who is away, a client is away, and stays so after a restart."""
    router = await start_router(firmware=Firmware.V0_9007)
    meet(hass, TABLET, LAPTOP)
    entry = await set_up_router(router)
    assert tracker(hass, LAPTOP) is None
    router.lab.client_leaves(TABLET)
    await next_round()
    assert state_of(hass, TABLET_ID) == "not_home"

    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    state = hass.states.get(TABLET_ID)
    assert state is not None
    assert (state.state, state.name) == ("not_home", "Tablet")
    assert state.attributes["host_name"] == "Tablet"


async def test_router_gone(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """While the router is away nobody knows who is at home."""
    meet(hass, TABLET)
    await set_up_router(router)
    router.lab.reboot()
    router.lab.advance(10)
    await next_round()
    assert state_of(hass, TABLET_ID) == STATE_UNAVAILABLE


async def test_not_told_at_first(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """Trackers that existed once are there while the router does not tell of its clients."""
    meet(hass, TABLET)
    entry = await set_up_router(router)
    router.lab.fail_method("device.sta.list", times=None)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert state_of(hass, TABLET_ID) == STATE_UNAVAILABLE

    router.lab.repair()
    await next_round()
    await next_round()
    assert state_of(hass, TABLET_ID) == "home"


async def test_denied(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """A plug-in that may not ask for the clients has no trackers, but all else."""
    router = await start_router(permissions=("system.*", "wan.*", "wireless.*", "network.*"))
    await set_up_router(router, signed=True)
    assert not of_clients(hass, Platform.DEVICE_TRACKER)
    assert state_of(hass, "binary_sensor.router_connection") == "on"


async def test_two_routers(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
) -> None:
    """A client that two routers know has a tracker by each, also the one router by the other."""
    meet(hass, TABLET)
    await set_up_router(router)
    other = await start_router(mac="D4EE07A05202")
    second = MockConfigEntry(
        domain="gatehouse",
        title="Second",
        unique_id="d4:ee:07:a0:52:02",
        data={**router_data(other), "mac": "d4:ee:07:a0:52:02"},
    )
    second.add_to_hass(hass)
    await hass.config_entries.async_setup(second.entry_id)
    await hass.async_block_till_done()
    assert state_of(hass, TABLET_ID) == "home"
    assert state_of(hass, "device_tracker.tablet_2") == "home"


async def test_router_in_its_own_list(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter
) -> None:
    """A router that counts itself among its clients is none of them."""
    router.lab.client_comes("D4EE07A05201", name="Myself", ifname="wire")
    entry = await set_up_router(router)
    device = device_of(hass, entry, "d4:ee:07:a0:52:01")
    assert device is not None
    assert device.name == "Router"
    assert len(of_clients(hass, Platform.DEVICE_TRACKER)) == LISTED


async def remove(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, device: dr.DeviceEntry | None
) -> bool:
    """Let the user remove a device; tell whether it went."""
    assert device is not None
    assert await async_setup_component(hass, "config", {})
    client = await hass_ws_client(hass)
    response = await client.remove_device(device.id)
    await hass.async_block_till_done()
    return bool(response["success"])


async def test_removed_by_the_user(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A client that is away can be removed, and comes back only when it connects again."""
    meet(hass, TABLET)
    entry = await set_up_router(router)
    box = device_of(hass, entry, "d4:ee:07:a0:52:01")
    assert not await remove(hass, hass_ws_client, box)
    assert not await remove(hass, hass_ws_client, device_of(hass, entry, TABLET))

    router.lab.client_leaves(TABLET)
    await next_round()
    assert await remove(hass, hass_ws_client, device_of(hass, entry, TABLET))
    await next_round()
    assert tracker(hass, TABLET) is None
    assert hass.states.get(TABLET_ID) is None

    router.lab.client_comes(TABLET)
    router.lab.advance(60)
    await next_round()
    assert state_of(hass, TABLET_ID) == "home"


async def test_forgotten_by_the_router(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A client that the router forgot is away, and after a restart its tracker can be deleted."""
    meet(hass, TABLET)
    entry = await set_up_router(router)
    del router.lab._router.household.clients["020000A05302"]
    await next_round()
    assert state_of(hass, TABLET_ID) == "not_home"

    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    state = hass.states.get(TABLET_ID)
    assert state is not None
    assert state.attributes["restored"] is True
