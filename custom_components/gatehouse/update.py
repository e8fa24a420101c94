"""Firmware updates."""

from asyncio import sleep
from typing import Any, Final, override

from homeassistant.components.update import UpdateEntity, UpdateEntityFeature
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import GatehouseConfigEntry
from .entity import DescribedEntity, async_add_described
from .errors import failure
from .families.descriptions import GatehouseUpdateDescription

# The devices do one thing at a time.
PARALLEL_UPDATES = 1

_LOOK_INTERVAL: Final = 5
"""Seconds between looks whether the device is back."""


async def async_setup_entry(
    hass: HomeAssistant,
    entry: GatehouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the firmware of a device."""
    async_add_described(
        hass,
        entry,
        Platform.UPDATE,
        entry.runtime_data.family.updates,
        GatehouseUpdate,
        async_add_entities,
    )


class GatehouseUpdate(DescribedEntity[GatehouseUpdateDescription[Any]], UpdateEntity):
    """Firmware of the device."""

    _attr_supported_features = UpdateEntityFeature.INSTALL | UpdateEntityFeature.PROGRESS
    entity_description: GatehouseUpdateDescription[Any]

    @property
    @override
    def supported_features(self) -> UpdateEntityFeature:
        """Return what can be done; what is new is told by few."""
        features = super().supported_features
        if self.entity_description.release_notes_fn is not None:
            features |= UpdateEntityFeature.RELEASE_NOTES
        return features

    @property
    @override
    def available(self) -> bool:
        """Stay available through the restart that an update brings."""
        return bool(self._attr_in_progress) or super().available

    @property
    @override
    def installed_version(self) -> str | None:
        """Return the firmware that runs."""
        return self.entity_description.installed_fn(self.coordinator.data)

    @property
    @override
    def latest_version(self) -> str | None:
        """Return the firmware that the manufacturer offers; None until that is known."""
        return self.entity_description.latest_fn(self.coordinator.data)

    @override
    async def async_release_notes(self) -> str | None:
        """Return what is new."""
        release_notes_fn = self.entity_description.release_notes_fn
        return release_notes_fn(self.coordinator.data) if release_notes_fn else None

    @override
    async def async_install(self, version: str | None, backup: bool, **kwargs: Any) -> None:
        """Install the latest firmware and wait until the device runs it."""
        coordinator, description = self.coordinator, self.entity_description
        snapshot, target = coordinator.data, self.latest_version
        with coordinator.async_engage():
            self._show_progress(in_progress=True)
            try:
                await coordinator.async_carry_out(
                    lambda client: description.install_fn(client, snapshot, self._tell_progress)
                )
                coordinator.async_expect_absence()
                await self._async_wait_for(target)
            finally:
                self._show_progress(in_progress=False)
        # Nobody has to wait until everything else has been read from the new firmware.
        coordinator.config_entry.async_create_background_task(
            self.hass, coordinator.async_refresh(), f"{coordinator.name} - after the update"
        )

    def _show_progress(self, *, in_progress: bool) -> None:
        """Show whether an update runs."""
        self._attr_in_progress = in_progress
        self._tell_progress(None)

    @callback
    def _tell_progress(self, percentage: int | None) -> None:
        """Show how far the update is, which few devices tell."""
        self._attr_update_percentage = percentage
        self.async_write_ha_state()

    async def _async_wait_for(self, version: str | None) -> None:
        """Wait until the device has come back with a version. Raises a translated error."""
        coordinator, description = self.coordinator, self.entity_description
        readings = [each for each in coordinator.family.readings if each.essential]
        told = {description.reading, *description.installed_from}
        readings += [each for each in coordinator.family.readings if each in told]
        gone = False
        for _ in range(description.restart_seconds // _LOOK_INTERVAL):
            await sleep(_LOOK_INTERVAL)
            if coordinator.closing:
                raise failure("update_not_followed", device=coordinator.name)
            await coordinator.async_read(readings)
            if not coordinator.last_update_success:
                gone = True
            elif self.installed_version == version:
                return
            elif not gone:
                # It takes its time to go, and that is no error to write down either.
                coordinator.async_expect_absence()
        if not gone:
            await coordinator.async_read(readings)
        raise failure("update_not_seen", device=coordinator.name)
