"""The send queue: one text to one or more numbers, one number after the other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from simulators.hilink.options import HilinkOptions, SmsOutcome
from simulators.hilink.wire import Fields


class SentMessage(NamedTuple):
    """One accepted request to send."""

    phones: tuple[str, ...]
    text: str


@dataclass(kw_only=True)
class Job:
    """One text on its way."""

    phones: tuple[str, ...]
    text: str
    date: str
    started: float
    succeeded: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    canceled: bool = False
    doomed: bool = False
    """Whether the network refuses it."""

    @property
    def handled(self) -> int:
        """Return how many numbers are through."""
        return len(self.succeeded) + len(self.failed)

    @property
    def pending(self) -> bool:
        """Return whether a number is still being sent."""
        return not self.canceled and self.handled < len(self.phones)


class Outbox:
    """The queue, whose progress is worked out when somebody looks."""

    def __init__(self, conclude: Callable[[Job, str, bool], None]) -> None:
        """Start empty; conclude is told each number's result."""
        self._conclude = conclude
        self._job: Job | None = None
        self.accepted: list[Job] = []
        """Every text, in order."""

        self.failing = 0
        """How many of the next texts the network refuses."""

    @property
    def sent(self) -> list[SentMessage]:
        """Return every text accepted for sending, in order."""
        return [SentMessage(job.phones, job.text) for job in self.accepted]

    def busy(self) -> bool:
        """Return whether the last text is still on its way."""
        return self._job is not None and self._job.pending

    def submit(self, job: Job) -> None:
        """Accept a text."""
        job.doomed = self.failing > 0
        self.failing = max(0, self.failing - 1)
        self.accepted.append(job)
        self._job = job

    def cancel(self) -> None:
        """Stop sending; what is through stays through."""
        if self._job is not None:
            self._job.canceled = True

    def forget(self) -> None:
        """Lose the queue, as in a restart."""
        self._job = None

    def settle(self, now: float, options: HilinkOptions, *, in_service: bool) -> None:
        """Work out the results due by now."""
        job = self._job
        if job is None or (in_service and options.sms_outcome is SmsOutcome.NEVER):
            return
        while job.pending and now >= job.started + (job.handled + 1) * options.sms_send_seconds:
            phone = job.phones[job.handled]
            success = in_service and options.sms_outcome is SmsOutcome.DELIVER
            success = success and not job.doomed
            (job.succeeded if success else job.failed).append(phone)
            self._conclude(job, phone, success)

    def fates(self) -> list[tuple[str, str]]:
        """Return each number of each accepted text, in order, with what became of the text."""
        return [(phone, self._fate(job, phone)) for job in self.accepted for phone in job.phones]

    def _fate(self, job: Job, phone: str) -> str:
        """Return what became of a text to one number."""
        if phone in job.succeeded:
            return "sent"
        if phone in job.failed:
            return "failed"
        return "pending" if job is self._job and not job.canceled else "lost"

    def status(self) -> Fields:
        """Return the fields of sms/send-status."""
        job = self._job
        if job is None:
            return {
                "Phone": None,
                "SucPhone": None,
                "FailPhone": None,
                "TotalCount": "0",
                "CurIndex": "0",
            }
        total = len(job.phones)
        return {
            "Phone": job.phones[job.handled] if job.pending else None,
            "SucPhone": ",".join(job.succeeded) or None,
            "FailPhone": ",".join(job.failed) or None,
            "TotalCount": str(total),
            "CurIndex": str(min(job.handled + 1, total)),
        }
