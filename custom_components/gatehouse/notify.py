"""Notify entities: one for each contact."""

from typing import Any, override

from homeassistant.components.notify import NotifyEntity
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import CONF_NUMBER, DOMAIN, SUBENTRY_CONTACT
from .coordinator import GatehouseConfigEntry, GatehouseCoordinator
from .entity import device_key
from .outgoing import async_send_sms, raise_unless_sent

# The devices do one thing at a time.
PARALLEL_UPDATES = 1


async def async_setup_entry(
    hass: HomeAssistant,
    entry: GatehouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up a notify entity for each contact."""
    for subentry in entry.get_subentries_of_type(SUBENTRY_CONTACT):
        async_add_entities(
            [ContactNotify(hass, entry.runtime_data, subentry)],
            config_subentry_id=subentry.subentry_id,
        )


class ContactNotify(NotifyEntity):
    """Sends text messages to a contact.

    It is available even while the device is not: Home Assistant skips unavailable entities without
    a word, and a message that cannot be sent must be an error.
    """

    _attr_has_entity_name = True
    _attr_name = None
    _attr_translation_key = SUBENTRY_CONTACT

    def __init__(
        self,
        hass: HomeAssistant,
        coordinator: GatehouseCoordinator[Any],
        subentry: ConfigSubentry,
    ) -> None:
        """Name the entity and its device after the contact."""
        self._coordinator = coordinator
        entry = coordinator.config_entry
        key = f"{device_key(entry)}_{subentry.subentry_id}"
        self._number: str = subentry.data[CONF_NUMBER]
        self._attr_unique_id = key
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, key)},
            name=subentry.title,
            entry_type=DeviceEntryType.SERVICE,
            via_device_id=dr.async_get_device_id_by_identifier(
                hass, (DOMAIN, device_key(entry)), config_entry_id=entry.entry_id
            ),
        )

    @override
    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Send a message to the contact."""
        report, _ = await async_send_sms(self._coordinator, [self._number], message)
        raise_unless_sent(report)
