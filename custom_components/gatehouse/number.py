"""Numbers."""

from typing import Any, override

from homeassistant.components.number import NumberEntity
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import GatehouseConfigEntry
from .entity import DescribedEntity, async_add_described
from .families.descriptions import GatehouseNumberDescription

# The devices do one thing at a time.
PARALLEL_UPDATES = 1


async def async_setup_entry(
    hass: HomeAssistant,
    entry: GatehouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the numbers of a device."""
    async_add_described(
        hass,
        entry,
        Platform.NUMBER,
        entry.runtime_data.family.numbers,
        GatehouseNumber,
        async_add_entities,
    )


class GatehouseNumber(DescribedEntity[GatehouseNumberDescription[Any]], NumberEntity):
    """A number of the device that can be set."""

    entity_description: GatehouseNumberDescription[Any]

    @property
    @override
    def native_value(self) -> float | None:
        """Return the number."""
        return self.entity_description.value_fn(self.coordinator.data)

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Set the number and show what the device made of it."""
        description = self.entity_description
        await self.coordinator.async_command(
            lambda client: description.set_fn(client, value), read_back=description.read_back
        )
