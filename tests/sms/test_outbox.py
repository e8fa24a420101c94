"""An outbox: what is sent, what is not, and what is known of it."""

import asyncio
from datetime import timedelta
import json

import pytest

from custom_components.gatehouse.sms.journal import SendState
from custom_components.gatehouse.sms.keeper import InvalidDocument
from custom_components.gatehouse.sms.matching import OutboxRow, RowStatus
from custom_components.gatehouse.sms.outbox import Outbox
from custom_components.gatehouse.sms.telling import News
from custom_components.gatehouse.sms.transmission import (
    Begin,
    Outcome,
    Refused,
    Transmission,
    Unsettled,
)

from .fakes import NOW, DiskFull, Failure, FakeKeeper, PowerLoss
from .sending import (
    HOUR,
    NUMBER,
    OTHER,
    Line,
    NoConnection,
    ReplyLost,
    boot,
    listed,
    news,
    send,
    states,
)


async def test_send(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """A message is saved before it is transmitted, and what became of it after that."""
    saved: list[str] = []

    async def transmit(begin: Begin) -> Transmission:
        """Look at the disk first."""
        saved.extend(entry["state"] for entry in (keeper.document or {})["entries"])
        await begin()
        saved.extend(entry["state"] for entry in (keeper.document or {})["entries"])
        return await line.transmit(begin)

    entries = await outbox.send((NUMBER, OTHER), "Hello", port=None, transmit=transmit, now=NOW)
    assert saved == ["queued", "queued", "sending", "sending"]
    assert keeper.saves == 3
    assert states(entries) == ["accepted", "accepted"]
    assert [entry.device_id for entry in entries] == ["id 1", "id 2"]
    assert [entry["state"] for entry in (keeper.document or {})["entries"]] == ["accepted"] * 2
    assert line.transmissions == 1


async def test_outcomes_differ(outbox: Outbox, line: Line) -> None:
    """Each number has its own outcome; without one it is unknown."""
    line.outcomes = {
        "1": Outcome(state=SendState.SENT),
        "2": Outcome(state=SendState.FAILED, reason="no network"),
        "3": Outcome(state=SendState.REJECTED),
        "5": Outcome(state=SendState.SENDING),
    }
    entries = await send(outbox, line, "1", "2", "3", "4", "5", "1")
    assert states(entries) == ["sent", "failed", "rejected", "unknown", "unknown"]
    assert entries[1].reason == "no network"


@pytest.mark.parametrize(
    ("error", "state", "passed_on"),
    [
        (NoConnection(), "rejected", True),
        (Refused(LookupError()), "rejected", True),
        (Unsettled(), "unknown", False),
        (ReplyLost(), "unknown", False),
        (TimeoutError(), "unknown", True),
        (asyncio.CancelledError(), "unknown", True),
    ],
)
async def test_errors(
    outbox: Outbox,
    line: Line,
    keeper: FakeKeeper,
    error: BaseException,
    state: str,
    passed_on: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """Only what is definitely refused was not sent."""
    line.error = error
    if passed_on:
        with pytest.raises(type(error)) as caught:
            await send(outbox, line)
        assert caught.value is error
    else:
        assert states(await send(outbox, line)) == [state]
    assert states(outbox.entries) == [state]
    assert states((await boot(keeper)).entries) == [state]


async def test_reason_of_a_refusal(outbox: Outbox, line: Line) -> None:
    """A refusal is remembered by its type, not by its words, which may tell a number."""
    line.error = Refused(LookupError(NUMBER))
    with pytest.raises(Refused) as caught:
        await send(outbox, line)
    assert outbox.entries[0].reason == "LookupError"
    assert NUMBER not in str(caught.value)


@pytest.mark.parametrize("failure", [Failure.FAILED_BEFORE, Failure.FAILED_AFTER])
@pytest.mark.parametrize("waits", [False, True])
async def test_nothing_is_transmitted_unsaved(
    outbox: Outbox,
    line: Line,
    keeper: FakeKeeper,
    failure: Failure,
    waits: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """Without a journal nothing is sent, so that it may be sent later under the same key."""
    if waits:
        line.turn = asyncio.Event()
        task = asyncio.create_task(send(outbox, line, idempotency_key="k"))
        await asyncio.sleep(0)
        line.turn.set()
    else:
        task = asyncio.create_task(send(outbox, line, idempotency_key="k"))
    keeper.failure = failure
    with pytest.raises(DiskFull):
        await task
    assert line.transmissions == 0
    assert states(await send(outbox, line, idempotency_key="k")) == ["accepted"]


async def test_outcome_that_is_not_saved(
    outbox: Outbox, line: Line, keeper: FakeKeeper, caplog: pytest.LogCaptureFixture
) -> None:
    """What has been sent does not look as if it was not, and is saved later."""

    async def transmit(begin: Begin) -> Transmission:
        """Let the save that follows fail."""
        await begin()
        keeper.failure = Failure.FAILED_BEFORE
        return await line.transmit(begin)

    entries = await outbox.send((NUMBER,), "Hello", port="1", transmit=transmit, now=NOW)
    assert states(entries) == ["accepted"]
    assert "DiskFull" in caplog.text
    assert NUMBER not in caplog.text
    assert states((await boot(keeper)).entries) == ["unknown"]
    await outbox.prune(NOW)
    assert states((await boot(keeper)).entries) == ["accepted"]


async def test_crash(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """What was being sent in a crash is looked up, and never sent again."""
    line.error = PowerLoss()
    with pytest.raises(PowerLoss):
        await send(outbox, line, idempotency_key="k")
    outbox = await boot(keeper)
    assert states(outbox.entries) == ["unknown"]
    line.error = None
    assert states(await send(outbox, line, idempotency_key="k")) == ["unknown"]
    assert line.transmissions == 1
    outbox.settle([listed(RowStatus.SENT)], NOW)
    assert states(await news(outbox)) == ["sent"]
    assert states(await send(outbox, line, idempotency_key="k")) == ["sent"]


async def test_crash_while_waiting(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """What only waited for its turn was not sent for sure, so that its key may be used again."""
    line.turn = asyncio.Event()
    waiting = asyncio.create_task(send(outbox, line, NUMBER, OTHER, idempotency_key="k"))
    await asyncio.sleep(0)
    outbox = await boot(keeper)
    assert states(outbox.entries) == ["rejected", "rejected"]
    told = await news(outbox)
    assert [(entry.number, entry.state.value) for entry in told] == [
        (NUMBER, "rejected"),
        (OTHER, "rejected"),
    ]
    assert await news(outbox) == []
    assert await news(await boot(keeper)) == []
    waiting.cancel()
    assert states(await send(outbox, Line(), NUMBER, OTHER, idempotency_key="k")) == [
        "accepted",
        "accepted",
    ]


async def test_crash_is_told_once(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """Somebody is told of what a crash has cut off, and of what becomes of it later."""
    line.error = PowerLoss()
    with pytest.raises(PowerLoss):
        await send(outbox, line)
    outbox = await boot(keeper)
    assert states(await news(outbox)) == ["unknown"]
    outbox = await boot(keeper)
    assert await news(outbox) == []
    outbox.settle([listed(RowStatus.SENT)], NOW)
    assert states(await news(outbox)) == ["sent"]
    assert await news(outbox) == []


async def test_what_is_found_is_not_unknown(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """Nobody is told any more that a message is unknown once it is known."""
    line.error = PowerLoss()
    with pytest.raises(PowerLoss):
        await send(outbox, line)
    outbox = await boot(keeper)
    outbox.settle([listed(RowStatus.PENDING)], NOW)
    assert states(outbox.entries) == ["accepted"]
    assert await news(outbox) == []


async def test_unknown_at_run_time(outbox: Outbox, line: Line) -> None:
    """Who looks for a message himself leaves it out; else it is told, whatever the error was."""
    line.error = ReplyLost()
    [entry] = await send(outbox, line)
    assert await news(outbox, sought={entry.key}) == []
    assert states(await news(outbox)) == ["unknown"]
    line.error = TimeoutError()
    with pytest.raises(TimeoutError):
        await send(outbox, line)
    assert states(await news(outbox)) == ["unknown"]


async def test_not_told_while_under_way(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """Nobody is told that a message is unknown before its sender is."""
    keeper.pauses = True
    line.error = ReplyLost()
    task = asyncio.create_task(send(outbox, line))
    told = []
    while not task.done():
        told += await news(outbox)
        await asyncio.sleep(0)
    assert not told
    assert len(await news(outbox)) == 1


async def test_telling_that_is_not_saved(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """Nobody is told what might be told again after a restart; later it is."""
    line.error = ReplyLost()
    await send(outbox, line)
    keeper.failure = Failure.FAILED_BEFORE
    with pytest.raises(DiskFull):
        await news(outbox)
    assert states(await news(outbox)) == ["unknown"]


async def test_known_while_telling_is_saved(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """A message that is found at the last moment is not told to be unknown after that."""
    line.error = ReplyLost()
    await send(outbox, line)
    keeper.pauses = True
    telling = asyncio.create_task(news(outbox))
    await asyncio.sleep(0)
    outbox.settle([listed(RowStatus.SENT)], NOW)
    assert await telling == []
    assert states(await news(outbox)) == ["sent"]


@pytest.mark.parametrize(
    ("version", "missing", "told"),
    [(1, ("untold", "telling"), 1), (2, ("telling",), 2), (3, (), 2)],
)
async def test_earlier_version(
    outbox: Outbox,
    line: Line,
    keeper: FakeKeeper,
    version: int,
    missing: tuple[str, ...],
    told: int,
) -> None:
    """A journal of an earlier version is taken up, and only the first does not say what is news."""
    line.error = ReplyLost()
    await send(outbox, line)
    line.error = PowerLoss()
    with pytest.raises(PowerLoss):
        await send(outbox, line, text="Hallo")
    document = keeper.document or {}
    for entry in document["entries"]:
        for name in missing:
            del entry[name]
    del document["planned"]
    keeper.content = json.dumps({**document, "version": version})
    outbox = await boot(keeper)
    assert states(outbox.entries) == ["unknown", "unknown"]
    assert [entry.text for entry in await news(outbox)] == ["Hello", "Hallo"][-told:]
    assert (keeper.document or {})["version"] == 4


async def test_settle(outbox: Outbox, line: Line) -> None:
    """Each step forward is reported once, and none backward."""
    await send(outbox, line)
    reported = []
    for status in (
        RowStatus.PENDING,
        RowStatus.UNKNOWN,
        RowStatus.SENT,
        RowStatus.SENT,
        RowStatus.PENDING,
        RowStatus.DELIVERED,
        RowStatus.DELIVERED,
        RowStatus.SENT,
        RowStatus.FAILED,
    ):
        outbox.settle([listed(status)], NOW)
        reported += states(await news(outbox))
    assert reported == ["sent", "delivered"]
    assert states(outbox.entries) == ["delivered"]


async def test_report_is_not_lost(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """What could not be saved is reported the next time."""
    await send(outbox, line)
    keeper.failure = Failure.FAILED_BEFORE
    outbox.settle([listed(RowStatus.SENT)], NOW)
    with pytest.raises(DiskFull):
        await news(outbox)
    assert states(await news(outbox)) == ["sent"]
    outbox.settle([listed(RowStatus.SENT)], NOW)
    assert await news(outbox) == []


async def test_unsettled(outbox: Outbox, line: Line) -> None:
    """The device is only asked while it can have news."""
    assert outbox.unsettled(NOW) is None
    await send(outbox, line)
    await send(outbox, line, text="Hallo", now=NOW + HOUR)
    since = NOW - timedelta(minutes=2)
    assert outbox.unsettled(NOW + HOUR) == since
    outbox.settle([listed(RowStatus.SENT)], NOW + HOUR)
    assert outbox.unsettled(NOW + HOUR) == since
    outbox.settle([listed(RowStatus.DELIVERED)], NOW + HOUR)
    assert outbox.unsettled(NOW + HOUR) == since + HOUR
    assert outbox.unsettled(NOW + 25 * HOUR) is None
    later = [
        OutboxRow(port="1", number=NUMBER, text="Hallo", time=NOW + HOUR, status=RowStatus.SENT)
    ]
    outbox.settle(later, NOW + 25 * HOUR)
    assert states(outbox.entries) == ["delivered", "accepted"]


async def test_without_delivery_reports(line: Line, keeper: FakeKeeper) -> None:
    """Where nothing more is heard, a message that was sent is settled."""
    outbox = Outbox(keeper, delivery_reports=False)
    await outbox.load(NOW)
    line.outcomes[NUMBER] = Outcome(state=SendState.SENT)
    await send(outbox, line)
    assert outbox.unsettled(NOW) is None
    assert outbox.entries[0].text is None


async def test_found_while_under_way(outbox: Outbox, line: Line) -> None:
    """A row that shows up before the answer belongs to the message, and changes nothing yet."""
    line.gate = asyncio.Event()
    task = asyncio.create_task(send(outbox, line))
    await asyncio.sleep(0)
    outbox.settle([listed(RowStatus.SENT)], NOW)
    assert await news(outbox) == []
    line.gate.set()
    [entry] = await task
    assert (entry.state, entry.listed_at) == (SendState.ACCEPTED, NOW)


async def test_texts_are_forgotten(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """A text is kept for a day at most, and only while something may come of it."""
    await send(outbox, line)
    assert "Hello" in (keeper.content or "")
    outbox.settle([listed(RowStatus.DELIVERED)], NOW)
    await news(outbox)
    assert "Hello" not in (keeper.content or "")
    await send(outbox, line, text="Hallo")
    await outbox.prune(NOW + 24 * HOUR)
    assert "Hallo" not in (keeper.content or "")


async def test_entries_are_forgotten(outbox: Outbox, line: Line) -> None:
    """Those of a day are all kept, of others the last 200, and none for more than a week."""
    for _ in range(250):
        await send(outbox, line)
    assert len(outbox.entries) == 250
    await outbox.prune(NOW + 24 * HOUR)
    assert len(outbox.entries) == 200
    await outbox.prune(NOW + 7 * 24 * HOUR)
    assert not outbox.entries


async def test_no_needless_saves(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """Without news nothing is saved."""
    await send(outbox, line)
    outbox.settle([listed(RowStatus.SENT)], NOW)
    await news(outbox)
    saves = keeper.saves
    outbox.settle([listed(RowStatus.SENT)], NOW)
    await news(outbox)
    outbox.settle([], NOW)
    await news(outbox)
    await outbox.prune(NOW)
    assert keeper.saves == saves


async def test_nobody(outbox: Outbox, line: Line) -> None:
    """A message to nobody is a mistake."""
    with pytest.raises(ValueError, match="number"):
        await outbox.send((), "Hello", port=None, transmit=line.transmit, now=NOW)


async def test_load_comes_first(keeper: FakeKeeper, line: Line) -> None:
    """An outbox that does not know what was sent sends nothing."""
    with pytest.raises(RuntimeError):
        await send(Outbox(keeper), line)
    assert line.transmissions == 0


@pytest.mark.parametrize(
    "content",
    [
        {"version": 5},
        {"version": 4},
        {"version": 3},
        {"version": 2},
        {"version": 1},
        {"version": 1, "entries": [{"text": "the secret"}]},
        {"version": 2, "entries": [{"text": "the secret"}]},
        {"version": 3, "entries": [{"text": "the secret"}]},
        {"version": 4, "entries": [], "planned": [{"text": "the secret"}]},
    ],
)
async def test_damaged_document(keeper: FakeKeeper, content: dict[str, object]) -> None:
    """A journal that cannot be read is not taken for an empty one."""
    keeper.content = json.dumps(content)
    with pytest.raises(InvalidDocument) as caught:
        await boot(keeper)
    assert "secret" not in str(caught.value)


async def test_repr_is_discreet(outbox: Outbox, line: Line) -> None:
    """Neither text nor number appear where something is logged."""
    entries = await send(outbox, line, text="the secret", idempotency_key="secret key")
    outbox.settle(
        [OutboxRow(port="1", number=NUMBER, text="the secret", time=NOW, status=RowStatus.SENT)],
        NOW,
    )
    told = await news(outbox)
    shown = repr(
        (
            entries,
            told,
            News(entry=told[0], again=False),
            Transmission(outcomes=line.outcomes),
            outbox,
        )
    )
    assert "secret" not in shown
    assert NUMBER not in shown
