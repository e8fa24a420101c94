"""Reading the list of an inbox page by page while it changes."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from .ledger import Ledger
from .received import InboxRow
from .recognition import sort_out

type ReadPage = Callable[[int], Awaitable[Sequence[InboxRow]]]
"""Reads a page, counted from 1, newest first; beyond the last one it is empty or the last one."""

_ATTEMPTS: Final = 4

_REPEATED_PAGES: Final = 2
"""In a row, with which a list ends; a single one is also what as many arrivals look like."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was read of a list."""

    rows: tuple[InboxRow, ...] = ()
    """Newest first, none twice."""

    ended: bool = False
    """Whether the list goes on no further."""

    exhaustive: bool = False
    """Whether reading did not stop for known rows."""

    doubtful: bool = False
    """Whether a change between two pages could have hidden or doubled a row."""

    @property
    def complete(self) -> bool:
        """Whether reading went as far as there is anything new."""
        return self.ended or not self.exhaustive


async def read(page: ReadPage, ledger: Ledger, *, page_limit: int) -> Reading | None:
    """Read down to known rows, again if the list may have changed meanwhile.

    None: it changed each time.
    """
    before: Reading | None = None
    for _ in range(_ATTEMPTS):
        reading = await _read_once(page, ledger, page_limit)
        if not reading.doubtful or (before is not None and _agree(before, reading)):
            return reading
        before = reading
    return None


async def _read_once(page: ReadPage, ledger: Ledger, page_limit: int) -> Reading:
    """Read pages until everything on one is known, or the list ends."""
    rows: dict[str, InboxRow] = {}
    seen: tuple[InboxRow, ...] = ()
    repeated = 0
    doubtful = False
    for number in range(1, page_limit + 1):
        listed = await page(number)
        repeated = 0 if any(row.key not in rows for row in listed) else repeated + 1
        rows.update((row.key, row) for row in listed)
        seen = tuple(rows.values())
        if not listed or repeated == _REPEATED_PAGES:
            return Reading(rows=seen, ended=True, exhaustive=True, doubtful=doubtful)
        verdict = sort_out(ledger, seen, exhaustive=False)
        fresh = {row.key for row in verdict.fresh}
        doubtful |= verdict.restarted and number > 1
        if _is_known(listed, fresh) and not (verdict.restarted and _may_repeat(seen, fresh)):
            return Reading(rows=seen, doubtful=doubtful)
        # Where a row vanishes, the next one to be read moves to a page that has been read.
        doubtful |= listed[-1].key in fresh
    return Reading(rows=seen, exhaustive=True, doubtful=doubtful)


def _is_known(listed: Sequence[InboxRow], fresh: Collection[str]) -> bool:
    """Tell whether below a page there is nothing new; without an order it may be anywhere."""
    return all(row.order is not None and row.key not in fresh for row in listed)


def _may_repeat(seen: Sequence[InboxRow], fresh: Collection[str]) -> bool:
    """Tell whether below there may be messages equal to known ones, of which some may be new.

    Equal messages have the same time. Only of the latest time that is known some may be missing.
    """
    return len({row.message.time for row in seen if row.key not in fresh}) <= 1


def _agree(before: Reading, after: Reading) -> bool:
    """Tell whether two readings differ in nothing but new rows at the top and known ones below."""
    old, new = ([row.identity for row in reading.rows] for reading in (before, after))
    if not old or old[0] not in new:
        return False
    new = new[new.index(old[0]) :]
    if (after.ended and len(new) < len(old)) or (before.ended and len(new) > len(old)):
        return False
    return all(one == other for one, other in zip(old, new, strict=False))
