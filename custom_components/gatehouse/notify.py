"""Notify entities: one for each contact."""

from typing import Any, override

from homeassistant.components.notify import NotifyEntity
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import CONF_NUMBER, SUBENTRY_CONTACT
from .coordinator import GatehouseConfigEntry, GatehouseCoordinator
from .entity import contact_info, contact_key
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
            [ContactNotify(entry.runtime_data, subentry)],
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

    def __init__(self, coordinator: GatehouseCoordinator[Any], contact: ConfigSubentry) -> None:
        """Name the entity and its device after the contact."""
        self._coordinator = coordinator
        self._number: str = contact.data[CONF_NUMBER]
        self._attr_unique_id = contact_key(coordinator.config_entry, contact)
        self._attr_device_info = contact_info(coordinator, contact)

    @override
    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Send a message to the contact."""
        raise_unless_sent(await async_send_sms(self._coordinator, [self._number], message))
