"""What an inbox must not forget in a crash: known rows, and messages on their way to be taken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Self

from .ledger import Ledger
from .received import InboxRow, Received

ATTEMPTS: Final = 3
"""To hand over a message that whoever takes it fails at."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """How a message waits for parts that it may lack."""

    order: int | None
    key: str = field(repr=False)
    """Of its row."""

    since: datetime
    """When the latest part came."""

    def dump(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {"order": self.order, "key": self.key, "since": self.since.isoformat()}

    @classmethod
    def parse(cls, fields: Mapping[str, Any]) -> Self:
        """Return what was dumped."""
        since = datetime.fromisoformat(fields["since"])
        return cls(order=fields["order"], key=fields["key"], since=since)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A message that is to be handed over, or perhaps was."""

    id: str
    message: Received

    looked_at: datetime | None
    """When the list was read through for the last time without it; None: nobody knows."""

    doubtful: bool = False
    """Whether it may be a message that was handed over under another id."""

    begun: bool = False
    """Whether handing it over may have begun."""

    failures: int = 0

    waiting: Waiting | None = None
    """None once it may be handed over."""

    def dump(self) -> dict[str, Any]:
        """Return the claim for JSON."""
        return {
            "id": self.id,
            "message": self.message.dump(),
            "looked_at": self.looked_at and self.looked_at.isoformat(),
            "doubtful": self.doubtful,
            "begun": self.begun,
            "failures": self.failures,
            "waiting": self.waiting and self.waiting.dump(),
        }

    @classmethod
    def parse(cls, fields: Mapping[str, Any]) -> Self:
        """Return the claim that was dumped."""
        looked_at, waiting = fields["looked_at"], fields["waiting"]
        return cls(
            id=fields["id"],
            message=Received.parse(fields["message"]),
            looked_at=None if looked_at is None else datetime.fromisoformat(looked_at),
            doubtful=fields["doubtful"],
            begun=fields["begun"],
            failures=fields["failures"],
            waiting=None if waiting is None else Waiting.parse(waiting),
        )


@dataclass(frozen=True, kw_only=True)
class InboxState:
    """The memory of an inbox. It never changes: what happens makes another state."""

    ledger: Ledger | None = None
    """None before the first reading, which takes everything for known."""

    claims: tuple[Claim, ...] = ()

    place: str | None = None
    """Where the device was when its list was read."""

    @property
    def ready(self) -> tuple[Claim, ...]:
        """Claims of messages that may be handed over."""
        return tuple(claim for claim in self.claims if claim.waiting is None)

    @property
    def waiting(self) -> tuple[InboxRow, ...]:
        """Rows of the messages that wait for parts, as they were when they were last seen."""
        return tuple(
            InboxRow(order=claim.waiting.order, key=claim.waiting.key, message=claim.message)
            for claim in self.claims
            if claim.waiting is not None
        )

    def begin(self, claims: Iterable[Claim]) -> InboxState:
        """Return the state in which handing some messages over may have begun."""
        ids = {claim.id for claim in claims}
        begun = (replace(each, begun=True) if each.id in ids else each for each in self.claims)
        return replace(self, claims=tuple(begun))

    def handed_over(self, claim: Claim) -> InboxState:
        """Return the state once a message has been handed over."""
        return replace(self, claims=tuple(each for each in self.claims if each.id != claim.id))

    def failed(self, claim: Claim) -> InboxState:
        """Return the state once handing a message over has failed, too often or not."""
        if claim.failures + 1 >= ATTEMPTS:
            return self.handed_over(claim)
        failed = replace(claim, begun=True, failures=claim.failures + 1)
        claims = (failed if each.id == claim.id else each for each in self.claims)
        return replace(self, claims=tuple(claims))

    def dump(self) -> dict[str, Any]:
        """Return the state for JSON."""
        return {
            "ledger": self.ledger and self.ledger.dump(),
            "claims": [claim.dump() for claim in self.claims],
            "place": self.place,
        }

    @classmethod
    def parse(cls, fields: Mapping[str, Any]) -> Self:
        """Return the state that was dumped."""
        ledger = fields["ledger"]
        return cls(
            ledger=None if ledger is None else Ledger.parse(ledger),
            claims=tuple(map(Claim.parse, fields["claims"])),
            place=fields["place"],
        )


def migrate_1(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a document of version 1, which did not tell what had begun, in the present form."""
    unknown = {"looked_at": None, "doubtful": False, "begun": True}
    return migrate_2({**document, "claims": [{**unknown, **claim} for claim in document["claims"]]})


def migrate_2(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a document of version 2, which kept nothing of missing parts, in the present form."""
    ledger = document["ledger"]
    return {
        **document,
        "ledger": ledger and {**ledger, "entries": [[*entry, None] for entry in ledger["entries"]]},
        "claims": [{**claim, "waiting": None} for claim in document["claims"]],
    }
