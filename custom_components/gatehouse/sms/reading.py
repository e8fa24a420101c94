"""Reading the list of an inbox page by page while it changes."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from .ledger import Ledger
from .received import InboxRow
from .recognition import sort_out

type ReadPage = Callable[[int], Awaitable[Sequence[InboxRow]]]
"""Reads a page, counted from 1, newest first; beyond the last one it is empty or the last one."""

_ATTEMPTS: Final = 4

_REPEATED_PAGES: Final = 2
"""In a row, with which a list ends; a single one is also what as many arrivals look like."""


class EndlessList(Exception):
    """A list went on and on, so that nobody knows what is below, and nothing of it is used."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much of a list is read."""

    rows: int = 5_000
    """That are kept; where more are new, the newest of them are left for another reading."""

    pages: int = 5_000
    """More than any list has."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was read of a list."""

    rows: tuple[InboxRow, ...] = ()
    """Newest first, none twice."""

    ended: bool = False
    """Whether the list goes on no further."""

    exhaustive: bool = False
    """Whether reading did not stop for known rows."""

    cut: bool = False
    """Whether new rows above these were left out."""

    doubtful: bool = False
    """Whether a change between two pages could have hidden or doubled a row."""

    @property
    def complete(self) -> bool:
        """Whether it has everything that is new."""
        return not self.cut and (self.ended or not self.exhaustive)


async def read(
    page: ReadPage, ledger: Ledger | None, limits: Limits, sought: Sequence[InboxRow] = ()
) -> Reading | None:
    """Read down to known rows, again if the list may have changed meanwhile.

    It goes on down to the rows that are sought, which may have got more parts. Without a ledger
    the list is read to its end: what is missing then would be news once the rest is deleted. None:
    it changed each time. Raises EndlessList.
    """
    before: Reading | None = None
    for _ in range(_ATTEMPTS):
        reading = await _read_once(page, ledger, limits, sought)
        if not reading.doubtful:
            return reading
        if before is not None and (agreed := _agreed(before, reading)):
            return agreed
        before = reading
    return None


async def _read_once(
    page: ReadPage, ledger: Ledger | None, limits: Limits, sought: Sequence[InboxRow]
) -> Reading:
    """Read pages until everything below is known, or the list ends."""
    known = ledger or Ledger()
    contents = {entry.fingerprint for entry in known.entries}
    rows: OrderedDict[str, InboxRow] = OrderedDict()
    repeated = 0
    doubtful = cut = False
    for number in range(1, limits.pages + 1):
        listed = await page(number)
        repeated = 0 if any(row.key not in rows for row in listed) else repeated + 1
        rows.update((row.key, row) for row in listed)
        seen = tuple(rows.values())
        if not listed or repeated == _REPEATED_PAGES:
            return Reading(rows=seen, ended=True, exhaustive=True, cut=cut, doubtful=doubtful)
        verdict = sort_out(known, seen, exhaustive=False)
        fresh = {row.key for row in verdict.fresh}
        doubtful |= verdict.restarted and number > 1
        if verdict.restarted:
            last = _is_known(listed, fresh) and not _may_repeat(seen, fresh)
        else:
            last = _is_above_known(listed, fresh)
        if last and not _lacks(seen, sought, restarted=verdict.restarted):
            return Reading(rows=seen, cut=cut, doubtful=doubtful)
        # Where a row vanishes, the next one to be read moves to a page that has been read.
        doubtful |= listed[-1].key in fresh
        if ledger is not None:
            cut |= _shorten(rows, known.high_water, contents, limits.rows)
    raise EndlessList


def _is_known(listed: Sequence[InboxRow], fresh: Collection[str]) -> bool:
    """Tell whether below a page there is nothing new; without an order it may be anywhere."""
    return all(row.order is not None and row.key not in fresh for row in listed)


def _is_above_known(listed: Sequence[InboxRow], fresh: Collection[str]) -> bool:
    """Tell whether a page ends with a known row, below which there is nothing new."""
    orders = {row.order: row.key for row in listed if row.order is not None}
    return len(orders) == len(listed) and orders[min(orders)] not in fresh


def _lacks(seen: Sequence[InboxRow], sought: Sequence[InboxRow], *, restarted: bool) -> bool:
    """Tell whether rows that are sought may still be below those that were seen."""
    orders = [row.order for row in seen if row.order is not None]
    lowest = min(orders, default=None)
    if restarted:
        return any(
            not any(row.message.continues(wanted.message) for row in seen) for wanted in sought
        )
    keys = {row.key for row in seen}
    return any(
        wanted.key not in keys and (wanted.order is None or lowest is None or wanted.order < lowest)
        for wanted in sought
    )


def _may_repeat(seen: Sequence[InboxRow], fresh: Collection[str]) -> bool:
    """Tell whether below there may be messages equal to known ones, of which some may be new.

    Equal messages have the same time. Only of the latest time that is known some may be missing.
    """
    return len({row.message.time for row in seen if row.key not in fresh}) <= 1


def _shorten(
    rows: OrderedDict[str, InboxRow],
    high_water: int | None,
    contents: Collection[str],
    limit: int,
) -> bool:
    """Leave out the newest of too many rows, and tell whether there were any.

    Only such rows are left out as another reading will find to be new, whatever happens meanwhile.
    Equal messages, which have the same time, stay together, as they can only be counted.
    """
    cut = False
    while len(rows) > limit:
        _, same_time = next(groupby(rows.values(), lambda row: row.message.time))
        group = list(same_time)
        if len(group) == len(rows) or not all(
            row.order is not None
            and (high_water is None or row.order > high_water)
            and row.message.fingerprint not in contents
            for row in group
        ):
            break
        for row in group:
            del rows[row.key]
        cut = True
    return cut


def _agreed(before: Reading, after: Reading) -> Reading | None:
    """Return what two readings agree in.

    That is nothing where they differ in more than new rows at the top and known ones below.
    """
    old, new = ([row.identity for row in reading.rows] for reading in (before, after))
    rows, cut = after.rows, after.cut
    if old and old[0] in new:
        start = new.index(old[0])
        new = new[start:]
        if before.cut:
            # What the first one has left out is not confirmed.
            rows, cut = rows[start:], True
    elif after.cut and new and new[0] in old:
        old = old[old.index(new[0]) :]
    else:
        return None
    if (after.ended and len(new) < len(old)) or (before.ended and len(new) > len(old)):
        return None
    if any(one != other for one, other in zip(old, new, strict=False)):
        return None
    return replace(after, rows=rows, cut=cut)
