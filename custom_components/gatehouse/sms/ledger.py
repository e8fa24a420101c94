"""Which rows of an inbox are known, across restarts of the device's numbering."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Self

from .received import InboxRow, Received

CAPACITY: Final = 1000
"""Rows that are remembered; more only while the device itself lists more."""

_MOVED: Final = ""
"""Key of a row whose place was in an earlier numbering."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A row that is remembered."""

    order: int | None
    key: str
    fingerprint: str

    dated: bool
    """Whether the message has a time, without which a repetition cannot be told from it."""

    length: int | None = None
    """Of a text that may lack parts, which may still come; None of any other."""

    @classmethod
    def of(cls, row: InboxRow) -> Self:
        """Remember a row."""
        return cls(
            order=row.order,
            key=row.key,
            fingerprint=row.message.fingerprint,
            dated=row.message.time is not None,
            length=len(row.message.text) if row.message.may_lack_parts else None,
        )

    def is_beginning(self, message: Received) -> bool:
        """Tell whether a message is the remembered one with more parts."""
        if self.length is None or len(message.text) <= self.length:
            return False
        return replace(message, text=message.text[: self.length]).fingerprint == self.fingerprint

    @property
    def identity(self) -> tuple[str, str]:
        """What the row keeps as long as the device neither moves nor changes it."""
        return self.key, self.fingerprint


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What is known and what is new in a list."""

    fresh: tuple[InboxRow, ...]
    """Oldest first."""

    settled: frozenset[str] = frozenset()
    """Keys of the rows that are remembered, in the same place or another."""

    grown: frozenset[str] = frozenset()
    """Keys of the rows that are remembered with fewer parts."""

    doubtful: frozenset[str] = frozenset()
    """Keys of those among the fresh that may be remembered ones in another place."""

    restarted: bool = False
    """Whether the device numbers its messages anew."""


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """What is known of an inbox. It never changes: what is learned makes another ledger."""

    epoch: int = 1
    """Counts the numberings."""

    high_water: int | None = None
    """The highest known order of this numbering."""

    floor: int | None = None
    """Up to this order rows count as known, though they are not remembered."""

    entries: tuple[Entry, ...] = ()
    """Longest remembered first."""

    @cached_property
    def places(self) -> frozenset[tuple[str, str]]:
        """Identities of the remembered rows."""
        return frozenset(entry.identity for entry in self.entries)

    @cached_property
    def beginnings(self) -> Mapping[str, Entry]:
        """Remembered rows whose texts may lack parts, by key."""
        return {entry.key: entry for entry in self.entries if entry.length is not None}

    def has_grown(self, row: InboxRow) -> bool:
        """Tell whether a row is remembered in its place with fewer parts."""
        entry = self.beginnings.get(row.key)
        return entry is not None and entry.order == row.order and entry.is_beginning(row.message)

    def begin(self, listing: Sequence[InboxRow]) -> Ledger:
        """Return a ledger to which everything that the device has is known."""
        return self.remember(listing, Verdict(fresh=ascending(listing)), ended=True)

    def remember(self, listing: Sequence[InboxRow], verdict: Verdict, *, ended: bool) -> Ledger:
        """Return a ledger to which the rows of a list are known, as `verdict` sees them."""
        concerned = verdict.settled | verdict.grown | {row.key for row in verdict.fresh}
        rows = [row for row in ascending(listing) if row.key in concerned]
        seen = {row.identity for row in rows}
        if not verdict.restarted:
            strange = (row for row in rows if row.identity not in self.places)
            kept = (entry for entry in self.entries if entry.key not in verdict.grown)
            ledger = replace(self, entries=(*kept, *map(Entry.of, strange)))
        elif rows:
            complete = ended and len(rows) == len(listing)
            ledger = Ledger(
                epoch=self.epoch + 1,
                floor=None if complete else _below(rows),
                entries=self._moved(rows),
            )
        else:
            return self
        if ended:
            ledger = _absent_first(ledger, seen)
        orders = [row.order for row in rows if row.order is not None]
        if ledger.high_water is not None:
            orders.append(ledger.high_water)
        return _trimmed(replace(ledger, high_water=max(orders, default=None)), seen)

    def _moved(self, rows: Iterable[InboxRow]) -> tuple[Entry, ...]:
        """Return the remembered rows in their places of a new numbering, and the new ones."""
        listed = {row.identity: row for row in rows}
        entries: list[Entry] = []
        elsewhere: defaultdict[str, list[int]] = defaultdict(list)
        for entry in self.entries:
            if listed.pop(entry.identity, None) is None:
                elsewhere[entry.fingerprint].append(len(entries))
                entries.append(replace(entry, order=None, key=_MOVED))
            else:
                entries.append(entry)
        for row in listed.values():
            if places := elsewhere[row.message.fingerprint]:
                entries[places.pop(0)] = Entry.of(row)
            else:
                entries.append(Entry.of(row))
        return tuple(entries)

    def dump(self) -> dict[str, Any]:
        """Return the ledger for JSON."""
        return {
            "epoch": self.epoch,
            "high_water": self.high_water,
            "floor": self.floor,
            "entries": [
                [entry.order, entry.key, entry.fingerprint, entry.dated, entry.length]
                for entry in self.entries
            ],
        }

    @classmethod
    def parse(cls, fields: Mapping[str, Any]) -> Self:
        """Return the ledger that was dumped."""
        return cls(
            epoch=fields["epoch"],
            high_water=fields["high_water"],
            floor=fields["floor"],
            entries=tuple(
                Entry(order=order, key=key, fingerprint=fingerprint, dated=dated, length=length)
                for order, key, fingerprint, dated, length in fields["entries"]
            ),
        )


def ascending(listing: Sequence[InboxRow]) -> tuple[InboxRow, ...]:
    """Return the rows of a list, which has the newest first, from old to new."""
    rows = listing[::-1]
    if all(row.order is not None for row in rows):
        rows = sorted(rows, key=lambda row: row.order or 0)
    return tuple(rows)


def _below(rows: Iterable[InboxRow]) -> int | None:
    """Return the order just below that of all rows."""
    orders = [row.order for row in rows if row.order is not None]
    return min(orders) - 1 if orders else None


def _absent_first(ledger: Ledger, seen: Collection[tuple[str, str]]) -> Ledger:
    """Put the rows that are gone first among those to be forgotten.

    One without order or time is forgotten at once: the next message may look just the same.
    """
    absent = [entry for entry in ledger.entries if entry.identity not in seen]
    kept = (e for e in absent if e.dated or e.order is not None or e.key == _MOVED)
    present = (entry for entry in ledger.entries if entry.identity in seen)
    return replace(ledger, entries=(*kept, *present))


def _trimmed(ledger: Ledger, seen: Collection[tuple[str, str]]) -> Ledger:
    """Forget what is surplus, but none of the rows that were just seen.

    Some that were not are kept in any case: a change while reading may have hidden them.
    """
    surplus = len(ledger.entries) - max(CAPACITY, len(seen) + CAPACITY // 2)
    if surplus <= 0:
        return ledger
    absent = (at for at, entry in enumerate(ledger.entries) if entry.identity not in seen)
    dropped = set(list(absent)[:surplus])
    orders = [ledger.entries[at].order for at in dropped]
    floors = [order for order in (*orders, ledger.floor) if order is not None]
    return replace(
        ledger,
        floor=max(floors, default=None),
        entries=tuple(entry for at, entry in enumerate(ledger.entries) if at not in dropped),
    )
