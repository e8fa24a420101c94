"""Texts."""

from typing import Any, override

from homeassistant.components.text import TextEntity
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import GatehouseConfigEntry
from .entity import DescribedEntity, async_add_described
from .families.descriptions import GatehouseTextDescription

# The devices do one thing at a time.
PARALLEL_UPDATES = 1


async def async_setup_entry(
    hass: HomeAssistant,
    entry: GatehouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the texts of a device."""
    async_add_described(
        hass,
        entry,
        Platform.TEXT,
        entry.runtime_data.family.texts,
        GatehouseText,
        async_add_entities,
    )


class GatehouseText(DescribedEntity[GatehouseTextDescription[Any]], TextEntity):
    """A text of the device that can be set."""

    entity_description: GatehouseTextDescription[Any]

    @property
    @override
    def native_value(self) -> str | None:
        """Return the text."""
        return self.entity_description.value_fn(self.coordinator.data)

    @override
    async def async_set_value(self, value: str) -> None:
        """Set the text and show what the device made of it."""
        description = self.entity_description
        await self.coordinator.async_command(
            lambda client: description.set_fn(client, value), read_back=description.read_back
        )
