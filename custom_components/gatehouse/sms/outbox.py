"""Outgoing messages: each is transmitted once at most, and nothing is said that is not known.

What is to be sent is saved while it waits for its turn, and that it is being sent before the
request. Where its outcome is not known it stays so, until the device's own list of sent messages
tells.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from .journal import (
    MEMORY,
    OPEN_STATES,
    Journal,
    JournalEntry,
    SendState,
    hash_text,
)
from .journal_file import JournalFile
from .keeper import Keeper
from .matching import CLOCK_TOLERANCE, OutboxRow, match
from .request import Request
from .telling import News, Telling
from .transmission import Begin, Outcome, Refused, Transmission, Unsettled

type Transmit = Callable[[Begin], Awaitable[Transmission]]
"""Gives a message to the device. It has to wait for `begin` before anything leaves: what has not
begun counts as not sent."""


@dataclass(kw_only=True)
class Plan:
    """A message that goes to its numbers by several calls."""

    name: str = field(default_factory=lambda: uuid4().hex)
    following: Sequence[tuple[tuple[str, ...], str | None]] = field(default=(), repr=False)
    """Numbers and idempotency keys of the calls after the present one."""


_NOT_KNOWN: Final = Outcome(state=SendState.UNKNOWN)


class Outbox:
    """Sends messages through one device."""

    def __init__(
        self,
        keeper: Keeper,
        *,
        refusals: tuple[type[Exception], ...] = (),
        uncertain: tuple[type[Exception], ...] = (),
        delivery_reports: bool = True,
    ) -> None:
        """Prepare an outbox.

        `refusals` are the client's errors that say that nothing was sent; `uncertain` those that
        do not, even where they derive from the former. Without `delivery_reports` nothing more is
        heard of a message that was sent.
        """
        self._file = JournalFile(keeper, delivery_reports=delivery_reports)
        self._refusals: tuple[type[Exception], ...] = (Refused, *refusals)
        self._uncertain: tuple[type[Exception], ...] = (Unsettled, *uncertain)
        self._ports: defaultdict[str | None, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._requests: dict[asyncio.Event, Request] = {}
        self._under_way: set[str] = set()
        """Keys of entries of which their sender is the first to be told."""

        self._telling = Telling(self._file)

    @property
    def entries(self) -> tuple[JournalEntry, ...]:
        """The journal, oldest first."""
        return self._journal.entries

    @property
    def _journal(self) -> Journal:
        """The journal, once it is there."""
        return self._file.journal

    async def load(self, now: datetime) -> None:
        """Take up what was kept. Raises InvalidDocument."""
        await self._file.load()
        await self.prune(now)

    async def prune(self, now: datetime) -> None:
        """Forget texts and entries that are too old; to be called daily at least."""
        await self._file.prune(now)

    async def send(
        self,
        numbers: Sequence[str],
        text: str,
        *,
        port: str | None,
        transmit: Transmit,
        idempotency_key: str | None = None,
        duplicate_window: timedelta = timedelta(),
        plan: Plan | None = None,
        now: datetime,
    ) -> list[JournalEntry]:
        """Send a message unless it was sent before, and return what is known of it by number.

        `transmit` runs once at most. What it raises as a refusal is passed on: nothing was sent,
        and the same key may be used again. Uncertain errors make the outcome unknown, as all
        others do once it has begun, which are passed on as well. Raises KeyReused.
        With a plan, the numbers that are to follow are saved as well.
        """
        request = Request(
            numbers=tuple(dict.fromkeys(numbers)),
            text=text,
            text_hash=hash_text(text),
            port=port,
            idempotency_key=idempotency_key,
            duplicate_window=duplicate_window,
            now=now,
        )
        if not request.numbers:
            raise ValueError("a message needs a number")
        while under_way := [
            done for done, other in self._requests.items() if request.repeats(other)
        ]:
            await under_way[0].wait()
        if call := request.earlier_call(self._journal):
            return await self._answer(call, idempotency_key)
        done = asyncio.Event()
        self._requests[done] = request
        entries = _entries(request)
        self._under_way |= {entry.key for entry in entries}
        try:
            if plan is not None:
                self._journal.plan(plan.name, self._to_come(plan, request))
            return await self._transmit(request, entries, transmit)
        finally:
            self._under_way -= {entry.key for entry in entries}
            del self._requests[done]
            done.set()

    async def end(self, plan: Plan, now: datetime) -> None:
        """Forget the numbers to which nothing is going to be sent any more."""
        if self._journal.plan(plan.name, ()):
            self._file.note_change()
            await self._file.save_outcome(now)

    def settle(self, rows: Sequence[OutboxRow], now: datetime) -> None:
        """Take news from the device's list of sent messages, to be told next.

        The rows should reach back to what `unsettled` returns.
        """
        found = match(self._journal.entries, rows, now)
        for entry in self._journal.entries:
            if (row := found.get(entry.key)) is None:
                continue
            listed = replace(entry, listed_at=row.time)
            if self._is_open(entry, now) and row.state in entry.prospects:
                listed = listed.become(row.state)
            if listed != entry:
                self._file.note_change()
                self._journal.put(listed)

    async def tell(
        self, listener: Callable[[News], None], now: datetime, *, sought: Collection[str] = ()
    ) -> None:
        """Tell the news, as `Telling` does.

        That a message is unknown waits while it is under way, or `sought` by its key, as more may
        be known soon.
        """
        await self._telling.tell(listener, now, lambda: self._under_way | set(sought))

    def unsettled(self, now: datetime, *, age: timedelta = MEMORY) -> datetime | None:
        """Return since when the device may have news; None: there is no need to ask it.

        Messages beyond the age are left out.
        """
        created = [
            entry.created
            for entry in self._journal.entries
            if self._is_open(entry, now) and entry.is_within(age, now)
        ]
        return min(created) - CLOCK_TOLERANCE if created else None

    def _is_open(self, entry: JournalEntry, now: datetime) -> bool:
        """Tell whether the device may have news of a message."""
        return entry.state in OPEN_STATES - self._file.settled and entry.is_within(MEMORY, now)

    def _to_come(self, plan: Plan, request: Request) -> list[JournalEntry]:
        """Return entries of the numbers to follow, but for those that have got the message.

        Nobody knows yet by which port they will get it.
        """
        calls = (
            replace(request, numbers=numbers, port=None, idempotency_key=key)
            for numbers, key in plan.following
        )
        new = (call for call in calls if call.earlier_call(self._journal) is None)
        return [replace(each, idempotency_keys=()) for call in new for each in _entries(call)]

    async def _answer(
        self, call: Sequence[JournalEntry], idempotency_key: str | None
    ) -> list[JournalEntry]:
        """Return what an earlier call sent, from now on for this key, too."""
        if idempotency_key is None:
            return list(call)
        keyed = [entry.with_idempotency_key(idempotency_key) for entry in call]
        if keyed != list(call):
            self._journal.put(*keyed)
            await self._file.save()
        return keyed

    async def _transmit(
        self, request: Request, entries: Sequence[JournalEntry], transmit: Transmit
    ) -> list[JournalEntry]:
        """Transmit a message when it is its turn, once no crash can make it forgotten."""
        begun = False

        async def begin() -> None:
            """Save that the message is being sent."""
            nonlocal begun
            if not begun:
                self._journal.put(*(replace(each, state=SendState.SENDING) for each in entries))
                await self._file.save()
                begun = True

        self._journal.put(*entries)
        try:
            await self._file.save()
            async with self._ports[request.port]:
                transmission = await transmit(begin)
        except self._uncertain:
            transmission = Transmission()
        except self._refusals as err:
            reason = type(err.original if isinstance(err, Refused) else err).__name__
            refused = Outcome(state=SendState.REJECTED, reason=reason)
            self._record(entries, dict.fromkeys(request.numbers, refused))
            await self._file.save_outcome(request.now)
            raise
        except BaseException as err:
            if begun:
                self._record(entries, {})
            else:
                # Nothing has been sent and nothing will be, whatever has been saved.
                self._journal.remove(entries)
                self._file.note_change()
            if begun and isinstance(err, Exception):
                await self._file.save_outcome(request.now)
            raise
        recorded = self._record(entries, transmission.outcomes)
        await self._file.save_outcome(request.now)
        return recorded

    def _record(
        self, entries: Sequence[JournalEntry], outcomes: Mapping[str, Outcome]
    ) -> list[JournalEntry]:
        """Enter what became of a message."""
        recorded = []
        for entry in entries:
            outcome = outcomes.get(entry.number, _NOT_KNOWN)
            if outcome.state in {SendState.QUEUED, SendState.SENDING}:
                outcome = _NOT_KNOWN
            # It may have been found in the device's list meanwhile.
            found = self._journal.find(entry)
            recorded.append(
                found.become(outcome.state, device_id=outcome.device_id, reason=outcome.reason)
            )
        self._journal.put(*recorded)
        self._file.note_change()
        return recorded


def _entries(request: Request) -> list[JournalEntry]:
    """Return the entries of a message that waits for its turn."""
    call = uuid4().hex
    key = request.idempotency_key
    return [
        JournalEntry(
            key=uuid4().hex,
            call=call,
            idempotency_keys=() if key is None else (key,),
            port=request.port,
            number=number,
            text_hash=request.text_hash,
            text=request.text,
            created=request.now,
        )
        for number in request.numbers
    ]
