"""Sending, as the tests of the outbox do it."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from custom_components.gatehouse.sms.journal import JournalEntry, SendState
from custom_components.gatehouse.sms.matching import OutboxRow, RowStatus
from custom_components.gatehouse.sms.outbox import Outbox
from custom_components.gatehouse.sms.telling import News
from custom_components.gatehouse.sms.transmission import Begin, Outcome, Transmission

from .fakes import NOW, FakeKeeper

NUMBER = "+15550100"
OTHER = "+15550101"
HOUR = timedelta(hours=1)


class NoConnection(Exception):
    """A client's error: nothing was sent."""


class ReplyLost(NoConnection):
    """A client's error that looks like the other one, but is not."""


class Line:
    """What transmits: counts, and does what it is told."""

    def __init__(self) -> None:
        """Accept everything at first."""
        self.transmissions = 0
        self.error: BaseException | None = None
        self.outcomes = {
            number: Outcome(state=SendState.ACCEPTED, device_id=device_id)
            for number, device_id in ((NUMBER, "id 1"), (OTHER, "id 2"))
        }
        self.turn: asyncio.Event | None = None
        self.gate: asyncio.Event | None = None
        self.at_once = 0
        self.most_at_once = 0

    async def transmit(self, begin: Begin) -> Transmission:
        """Transmit a message when it is its turn."""
        if self.turn:
            await self.turn.wait()
        await begin()
        self.transmissions += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if self.gate:
                await self.gate.wait()
            if self.error:
                raise self.error
            return Transmission(outcomes=self.outcomes)
        finally:
            self.at_once -= 1


async def boot(keeper: FakeKeeper) -> Outbox:
    """Start a process."""
    outbox = Outbox(keeper, refusals=(NoConnection,), uncertain=(ReplyLost,))
    await outbox.load(NOW)
    return outbox


async def send(
    outbox: Outbox, line: Line, *numbers: str, text: str = "Hello", **options: Any
) -> list[JournalEntry]:
    """Send a message, by default Hello to one number."""
    given = {"port": "1", "now": NOW, **options}
    return await outbox.send(numbers or (NUMBER,), text, transmit=line.transmit, **given)


async def news(
    outbox: Outbox, *, now: datetime = NOW, sought: Collection[str] = ()
) -> list[JournalEntry]:
    """Return the messages of which somebody is told, none of which had been told of."""
    told: list[News] = []
    await outbox.tell(told.append, now, sought=sought)
    assert not [each for each in told if each.again]
    return [each.entry for each in told]


def states(entries: Sequence[JournalEntry]) -> list[str]:
    """Return what became of a message."""
    return [entry.state.value for entry in entries]


def listed(status: RowStatus, number: str = NUMBER, after: timedelta = timedelta()) -> OutboxRow:
    """Return a row of the device's list."""
    return OutboxRow(port="1", number=number, text="Hello", time=NOW + after, status=status)
