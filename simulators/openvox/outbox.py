"""Sending: the queue of each port and the box of what was sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
import math
from typing import NamedTuple
import uuid

from simulators.openvox.options import OpenVoxOptions, SendOutcome
from simulators.openvox.ports import Port
from simulators.openvox.timeline import Action, Timeline


class SentMessage(NamedTuple):
    """One message accepted for sending."""

    id: str
    port: int
    number: str
    text: str
    synchronous: bool


class Status(StrEnum):
    """How a message fared before any report."""

    FAILED = "FAILED"
    SENT = "SENT"


class Astray(StrEnum):
    """Where a message is that is not in the box."""

    PENDING = "pending"
    LOST = "lost"


@dataclass(kw_only=True, slots=True)
class Posted:
    """A message in the outbox."""

    port: Port
    number: str
    text: str
    time: datetime
    status: str


@dataclass(kw_only=True)
class Job:
    """A message on its way."""

    message: SentMessage
    port: Port
    outcome: SendOutcome
    due: float
    lost: bool = False
    row: Posted | None = None

    @property
    def fate(self) -> str:
        """Return the status in the box, or where the message is instead."""
        if self.row is not None:
            return self.row.status
        return Astray.LOST if self.lost else Astray.PENDING


@dataclass(frozen=True, kw_only=True)
class OutboxContext:
    """What the outbox needs of the rest of the device."""

    options: Callable[[], OpenVoxOptions]
    local: Callable[[float], datetime]
    when_up: Callable[[float, Action], None]
    """Has something done at a moment, or as soon after it as the device is there."""
    result: Callable[[Posted], None]
    report: Callable[[Posted, float], None]


class Outbox:
    """Messages accepted, on their way, and sent."""

    def __init__(self, timeline: Timeline, context: OutboxContext) -> None:
        """Start empty."""
        self._timeline = timeline
        self._context = context
        self._jobs: dict[str, Job] = {}
        self._unreported: dict[int, Posted] = {}
        self.rows: list[Posted] = []
        self.accepted: list[Job] = []
        """Every message there ever was, in order."""
        self.rejecting = 0
        """How many of the next messages are rejected."""
        self.failing = 0
        """How many of the next messages fail."""

    @property
    def sent(self) -> list[SentMessage]:
        """Return every message accepted for sending, in order."""
        return [job.message for job in self.accepted]

    @property
    def pending(self) -> int:
        """Return how many messages are on their way."""
        return len(self._jobs)

    def rejects(self, port: Port, number: str) -> bool:
        """Return whether a message is rejected."""
        if self.rejecting:
            self.rejecting -= 1
            return True
        return not port.registered or number in self._context.options().rejected_numbers

    def accept(self, port: Port, number: str, text: str, now: float, *, synchronous: bool) -> Job:
        """Take a message for sending; each port sends one after the other."""
        options = self._context.options()
        outcome = options.send_outcome
        if self.failing:
            self.failing -= 1
            outcome = SendOutcome.FAILED
        due = math.inf
        if outcome is not SendOutcome.NEVER:
            due = port.free_at = max(now, port.free_at) + options.send_seconds
        message = SentMessage(str(uuid.uuid4()), port.number, number, text, synchronous)
        job = Job(message=message, port=port, outcome=outcome, due=due)
        self.accepted.append(job)
        self._jobs[message.id] = job
        self._timeline.at(due, lambda moment: self._conclude(job, moment))
        return job

    def _conclude(self, job: Job, moment: float) -> None:
        """Put a message into the box, sent or not."""
        if job.lost:
            return
        del self._jobs[job.message.id]
        success = job.outcome is SendOutcome.SENT and job.port.registered
        row = job.row = Posted(
            port=job.port,
            number=job.message.number,
            text=job.message.text,
            time=self._context.local(moment),
            status=Status.SENT if success else Status.FAILED,
        )
        self.rows.append(row)
        self._context.result(row)
        if success:
            self._await_report(row, moment)

    def _await_report(self, row: Posted, moment: float) -> None:
        """Let the report of a message come."""
        options = self._context.options()
        self._unreported[id(row)] = row
        if options.delivery_reports:
            self._context.when_up(
                moment + options.delivery_seconds,
                lambda due: self._report(row, options.delivery_status, due),
            )

    def _report(self, row: Posted, status: int, moment: float) -> None:
        """Take in a report, unless there was one already."""
        if self._unreported.pop(id(row), None) is not None:
            row.status = f"{self._context.options().delivered_word}({status})"
            self._context.report(row, moment)

    def deliver(self, number: str | None, status: int, now: float) -> int:
        """Let outstanding reports come at once; return how many."""
        rows = [row for row in self._unreported.values() if number in {None, row.number}]
        for row in rows:
            self._report(row, status, now)
        return len(rows)

    def lose_queue(self) -> None:
        """Forget what is on its way, as in a restart."""
        for job in self._jobs.values():
            job.lost = True
            job.port.free_at = 0
        self._jobs.clear()

    def clear(self) -> None:
        """Empty the box."""
        self.rows.clear()
        self._unreported.clear()
