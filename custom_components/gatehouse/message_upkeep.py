"""What is done about received messages beside telling of them: reading on, and tidying up."""

from collections import deque
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from .clients.errors import GatehouseError
from .const import CONF_AFTER_RECEIVING, CONF_KEEP_LAST, LOGGER
from .coordinator import GatehouseConfigEntry, GatehouseCoordinator
from .families.readings import Record, Snapshot, Source
from .families.sms import AfterReceiving, SmsSupport, Upkeep
from .messaging import Arrival, Messaging
from .sms.received import Received

JOIN_DELAY: Final = 11.0
"""Seconds after which a message of which parts were missing is looked at again."""

_MOST_TOLD: Final = 1000


class MessageUpkeep:
    """Keeps the inbox of one device."""

    def __init__(
        self,
        hass: HomeAssistant,
        coordinator: GatehouseCoordinator[Any],
        messaging: Messaging,
        support: SmsSupport[Any],
    ) -> None:
        """Begin with nothing to do."""
        self._hass = hass
        self._coordinator = coordinator
        self._messaging = messaging
        self._support = support
        options = coordinator.config_entry.options
        self._upkeep = Upkeep(
            after=AfterReceiving(options.get(CONF_AFTER_RECEIVING, AfterReceiving.NOTHING)),
            keep_last=int(options.get(CONF_KEEP_LAST, 0)),
        )
        self._told: deque[Received] = deque(maxlen=_MOST_TOLD)
        self._next_look: CALLBACK_TYPE | None = None

    @callback
    def async_note(self, arrival: Arrival) -> None:
        """Remember a message that has been told of."""
        self._told.append(arrival.delivery.message)

    async def async_attend(self, snapshot: Snapshot) -> Mapping[Source[Any], Record]:
        """Tidy up once messages were told of, which is saved by then. It never raises."""
        self._look_soon()
        told = tuple(self._told)
        tidy = self._support.tidy
        if not told or tidy is None or self._upkeep.after is AfterReceiving.NOTHING:
            self._told.clear()
            return {}
        try:
            await tidy(self._coordinator.client, told, self._upkeep)
        except GatehouseError as err:
            LOGGER.debug("Tidying up the inbox failed: %s", type(err).__name__)
        else:
            for _ in told:
                self._told.popleft()
        return {}

    @callback
    def async_stop(self) -> None:
        """Look no more."""
        if self._next_look:
            self._next_look()
            self._next_look = None

    @callback
    def _look_soon(self) -> None:
        """Look again before the next round if a message will be whole by then."""
        if self._next_look or not self._support.awaits_parts_fn(self._coordinator.client):
            return

        async def look(_: datetime) -> None:
            """Look, and again if that was too early."""
            self._next_look = None
            await self._messaging.async_collect()
            coordinator = self._coordinator
            if coordinator.last_update_success and not (coordinator.paused or coordinator.closing):
                self._look_soon()

        self._next_look = async_call_later(self._hass, JOIN_DELAY, look)


def carries_messages(coordinator: GatehouseCoordinator[Any]) -> bool:
    """Tell whether a device carries messages, as far as it has told."""
    support = coordinator.family.sms
    return support is not None and support.carries_fn(coordinator.data)


@callback
def async_keep_inbox(hass: HomeAssistant, entry: GatehouseConfigEntry) -> None:
    """Keep the inbox of a device that receives messages, until it is unloaded."""
    coordinator = entry.runtime_data
    support, messaging = coordinator.family.sms, coordinator.messaging
    if support is None or messaging is None or support.inbox_page is None:
        return
    upkeep = MessageUpkeep(hass, coordinator, messaging, support)
    entry.async_on_unload(messaging.async_listen_arrivals(upkeep.async_note))
    entry.async_on_unload(upkeep.async_stop)
    if support.inbox_readings:
        # They tell whether there is news, whichever entities there are.
        entry.async_on_unload(coordinator.async_add_listener(lambda: None, support.inbox_readings))
    coordinator.async_attend(upkeep.async_attend)
