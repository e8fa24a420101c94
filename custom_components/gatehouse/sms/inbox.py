"""Received messages: none is lost, and none is handed over twice unmarked.

What is new is saved as claimed before it is handed over, and as settled after that. What a crash
leaves claimed is handed over afterwards, and marked if that had perhaps begun.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
import logging
from typing import Final
from uuid import uuid4

from .claims import Claim, InboxState
from .handover import Handover
from .keeper import Keeper
from .ledger import Ledger, Verdict
from .memory import Memory
from .parts import follow, waits
from .reading import Limits, Reading, ReadPage, read
from .received import Delivery, InboxRow
from .recognition import sort_out

PORTION: Final = 500
"""New messages that are claimed at once, as each save while they are handed over has them all."""

_LIMITS: Final = Limits()

_LOGGER: Final = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Collected:
    """How a collect went."""

    complete: bool
    """Whether everything that is new was found; else another collect may find more."""

    delivered: int = 0
    """Messages handed over, those included that were handed over again."""

    waiting: bool = False
    """Whether a message waits for parts, so that a collect after SETTLE_TIME finds it."""

    restarted: bool = False
    """Whether the device numbers its messages anew."""


class Inbox:
    """Hands over the messages that one device receives."""

    def __init__(self, keeper: Keeper, *, limits: Limits = _LIMITS) -> None:
        """Prepare an inbox."""
        self._memory = Memory(keeper)
        self._limits = limits
        self._lock = asyncio.Lock()
        self._looked_at: datetime | None = None

    @property
    def epoch(self) -> int | None:
        """Which numbering of the device this is, None before the first reading."""
        return self._memory.epoch

    async def load(self) -> None:
        """Take up what was kept. Raises InvalidDocument."""
        await self._memory.load()

    async def collect(
        self,
        page: ReadPage,
        *,
        clock: Callable[[], datetime],
        deliver: Callable[[Delivery], None],
        place: str | None = None,
        goes_on: Callable[[], bool] = lambda: True,
    ) -> Collected:
        """Read what the device has and hand over what is new, oldest first.

        The first time everything counts as known, and so it does in another place where nothing of
        the list is known: that is another device, whose messages are no news. What reading or
        saving raises is passed on, and the next collect goes on from there, as it does once
        `goes_on` has said no. What `deliver` raises is logged; the message is handed over again by
        the next collects, a few times. Raises EndlessList.
        """
        async with self._lock:
            memory = self._memory
            await memory.flush()
            handover = Handover(memory, deliver=deliver, clock=clock, goes_on=goes_on)
            await handover.carry_out(memory.state, memory.state.ready)
            await memory.flush()
            if handover.interrupted:
                return Collected(complete=False, delivered=handover.delivered)
            started = clock()
            ledger = memory.state.ledger
            reading = await read(page, ledger, self._limits, memory.state.waiting)
            if ledger and reading and self._is_strange(ledger, reading, place):
                ledger = None
                reading = await read(page, None, self._limits)
            if reading is None:
                return Collected(complete=False, delivered=handover.delivered)
            if ledger is None:
                begun = Ledger().begin(reading.rows)
                await memory.save(replace(memory.state, ledger=begun, place=place))
                self._looked_at = started
                return Collected(complete=True, delivered=handover.delivered)

            verdict = sort_out(ledger, reading.rows, exhaustive=reading.exhaustive)
            followed = follow(memory.state, reading.rows, verdict, clock())
            # Saved at once, so that no crash can part a message from what is known of its row.
            state = replace(followed.state, place=place)
            released = followed.released
            for rows, part, ended in _portions(reading, followed.verdict):
                await self._take(handover, state, released, rows, part, clock(), ended=ended)
                state, released = memory.state, ()
            await memory.flush()
            complete = reading.complete and not handover.interrupted
            if complete:
                self._looked_at = started
            return Collected(
                complete=complete,
                delivered=handover.delivered,
                waiting=bool(memory.state.waiting),
                restarted=self.epoch != ledger.epoch,
            )

    def _is_strange(self, ledger: Ledger, reading: Reading, place: str | None) -> bool:
        """Tell whether this is the list of another device than before."""
        if self._memory.state.place == place:
            return False
        known = {entry.fingerprint for entry in ledger.entries}
        return all(row.message.fingerprint not in known for row in reading.rows)

    async def _take(
        self,
        handover: Handover,
        state: InboxState,
        released: Iterable[Claim],
        rows: Sequence[InboxRow],
        verdict: Verdict,
        now: datetime,
        *,
        ended: bool,
    ) -> None:
        """Remember rows, save them with claims for those that are new, and hand these over.

        Those that wait no longer go before.
        """
        if handover.interrupted:
            return
        before = state.ledger or Ledger()
        ledger = before.remember(rows, verdict, ended=ended)
        if ledger.epoch != before.epoch:
            _LOGGER.warning("The device numbers its messages anew")
        waiting = waits(verdict.fresh, verdict.doubtful, now)
        claims = tuple(
            Claim(
                id=uuid4().hex,
                message=row.message,
                looked_at=self._looked_at,
                doubtful=row.key in verdict.doubtful,
                waiting=waiting.get(row.key),
            )
            for row in verdict.fresh
        )
        learned = replace(state, ledger=ledger, claims=(*state.claims, *claims))
        if ready := [*released, *(claim for claim in claims if claim.waiting is None)]:
            await handover.carry_out(learned, ready)
        else:
            await self._memory.save(learned)


def _portions(
    reading: Reading, verdict: Verdict
) -> Iterator[tuple[Sequence[InboxRow], Verdict, bool]]:
    """Return what of a reading is taken at once, with what is known of it and whether it is all.

    New rows can be taken bit by bit where nothing but their order tells that they are new; equal
    messages, which have the same time, stay together, as they can only be counted.
    """
    fresh = verdict.fresh
    in_order = not verdict.restarted and all(row.order is not None for row in reading.rows)
    if not in_order or verdict.grown or len(fresh) <= PORTION:
        yield reading.rows, verdict, reading.ended
        return
    portion: list[InboxRow] = []
    for _, group in groupby(fresh, lambda row: row.message.time):
        portion += group
        if len(portion) >= PORTION:
            yield portion, Verdict(fresh=tuple(portion)), False
            portion = []
    if portion:
        yield portion, Verdict(fresh=tuple(portion)), False
