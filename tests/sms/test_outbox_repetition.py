"""An outbox: what is not sent again, and who waits for whom."""

import asyncio
from datetime import timedelta
from typing import Any, override

import pytest

from custom_components.gatehouse.sms.journal import SendState
from custom_components.gatehouse.sms.outbox import Outbox
from custom_components.gatehouse.sms.transmission import (
    KeyReused,
    Outcome,
)

from .fakes import NOW, FakeKeeper
from .sending import HOUR, NUMBER, OTHER, Line, NoConnection, boot, send, states


async def test_key(outbox: Outbox, line: Line) -> None:
    """A key stands for one message for a day."""
    first = await send(outbox, line, NUMBER, OTHER, idempotency_key="k")
    again = await send(outbox, line, OTHER, NUMBER, idempotency_key="k", port="2")
    assert {entry.key for entry in again} == {entry.key for entry in first}
    for numbers, text in (((NUMBER, OTHER), "Hallo"), ((NUMBER,), "Hello")):
        with pytest.raises(KeyReused):
            await send(outbox, line, *numbers, text=text, idempotency_key="k")
    await send(outbox, line, NUMBER, OTHER, idempotency_key="l")
    assert line.transmissions == 2
    await send(outbox, line, text="Hallo", idempotency_key="k", now=NOW + 24 * HOUR)
    assert line.transmissions == 3


async def test_key_of_a_refused_message(outbox: Outbox, line: Line) -> None:
    """What was not sent may be tried again under its key, unless it was sent to somebody."""
    line.error = NoConnection()
    with pytest.raises(NoConnection):
        await send(outbox, line, idempotency_key="k", duplicate_window=HOUR)
    line.error = None
    assert states(await send(outbox, line, idempotency_key="k", duplicate_window=HOUR)) == [
        "accepted"
    ]
    line.outcomes[OTHER] = Outcome(state=SendState.REJECTED)
    for _ in range(2):
        entries = await send(outbox, line, NUMBER, OTHER, idempotency_key="l")
        assert states(entries) == ["accepted", "rejected"]
    assert line.transmissions == 3


async def test_key_while_under_way(outbox: Outbox, line: Line) -> None:
    """Who comes second waits for what becomes of the first."""
    line.gate = asyncio.Event()
    both = [
        asyncio.create_task(send(outbox, line, idempotency_key="k", port=port))
        for port in ("1", "2")
    ]
    await asyncio.sleep(0)
    with pytest.raises(KeyReused):
        await send(outbox, line, text="Hallo", idempotency_key="k")
    line.gate.set()
    first, second = await asyncio.gather(*both)
    assert first == second
    assert line.transmissions == 1


async def test_second_takes_over(outbox: Outbox, line: Line) -> None:
    """If the first is refused the second tries for itself."""
    line.gate = asyncio.Event()
    line.error = NoConnection()
    first = asyncio.create_task(send(outbox, line, idempotency_key="k"))
    second = asyncio.create_task(send(outbox, line, idempotency_key="k"))
    await asyncio.sleep(0)
    line.gate.set()
    with pytest.raises(NoConnection):
        await first
    with pytest.raises(NoConnection):
        await second
    assert line.transmissions == 2


async def test_duplicate_window(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """Who asks for it does not send the same again within a while."""
    minute = timedelta(minutes=1)
    first = await send(outbox, line)
    options: dict[str, Any] = {
        "duplicate_window": minute,
        "now": NOW + minute - timedelta(seconds=1),
    }
    assert await send(outbox, line, **options) == first
    assert line.transmissions == 1
    await send(outbox, line, OTHER, **options)
    await send(outbox, line, text="Hallo", **options)
    await send(outbox, line)
    await send(outbox, line, duplicate_window=minute, now=NOW + minute)
    assert line.transmissions == 5


async def test_duplicate_window_while_under_way(outbox: Outbox, line: Line) -> None:
    """A message that is under way counts, too."""
    line.gate = asyncio.Event()
    both = [
        asyncio.create_task(send(outbox, line, port=port, duplicate_window=HOUR))
        for port in ("1", "2")
    ]
    await asyncio.sleep(0)
    line.gate.set()
    first, second = await asyncio.gather(*both)
    assert first == second
    assert line.transmissions == 1


async def test_key_of_a_duplicate(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """A key that came with a duplicate stands for it from then on."""
    first = await send(outbox, line, idempotency_key="k")
    await send(outbox, line, idempotency_key="l", duplicate_window=HOUR)
    outbox = await boot(keeper)
    again = await send(outbox, line, idempotency_key="l", now=NOW + 5 * HOUR)
    assert [entry.key for entry in again] == [entry.key for entry in first]
    assert line.transmissions == 1


async def test_one_at_a_time_on_each_port(outbox: Outbox, line: Line) -> None:
    """Messages on one port do not collide, those on others do not wait."""
    line.gate = asyncio.Event()
    tasks = [asyncio.create_task(send(outbox, line, port=port)) for port in ("1", "1", "2", "1")]
    for _ in range(20):
        await asyncio.sleep(0)
    assert line.at_once == 2
    line.gate.set()
    await asyncio.gather(*tasks)
    assert line.most_at_once == 2
    assert line.transmissions == 4


async def test_cancelled_before_its_turn(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """Who gives up while others send has sent nothing, and leaves nothing."""
    line.gate = asyncio.Event()
    first = asyncio.create_task(send(outbox, line))
    second = asyncio.create_task(send(outbox, line, text="Hallo", idempotency_key="k"))
    for _ in range(20):
        await asyncio.sleep(0)
    assert states(outbox.entries) == ["sending", "queued"]
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    line.gate.set()
    await first
    assert len(outbox.entries) == 1
    await send(outbox, line, text="Hallo", idempotency_key="k")
    assert line.transmissions == 2


async def test_saves_do_not_overtake(line: Line) -> None:
    """An older journal never replaces a newer one."""

    class SlowFirst(FakeKeeper):
        """A disk whose first save takes longer than the others."""

        gate = asyncio.Event()

        @override
        async def save(self, document: dict[str, Any]) -> None:
            """Save, the first time slowly."""
            if len(document["entries"]) == 1 and not line.transmissions:
                await self.gate.wait()
            await super().save(document)

    keeper = SlowFirst()
    outbox = await boot(keeper)
    tasks = [asyncio.create_task(send(outbox, line, port=port)) for port in ("1", "2")]
    for _ in range(20):
        await asyncio.sleep(0)
    assert line.transmissions == 0
    keeper.gate.set()
    await asyncio.gather(*tasks)
    assert states((await boot(keeper)).entries) == ["accepted", "accepted"]
