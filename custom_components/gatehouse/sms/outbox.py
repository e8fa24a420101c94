"""Outgoing messages: each is transmitted once at most, and nothing is said that is not known.

What is to be sent is saved before the request. Where its outcome is not known it stays so, until
the device's own list of sent messages tells.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
import logging
from typing import Final
from uuid import uuid4

from .journal import MEMORY, OPEN_STATES, Journal, JournalEntry, SendState, hash_text
from .keeper import Keeper, load_document, versioned
from .matching import CLOCK_TOLERANCE, OutboxRow, match
from .request import Request
from .transmission import Outcome, Refused, Transmission, Unsettled

type Transmit = Callable[[], Awaitable[Transmission]]

_VERSION: Final = 1

_FINAL: Final = frozenset({SendState.DELIVERED, SendState.FAILED, SendState.REJECTED})

_NOT_KNOWN: Final = Outcome(state=SendState.UNKNOWN)

_LOGGER: Final = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Change:
    """News about a message."""

    entry: JournalEntry
    before: SendState


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
        self._keeper = keeper
        self._refusals: tuple[type[Exception], ...] = (Refused, *refusals)
        self._uncertain: tuple[type[Exception], ...] = (Unsettled, *uncertain)
        self._settled = _FINAL if delivery_reports else _FINAL | {SendState.SENT}
        self._journal: Journal | None = None
        self._saved = True
        self._saving = asyncio.Lock()
        self._ports: defaultdict[str | None, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._requests: dict[asyncio.Event, Request] = {}
        self._unreported: list[Change] = []

    @property
    def entries(self) -> tuple[JournalEntry, ...]:
        """The journal, oldest first."""
        return self._loaded.entries

    @property
    def _loaded(self) -> Journal:
        """The journal, once it is there."""
        if self._journal is None:
            raise RuntimeError("an outbox is loaded first")
        return self._journal

    async def load(self, now: datetime) -> None:
        """Take up what was kept. Raises InvalidDocument."""
        journal = await load_document(self._keeper, _VERSION, Journal.parse)
        self._journal = journal or Journal()
        await self.prune(now)

    async def prune(self, now: datetime) -> None:
        """Forget texts and entries that are too old; to be called daily at least."""
        if self._loaded.prune(now, self._settled) or not self._saved:
            await self._save()

    async def send(
        self,
        numbers: Sequence[str],
        text: str,
        *,
        port: str | None,
        transmit: Transmit,
        idempotency_key: str | None = None,
        duplicate_window: timedelta = timedelta(),
        now: datetime,
    ) -> list[JournalEntry]:
        """Send a message unless it was sent before, and return what is known of it by number.

        `transmit` runs once at most. What it raises as a refusal is passed on: nothing was sent,
        and the same key may be used again. Uncertain errors make the outcome unknown, as all
        others do, which are passed on as well. Raises KeyReused.
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
        if call := request.earlier_call(self._loaded):
            return await self._answer(call, idempotency_key)
        done = asyncio.Event()
        self._requests[done] = request
        try:
            async with self._ports[port]:
                return await self._transmit(request, transmit)
        finally:
            del self._requests[done]
            done.set()

    async def settle(self, rows: Sequence[OutboxRow], now: datetime) -> list[Change]:
        """Take news from the device's list of sent messages, and return each once.

        The rows should reach back to what `unsettled` returns.
        """
        found = match(self._loaded.entries, rows, now)
        for entry in self._loaded.entries:
            if (row := found.get(entry.key)) is None:
                continue
            listed = replace(entry, listed_at=row.time)
            if self._is_open(entry, now) and row.state in entry.prospects:
                listed = replace(listed, state=row.state)
                self._unreported.append(Change(entry=listed, before=entry.state))
            if listed != entry:
                self._saved = False
                self._loaded.put(listed)
        await self.prune(now)
        changes, self._unreported = self._unreported, []
        return changes

    def unsettled(self, now: datetime) -> datetime | None:
        """Return since when the device may have news; None: there is no need to ask it."""
        created = [entry.created for entry in self._loaded.entries if self._is_open(entry, now)]
        return min(created) - CLOCK_TOLERANCE if created else None

    def _is_open(self, entry: JournalEntry, now: datetime) -> bool:
        """Tell whether the device may have news of a message."""
        return entry.state in OPEN_STATES - self._settled and entry.is_within(MEMORY, now)

    async def _answer(
        self, call: Sequence[JournalEntry], idempotency_key: str | None
    ) -> list[JournalEntry]:
        """Return what an earlier call sent, from now on for this key, too."""
        if idempotency_key is None:
            return list(call)
        keyed = [entry.with_idempotency_key(idempotency_key) for entry in call]
        if keyed != list(call):
            self._loaded.put(*keyed)
            await self._save()
        return keyed

    async def _transmit(self, request: Request, transmit: Transmit) -> list[JournalEntry]:
        """Transmit a message, once no crash can make it forgotten."""
        call = uuid4().hex
        key = request.idempotency_key
        entries = [
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
        self._loaded.put(*entries)
        try:
            await self._save()
        except BaseException:
            # Nothing has been sent and nothing will be, whatever has been saved.
            self._loaded.remove(entries)
            self._saved = False
            raise
        try:
            transmission = await transmit()
        except self._uncertain:
            transmission = Transmission()
        except self._refusals as err:
            reason = type(err.original if isinstance(err, Refused) else err).__name__
            refused = Outcome(state=SendState.REJECTED, reason=reason)
            self._record(entries, dict.fromkeys(request.numbers, refused))
            await self._save_outcome(request.now)
            raise
        except BaseException as err:
            self._record(entries, {})
            if isinstance(err, Exception):
                await self._save_outcome(request.now)
            raise
        recorded = self._record(entries, transmission.outcomes)
        await self._save_outcome(request.now)
        return recorded

    def _record(
        self, entries: Sequence[JournalEntry], outcomes: Mapping[str, Outcome]
    ) -> list[JournalEntry]:
        """Enter what became of a message."""
        recorded = []
        for entry in entries:
            outcome = outcomes.get(entry.number, _NOT_KNOWN)
            if outcome.state not in entry.prospects:
                outcome = _NOT_KNOWN
            recorded.append(
                replace(
                    # It may have been found in the device's list meanwhile.
                    self._loaded.find(entry),
                    state=outcome.state,
                    device_id=outcome.device_id,
                    reason=outcome.reason,
                )
            )
        self._loaded.put(*recorded)
        self._saved = False
        return recorded

    async def _save_outcome(self, now: datetime) -> None:
        """Save what became of a message; if that fails, it is saved later, or unknown."""
        try:
            await self.prune(now)
        except Exception as err:  # noqa: BLE001 - what has been sent must not look as if it was not
            _LOGGER.warning("The outcome of a message was not saved: %s", type(err).__name__)

    async def _save(self) -> None:
        """Save the journal as it is once nobody else saves it."""
        async with self._saving:
            self._saved = True
            try:
                await self._keeper.save(versioned(_VERSION, self._loaded.dump()))
            except BaseException:
                self._saved = False
                raise
