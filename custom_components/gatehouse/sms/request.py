"""A message that is to be sent, and how it is recognized when it comes again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .journal import MEMORY, Journal, JournalEntry, SendState
from .transmission import KeyReused


@dataclass(frozen=True, kw_only=True)
class Request:
    """A message that somebody wants to be sent."""

    numbers: tuple[str, ...] = field(repr=False)
    text: str = field(repr=False)
    text_hash: str = field(repr=False)
    port: str | None
    idempotency_key: str | None = field(repr=False)
    duplicate_window: timedelta
    now: datetime

    def repeats(self, other: Request) -> bool:
        """Tell whether another request that is being carried out may be enough.

        Raises KeyReused.
        """
        same = set(self.numbers) == set(other.numbers) and self.text_hash == other.text_hash
        if self.idempotency_key is not None and self.idempotency_key == other.idempotency_key:
            return self._with_key(same=same)
        return same and self.duplicate_window > timedelta()

    def earlier_call(self, journal: Journal) -> tuple[JournalEntry, ...] | None:
        """Return what makes sending needless, None if nothing does. Raises KeyReused.

        A call that was refused for all numbers sent nothing, so that it does not count.
        """
        for call in reversed(journal.calls(self._has_key)):
            if self._with_key(same=self._is_sent_by(call)):
                return call
        calls = reversed(journal.calls(self._is_recent))
        return next((call for call in calls if self._is_sent_by(call)), None)

    def _with_key(self, *, same: bool) -> bool:
        """Refuse the key of another message."""
        if not same:
            raise KeyReused("the idempotency key belongs to another message")
        return True

    def _has_key(self, entry: JournalEntry) -> bool:
        """Tell whether an entry has the key of this request."""
        return (
            self.idempotency_key in entry.idempotency_keys
            and entry.state is not SendState.REJECTED
            and entry.is_within(MEMORY, self.now)
        )

    def _is_recent(self, entry: JournalEntry) -> bool:
        """Tell whether an entry may make this request a duplicate."""
        return (
            self.duplicate_window > timedelta()
            and entry.state is not SendState.REJECTED
            and entry.is_within(self.duplicate_window, self.now)
        )

    def _is_sent_by(self, call: Sequence[JournalEntry]) -> bool:
        """Tell whether a call was for the same message."""
        same = all(entry.text_hash == self.text_hash for entry in call)
        return same and {entry.number for entry in call} == set(self.numbers)
