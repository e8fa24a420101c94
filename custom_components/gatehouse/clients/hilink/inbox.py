"""The inbox of a HiLink device, read only when something may have changed in it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from time import monotonic
from typing import Final

from ..errors import NotSupported
from .boxes import Boxes
from .models import MessageKind, SmsCount, StoredMessage

JOIN_SECONDS: Final = 10.0
"""For which a long text stays as it is before it counts as whole."""

_YOUNG: Final = timedelta(minutes=1)
"""Age of a long text that may still grow when the inbox is read for the first time."""

_PROBE_SECONDS: Final = 3600.0
"""Between questions whether firmware without messages has got some."""

_HOPELESS: Final = 3
"""Odd answers in a row after which the device is believed."""

type _Sign = tuple[object, ...]


class Inbox:
    """The received messages.

    Each change of the counts makes the list worth reading. They may also stay the same: one
    message deleted, one received. Therefore `look` compares the newest page now and then.
    """

    def __init__(self, boxes: Boxes, count: Callable[[], Awaitable[SmsCount]]) -> None:
        """Know nothing yet."""
        self._boxes = boxes
        self._count = count
        self._parts = _Parts()
        self._messages: tuple[StoredMessage, ...] | None = None
        self._sign: _Sign = ()
        self._read_with: _Sign | None = None
        self._noted = False
        self._on_sim = False
        self._expected = 0
        self._short = 0
        self._suspicious = False
        self._ask_count_from = 0.0
        self._ask_from = 0.0
        self._refusals = 0

    @property
    def held(self) -> tuple[StoredMessage, ...]:
        """Return the long texts that are held back because more of them may come."""
        return tuple(each for each in self._messages or () if each.key in self._parts.held)

    def note(self, counted: SmsCount) -> None:
        """Take note of counts, whoever has read them."""
        self._noted = True
        self._sign = (
            counted.local_unread,
            counted.local_inbox,
            counted.sim_unread,
            counted.sim_inbox,
        )
        self._on_sim = bool(counted.sim_inbox)
        self._expected = (counted.local_inbox or 0) + (counted.sim_inbox or 0)
        # It is told once only.
        self._suspicious |= bool(counted.new_messages)

    async def messages(self, now: datetime) -> tuple[StoredMessage, ...]:
        """Return all received messages that are whole, newest first.

        `now` is local time without zone. NotSupported: the firmware has no messages.
        """
        if monotonic() < self._ask_from:
            raise NotSupported("the firmware has no messages")
        try:
            messages = await self._current(now)
        except NotSupported:
            self._refusals += 1
            if self._refusals >= _HOPELESS:
                self._ask_from = monotonic() + _PROBE_SECONDS
            raise
        self._refusals = 0
        return messages

    async def all(self) -> tuple[StoredMessage, ...]:
        """Read all received messages now, whole or not."""
        return await self._boxes.received(on_sim=self._on_sim)

    async def look(self) -> int | None:
        """Read the newest page, so that `messages` reads on if it is another than before.

        Return how many messages there are, where the device tells.
        """
        newest = await self._boxes.newest()
        known = {_print(message) for message in self._messages or ()}
        if any(_print(message) not in known for message in newest.messages):
            self._suspicious = True
        return newest.total

    async def _current(self, now: datetime) -> tuple[StoredMessage, ...]:
        """Return the list, read anew where it may be another."""
        if not self._noted:
            await self._refresh()
        self._noted = False
        sign = self._sign
        known = self._messages
        if known is None or self._suspicious or self._parts.held or sign != self._read_with:
            # Until the list has been read, it is not known whether anything is new.
            self._suspicious = True
            messages = await self.all()
            self._suspicious = self._is_short(messages)
            self._read_with = sign
            self._messages = messages
            return self._parts.whole(messages, now, first=known is None)
        return known

    def _is_short(self, messages: Sequence[StoredMessage]) -> bool:
        """Tell whether some messages are only counted yet, as while the device starts."""
        self._short = self._short + 1 if len(messages) < self._expected else 0
        return 0 < self._short < _HOPELESS

    async def _refresh(self) -> None:
        """Read what shows whether the list has changed, where nobody else has."""
        if monotonic() >= self._ask_count_from:
            try:
                await self._count()
            except NotSupported:
                self._ask_count_from = monotonic() + _PROBE_SECONDS
            else:
                return
        newest = await self._boxes.newest()
        self._sign = tuple((_print(each), each.unread) for each in newest.messages)


class _Parts:
    """Long texts to which parts may still be added.

    The device joins them, but only as long as nobody marks the beginning as read.
    """

    def __init__(self) -> None:
        """Know none."""
        self._seen: dict[str, tuple[str | None, float]] = {}
        self.held: frozenset[str] = frozenset()

    def whole(
        self, messages: tuple[StoredMessage, ...], now: datetime, *, first: bool
    ) -> tuple[StoredMessage, ...]:
        """Return the messages without those that have changed a moment ago.

        `first`: nothing is known of any, so that only the date tells which are young.
        """
        moment = monotonic()
        joined = {each.key: each for each in messages if each.kind == MessageKind.JOINED}
        before, self._seen = self._seen, {}
        for key, message in joined.items():
            content, since = before.get(key, (None, moment))
            if first and not _is_young(message, now):
                since = moment - JOIN_SECONDS
            elif content != message.content:
                since = moment
            self._seen[key] = message.content, since
        self.held = frozenset(
            key for key, (_, since) in self._seen.items() if moment - since < JOIN_SECONDS
        )
        return tuple(each for each in messages if each.key not in self.held)


def _is_young(message: StoredMessage, now: datetime) -> bool:
    """Tell whether a message has come a moment ago, by the clocks here and there."""
    return message.time is not None and abs(now - message.time) < _YOUNG


def _print(message: StoredMessage) -> _Sign:
    """Return what changes when a message does."""
    return message.key, message.status, message.content
