"""Events of messages: received ones, and what became of those that were sent."""

from typing import Any, Final, override

from homeassistant.components.event import EventEntity
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import callback

from .coordinator import GatehouseConfigEntry
from .entity import contact_info, contact_key, device_info, device_key
from .messaging import Arrival, Messaging
from .messaging.contacts import find_contact
from .sms.journal import SendState
from .sms.telling import News

_RECEIVED: Final = "received"
_RECEIVED_LATE: Final = "received_late"

_UNSENT: Final = {SendState.REJECTED: SendState.FAILED}
"""A message that never left: whoever is told of it has heard of no refusal."""


class MessageEvent(EventEntity):
    """Something that happened to a message.

    It stays available: triggers ignore the first event after an absence.
    """

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, entry: GatehouseConfigEntry, messaging: Messaging) -> None:
        """Belong to the box."""
        self._entry = entry
        self._messaging = messaging
        self._attr_device_info = device_info(entry.runtime_data)
        self._attr_unique_id = f"{device_key(entry)}_{self._attr_translation_key}"

    @callback
    def _happen(self, event_type: str, attributes: dict[str, Any]) -> None:
        """Show an event, each one by itself."""
        self._trigger_event(event_type, attributes)
        self.async_write_ha_state()


class ReceivedEvent(MessageEvent):
    """Messages that the box receives."""

    _attr_translation_key = "sms_received"
    _attr_event_types = [_RECEIVED, _RECEIVED_LATE]  # noqa: RUF012 - Home Assistant's own form

    @override
    async def async_added_to_hass(self) -> None:
        """Listen."""
        self.async_on_remove(self._messaging.async_listen_arrivals(self._tell))

    @callback
    def _tell(self, arrival: Arrival) -> None:
        """Tell of a message."""
        message = arrival.delivery.message
        self._happen(
            _RECEIVED_LATE if arrival.delivery.late else _RECEIVED,
            {
                "id": arrival.delivery.id,
                "sender": message.sender,
                "contact": arrival.contact.title if arrival.contact else None,
                "text": message.text,
                "time": message.time and message.time.isoformat(),
                "port": message.port and int(message.port),
                "redelivered": arrival.delivery.redelivered,
            },
        )


class ContactReceivedEvent(ReceivedEvent):
    """Messages that come from a contact."""

    def __init__(
        self, entry: GatehouseConfigEntry, messaging: Messaging, contact: ConfigSubentry
    ) -> None:
        """Belong to the contact."""
        super().__init__(entry, messaging)
        self._contact = contact
        self._attr_device_info = contact_info(entry.runtime_data, contact)
        self._attr_unique_id = f"{contact_key(entry, contact)}_{self._attr_translation_key}"

    @override
    @callback
    def _tell(self, arrival: Arrival) -> None:
        """Tell of a message if it comes from the contact."""
        if arrival.contact and arrival.contact.subentry_id == self._contact.subentry_id:
            super()._tell(arrival)


class StatusEvent(MessageEvent):
    """What became of messages that the box was given."""

    _attr_translation_key = "sms_status"
    _attr_event_types = [  # noqa: RUF012 - Home Assistant's own form
        SendState.SENT.value,
        SendState.DELIVERED.value,
        SendState.FAILED.value,
        SendState.UNKNOWN.value,
    ]

    @override
    async def async_added_to_hass(self) -> None:
        """Listen."""
        self.async_on_remove(self._messaging.async_listen_news(self._tell))

    @callback
    def _tell(self, news: News) -> None:
        """Tell what became of a message, without its text."""
        sent = news.entry
        contact = find_contact(self._entry, sent.number)
        self._happen(
            _UNSENT.get(sent.state, sent.state).value,
            {
                "id": sent.key,
                "number": sent.number,
                "contact": contact.title if contact else None,
                "port": sent.port and int(sent.port),
                "redelivered": news.again,
            },
        )
