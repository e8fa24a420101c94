"""Selects."""

from typing import Any, override

from homeassistant.components.select import SelectEntity
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import GatehouseConfigEntry
from .entity import DescribedEntity, async_add_described
from .families.descriptions import GatehouseSelectDescription

# The devices do one thing at a time.
PARALLEL_UPDATES = 1


async def async_setup_entry(
    hass: HomeAssistant,
    entry: GatehouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the selects of a device."""
    async_add_described(
        hass,
        entry,
        Platform.SELECT,
        entry.runtime_data.family.selects,
        GatehouseSelect,
        async_add_entities,
    )


class GatehouseSelect(DescribedEntity[GatehouseSelectDescription[Any]], SelectEntity):
    """A choice that the device offers."""

    entity_description: GatehouseSelectDescription[Any]

    @property
    @override
    def options(self) -> list[str]:
        """Return what can be chosen."""
        if (options_fn := self.entity_description.options_fn) is None:
            return super().options
        return options_fn(self.coordinator.data)

    @property
    @override
    def current_option(self) -> str | None:
        """Return what is chosen."""
        return self.entity_description.value_fn(self.coordinator.data)

    @override
    async def async_select_option(self, option: str) -> None:
        """Choose, and show what the device made of it."""
        description = self.entity_description
        await self.coordinator.async_command(
            lambda client: description.set_fn(client, option), read_back=description.read_back
        )
