"""What stands in for a disk, a process that dies and a device."""

from collections.abc import Awaitable, Callable, Coroutine, Generator, Sequence
from datetime import UTC, datetime
from enum import Enum
import json
from types import coroutine
from typing import Any

from custom_components.gatehouse.sms.reading import ReadPage
from custom_components.gatehouse.sms.received import InboxRow, Received

NOW = datetime(2030, 6, 1, 12, tzinfo=UTC)


class PowerLoss(BaseException):
    """The process is gone."""


class DiskFull(Exception):
    """The process lives, but something could not be saved."""


class Failure(Enum):
    """How a save goes wrong."""

    KILLED_BEFORE = (PowerLoss, False)
    KILLED_AFTER = (PowerLoss, True)
    FAILED_BEFORE = (DiskFull, False)
    FAILED_AFTER = (DiskFull, True)

    @property
    def kills(self) -> bool:
        """Whether it is the end of the process."""
        return self.value[0] is PowerLoss


@coroutine
def pause() -> Generator[None]:
    """Give whoever drives a coroutine the opportunity to interfere."""
    yield


class FakeKeeper:
    """A disk that outlives processes, and that fails when told to."""

    def __init__(self) -> None:
        """Start empty."""
        self.content: str | None = None
        self.failure: Failure | None = None
        self.pauses = False
        self.saves = 0
        self.longest = 0
        """Characters."""

    @property
    def document(self) -> dict[str, Any] | None:
        """What a process would find."""
        return None if self.content is None else json.loads(self.content)

    async def load(self) -> dict[str, Any] | None:
        """Return what was saved last."""
        return self.document

    async def save(self, document: dict[str, Any]) -> None:
        """Save, or fail before or after it."""
        content = json.dumps(document)
        if self.pauses:
            await pause()
        failure, self.failure = self.failure, None
        if failure is None or failure.value[1]:
            self.content = content
            self.saves += 1
            self.longest = max(self.longest, len(content))
        if failure is not None:
            raise failure.value[0]
        if self.pauses:
            await pause()


def drive[Result](work: Coroutine[Any, Any, Result], interfere: Callable[[], None]) -> Result:
    """Run a coroutine and interfere at each of its pauses, where an exception ends it."""
    try:
        work.send(None)
        while True:
            try:
                interfere()
            except PowerLoss as err:
                work.throw(err)
            else:
                work.send(None)
    except StopIteration as stop:
        result: Result = stop.value
        return result


def received(
    text: str = "Hello",
    *,
    sender: str = "+15550100",
    time: datetime | None = NOW,
    port: str | None = "1",
) -> Received:
    """Return a message."""
    return Received(sender=sender, text=text, time=time, port=port)


def row(order: int, text: str = "Hello", *, key: str | None = None, **content: Any) -> InboxRow:
    """Return a row of a device that counts its messages."""
    return InboxRow(order=order, key=key or str(order), message=received(text, **content))


def unordered(key: str, text: str = "Hello", **content: Any) -> InboxRow:
    """Return a row of a device that does not count its messages."""
    return InboxRow(order=None, key=key, message=received(text, **content))


def pages(*listed: Sequence[InboxRow]) -> ReadPage:
    """Return how to read pages that do not change."""

    def read(number: int) -> Awaitable[Sequence[InboxRow]]:
        """Return a page."""
        return _page(listed[number - 1] if number <= len(listed) else ())

    return read


async def _page(rows: Sequence[InboxRow]) -> Sequence[InboxRow]:
    """Return a page that was read."""
    return rows
