"""Buttons."""

from typing import Any, override

from homeassistant.components.button import ButtonEntity
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import GatehouseConfigEntry
from .entity import DescribedEntity, async_add_described
from .families.descriptions import GatehouseButtonDescription

# The devices do one thing at a time.
PARALLEL_UPDATES = 1


async def async_setup_entry(
    hass: HomeAssistant,
    entry: GatehouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the buttons of a device."""
    async_add_described(
        hass,
        entry,
        Platform.BUTTON,
        entry.runtime_data.family.buttons,
        GatehouseButton,
        async_add_entities,
    )


class GatehouseButton(DescribedEntity[GatehouseButtonDescription[Any]], ButtonEntity):
    """Something the device can be told to do."""

    entity_description: GatehouseButtonDescription[Any]

    @override
    async def async_press(self) -> None:
        """Tell the device to do it."""
        description = self.entity_description
        await self.coordinator.async_command(description.press_fn, read_back=description.read_back)
        if description.ends_connection:
            self.coordinator.async_expect_absence()
