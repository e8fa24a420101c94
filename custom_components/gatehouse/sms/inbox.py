"""Received messages: none is lost, and none is handed over twice unmarked.

What is new is saved as claimed before it is handed over, and as settled after that. What a crash
leaves claimed is handed over again, marked as such.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
import logging
from typing import Final
from uuid import uuid4

from .claims import Claim, InboxState
from .completeness import may_lack_parts
from .keeper import Keeper, load_document, versioned
from .lateness import is_late
from .ledger import Ledger, Verdict, ascending
from .reading import Reading, ReadPage, read
from .received import Delivery, InboxRow
from .recognition import sort_out

SETTLE_TIME: Final = timedelta(seconds=30)
"""How long the newest message waits for parts that it may lack."""

_VERSION: Final = 1

_PAGE_LIMIT: Final = 50

_LOGGER: Final = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Collected:
    """How a collect went."""

    complete: bool
    """Whether the list was read through; else another collect may find more."""

    delivered: int = 0
    """Messages handed over, those included that were handed over again."""

    waiting: bool = False
    """Whether the newest message waits for parts, so that a collect after SETTLE_TIME finds it."""

    restarted: bool = False
    """Whether the device numbers its messages anew."""


@dataclass(frozen=True, kw_only=True)
class _Waiting:
    """A row that waits for parts."""

    key: str = field(repr=False)
    since: datetime


class Inbox:
    """Hands over the messages that one device receives."""

    def __init__(self, keeper: Keeper, *, page_limit: int = _PAGE_LIMIT) -> None:
        """Prepare an inbox; `page_limit` bounds how far back it reads."""
        self._keeper = keeper
        self._page_limit = page_limit
        self._lock = asyncio.Lock()
        self._state: InboxState | None = None
        self._saved = True
        self._waiting: _Waiting | None = None
        self._looked_at: datetime | None = None

    @property
    def epoch(self) -> int | None:
        """Which numbering of the device this is, None before the first reading."""
        ledger = self._state and self._state.ledger
        return ledger.epoch if ledger else None

    async def load(self) -> None:
        """Take up what was kept. Raises InvalidDocument."""
        self._state = await load_document(self._keeper, _VERSION, InboxState.parse) or InboxState()

    async def collect(
        self,
        page: ReadPage,
        *,
        now: datetime,
        deliver: Callable[[Delivery], None],
        place: str | None = None,
    ) -> Collected:
        """Read what the device has and hand over what is new, oldest first.

        The first time everything counts as known, and so it does in another place where nothing of
        the list is known: that is another device, whose messages are no news. What reading or
        saving raises is passed on, and the next collect goes on from there. What `deliver` raises
        is logged; the message is handed over again by the next collects, a few times.
        """
        async with self._lock:
            if self._state is None:
                raise RuntimeError("an inbox is loaded first")
            if not self._saved:
                await self._save(self._state)
            delivered = await self._hand_over(self._state.claims, now, deliver, again=True)
            ledger = self._state.ledger
            reading = await read(page, ledger or Ledger(), page_limit=self._page_limit)
            if reading is None:
                return Collected(complete=False, delivered=delivered)
            if ledger is None or self._is_strange(ledger, reading, place):
                begun = Ledger().begin(reading.rows, ended=reading.ended)
                await self._save(replace(self._state, ledger=begun, place=place))
                self._looked_at = now
                return Collected(complete=reading.complete, delivered=delivered)

            verdict = sort_out(ledger, reading.rows, exhaustive=reading.exhaustive)
            waiting = self._choose_waiting(reading.rows, verdict, now)
            claims = await self._claim(reading, verdict, waiting, place)
            delivered += await self._hand_over(claims, now, deliver, again=False)
            if reading.complete and waiting is None:
                self._looked_at = now
            return Collected(
                complete=reading.complete,
                delivered=delivered,
                waiting=waiting is not None,
                restarted=self.epoch != ledger.epoch,
            )

    def _is_strange(self, ledger: Ledger, reading: Reading, place: str | None) -> bool:
        """Tell whether this is the list of another device than before."""
        if self._state is None or self._state.place == place:
            return False
        known = {entry.fingerprint for entry in ledger.entries}
        return all(row.message.fingerprint not in known for row in reading.rows)

    def _choose_waiting(
        self, listing: Sequence[InboxRow], verdict: Verdict, now: datetime
    ) -> InboxRow | None:
        """Return the newest row if parts of it may be missing and have some time left to come.

        It keeps nobody waiting: with a newer row it is no longer the newest, and is claimed.
        """
        if not verdict.fresh:
            return None
        row = verdict.fresh[-1]
        if row is not ascending(listing)[-1] or row.key in verdict.doubtful:
            return None
        if not may_lack_parts(row.message.text):
            return None
        fingerprints = [each.message.fingerprint for each in listing]
        if fingerprints.count(row.message.fingerprint) > 1:
            # Equal messages are counted, so that none of them may be left out.
            return None
        if self._waiting is None or self._waiting.key != row.key:
            self._waiting = _Waiting(key=row.key, since=now)
        return row if timedelta() <= now - self._waiting.since < SETTLE_TIME else None

    async def _claim(
        self, reading: Reading, verdict: Verdict, waiting: InboxRow | None, place: str | None
    ) -> tuple[Claim, ...]:
        """Remember what was read, and save it with claims for what is new."""
        state = self._state or InboxState()
        before = state.ledger or Ledger()
        fresh = tuple(row for row in verdict.fresh if row is not waiting)
        claims = tuple(
            Claim(id=uuid4().hex, message=row.message, doubtful=row.key in verdict.doubtful)
            for row in fresh
        )
        ledger = before.remember(
            [row for row in reading.rows if row is not waiting],
            replace(verdict, fresh=fresh),
            ended=reading.ended,
        )
        if ledger.epoch != before.epoch:
            _LOGGER.warning("The device numbers its messages anew")
        learned = replace(state, ledger=ledger, claims=(*state.claims, *claims), place=place)
        if learned != state:
            await self._save(learned)
        return claims

    async def _hand_over(
        self,
        claims: Sequence[Claim],
        now: datetime,
        deliver: Callable[[Delivery], None],
        *,
        again: bool,
    ) -> int:
        """Hand over what has been claimed, and save that this is done. Return how many."""
        if not claims or self._state is None:
            return 0
        delivered = 0
        for claim in claims:
            time = claim.message.time
            delivery = Delivery(
                id=claim.id,
                message=claim.message,
                late=is_late(time, now=now, looked_at=self._looked_at),
                redelivered=again or claim.doubtful,
            )
            self._saved = False
            try:
                deliver(delivery)
            except Exception as err:  # noqa: BLE001 - nobody's mistake may cost other messages
                _LOGGER.warning("A received message was not taken: %s", type(err).__name__)
                self._state = self._state.failed(claim)
            else:
                self._state = self._state.handed_over(claim)
                delivered += 1
        await self._save(self._state)
        return delivered

    async def _save(self, state: InboxState) -> None:
        """Save a state, and only then take it for the present one."""
        self._saved = False
        await self._keeper.save(versioned(_VERSION, state.dump()))
        self._state = state
        self._saved = True
