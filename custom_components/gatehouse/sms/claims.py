"""What an inbox must not forget in a crash: known rows, and messages on their way to be taken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Self

from .ledger import Ledger
from .received import Received

ATTEMPTS: Final = 3
"""To hand over a message that whoever takes it fails at."""


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

    def dump(self) -> dict[str, Any]:
        """Return the claim for JSON."""
        return {
            "id": self.id,
            "message": self.message.dump(),
            "looked_at": self.looked_at and self.looked_at.isoformat(),
            "doubtful": self.doubtful,
            "begun": self.begun,
            "failures": self.failures,
        }

    @classmethod
    def parse(cls, fields: Mapping[str, Any]) -> Self:
        """Return the claim that was dumped."""
        looked_at = fields["looked_at"]
        return cls(
            id=fields["id"],
            message=Received.parse(fields["message"]),
            looked_at=None if looked_at is None else datetime.fromisoformat(looked_at),
            doubtful=fields["doubtful"],
            begun=fields["begun"],
            failures=fields["failures"],
        )


@dataclass(frozen=True, kw_only=True)
class InboxState:
    """The memory of an inbox. It never changes: what happens makes another state."""

    ledger: Ledger | None = None
    """None before the first reading, which takes everything for known."""

    claims: tuple[Claim, ...] = ()

    place: str | None = None
    """Where the device was when its list was read."""

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
    return {**document, "claims": [{**unknown, **claim} for claim in document["claims"]]}
