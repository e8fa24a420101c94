"""Setting up an SMS gateway."""

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest

from simulators.openvox import OpenVoxSimulator
from tests.conftest import state_of

from .conftest import SetUpGateway, StartGateway


async def test_first_sight(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    set_up_gateway: SetUpGateway,
    device_registry: dr.DeviceRegistry,
) -> None:
    """A gateway is a device, and each of its ports is a part of it."""
    entry = await set_up_gateway(gateway)
    assert entry.state is ConfigEntryState.LOADED
    (device,) = dr.async_entries_for_config_entry(device_registry, entry.entry_id)
    assert device.manufacturer == "OpenVox"
    assert device.model == "SMS gateway"
    assert device.hw_version == "8 ports"
    assert device.serial_number is None
    assert device.connections == set()
    assert device.configuration_url == gateway.url
    ports = dr.async_entries_for_parent_device(device_registry, device.id)
    assert [port.name for port in ports] == [f"Port {number}" for number in range(1, 9)]


async def test_entities_belong_to_their_port(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    set_up_gateway: SetUpGateway,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
) -> None:
    """Without any identity of the gateway, that of the entry tells its entities apart."""
    entry = await set_up_gateway(gateway)
    (device,) = dr.async_entries_for_config_entry(device_registry, entry.entry_id)
    ports = dr.async_entries_for_parent_device(device_registry, device.id)
    (port,) = (each for each in ports if each.name == "Port 3")
    assert port.identifiers == {("gatehouse", f"{entry.entry_id}_port_3")}
    entities = er.async_entries_for_device(entity_registry, port.id, include_disabled_entities=True)
    prefix = f"{entry.entry_id}_port_3_"
    unique_ids = {entity.entity_id: entity.unique_id for entity in entities}
    assert (
        unique_ids.items()
        >= {
            "binary_sensor.sms_gateway_port_3_ready_to_send": f"{prefix}available",
            "binary_sensor.sms_gateway_port_3_registered": f"{prefix}registered",
            "sensor.sms_gateway_port_3_imsi": f"{prefix}imsi",
            "sensor.sms_gateway_port_3_sim_status": f"{prefix}sim_status",
        }.items()
    )
    disabled = {entity.entity_id for entity in entities if entity.disabled}
    assert disabled & {
        "binary_sensor.sms_gateway_port_3_ready_to_send",
        "binary_sensor.sms_gateway_port_3_registered",
        "sensor.sms_gateway_port_3_imsi",
        "sensor.sms_gateway_port_3_sim_status",
    } == {"sensor.sms_gateway_port_3_imsi"}


@pytest.mark.parametrize("ports", [1, 32])
async def test_size(
    hass: HomeAssistant,
    start_gateway: StartGateway,
    set_up_gateway: SetUpGateway,
    device_registry: dr.DeviceRegistry,
    ports: int,
) -> None:
    """The smallest and the largest gateway have as many ports as they have."""
    entry = await set_up_gateway(await start_gateway(ports=ports))
    (device,) = dr.async_entries_for_config_entry(device_registry, entry.entry_id)
    assert len(dr.async_entries_for_parent_device(device_registry, device.id)) == ports
    assert device.hw_version == f"{ports} ports"
    assert state_of(hass, "sensor.sms_gateway_registered_channels") == str(ports)
    assert state_of(hass, f"binary_sensor.sms_gateway_port_{ports}_registered") == "on"


@pytest.mark.parametrize("options", [{"prefix": "/api"}, {"bearer": True}, {"bom": True}], ids=str)
async def test_variants(
    hass: HomeAssistant,
    start_gateway: StartGateway,
    set_up_gateway: SetUpGateway,
    options: dict[str, object],
) -> None:
    """What the manufacturer does not document does not matter."""
    await set_up_gateway(await start_gateway(**options))
    assert state_of(hass, "sensor.sms_gateway_idle_channels") == "8"


async def test_leaving(
    hass: HomeAssistant, gateway: OpenVoxSimulator, set_up_gateway: SetUpGateway
) -> None:
    """An entry that is unloaded logs out."""
    entry = await set_up_gateway(gateway)
    await hass.config_entries.async_unload(entry.entry_id)
    assert gateway.requests[-1] == ("POST", "/auth/logout")
    assert gateway.lab.state()["tokens"] == 0
