"""A message that goes to its numbers one after the other, and what a crash leaves of it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from custom_components.gatehouse.sms.journal import JournalEntry
from custom_components.gatehouse.sms.outbox import Outbox, Plan
from custom_components.gatehouse.sms.transmission import Refused

from .fakes import NOW, DiskFull, Failure, FakeKeeper
from .sending import NUMBER, OTHER, Line, boot, news, send, states

THIRD = "+15550102"
ALL = (NUMBER, OTHER, THIRD)


async def send_first(
    outbox: Outbox, line: Line, plan: Plan, *numbers: str, **options: Any
) -> list[JournalEntry]:
    """Send to the first of some numbers, which the others are to follow."""
    plan.following = [((number,), None) for number in numbers[1:]]
    return await send(outbox, line, numbers[0], plan=plan, **options)


async def left(keeper: FakeKeeper) -> list[tuple[str, str]]:
    """Return what the next process tells, by number."""
    return [(entry.number, entry.state.value) for entry in await news(await boot(keeper))]


async def test_crash(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """Whoever waits for news hears of the numbers whose turn never came."""
    plan = Plan()
    line.outcomes[THIRD] = line.outcomes[OTHER]
    line.gate = asyncio.Event()
    sending = asyncio.create_task(send_first(outbox, line, plan, *ALL))
    await asyncio.sleep(0)
    assert await left(keeper) == [
        (NUMBER, "unknown"),
        (OTHER, "rejected"),
        (THIRD, "rejected"),
    ]
    line.gate.set()
    await sending
    await send_first(outbox, line, plan, OTHER, THIRD)
    assert await left(keeper) == [(THIRD, "rejected")]
    await send_first(outbox, line, plan, THIRD)
    assert await left(keeper) == []


async def test_plan_is_nothing_that_was_sent(
    outbox: Outbox, line: Line, keeper: FakeKeeper
) -> None:
    """A plan keeps nobody from sending, neither in this process nor in the next one."""
    await send_first(outbox, line, Plan(), *ALL)
    assert [entry.number for entry in outbox.entries] == [NUMBER]
    outbox = await boot(keeper)
    assert {entry.reason for entry in await news(outbox)} == {"cut_off"}
    for number in (OTHER, THIRD):
        await send(outbox, line, number, idempotency_key=number)
    assert line.transmissions == 3


async def test_what_was_sent_is_no_plan(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """A number that has got the message before is not told to have failed."""
    await send(outbox, line, OTHER, idempotency_key="b")
    plan = Plan(following=[((OTHER,), "b"), ((THIRD,), "c")])
    await send(outbox, line, NUMBER, plan=plan, idempotency_key="a")
    assert await left(keeper) == [(THIRD, "rejected")]


async def test_same_message_side_by_side(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """Who waits whether somebody else sends the message plans nothing."""
    window = timedelta(minutes=1)
    first, second = Plan(), Plan()
    line.gate = asyncio.Event()
    tasks = [
        asyncio.create_task(send_first(outbox, line, plan, NUMBER, OTHER, duplicate_window=window))
        for plan in (first, second)
    ]
    await asyncio.sleep(0)
    line.gate.set()
    await asyncio.gather(*tasks)
    line.gate = asyncio.Event()
    last = asyncio.create_task(send_first(outbox, line, first, OTHER, duplicate_window=window))
    await asyncio.sleep(0)
    assert await left(keeper) == [(OTHER, "unknown")]
    line.gate.set()
    assert states(await last) == ["accepted"]


async def test_end(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """What is given up for good is nothing to be told of later, whatever comes next."""
    plan = Plan()
    await send_first(outbox, line, plan, *ALL)
    await outbox.end(plan, NOW)
    assert await left(keeper) == []
    saves = keeper.saves
    await outbox.end(plan, NOW)
    assert keeper.saves == saves


async def test_refusal(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """After a refusal of the first number the others are still to be ended."""
    line.error = Refused(LookupError())
    plan = Plan()
    with pytest.raises(Refused):
        await send_first(outbox, line, plan, *ALL)
    await outbox.end(plan, NOW)
    assert await left(keeper) == []


async def test_plan_that_is_not_saved(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """Without a record nothing is sent, and nothing is left of the plan."""
    keeper.failure = Failure.FAILED_BEFORE
    plan = Plan()
    with pytest.raises(DiskFull):
        await send_first(outbox, line, plan, *ALL)
    await outbox.end(plan, NOW)
    assert line.transmissions == 0
    assert await left(keeper) == []
