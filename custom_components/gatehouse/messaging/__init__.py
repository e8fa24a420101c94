"""The messages of an entry: collected after each round, told to whoever listens, counted."""

import asyncio
from collections import Counter
from collections.abc import (
    AsyncGenerator,
    Awaitable,
    Callable,
    Iterable,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
import logging
from typing import Any, Final
from weakref import WeakValueDictionary

from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import CONF_URL
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from ..clients.errors import GatehouseError
from ..const import LOGGER
from ..coordinator import GatehouseConfigEntry, GatehouseCoordinator
from ..families.readings import Outcome, Record, Snapshot, Source
from ..families.sms import MESSAGES, Line, MessageCounts, SmsSupport
from ..sms.inbox import Collected
from ..sms.journal import JournalEntry
from ..sms.received import Delivery, InboxRow
from ..sms.telling import News
from .boxes import Boxes, async_load_boxes
from .contacts import find_contact
from .counts import Arrivals, count
from .following import Following
from .paging import read_patiently
from .port_usage import PortUsage
from .store import NotSaved

ROUND_PATIENCE: Final = 10.0
"""Seconds; the longest that a round waits for messages. A longer reading goes on by itself."""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A message that was received."""

    delivery: Delivery
    contact: ConfigSubentry | None = field(repr=False)


class _Interrupted(Exception):
    """The messages must not be read any further for now."""


class Messaging:
    """The messages of one device."""

    def __init__(
        self,
        hass: HomeAssistant,
        coordinator: GatehouseCoordinator[Any],
        support: SmsSupport[Any],
        boxes: Boxes,
    ) -> None:
        """Prepare; nothing is read before the start."""
        self._hass = hass
        self._coordinator = coordinator
        self._name = coordinator.name
        self._support = support
        self._inbox = boxes.inbox
        self.outbox = boxes.outbox
        self._following = Following(boxes.outbox)
        self._arrivals = Arrivals(boxes.inbox_store.notes)
        self._lock = asyncio.Lock()
        self._round: asyncio.Task[None] | None = None
        self._started = False
        self._stopped = False
        self._unread: int | None = None
        self._collected: Collected | None = None
        self._errors: dict[str, str] = {}
        self._keys: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self.sought: set[str] = set()
        """Keys of messages of which somebody who looks for them will know more soon."""

        self.port_usage = PortUsage(boxes.outbox)
        self._on_arrival: list[Callable[[Arrival], None]] = []
        self._on_news: list[Callable[[News], None]] = []

    @property
    def receives(self) -> bool:
        """Tell whether messages are received."""
        return self._support.inbox_page is not None

    @property
    def follows_sent(self) -> bool:
        """Tell whether more is heard of messages that the device was given."""
        return self._support.outbox_rows is not None

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the ports, as far as they are known."""
        return self._lines(self._coordinator.data)

    def _lines(self, snapshot: Snapshot) -> tuple[Line, ...]:
        """Return the ports that a snapshot knows."""
        return self._support.lines_fn(snapshot) if self._support.lines_fn else ()

    @property
    def _interrupted(self) -> bool:
        """Tell whether the messages must be left alone.

        While Home Assistant stops, nothing is saved before the end.
        """
        idle = not self._started or self._stopped or self._hass.is_stopping
        return idle or self._coordinator.paused

    @callback
    def async_start(self) -> None:
        """Collect from now on, but not before automations are there to hear of it."""
        entry = self._coordinator.config_entry
        if self._support.line_readings:
            # Ports are chosen by them, whichever entities there are.
            entry.async_on_unload(
                self._coordinator.async_add_listener(lambda: None, self._support.line_readings)
            )

        @callback
        def begin(_: HomeAssistant) -> None:
            """Tell at once what was cut off, and collect what has waited."""
            self._started = True
            entry.async_create_task(self._hass, self._async_begin(), eager_start=True)

        entry.async_on_unload(async_at_started(self._hass, begin))

    async def _async_begin(self) -> None:
        """Tell what was cut off before the device is asked, which may not answer."""
        await self.async_tell_news()
        await self._collect(self._coordinator.data, sent_first=True)
        self.async_show()

    async def async_stop(self) -> None:
        """Collect no more; what has not begun to be handed over is left for later."""
        self._stopped = True
        async with self._lock:
            pass

    @callback
    def async_listen_arrivals(self, listener: Callable[[Arrival], None]) -> CALLBACK_TYPE:
        """Call somebody for each message that is received."""
        self._on_arrival.append(listener)
        return lambda: self._on_arrival.remove(listener)

    @callback
    def async_listen_news(self, listener: Callable[[News], None]) -> CALLBACK_TYPE:
        """Call somebody when it turns out what became of a message that was to be sent."""
        self._on_news.append(listener)
        return lambda: self._on_news.remove(listener)

    async def async_attend(self, snapshot: Snapshot) -> Mapping[Source[Any], Record]:
        """Collect at the end of a round, and return what there is to show.

        The device and its other readings have their turn while a reading is long.
        """
        if self._round is None or self._round.done():
            entry = self._coordinator.config_entry
            self._round = entry.async_create_task(
                self._hass, self._collect(snapshot, sent_first=True), eager_start=True
            )
            _, unfinished = await asyncio.wait({self._round}, timeout=ROUND_PATIENCE)
            for task in unfinished:
                task.add_done_callback(lambda _: self.async_show())
        return {
            MESSAGES: Record(
                outcome=Outcome.OK, value=self._count(snapshot), read_at=dt_util.utcnow()
            )
        }

    async def async_collect(self) -> None:
        """Read now what was received, and what became of what was sent. It never raises."""
        await self._collect(self._coordinator.data, sent_first=False)
        self.async_show()

    async def async_look_up(self, client: Any) -> None:
        """Look whether the device has messages of which nobody knows. It never raises."""
        since = self._following.since(dt_util.utcnow())
        if since is None or self._support.outbox_rows is None:
            return
        try:
            rows = await self._support.outbox_rows(client, self._coordinator.data, since)
        except GatehouseError as err:
            LOGGER.debug("Looking a message up failed: %s", type(err).__name__)
            return
        self.outbox.settle(rows, dt_util.utcnow())
        await self.async_tell_news()

    async def async_tell_news(self) -> None:
        """Tell what became of messages, once it is saved that this begins. It never raises."""
        if not self._started or self._hass.is_stopping:
            return
        try:
            await self.outbox.tell(self._tell, dt_util.utcnow(), sought=self.sought)
        except NotSaved:
            LOGGER.debug("What became of messages cannot be saved; what was not told is told later")

    def _tell(self, news: News) -> None:
        """Tell what became of a message."""
        for listener in tuple(self._on_news):
            listener(news)

    def present(self, entries: Iterable[JournalEntry]) -> list[JournalEntry]:
        """Return what is known of messages by now."""
        known = {entry.key: entry for entry in self.outbox.entries}
        return [known.get(entry.key, entry) for entry in entries]

    @asynccontextmanager
    async def key_lock(self, key: str | None) -> AsyncGenerator[None]:
        """Let one message at a time have an idempotency key."""
        if key is None:
            yield
            return
        # Held until the end: nobody else remembers the lock.
        lock = self._keys.setdefault(key, asyncio.Lock())
        async with lock:
            yield

    @callback
    def async_show(self) -> None:
        """Show the counts as they are now."""
        counts = self._count(self._coordinator.data)
        if counts != self._coordinator.data.last(MESSAGES):
            self._coordinator.async_put(MESSAGES, counts)

    def _count(self, snapshot: Snapshot) -> MessageCounts:
        """Count the messages."""
        return count(
            self.outbox.entries,
            self._arrivals,
            self._lines(snapshot),
            unread=self._unread,
            now=dt_util.utcnow(),
        )

    async def _collect(self, snapshot: Snapshot, *, sent_first: bool) -> None:
        """Read both boxes, each as far as there is a need.

        Only the inbox can be long, so that the other one comes first where nobody hurries.
        """
        boxes: dict[str, Callable[[], Awaitable[None]]] = {
            "inbox": self._collect_inbox,
            "outbox": partial(self._collect_outbox, snapshot),
        }
        async with self._lock:
            for box in sorted(boxes, reverse=sent_first):
                await self._attempt(box, boxes[box])
                await self.async_tell_news()

    async def _attempt(self, box: str, collect: Callable[[], Awaitable[None]]) -> None:
        """Read a box; what goes wrong is noted, and the next round tries again."""
        if self._interrupted:
            return
        try:
            await collect()
        except _Interrupted:
            return
        except Exception as err:  # noqa: BLE001 - the device itself must not count as gone
            error = type(err).__name__
            if self._errors.get(box) != error:
                level = logging.DEBUG if isinstance(err, GatehouseError) else logging.WARNING
                LOGGER.log(level, "Reading the %s of %s failed: %s", box, self._name, error)
            self._errors[box] = error
        else:
            self._errors.pop(box, None)

    async def _collect_inbox(self) -> None:
        """Read what was received, and hand over what is new."""
        read_page = self._support.inbox_page
        if read_page is None:
            return
        unread: int | None = None

        async def page(number: int) -> Sequence[InboxRow]:
            """Read a page, unless there is no time left to save what it has."""
            nonlocal unread
            found = await read_patiently(partial(read_page, self._coordinator.client), number)
            if self._interrupted:
                raise _Interrupted
            unread = found.unread if number == 1 else unread
            return found.rows if self._inbox.epoch is not None else (*found.rows, *found.held)

        self._unread = None
        self._collected = await self._inbox.collect(
            page,
            clock=dt_util.utcnow,
            deliver=self._deliver,
            place=self._coordinator.config_entry.data[CONF_URL],
            goes_on=lambda: not self._interrupted,
        )
        self._unread = unread

    async def _collect_outbox(self, snapshot: Snapshot) -> None:
        """Read what became of messages of which that is not known yet."""
        now = dt_util.utcnow()
        since = self._following.since(now)
        if since is None or self._support.outbox_rows is None:
            await self.outbox.prune(now)
            return
        rows = await self._support.outbox_rows(self._coordinator.client, snapshot, since)
        self.outbox.settle(rows, now)
        self._following.note_look(now)

    def _deliver(self, delivery: Delivery) -> None:
        """Tell of a message that was received."""
        sender = delivery.message.sender
        contact = find_contact(self._coordinator.config_entry, sender)
        for listener in tuple(self._on_arrival):
            listener(Arrival(delivery=delivery, contact=contact))
        if not delivery.redelivered:
            self._arrivals.add(dt_util.utcnow(), delivery.message.port)

    def report(self) -> dict[str, Any]:
        """Return how the messages fare, without any of them."""
        collected = self._collected
        return {
            "collecting": not self._interrupted,
            "epoch": self._inbox.epoch,
            "last_collect": collected
            and {"complete": collected.complete, "delivered": collected.delivered},
            "outbox": dict(Counter(entry.state.value for entry in self.outbox.entries)),
            "errors": dict(self._errors),
        }


async def async_set_up_messaging(
    hass: HomeAssistant, coordinator: GatehouseCoordinator[Any]
) -> Messaging | None:
    """Let messages be collected after each round, where the device carries any."""
    entry: GatehouseConfigEntry = coordinator.config_entry
    support = coordinator.family.sms
    if support is None:
        return None
    boxes = await async_load_boxes(hass, entry, support)
    messaging = Messaging(hass, coordinator, support, boxes)
    coordinator.async_attend(messaging.async_attend)
    return messaging
