"""The journal of outgoing messages: what became of each, number by number."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final, Self

MEMORY: Final = timedelta(hours=24)
"""How long a message is followed, repetitions of its key are recognized, and its text is kept."""

_RETENTION: Final = timedelta(days=7)

_CUT_OFF: Final = "cut_off"
"""Why a message was not sent that waited for its turn until the process was gone."""

_CAPACITY: Final = 200
"""Entries; more only of those that are still within MEMORY."""


class SendState(StrEnum):
    """What became of a message to one number."""

    QUEUED = "queued"
    """It waits for its turn, so that nothing has been sent."""

    SENDING = "sending"
    """The request may be under way."""

    ACCEPTED = "accepted"
    """The device has taken it."""

    SENT = "sent"
    """The network has taken it."""

    DELIVERED = "delivered"
    FAILED = "failed"

    REJECTED = "rejected"
    """It was refused, so that nothing was sent."""

    UNKNOWN = "unknown"
    """It may or may not have been sent; it never is again."""


_NEXT: Final[Mapping[SendState, frozenset[SendState]]] = {
    SendState.QUEUED: frozenset({SendState.SENDING, SendState.REJECTED}),
    SendState.SENDING: frozenset(SendState) - {SendState.QUEUED, SendState.SENDING},
    SendState.UNKNOWN: frozenset(
        {SendState.ACCEPTED, SendState.SENT, SendState.DELIVERED, SendState.FAILED}
    ),
    SendState.ACCEPTED: frozenset({SendState.SENT, SendState.DELIVERED, SendState.FAILED}),
    SendState.SENT: frozenset({SendState.DELIVERED, SendState.FAILED}),
}
"""Where a message can get from each state; from the others nowhere."""

UNSENT_STATES: Final = frozenset({SendState.QUEUED, SendState.REJECTED})
"""States in which nothing has been sent for sure."""

OPEN_STATES: Final = frozenset({SendState.UNKNOWN, SendState.ACCEPTED, SendState.SENT})
"""States about which the device may know more."""


_NEWS: Final = frozenset({SendState.SENT, SendState.DELIVERED, SendState.FAILED, SendState.UNKNOWN})
"""States of which somebody waits to hear who is not there when a message gets into them."""


def hash_text(text: str) -> str:
    """Return what tells one text from another, beyond recovery.

    Devices change line ends, and blanks at the end.
    """
    plain = "\n".join(text.replace("\ufeff", "").splitlines()).rstrip()
    return sha256(plain.encode(errors="surrogatepass")).hexdigest()


@dataclass(frozen=True, kw_only=True)
class JournalEntry:
    """A message to one number."""

    key: str
    """Of this entry alone."""

    call: str
    """Shared by the entries of all numbers that the message was sent to at once."""

    idempotency_keys: tuple[str, ...] = field(default=(), repr=False)
    """Which the caller gave to this message, once for each time it was to be sent."""

    port: str | None
    """None where the device chooses it."""

    number: str = field(repr=False)
    text_hash: str = field(repr=False)

    text: str | None = field(repr=False)
    """None once nothing depends on it."""

    created: datetime
    state: SendState = SendState.QUEUED

    untold: bool = False
    """Whether it is news that nobody has been told of for sure."""

    telling: bool = False
    """Whether telling the news may have begun."""

    device_id: str | None = None
    """What the device calls the message, if it told."""

    reason: str | None = None
    """Why it was rejected or failed, if the device told."""

    listed_at: datetime | None = None
    """Time of the row in the device's outbox that is this message."""

    @property
    def prospects(self) -> frozenset[SendState]:
        """What may still become of the message."""
        return _NEXT.get(self.state, frozenset())

    def become(self, state: SendState, **details: Any) -> JournalEntry:
        """Return the entry in another state, which may be news."""
        untold = state in _NEWS
        return replace(self, state=state, untold=untold, telling=False, **details)

    def with_idempotency_key(self, key: str) -> JournalEntry:
        """Return the entry with one more key, if it is one."""
        keys = tuple(dict.fromkeys((*self.idempotency_keys, key)))
        return replace(self, idempotency_keys=keys)

    def is_within(self, age: timedelta, now: datetime) -> bool:
        """Tell whether the message is younger than that."""
        return now - self.created < age

    def dump(self) -> dict[str, Any]:
        """Return the entry for JSON."""
        return {
            "key": self.key,
            "call": self.call,
            "idempotency_keys": list(self.idempotency_keys),
            "port": self.port,
            "number": self.number,
            "text_hash": self.text_hash,
            "text": self.text,
            "created": self.created.isoformat(),
            "state": self.state.value,
            "untold": self.untold,
            "telling": self.telling,
            "device_id": self.device_id,
            "reason": self.reason,
            "listed_at": self.listed_at and self.listed_at.isoformat(),
        }

    @classmethod
    def parse(cls, fields: Mapping[str, Any]) -> Self:
        """Return the entry that was dumped."""
        listed_at = fields["listed_at"]
        return cls(
            key=fields["key"],
            call=fields["call"],
            idempotency_keys=tuple(fields["idempotency_keys"]),
            port=fields["port"],
            number=fields["number"],
            text_hash=fields["text_hash"],
            text=fields["text"],
            created=datetime.fromisoformat(fields["created"]),
            state=SendState(fields["state"]),
            untold=fields["untold"],
            telling=fields["telling"],
            device_id=fields["device_id"],
            reason=fields["reason"],
            listed_at=None if listed_at is None else datetime.fromisoformat(listed_at),
        )


class Journal:
    """Entries in the order in which they were sent."""

    def __init__(self, entries: Iterable[JournalEntry] = ()) -> None:
        """Take up entries."""
        self._entries = {entry.key: entry for entry in entries}
        self._planned: dict[str, Sequence[JournalEntry]] = {}

    @property
    def entries(self) -> tuple[JournalEntry, ...]:
        """All entries, oldest first."""
        return tuple(self._entries.values())

    def put(self, *entries: JournalEntry) -> None:
        """Add entries, or replace earlier versions of them."""
        self._entries.update((entry.key, entry) for entry in entries)

    def find(self, entry: JournalEntry) -> JournalEntry:
        """Return the present version of an entry, itself if it is no longer there."""
        return self._entries.get(entry.key, entry)

    def remove(self, entries: Iterable[JournalEntry]) -> None:
        """Remove entries."""
        for entry in entries:
            self._entries.pop(entry.key, None)

    def plan(self, name: str, entries: Sequence[JournalEntry]) -> bool:
        """Keep what is to be sent later: of no account, unless the process is gone before.

        It replaces what was planned by that name. Return whether there was or is any.
        """
        before = self._planned.pop(name, ())
        if entries:
            self._planned[name] = entries
        return bool(before or entries)

    def calls(self, fits: Callable[[JournalEntry], bool]) -> list[tuple[JournalEntry, ...]]:
        """Return the calls with an entry that fits, oldest first, each with all of its entries."""
        names = dict.fromkeys(entry.call for entry in self.entries if fits(entry))
        return [tuple(e for e in self.entries if e.call == name) for name in names]

    def prune(self, now: datetime, settled: frozenset[SendState]) -> bool:
        """Forget what is too old: entries, and texts of messages with which nothing can happen.

        Return whether there was any.
        """
        before = self._entries
        recent = set(list(before)[-_CAPACITY:])
        self._entries = {
            key: replace(entry, text=None)
            if entry.state in settled or not entry.is_within(MEMORY, now)
            else entry
            for key, entry in before.items()
            if entry.is_within(MEMORY, now) or (key in recent and entry.is_within(_RETENTION, now))
        }
        return self._entries != before

    def dump(self) -> dict[str, Any]:
        """Return the journal for JSON."""
        return {
            "entries": [entry.dump() for entry in self.entries],
            "planned": [entry.dump() for plan in self._planned.values() for entry in plan],
        }

    @classmethod
    def parse(cls, fields: Mapping[str, Any]) -> Self:
        """Return the journal that was dumped, in which nothing is under way any more."""
        entries = (*fields["entries"], *fields["planned"])
        return cls(_cut_off(JournalEntry.parse(entry)) for entry in entries)


def _cut_off(entry: JournalEntry) -> JournalEntry:
    """Return what is known of a message if nobody goes on with it: perhaps it has been sent."""
    match entry.state:
        case SendState.QUEUED:
            return replace(entry, state=SendState.REJECTED, reason=_CUT_OFF, untold=True)
        case SendState.SENDING:
            return replace(entry, state=SendState.UNKNOWN, untold=True)
    return entry


def migrate_1(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a document of version 1, in which nothing says what is untold, in the present form."""
    return migrate_2(
        {**document, "entries": [{"untold": False, **entry} for entry in document["entries"]]}
    )


def migrate_2(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a document of version 2, which saved news before they were told, in the present form.

    What is untold there has not begun to be told.
    """
    return migrate_3(
        {**document, "entries": [{**entry, "telling": False} for entry in document["entries"]]}
    )


def migrate_3(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a document of version 3, which kept no plans, in the present form."""
    return {**document, "planned": []}
