"""Events."""

from typing import Any, override

from homeassistant.components.event import EventEntity
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import CONF_OWN_EVENT, DOMAIN, SUBENTRY_CONTACT
from .coordinator import GatehouseConfigEntry, GatehouseCoordinator
from .entity import DescribedEntity, async_add_described
from .families.descriptions import GatehouseEventDescription
from .message_events import ContactReceivedEvent, ReceivedEvent, StatusEvent
from .message_upkeep import carries_messages
from .messaging import Messaging
from .ussd_event import UssdEvent

# Nothing is written.
PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: GatehouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the events of a device."""
    async_add_described(
        hass,
        entry,
        Platform.EVENT,
        entry.runtime_data.family.events,
        GatehouseEvent,
        async_add_entities,
    )
    if entry.runtime_data.messaging and carries_messages(entry.runtime_data):
        _add_message_events(hass, entry, entry.runtime_data.messaging, async_add_entities)
    push = entry.runtime_data.push
    if push and push.ussd and push.asks:
        async_add_entities([UssdEvent(entry, push.ussd)])


@callback
def _add_message_events(
    hass: HomeAssistant,
    entry: GatehouseConfigEntry,
    messaging: Messaging,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the events of messages, as far as the device tells of them."""
    if messaging.follows_sent:
        async_add_entities([StatusEvent(entry, messaging)])
    if not messaging.receives:
        return
    async_add_entities([ReceivedEvent(entry, messaging)])
    registry = er.async_get(hass)
    for contact in entry.get_subentries_of_type(SUBENTRY_CONTACT):
        event = ContactReceivedEvent(entry, messaging, contact)
        if contact.data.get(CONF_OWN_EVENT):
            async_add_entities([event], config_subentry_id=contact.subentry_id)
        elif obsolete := registry.async_get_entity_id(
            Platform.EVENT, DOMAIN, event.unique_id or ""
        ):
            registry.async_remove(obsolete)


class GatehouseEvent(DescribedEntity[GatehouseEventDescription], EventEntity):
    """Something that happens at the device."""

    entity_description: GatehouseEventDescription

    def __init__(
        self, coordinator: GatehouseCoordinator[Any], description: GatehouseEventDescription
    ) -> None:
        """Begin with the present; what happened before is no event."""
        super().__init__(coordinator, description)
        self._before = coordinator.data

    @property
    @override
    def available(self) -> bool:
        """Stay available: triggers ignore the first event after an absence otherwise."""
        return True

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Tell, one by one, what has happened since the last round."""
        before, self._before = self._before, self.coordinator.data
        for occurrence in self.entity_description.occurrences_fn(before, self._before):
            self._trigger_event(occurrence.event_type, dict(occurrence.attributes))
            self.async_write_ha_state()
