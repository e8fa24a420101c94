"""How many messages there are: from the journal, and from what was received."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from ..families.sms import Line, LineCounts, MessageCounts
from ..sms.journal import JournalEntry, SendState

DAY: Final = timedelta(days=1)

_PENDING: Final = frozenset({SendState.QUEUED, SendState.SENDING, SendState.ACCEPTED})
_SENT: Final = frozenset({SendState.SENT, SendState.DELIVERED})
_FAILED: Final = frozenset({SendState.FAILED, SendState.REJECTED})

_MOST_ARRIVALS: Final = 10_000


class Arrivals:
    """When messages were received over the last day, and by which port."""

    def __init__(self, notes: list[Any]) -> None:
        """Use a list that somebody else saves."""
        self._notes = notes

    def add(self, moment: datetime, port: str | None) -> None:
        """Note a message."""
        self._notes.append([moment.timestamp(), port])
        self._prune(moment)

    def by_port(self, now: datetime) -> Counter[str | None]:
        """Count the messages of each port."""
        self._prune(now)
        return Counter(port for _, port in self._notes)

    def _prune(self, now: datetime) -> None:
        """Forget what was received before."""
        since = (now - DAY).timestamp()
        self._notes[:] = [note for note in self._notes if note[0] > since][-_MOST_ARRIVALS:]


def recent(entries: Iterable[JournalEntry], now: datetime) -> list[JournalEntry]:
    """Return what was to be sent over the last day."""
    return [entry for entry in entries if entry.is_within(DAY, now)]


def count(
    entries: Iterable[JournalEntry],
    arrivals: Arrivals,
    lines: Sequence[Line],
    *,
    unread: int | None,
    now: datetime,
) -> MessageCounts:
    """Count messages."""
    latest = recent(entries, now)
    received = arrivals.by_port(now)
    sent = Counter(entry.port for entry in latest if entry.state in _SENT)
    failed = Counter(entry.port for entry in latest if entry.state in _FAILED)
    return MessageCounts(
        unread=unread,
        pending=sum(entry.state in _PENDING for entry in latest),
        failed=failed.total(),
        lines={
            line.number: LineCounts(received=received[name], sent=sent[name], failed=failed[name])
            for line in lines
            if (name := str(line.number))
        },
    )
