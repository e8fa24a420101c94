"""The sensor of the last message that was received."""

from datetime import datetime
from typing import Any, Final, override

from homeassistant.components.sensor import RestoreSensor, SensorDeviceClass
from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from .const import CONF_HIDE_SMS_TEXT
from .coordinator import GatehouseConfigEntry
from .entity import device_info, device_key
from .messaging import Arrival, Messaging

_TEXT: Final = "text"
_ATTRIBUTES: Final = ("sender", "contact", _TEXT)


class LastMessageSensor(RestoreSensor):
    """When the last message came, and what it says.

    It stays available: what has come has come, whether the device answers or not.
    """

    _attr_device_class = SensorDeviceClass.TIMESTAMP
    _attr_has_entity_name = True
    _attr_should_poll = False
    _attr_translation_key = "last_sms"
    _unrecorded_attributes = frozenset(_ATTRIBUTES)

    def __init__(self, entry: GatehouseConfigEntry, messaging: Messaging) -> None:
        """Belong to the box."""
        self._messaging = messaging
        self._hides_text = bool(entry.options.get(CONF_HIDE_SMS_TEXT))
        self._attr_device_info = device_info(entry.runtime_data)
        self._attr_unique_id = f"{device_key(entry)}_{self._attr_translation_key}"

    @override
    async def async_added_to_hass(self) -> None:
        """Show what was shown before, and listen."""
        await super().async_added_to_hass()
        data, state = await self.async_get_last_sensor_data(), await self.async_get_last_state()
        if data and state and isinstance(data.native_value, datetime):
            self._attr_native_value = data.native_value
            self._show({name: state.attributes.get(name) for name in _ATTRIBUTES})
        self.async_on_remove(self._messaging.async_listen_arrivals(self._tell))

    @callback
    def _tell(self, arrival: Arrival) -> None:
        """Take over a message."""
        message = arrival.delivery.message
        self._attr_native_value = message.time or dt_util.utcnow()
        self._show(
            {
                "sender": message.sender,
                "contact": arrival.contact.title if arrival.contact else None,
                _TEXT: message.text,
            }
        )
        self.async_write_ha_state()

    @callback
    def _show(self, attributes: dict[str, Any]) -> None:
        """Show what is known of the message, without its text if the owner wants it so."""
        if self._hides_text:
            attributes.pop(_TEXT)
        self._attr_extra_state_attributes = attributes
