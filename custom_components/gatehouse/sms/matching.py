"""Which row in a device's outbox is which message, where no id tells."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import product
from typing import Final

from .journal import MEMORY, UNSENT_STATES, JournalEntry, SendState, hash_text
from .numbers import normalize_number

CLOCK_TOLERANCE: Final = timedelta(seconds=120)
"""How much earlier than here it may be at the device."""

_COMPARABLE_DIGITS: Final = 9
"""Without those of the country. Fewer may be the number of somebody else."""


class RowStatus(StrEnum):
    """What a device says about a message in its outbox."""

    PENDING = "pending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"


_PROVEN: Final[Mapping[RowStatus, SendState]] = {
    RowStatus.PENDING: SendState.ACCEPTED,
    RowStatus.SENT: SendState.SENT,
    RowStatus.DELIVERED: SendState.DELIVERED,
    RowStatus.FAILED: SendState.FAILED,
    RowStatus.UNKNOWN: SendState.ACCEPTED,
}
"""What is sure of a message with such a row."""


@dataclass(frozen=True, kw_only=True)
class OutboxRow:
    """A message to one number, as the device lists it."""

    port: str | None
    """Named as it is when sending; None where the device does not tell."""

    number: str = field(repr=False)
    text: str = field(repr=False)

    time: datetime | None
    """When the device took it, which must not change later; without it no message is recognized."""

    status: RowStatus

    def __post_init__(self) -> None:
        """Refuse a time that cannot be compared."""
        if self.time is not None and self.time.utcoffset() is None:
            raise ValueError("the time of a message needs a time zone")

    @property
    def state(self) -> SendState:
        """What is sure of the message."""
        return _PROVEN[self.status]


@dataclass(frozen=True, kw_only=True)
class _Candidate:
    """A row that has not been assigned."""

    row: OutboxRow
    time: datetime
    text_hash: str

    def resembles(self, entry: JournalEntry) -> bool:
        """Tell whether row and entry agree in text and port."""
        ports = {entry.port, self.row.port} - {None}
        return self.text_hash == entry.text_hash and len(ports) <= 1

    def continues(self, entry: JournalEntry) -> bool:
        """Tell whether the row is not behind what is known of an entry that it resembles."""
        return self.resembles(entry) and self.row.state in entry.prospects | {entry.state}

    def may_continue(self, entry: JournalEntry) -> bool:
        """Tell whether the device does not know how far a message is that resembles an entry."""
        return self.resembles(entry) and self.row.status is RowStatus.UNKNOWN


_KNOWLEDGE: Final = (_Candidate.continues, _Candidate.may_continue)
"""What is preferred comes first."""


def match(
    entries: Sequence[JournalEntry], rows: Sequence[OutboxRow], now: datetime
) -> dict[str, OutboxRow]:
    """Assign rows, newest first, to entries, oldest first. Return the rows by keys of the entries.

    Nobody can tell equal messages apart, but each row is one message. Those that were recognized
    before keep their rows. Then come those that the device is known to have, and what remains is
    left to those of which only a row can tell that they were sent. Among equals those come first
    of which most is known, since they fit the fewest rows; then it is first in, first out.
    """
    candidates = sorted(
        (
            _Candidate(row=row, time=row.time, text_hash=hash_text(row.text))
            for row in reversed(rows)
            if row.time is not None
        ),
        key=lambda candidate: candidate.time,
    )
    possible = sorted(
        (entry for entry in entries if entry.state not in UNSENT_STATES),
        key=lambda entry: len(entry.prospects),
    )
    found: dict[str, OutboxRow] = {}
    for (chosen, fits), knows in product(_ROUNDS, _KNOWLEDGE):
        for entry in possible:
            if entry.key in found or not chosen(entry, now):
                continue
            for position, candidate in enumerate(candidates):
                if knows(candidate, entry) and fits(entry, candidate):
                    found[entry.key] = candidates.pop(position).row
                    break
    return found


def _is_assigned(entry: JournalEntry, now: datetime) -> bool:
    """Tell whether an entry has a row already, be it as old as it will."""
    return entry.listed_at is not None


def _is_certain(entry: JournalEntry, now: datetime) -> bool:
    """Tell whether the device has a young message for sure."""
    return not _is_uncertain(entry, now) and _is_open(entry, now)


def _is_uncertain(entry: JournalEntry, now: datetime) -> bool:
    """Tell whether the device may not have a young message at all."""
    return entry.state in {SendState.UNKNOWN, SendState.SENDING} and _is_open(entry, now)


def _is_open(entry: JournalEntry, now: datetime) -> bool:
    """Tell whether a message still looks for its row."""
    return entry.listed_at is None and entry.is_within(MEMORY, now)


def _has_row(entry: JournalEntry, candidate: _Candidate) -> bool:
    """Tell whether a row is the one that an entry has."""
    numbers = entry.number, candidate.row.number
    return candidate.time == entry.listed_at and (is_same(*numbers) or is_similar(*numbers))


def _may_have_row(entry: JournalEntry, candidate: _Candidate) -> bool:
    """Tell whether a row may be an entry."""
    early = candidate.time < entry.created - CLOCK_TOLERANCE
    return not early and is_same(entry.number, candidate.row.number)


def _may_have_similar_row(entry: JournalEntry, candidate: _Candidate) -> bool:
    """Tell whether a row may be an entry, with its number written in another way."""
    early = candidate.time < entry.created - CLOCK_TOLERANCE
    return not early and is_similar(entry.number, candidate.row.number)


type _Round = tuple[
    Callable[[JournalEntry, datetime], bool], Callable[[JournalEntry, _Candidate], bool]
]

_ROUNDS: Final[tuple[_Round, ...]] = (
    (_is_assigned, _has_row),
    (_is_certain, _may_have_row),
    (_is_certain, _may_have_similar_row),
    (_is_uncertain, _may_have_row),
    (_is_uncertain, _may_have_similar_row),
)
"""Which entries look for which rows, one after the other."""


def is_same(one: str, other: str) -> bool:
    """Tell whether two numbers are the same."""
    return (normalize_number(one) or one) == (normalize_number(other) or other)


def is_similar(one: str, other: str) -> bool:
    """Tell whether one number is the other without the prefix of the country."""
    digits, country_known = _digits(one)
    others, other_country_known = _digits(other)
    if country_known and other_country_known:
        return digits == others
    longer, shorter = sorted((digits, others), key=len, reverse=True)
    # A national number often has a 0 in front that gives way to the prefix of the country.
    local = shorter if longer.endswith(shorter) else shorter.lstrip("0")
    return len(local) >= _COMPARABLE_DIGITS and longer.endswith(local)


def _digits(number: str) -> tuple[str, bool]:
    """Return the digits of a number, and whether they begin with the prefix of a country."""
    bare = normalize_number(number)
    if bare is None:
        return "", False
    digits = bare.removeprefix("+").removeprefix("00")
    return digits, digits != bare
