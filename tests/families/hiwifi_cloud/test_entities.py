"""The routers of a cloud in Home Assistant: each by itself, whatever the others do."""

from collections.abc import Awaitable, Callable

from homeassistant.config_entries import ConfigEntryState, ConfigSubentryData
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er, issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.gatehouse.const import DOMAIN
from custom_components.gatehouse.families.hiwifi import HIWIFI
from custom_components.gatehouse.families.hiwifi_cloud import HIWIFI_CLOUD
from custom_components.gatehouse.families.hiwifi_cloud.tailoring import tailor
from simulators.faults import FaultKind
from simulators.hiwifi import CallShape, Firmware, HiwifiCloudSimulator, HiwifiOptions
from tests.conftest import state_of
from tests.test_metadata import TABLES

from .conftest import ATTIC, BARN, HALL, SetUpCloud, StartCloud, dev_id

type NextRound = Callable[..., Awaitable[None]]

CONNECTION = "binary_sensor.{}_connection"
WAN_TYPE = "sensor.{}_wan_type"
LED = "switch.{}_led"


def entities_of(hass: HomeAssistant, mac: str) -> dict[str, str]:
    """Return the states of a router's entities, by platform and key."""
    registry = er.async_get(hass)
    return {
        f"{state.domain}.{entry.translation_key}": state.state
        for state in hass.states.async_all()
        if (entry := registry.async_get(state.entity_id)) and f"_{mac}_" in entry.unique_id
    }


def led(cloud: HiwifiCloudSimulator, mac: str) -> bool:
    """Tell whether the lights of a router are on."""
    found: bool = cloud.lab.state()["routers"][dev_id(mac)]["led"]
    return found


@pytest.mark.parametrize("shape", CallShape)
async def test_entities(
    hass: HomeAssistant, start_cloud: StartCloud, set_up_cloud: SetUpCloud, shape: CallShape
) -> None:
    """Each router that is online has the entities of one that is reached directly."""
    cloud = await start_cloud(call_shape=shape)
    entry = await set_up_cloud(cloud)
    assert entry.state is ConfigEntryState.LOADED
    assert state_of(hass, "binary_sensor.cloud_connection") == "on"
    assert state_of(hass, "sensor.cloud_routers_online") == "2"
    assert state_of(hass, "sensor.cloud_routers") == "3"

    hall, attic, barn = (entities_of(hass, mac) for mac in (HALL, ATTIC, BARN))
    assert hall == attic
    missing = [name for name, state in hall.items() if state == STATE_UNAVAILABLE]
    assert all(name.startswith("image.guest") for name in missing), "no guests, no codes for them"
    assert barn == {"binary_sensor.connection": "off"}
    assert state_of(hass, WAN_TYPE.format("hall")) == "dhcp"
    assert state_of(hass, "sensor.hall_download_rate") == "24.756917"


async def test_older_generation(
    hass: HomeAssistant, start_cloud: StartCloud, set_up_cloud: SetUpCloud
) -> None:
    """Firmware that lacks something has no entity for it."""
    cloud = await start_cloud(router=HiwifiOptions(firmware=Firmware.V0_9007))
    await set_up_cloud(cloud, {"Hall": HALL})
    assert hass.states.get("switch.hall_guest_wi_fi") is None
    assert hass.states.get("sensor.hall_download_today") is None
    assert state_of(hass, "switch.hall_led") == "on"


async def test_goes_and_comes(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    set_up_cloud: SetUpCloud,
    next_round: NextRound,
) -> None:
    """A router that goes takes nothing along; one that comes is read whole at once."""
    await set_up_cloud(cloud)
    before = entities_of(hass, ATTIC)
    cloud.lab.set_online(dev_id(HALL), online=False)
    cloud.lab.set_online(dev_id(BARN), online=True)
    await next_round()

    hall = entities_of(hass, HALL)
    assert hall.pop("binary_sensor.connection") == "off"
    assert set(hall.values()) == {STATE_UNAVAILABLE}, "also what was not due"
    assert entities_of(hass, ATTIC) == before
    assert entities_of(hass, BARN).keys() == before.keys()
    assert state_of(hass, WAN_TYPE.format("barn")) == "dhcp"
    assert state_of(hass, "binary_sensor.cloud_connection") == "on"

    for _ in range(5):
        await next_round()
    cloud.lab.set_online(dev_id(HALL), online=True)
    await next_round()
    hall, attic = entities_of(hass, HALL), entities_of(hass, ATTIC)
    # The clock of the routers stands still here, so that this depends on when it was read.
    assert hall.pop("sensor.uptime") != attic.pop("sensor.uptime")
    assert hall == attic


async def test_offline_is_not_asked(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    set_up_cloud: SetUpCloud,
    next_round: NextRound,
) -> None:
    """Of a router that is away, only its status is asked."""
    await set_up_cloud(cloud, {"Barn": BARN})
    cloud.lab.reset_counts()
    for _ in range(4):
        await next_round()
    assert cloud.lab.counts() == {"status": 4}


async def test_cost(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    set_up_cloud: SetUpCloud,
    next_round: NextRound,
) -> None:
    """A round costs a status and at most one call for each router, however many there are."""
    await set_up_cloud(cloud)
    for _ in range(10):
        cloud.lab.reset_counts()
        await next_round()
        counts = cloud.lab.counts()
        assert counts["status"] == 3
        assert counts.get("call", 0) <= 2


async def test_controls(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    set_up_cloud: SetUpCloud,
    next_round: NextRound,
) -> None:
    """What is done with one router is done with that one, and shown at once."""
    await set_up_cloud(cloud)
    await hass.services.async_call(
        "switch", "turn_off", {"entity_id": LED.format("attic")}, blocking=True
    )
    assert (led(cloud, HALL), led(cloud, ATTIC)) == (True, False)
    assert state_of(hass, LED.format("attic")) == "off"
    assert state_of(hass, LED.format("hall")) == "on"

    await hass.services.async_call(
        "button", "press", {"entity_id": "button.hall_restart"}, blocking=True
    )
    assert state_of(hass, CONNECTION.format("hall")) == "on"
    assert state_of(hass, LED.format("attic")) == "off", "the cloud is not gone"
    cloud.lab.advance(10)
    await next_round()
    assert state_of(hass, CONNECTION.format("hall")) == "off"
    assert state_of(hass, LED.format("hall")) == STATE_UNAVAILABLE
    assert state_of(hass, LED.format("attic")) == "off"
    cloud.lab.advance(600)
    await next_round()
    assert state_of(hass, LED.format("hall")) == "on"


@pytest.mark.parametrize("code", [10150, 10160, 100014, 100012])
async def test_silent_router(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    set_up_cloud: SetUpCloud,
    next_round: NextRound,
    code: int,
) -> None:
    """Routers that are online but do not answer count neither as the cloud nor as its secret."""
    entry = await set_up_cloud(cloud)
    cloud.lab.break_replies("call", FaultKind.ERROR, times=None, code=code)
    for _ in range(6):
        await next_round()
    assert entry.state is ConfigEntryState.LOADED
    assert state_of(hass, "sensor.cloud_routers_online") == "2"
    assert state_of(hass, CONNECTION.format("hall")) == "on"
    assert state_of(hass, "sensor.hall_download_rate") == STATE_UNAVAILABLE
    cloud.lab.repair()
    for _ in range(12):
        await next_round()
    assert state_of(hass, "sensor.hall_download_rate") == "24.756917"


async def test_slow_router_is_asked_once(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, set_up_cloud: SetUpCloud
) -> None:
    """Where one call has waited in vain, the others of the router do not wait as long again."""
    cloud.lab.set_options(answer_seconds=60)
    entry = await set_up_cloud(cloud)
    assert entry.state is ConfigEntryState.LOADED
    assert state_of(hass, CONNECTION.format("hall")) == "on"
    assert cloud.lab.counts()["call"] <= 4


async def test_refused_method(
    hass: HomeAssistant, start_cloud: StartCloud, set_up_cloud: SetUpCloud
) -> None:
    """What the plug-in may not call is missing, and nothing else."""
    cloud = await start_cloud(plugin_permissions=("system.*", "device.*"))
    await set_up_cloud(cloud, {"Hall": HALL})
    assert hass.states.get(WAN_TYPE.format("hall")) is None
    assert state_of(hass, LED.format("hall")) == "on"
    assert state_of(hass, CONNECTION.format("hall")) == "on"


async def test_plugin_removed(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    set_up_cloud: SetUpCloud,
    next_round: NextRound,
    issue_registry: ir.IssueRegistry,
) -> None:
    """The owner is told which routers the cloud no longer leads to."""
    entry = await set_up_cloud(cloud)
    issue_id = f"{entry.entry_id}_routers_not_permitted"
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None
    cloud.lab.set_installed(dev_id(HALL), installed=False)
    await next_round()
    issue = issue_registry.async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.translation_placeholders == {"device": "Cloud", "routers": HALL}
    assert state_of(hass, CONNECTION.format("hall")) == STATE_UNKNOWN
    assert state_of(hass, LED.format("hall")) == STATE_UNAVAILABLE
    assert state_of(hass, LED.format("attic")) == "on"

    cloud.lab.set_installed(dev_id(HALL), installed=True)
    await next_round()
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None
    assert state_of(hass, LED.format("hall")) == "on"


def test_nothing_is_forgotten() -> None:
    """Whatever a router has when it is reached directly, it has here, but for what would go far.

    An upgrade holds up everything else of an entry, and here that would be other routers.
    """
    tables = {*TABLES, "images"}
    described = {table for table in tables if getattr(HIWIFI, table)}
    entry = MockConfigEntry(
        subentries_data=[
            ConfigSubentryData(
                data={"mac": HALL}, subentry_type="router", title="Hall", unique_id=HALL
            )
        ]
    )
    tailored = tailor(HIWIFI_CLOUD, entry)
    assert {table for table in tables if getattr(tailored, table)} == described - {"updates"}
