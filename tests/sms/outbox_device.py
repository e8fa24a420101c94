"""A device that sends messages, and what may happen to the request for one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from custom_components.gatehouse.sms.journal import SendState
from custom_components.gatehouse.sms.matching import OutboxRow, RowStatus
from custom_components.gatehouse.sms.transmission import Outcome, Refused, Transmission, Unsettled

from .fakes import NOW


class NothingSent(Exception):
    """An error of a client that is definite."""


class ReplyLost(NothingSent):
    """An error of a client that is not, though it looks like one that is."""


class Fate(StrEnum):
    """What becomes of a request."""

    ACCEPTED = "accepted"
    SENT = "sent"
    FAILED = "failed"
    REJECTED = "rejected"
    SILENT = "silent"
    """Taken, and answered by nothing that is of use."""

    REFUSED = "refused"
    NOTHING_SENT = "nothing sent"
    REQUEST_LOST = "request lost"
    REPLY_LOST = "reply lost"
    MISTAKE_BEFORE = "mistake before"
    MISTAKE_AFTER = "mistake after"


TAKEN: Final = frozenset(
    {
        Fate.ACCEPTED,
        Fate.SENT,
        Fate.FAILED,
        Fate.SILENT,
        Fate.REPLY_LOST,
        Fate.MISTAKE_AFTER,
    }
)
"""Fates of messages that the device has."""

DEFINITE: Final = frozenset({Fate.REFUSED, Fate.NOTHING_SENT, Fate.REJECTED})
"""Fates that leave no doubt that nothing was sent."""

_STATUSES: Final[Mapping[Fate, RowStatus]] = {
    Fate.SENT: RowStatus.SENT,
    Fate.FAILED: RowStatus.FAILED,
}

_RAISED: Final[Mapping[Fate, Exception]] = {
    Fate.REFUSED: Refused(NothingSent()),
    Fate.NOTHING_SENT: NothingSent(),
    Fate.REQUEST_LOST: Unsettled(),
    Fate.REPLY_LOST: ReplyLost(),
    Fate.MISTAKE_BEFORE: LookupError(),
    Fate.MISTAKE_AFTER: LookupError(),
}

_OUTCOMES: Final[Mapping[Fate, SendState]] = {
    Fate.ACCEPTED: SendState.ACCEPTED,
    Fate.SENT: SendState.SENT,
    Fate.FAILED: SendState.FAILED,
    Fate.REJECTED: SendState.REJECTED,
}

_PROGRESS: Final[Mapping[RowStatus, frozenset[RowStatus]]] = {
    RowStatus.PENDING: frozenset({RowStatus.SENT, RowStatus.FAILED, RowStatus.UNKNOWN}),
    RowStatus.UNKNOWN: frozenset({RowStatus.SENT, RowStatus.DELIVERED, RowStatus.FAILED}),
    RowStatus.SENT: frozenset({RowStatus.DELIVERED, RowStatus.FAILED, RowStatus.UNKNOWN}),
}


def raise_for(fate: Fate) -> None:
    """Raise what the client would, if it would."""
    if error := _RAISED.get(fate):
        raise error


@dataclass(frozen=True, kw_only=True)
class Truth:
    """A message in the device, and what ever became of it."""

    row: OutboxRow
    history: frozenset[RowStatus]


class OutboxDevice:
    """Sends messages, or does not."""

    def __init__(self) -> None:
        """Start with nothing sent."""
        self.clock: datetime = NOW
        self.sent: list[Truth] = []

    def pass_time(self, span: timedelta) -> None:
        """Let time pass."""
        self.clock += span

    def take(self, numbers: tuple[str, ...], text: str, port: str | None, fate: Fate) -> None:
        """Take a message, or not."""
        if fate not in TAKEN:
            return
        status = _STATUSES.get(fate, RowStatus.PENDING)
        for number in numbers:
            row = OutboxRow(
                port=port or "3", number=number, text=text, time=self.clock, status=status
            )
            self.sent.append(Truth(row=row, history=frozenset({status})))

    def answer(self, numbers: tuple[str, ...], fate: Fate) -> Transmission:
        """Answer a request, or raise what the client would."""
        raise_for(fate)
        if state := _OUTCOMES.get(fate):
            return Transmission(outcomes=dict.fromkeys(numbers, Outcome(state=state)))
        return Transmission()

    def progress(self, position: int, status: RowStatus) -> None:
        """Let a message get somewhere."""
        if not self.sent:
            return
        position %= len(self.sent)
        truth = self.sent[position]
        if status in _PROGRESS.get(truth.row.status, ()):
            row = replace(truth.row, status=status)
            self.sent[position] = Truth(row=row, history=truth.history | {status})

    def rows(self) -> list[OutboxRow]:
        """Return the list of sent messages, newest first."""
        return [truth.row for truth in self.sent[::-1]]
