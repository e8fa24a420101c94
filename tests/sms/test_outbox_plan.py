"""A message that goes to its numbers one after the other, and what a crash leaves of it."""

from collections.abc import Sequence

import pytest

from custom_components.gatehouse.sms.journal import JournalEntry
from custom_components.gatehouse.sms.outbox import Outbox

from .fakes import NOW, DiskFull, Failure, FakeKeeper
from .sending import NUMBER, OTHER, Line, boot, news, send, states

THIRD = "+15550102"
ALL = (NUMBER, OTHER, THIRD)


async def plan(outbox: Outbox) -> Sequence[JournalEntry]:
    """Plan to send a message to all numbers."""
    return await outbox.plan(ALL, "Hello", NOW)


async def left(keeper: FakeKeeper) -> list[tuple[str, str]]:
    """Return what the next process tells, by number."""
    return [(entry.number, entry.state.value) for entry in await news(await boot(keeper))]


async def test_crash(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """Whoever waits for news hears of the numbers whose turn never came."""
    planned = await plan(outbox)
    assert await left(keeper) == [(number, "rejected") for number in ALL]
    outbox = await boot(keeper)
    await news(outbox)
    planned = await plan(outbox)
    assert states(await send(outbox, line, NUMBER, planned=planned)) == ["accepted"]
    assert await left(keeper) == [(OTHER, "rejected"), (THIRD, "rejected")]


async def test_plan_is_nothing_that_was_sent(
    outbox: Outbox, line: Line, keeper: FakeKeeper
) -> None:
    """A plan keeps nobody from sending, neither in this process nor in the next one."""
    planned = await plan(outbox)
    assert outbox.entries == ()
    assert outbox.unsettled(NOW) is None
    for number in (NUMBER, OTHER):
        await send(outbox, line, number, planned=planned, idempotency_key=number)
    outbox = await boot(keeper)
    [entry] = await news(outbox)
    assert (entry.number, entry.reason) == (THIRD, "cut_off")
    await send(outbox, line, THIRD, idempotency_key=THIRD)
    assert line.transmissions == 3


async def test_withdrawn(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """What is given up for good is nothing to be told of later."""
    planned = await plan(outbox)
    await send(outbox, line, NUMBER, planned=planned)
    outbox.withdraw(planned)
    assert await news(outbox) == []
    assert await left(keeper) == []
    saves = keeper.saves
    outbox.withdraw(planned)
    await outbox.prune(NOW)
    assert keeper.saves == saves


async def test_plan_that_is_not_saved(outbox: Outbox, keeper: FakeKeeper) -> None:
    """Without a record there is no plan."""
    keeper.failure = Failure.FAILED_BEFORE
    with pytest.raises(DiskFull):
        await plan(outbox)
    await outbox.prune(NOW)
    assert await left(keeper) == []
