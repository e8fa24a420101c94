"""Sensors."""

from typing import override

from homeassistant.components.sensor import SensorEntity
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import GatehouseConfigEntry
from .entity import DescribedEntity, async_add_described
from .families.descriptions import GatehouseSensorDescription, SensorValue
from .health import HealthSensor
from .message_sensor import LastMessageSensor
from .message_upkeep import carries_messages

# The coordinator reads for all entities at once.
PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: GatehouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the sensors of a device."""
    async_add_entities([HealthSensor(entry.runtime_data)])
    async_add_described(
        hass,
        entry,
        Platform.SENSOR,
        entry.runtime_data.family.sensors,
        GatehouseSensor,
        async_add_entities,
    )
    messaging = entry.runtime_data.messaging
    if messaging and messaging.receives and carries_messages(entry.runtime_data):
        async_add_entities([LastMessageSensor(entry, messaging)])


class GatehouseSensor(DescribedEntity[GatehouseSensorDescription], SensorEntity):
    """A value of the device."""

    entity_description: GatehouseSensorDescription

    @property
    @override
    def native_value(self) -> SensorValue:
        """Return the value, None where the device gives none."""
        return self.entity_description.value_fn(self.coordinator.data)
