"""Binary sensors."""

from typing import override

from homeassistant.components.binary_sensor import BinarySensorEntity
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import GatehouseConfigEntry
from .entity import DescribedEntity, async_add_described
from .families.descriptions import GatehouseBinarySensorDescription

# The coordinator reads for all entities at once.
PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: GatehouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the binary sensors of a device."""
    async_add_described(
        hass,
        entry,
        Platform.BINARY_SENSOR,
        entry.runtime_data.family.binary_sensors,
        GatehouseBinarySensor,
        async_add_entities,
    )


class GatehouseBinarySensor(DescribedEntity[GatehouseBinarySensorDescription], BinarySensorEntity):
    """A state of the device."""

    entity_description: GatehouseBinarySensorDescription

    @property
    @override
    def available(self) -> bool:
        """Tell whether the state is current; that the device is away is one, too."""
        if self.entity_description.shows_absence:
            return not self.coordinator.paused
        return super().available

    @property
    @override
    def is_on(self) -> bool | None:
        """Return the state, None where the device gives none."""
        if self.entity_description.shows_absence and not self.coordinator.last_update_success:
            return False
        return self.entity_description.value_fn(self.coordinator.data)
