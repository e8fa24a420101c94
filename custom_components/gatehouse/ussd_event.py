"""The event of what the network answers by USSD."""

from typing import Final, override

from homeassistant.components.event import EventEntity
from homeassistant.core import callback

from .coordinator import GatehouseConfigEntry
from .entity import device_info, device_key
from .families.push import UssdAnswer
from .push.ussd import Ussd

_ANSWERED: Final = "answered"


class UssdEvent(EventEntity):
    """Answers of the network to what was asked from here.

    It stays available: triggers ignore the first event after an absence.
    """

    _attr_event_types = [_ANSWERED]  # noqa: RUF012 - Home Assistant's own form
    _attr_has_entity_name = True
    _attr_should_poll = False
    _attr_translation_key = "ussd"

    def __init__(self, entry: GatehouseConfigEntry, ussd: Ussd) -> None:
        """Belong to the box."""
        self._ussd = ussd
        self._attr_device_info = device_info(entry.runtime_data)
        self._attr_unique_id = f"{device_key(entry)}_{self._attr_translation_key}"

    @override
    async def async_added_to_hass(self) -> None:
        """Listen."""
        self.async_on_remove(self._ussd.async_listen(self._tell))

    @callback
    def _tell(self, answer: UssdAnswer) -> None:
        """Show an answer."""
        attributes = {"port": answer.port, "text": answer.text, "id": answer.id}
        self._trigger_event(_ANSWERED, attributes)
        self.async_write_ha_state()
