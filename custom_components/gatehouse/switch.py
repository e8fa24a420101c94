"""Switches."""

from typing import Any, Final, override

from homeassistant.components.switch import SwitchEntity
from homeassistant.const import CONF_URL, EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from yarl import URL

from .client_switch import async_add_client_switches
from .coordinator import GatehouseConfigEntry, GatehouseCoordinator
from .entity import DescribedEntity, GatehouseEntity, async_add_described
from .errors import input_error
from .families.descriptions import GatehouseSwitchDescription

# The devices do one thing at a time.
PARALLEL_UPDATES = 1

_POLLING_PAUSE: Final = "polling_pause"


async def async_setup_entry(
    hass: HomeAssistant,
    entry: GatehouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the switches of a device."""
    async_add_entities([PollingPauseSwitch(entry.runtime_data)])
    async_add_client_switches(hass, entry, async_add_entities)
    async_add_described(
        hass,
        entry,
        Platform.SWITCH,
        entry.runtime_data.family.switches,
        GatehouseSwitch,
        async_add_entities,
    )


class GatehouseSwitch(DescribedEntity[GatehouseSwitchDescription[Any]], SwitchEntity):
    """Something of the device that can be switched."""

    entity_description: GatehouseSwitchDescription[Any]

    @property
    @override
    def is_on(self) -> bool | None:
        """Return the state, None where the device gives none."""
        return self.entity_description.value_fn(self.coordinator.data)

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Switch it on."""
        await self._async_set(on=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Switch it off."""
        await self._async_set(on=False)

    async def _async_set(self, *, on: bool) -> None:
        """Switch it and show what the device made of it."""
        description = self.entity_description
        url = URL(self.coordinator.config_entry.data[CONF_URL])
        if objection := description.objection_fn(self.coordinator.data, url, on):
            raise input_error(objection, device=self.coordinator.name)
        await self.coordinator.async_command(
            lambda client: description.set_fn(client, on), read_back=description.read_back
        )


class PollingPauseSwitch(GatehouseEntity, SwitchEntity):
    """Leaves the device alone while its owner uses its own page."""

    _attr_entity_category = EntityCategory.CONFIG

    def __init__(self, coordinator: GatehouseCoordinator[Any]) -> None:
        """Prepare the switch; it needs no reading."""
        super().__init__(coordinator, _POLLING_PAUSE, None)

    @property
    @override
    def available(self) -> bool:
        """Tell that polling can be paused whatever the device does."""
        return True

    @property
    @override
    def is_on(self) -> bool:
        """Tell whether polling is paused."""
        return self.coordinator.paused

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Pause polling."""
        await self.coordinator.async_pause()

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Resume polling."""
        await self.coordinator.async_resume()
