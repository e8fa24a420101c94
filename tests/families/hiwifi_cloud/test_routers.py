"""Adding routers to a cloud and removing them."""

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
import pytest

from custom_components.gatehouse import errors
from custom_components.gatehouse.const import DOMAIN
from simulators.faults import FaultKind
from simulators.hiwifi import HiwifiCloudSimulator, HiwifiOptions, HiwifiSimulator
from tests.conftest import state_of

from .conftest import ATTIC, BARN, HALL, ROUTERS, UNIQUE_ID, SetUpCloud, dev_id
from .flow_helpers import ROUTER_TEXTS, start_router_flow, submit_router


@pytest.mark.parametrize("written", ["D4EE07A05201", " d4-ee-07-a0-52-01", HALL])
async def test_add(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    set_up_cloud: SetUpCloud,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
    written: str,
) -> None:
    """A router gets a device of its own with its entities, under the name that was given."""
    entry = await set_up_cloud(cloud, {})
    result = await submit_router(hass, await start_router_flow(hass, entry), "Hall", written)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    (router,) = entry.subentries.values()
    assert (router.title, router.unique_id, router.data) == ("Hall", HALL, {"mac": HALL})
    assert entry.state is ConfigEntryState.LOADED

    assert state_of(hass, "binary_sensor.hall_connection") == "on"
    assert state_of(hass, "sensor.cloud_routers_online") == "1"
    entity = entity_registry.async_get("sensor.hall_wan_type")
    assert entity is not None
    assert entity.unique_id.startswith(f"{UNIQUE_ID}_{HALL}_")
    assert entity.config_subentry_id == router.subentry_id
    assert entity.device_id is not None
    device = device_registry.async_get(entity.device_id)
    assert isinstance(device, dr.DeviceEntry)
    assert (device.name, device.manufacturer, device.model) == ("Hall", "HiWiFi", "HC5962")
    assert device.sw_version
    assert (dr.CONNECTION_NETWORK_MAC, HALL) in device.connections
    box = device_registry.async_get(device.via_device_id or "")
    assert box is not None
    assert box.name == "Cloud"


async def test_add_offline(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, set_up_cloud: SetUpCloud
) -> None:
    """A router may be added while it is away."""
    entry = await set_up_cloud(cloud, {"Hall": HALL})
    await submit_router(hass, await start_router_flow(hass, entry), "Barn", BARN)
    assert state_of(hass, "binary_sensor.barn_connection") == "off"
    assert state_of(hass, "binary_sensor.hall_connection") == "on"
    assert state_of(hass, "sensor.cloud_routers_online") == "1"
    assert state_of(hass, "sensor.cloud_routers") == "2"


@pytest.mark.parametrize("mac", ["router", "D4EE07A0520", "D4EE07A0520G", "192.168.199.1", ""])
async def test_no_address(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, set_up_cloud: SetUpCloud, mac: str
) -> None:
    """What is no hardware address is said at its field, and the cloud is not asked."""
    entry = await set_up_cloud(cloud, {})
    cloud.requests.clear()
    result = await submit_router(hass, await start_router_flow(hass, entry), "Hall", mac)
    assert result["errors"] == {"mac": "invalid_mac"}
    assert cloud.requests == []
    result = await submit_router(hass, result, "Hall", HALL)
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_added_already(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, set_up_cloud: SetUpCloud
) -> None:
    """Nobody adds the same router twice."""
    entry = await set_up_cloud(cloud)
    form = await start_router_flow(hass, entry)
    result = await submit_router(hass, form, "Corridor", HALL.upper())
    assert result["errors"] == {"mac": "already_added"}
    assert len(entry.subentries) == len(ROUTERS)


async def test_stranger(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, set_up_cloud: SetUpCloud
) -> None:
    """A router without the plug-in is none of the account's."""
    entry = await set_up_cloud(cloud, {})
    form = await start_router_flow(hass, entry)
    form = await submit_router(hass, form, "Stranger", "d4:ee:07:ff:ff:ff")
    assert form["errors"] == {"base": "not_permitted"}
    cloud.lab.set_installed(dev_id(HALL), installed=False)
    form = await submit_router(hass, form, "Hall", HALL)
    assert form["errors"] == {"base": "not_permitted"}
    cloud.lab.set_installed(dev_id(HALL), installed=True)
    await submit_router(hass, form, "Hall", HALL)
    assert len(entry.subentries) == 1


@pytest.mark.parametrize(
    ("kind", "code", "error"),
    [
        (FaultKind.DROP, None, "cannot_connect"),
        (FaultKind.HTML, None, "invalid_reply"),
        (FaultKind.ERROR, 100014, "invalid_auth"),
        (FaultKind.ERROR, 100001, "command_refused"),
        (FaultKind.ERROR, 100018, "not_supported"),
    ],
)
async def test_cloud_in_trouble(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    set_up_cloud: SetUpCloud,
    kind: FaultKind,
    code: int | None,
    error: str,
) -> None:
    """What the cloud says, or does not say, is told; the entry itself lives on."""
    entry = await set_up_cloud(cloud, {})
    form = await start_router_flow(hass, entry)
    cloud.lab.break_replies("status", kind, code=code)
    form = await submit_router(hass, form, "Hall", HALL)
    assert form["errors"] == {"base": error}
    assert entry.state is ConfigEntryState.LOADED
    await submit_router(hass, form, "Hall", HALL)
    assert len(entry.subentries) == 1


async def test_remove(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    set_up_cloud: SetUpCloud,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
) -> None:
    """With a router its device and its entities go, and only those."""
    entry = await set_up_cloud(cloud)
    hall = next(each for each in entry.subentries.values() if each.title == "Hall")
    hass.config_entries.async_remove_subentry(entry, hall.subentry_id)
    await hass.async_block_till_done()

    assert entry.state is ConfigEntryState.LOADED
    entities = er.async_entries_for_config_entry(entity_registry, entry.entry_id)
    assert not [each for each in entities if HALL in each.unique_id]
    assert [each for each in entities if ATTIC in each.unique_id]
    devices = dr.async_entries_for_config_entry(device_registry, entry.entry_id)
    assert {each.name for each in devices} == {"Cloud", "Attic", "Barn"}
    assert state_of(hass, "sensor.cloud_routers") == "2"
    cloud.requests.clear()


async def test_rename(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    set_up_cloud: SetUpCloud,
    device_registry: dr.DeviceRegistry,
) -> None:
    """A router that is called otherwise keeps its entities."""
    entry = await set_up_cloud(cloud, {"Hall": HALL})
    (hall,) = entry.subentries.values()
    hass.config_entries.async_update_subentry(entry, hall, title="Corridor")
    await hass.async_block_till_done()
    names = {
        each.name for each in dr.async_entries_for_config_entry(device_registry, entry.entry_id)
    }
    assert names == {"Cloud", "Corridor"}
    assert state_of(hass, "binary_sensor.hall_connection") == "on"


async def test_discovered_at_home(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    set_up_cloud: SetUpCloud,
    no_multicast: None,
) -> None:
    """A router that shows itself in the house is known; the cloud's entry does not follow it."""
    entry = await set_up_cloud(cloud)
    router = HiwifiSimulator(HiwifiOptions(), clock=lambda: 0.0)
    await router.start()
    result = await hass.config_entries.flow.async_init(
        DOMAIN,
        context={"source": "dhcp"},
        data=DhcpServiceInfo(ip="127.0.0.1", hostname="hiwifi", macaddress=HALL.replace(":", "")),
    )
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
    assert entry.data["url"] == cloud.url
    await router.stop()


def test_every_error_has_a_text() -> None:
    """Whatever goes wrong when a router is added is told in words."""
    keys = {key for _, key in errors._KEYS} | {errors._LOCKED_OUT, "unknown"}
    assert keys <= ROUTER_TEXTS["error"].keys()
    (step,) = ROUTER_TEXTS["step"].values()
    assert step["data"].keys() == step["data_description"].keys()
