"""An inbox: what is handed over, when, and what survives what."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import batched
import json
import logging

import pytest

from custom_components.gatehouse.sms.inbox import Collected, Inbox
from custom_components.gatehouse.sms.keeper import InvalidDocument
from custom_components.gatehouse.sms.parts import SETTLE_TIME
from custom_components.gatehouse.sms.reading import EndlessList, Limits, ReadPage
from custom_components.gatehouse.sms.received import Delivery, InboxRow

from .fakes import NOW, DiskFull, Failure, FakeKeeper, PowerLoss, pages, row, unordered

HALF = "\u0142" * 67


class Home:
    """An inbox, and what it has handed over."""

    def __init__(self, keeper: FakeKeeper | None = None) -> None:
        """Start with an empty disk unless there is another."""
        self.keeper = keeper or FakeKeeper()
        self.inbox = Inbox(self.keeper)
        self.deliveries: list[Delivery] = []
        self.fails = 0

    async def restart(self) -> Home:
        """Return what the next process is."""
        home = Home(self.keeper)
        await home.inbox.load()
        return home

    def take(self, delivery: Delivery) -> None:
        """Take a message, or fail at it."""
        self.deliveries.append(delivery)
        if self.fails:
            self.fails -= 1
            raise LookupError(delivery.message.text)

    async def collect(
        self, *listing: InboxRow, now: datetime = NOW, place: str | None = None
    ) -> Collected:
        """Collect a list of one page."""
        return await self.inbox.collect(
            pages(listing), clock=lambda: now, deliver=self.take, place=place
        )

    @property
    def texts(self) -> list[str]:
        """What was handed over."""
        return [delivery.message.text for delivery in self.deliveries]


@pytest.fixture
async def home() -> Home:
    """Return an inbox that knows one message."""
    home = Home()
    await home.inbox.load()
    assert await home.collect(row(1, "old")) == Collected(complete=True)
    assert not home.deliveries
    return home


async def test_ascending(home: Home) -> None:
    """New messages come oldest first, each once."""
    listing = row(3, "B"), row(2, "A"), row(1, "old")
    assert await home.collect(*listing) == Collected(complete=True, delivered=2)
    assert home.texts == ["A", "B"]
    assert not any(delivery.redelivered or delivery.late for delivery in home.deliveries)
    assert await home.collect(*listing) == Collected(complete=True)


async def test_quiet_polls_write_nothing(home: Home) -> None:
    """Without news nothing is saved."""
    saves = home.keeper.saves
    for minutes in range(5):
        await home.collect(row(1, "old"), now=NOW + timedelta(minutes=minutes))
    assert home.keeper.saves == saves


async def test_empty_beginning() -> None:
    """An inbox that began empty takes the first message for new."""
    home = Home()
    await home.inbox.load()
    assert home.inbox.epoch is None
    await home.collect()
    assert home.inbox.epoch == 1
    await home.collect(row(1, "A"))
    assert home.texts == ["A"]


async def test_restart_in_peace(home: Home) -> None:
    """What was handed over is known to the next process."""
    await home.collect(row(2, "A"), row(1, "old"))
    home = await home.restart()
    await home.collect(row(2, "A"), row(1, "old"))
    assert not home.deliveries


async def test_crash_after_claiming(home: Home) -> None:
    """Claimed messages come again before anything else, under the same id, and marked."""
    home.keeper.failure = Failure.KILLED_AFTER
    with pytest.raises(PowerLoss):
        await home.collect(row(2, "A"), row(1, "old"))
    assert not home.deliveries
    home = await home.restart()
    claimed = (home.keeper.document or {})["claims"]

    async def broken(number: int) -> Sequence[InboxRow]:
        """Fail to read."""
        raise TimeoutError

    with pytest.raises(TimeoutError):
        await home.inbox.collect(broken, clock=lambda: NOW, deliver=home.take)
    assert home.texts == ["A"]
    assert home.deliveries[0].redelivered
    assert home.deliveries[0].id == claimed[0]["id"]
    await home.collect(row(3, "B"), row(2, "A"), row(1, "old"))
    assert home.texts == ["A", "B"]
    assert not home.deliveries[1].redelivered


async def test_crash_before_claiming(home: Home) -> None:
    """What was not claimed comes unmarked."""
    home.keeper.failure = Failure.KILLED_BEFORE
    with pytest.raises(PowerLoss):
        await home.collect(row(2, "A"), row(1, "old"))
    home = await home.restart()
    await home.collect(row(2, "A"), row(1, "old"))
    assert [delivery.redelivered for delivery in home.deliveries] == [False]


@pytest.mark.parametrize("failure", [Failure.FAILED_BEFORE, Failure.FAILED_AFTER])
async def test_claim_that_is_not_saved(home: Home, failure: Failure) -> None:
    """Nothing is handed over that is not saved; later it is."""
    home.keeper.failure = failure
    with pytest.raises(DiskFull):
        await home.collect(row(2, "A"), row(1, "old"))
    assert not home.deliveries
    await home.collect(row(2, "A"), row(1, "old"))
    assert home.texts == ["A"]
    assert not home.deliveries[0].redelivered


async def test_settling_that_is_not_saved(home: Home) -> None:
    """A text does not stay on the disk because it could not be removed at once."""

    def take(delivery: Delivery) -> None:
        """Let the save that follows fail."""
        home.keeper.failure = Failure.FAILED_BEFORE

    listing = pages([row(2, "the secret"), row(1, "old")])
    with pytest.raises(DiskFull):
        await home.inbox.collect(listing, clock=lambda: NOW, deliver=take)
    assert "the secret" in (home.keeper.content or "")
    await home.collect(row(2, "the secret"), row(1, "old"))
    assert not home.deliveries
    assert "the secret" not in (home.keeper.content or "")


async def test_mistakes_of_others(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    """A message that is not taken costs no other, and is handed over again, but not for ever."""
    home.fails = 1
    listing = row(3, "B"), row(2, "the secret"), row(1, "old")
    assert (await home.collect(*listing)).delivered == 1
    assert home.texts == ["the secret", "B"]
    assert (await home.collect(*listing)).delivered == 1
    assert home.texts == ["the secret", "B", "the secret"]
    assert [delivery.redelivered for delivery in home.deliveries] == [False, False, True]
    home.fails = 9
    for _ in range(5):
        await home.collect(row(4, "C"), *listing)
    assert home.texts[3:] == ["C"] * 3
    assert "LookupError" in caplog.text
    assert "secret" not in caplog.text


async def test_numbering_restarts(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    """A restart is told once, and costs nothing."""
    await home.collect(row(7, "A"), row(1, "old"))
    collected = await home.collect(row(3, "B"), row(2, "A"), row(1, "old"))
    assert collected == Collected(complete=True, delivered=1, restarted=True)
    assert home.texts == ["A", "B"]
    assert home.inbox.epoch == 2
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert not (await home.collect(row(3, "B"), row(2, "A"), row(1, "old"))).restarted


async def test_repetition_without_time(home: Home) -> None:
    """What may be an old message or a new one is handed over marked."""
    await home.collect(row(7, "A", time=None), row(1, "old"))
    await home.collect(row(2, "A", time=None), row(1, "old"))
    assert home.texts == ["A", "A"]
    assert [delivery.redelivered for delivery in home.deliveries] == [False, True]


async def test_half_a_message_waits(home: Home) -> None:
    """The rest of a message may come, and the whole is handed over once."""
    collected = await home.collect(row(2, HALF), row(1, "old"))
    assert collected == Collected(complete=True, waiting=True)
    soon = NOW + timedelta(seconds=1)
    assert (await home.collect(row(2, HALF), row(1, "old"), now=soon)).waiting
    await home.collect(row(2, f"{HALF}rest"), row(1, "old"), now=soon)
    assert home.texts == [f"{HALF}rest"]
    assert home.inbox.epoch == 1


async def test_a_whole_message_waits_in_vain(home: Home) -> None:
    """What only looks like half a message comes later, but comes."""
    await home.collect(row(2, HALF), row(1, "old"))
    assert (await home.collect(row(2, HALF), row(1, "old"), now=NOW + SETTLE_TIME)).delivered == 1


async def test_nobody_waits_behind(home: Home) -> None:
    """The next message comes at once, and the one that waits goes on waiting."""
    await home.collect(row(2, HALF), row(1, "old"))
    listing = row(3, "ALARM"), row(2, HALF), row(1, "old")
    assert (await home.collect(*listing)).waiting
    assert home.texts == ["ALARM"]
    await home.collect(*listing, now=NOW + SETTLE_TIME)
    assert home.texts == ["ALARM", HALF]


async def test_equal_messages_do_not_wait(home: Home) -> None:
    """Two equal messages are no two halves, and are kept together."""
    await home.collect(row(3, HALF), row(2, HALF), row(1, "old"))
    assert home.texts == [HALF, HALF]


async def test_waiting_survives_a_restart(home: Home) -> None:
    """A message that waits is not lost with the process."""
    await home.collect(row(2, HALF), row(1, "old"))
    home = await home.restart()
    assert (await home.collect(row(2, HALF), row(1, "old"))).waiting
    await home.collect(row(2, HALF), row(1, "old"), now=NOW + SETTLE_TIME)
    assert home.texts == [HALF]


async def test_waiting_while_the_clock_is_set_back(home: Home) -> None:
    """A clock that is set back makes nobody wait longer."""
    await home.collect(row(2, HALF), row(1, "old"))
    await home.collect(row(2, HALF), row(1, "old"), now=NOW - timedelta(hours=1))
    assert home.texts == [HALF]


async def test_late(home: Home) -> None:
    """An old message is late, and so is one of unknown age after a start."""
    hour = timedelta(hours=1)
    await home.collect(row(3, "B"), row(2, "A", time=NOW - hour), row(1, "old"))
    assert [delivery.late for delivery in home.deliveries] == [True, False]
    wrong = NOW + hour
    await home.collect(row(4, "C", time=wrong), row(3, "B"), row(1, "old"))
    assert not home.deliveries[-1].late
    home = await home.restart()
    await home.collect(row(5, "D", time=wrong), row(4, "C", time=wrong))
    assert home.deliveries[-1].late
    await home.collect(row(6, "E", time=wrong), row(5, "D", time=wrong))
    assert not home.deliveries[-1].late


@pytest.mark.parametrize(("minutes", "late"), [(1, False), (30, True)])
async def test_late_after_a_crash(
    home: Home,
    minutes: int,
    late: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """A message without time that a crash has kept waiting is as old as it can be."""
    home.keeper.failure = Failure.KILLED_AFTER
    with pytest.raises(PowerLoss):
        await home.collect(row(2, "A", time=None), row(1, "old"))
    home = await home.restart()
    await home.collect(row(1, "old"), now=NOW + timedelta(minutes=minutes))
    assert [delivery.late for delivery in home.deliveries] == [late]


async def test_message_during_a_long_reading(home: Home) -> None:
    """What arrives while a slow device is read is no message of a wrong clock, and not late."""
    home = await home.restart()
    moment = NOW

    async def page(number: int) -> Sequence[InboxRow]:
        """Take five minutes."""
        nonlocal moment
        moment += timedelta(minutes=5)
        return [row(2, "A", time=moment), row(1, "old")]

    await home.inbox.collect(page, clock=lambda: moment, deliver=home.take)
    assert [delivery.late for delivery in home.deliveries] == [False]


async def test_waiting_makes_no_late_message_news(home: Home) -> None:
    """A message of unknown age that waits after a start is late when it comes."""
    home = await home.restart()
    await home.collect(row(2, HALF, time=None), row(1, "old"))
    await home.collect(row(2, HALF, time=None), row(1, "old"), now=NOW + SETTLE_TIME)
    assert [delivery.late for delivery in home.deliveries] == [True]


async def test_without_order(home: Home) -> None:
    """A device without order hands over what it did not have before."""
    home = Home()
    await home.inbox.load()
    await home.collect(unordered("40000|a", "old"))
    listing = unordered("40001|b", "B"), unordered("40000|a", "old"), unordered("40002|c", "A")
    await home.collect(*listing)
    await home.collect(*listing)
    assert home.texts == ["A", "B"]


def listing_of(count: int, *, size: int = 20) -> ReadPage:
    """Return how to read a list of new messages above the one that is known."""
    rows = [
        row(order, f"text {order}", time=NOW - timedelta(milliseconds=count + 1 - order))
        for order in range(count + 1, 1, -1)
    ]
    return pages(*batched([*rows, row(1, "old")], size, strict=False))


async def test_backlog(home: Home) -> None:
    """However many messages have waited, all are handed over, with a save for ten of them."""
    saves = home.keeper.saves
    collected = await home.inbox.collect(listing_of(1500), clock=lambda: NOW, deliver=home.take)
    assert collected == Collected(complete=True, delivered=1500)
    assert home.texts == [f"text {order}" for order in range(2, 1502)]
    assert not any(delivery.redelivered for delivery in home.deliveries)
    assert home.keeper.saves - saves == 151
    # What is remembered does not grow with it, nor does what is saved each time.
    assert len((home.keeper.document or {})["ledger"]["entries"]) <= 1000
    assert home.keeper.longest < 500_000
    again = await home.inbox.collect(listing_of(1500), clock=lambda: NOW, deliver=home.take)
    assert again == Collected(complete=True)


async def test_backlog_beyond_memory(home: Home) -> None:
    """What does not fit into the memory comes with the next collects, oldest first."""
    home.inbox = Inbox(home.keeper, limits=Limits(rows=30))
    await home.inbox.load()
    page = listing_of(100, size=5)
    for _ in range(2):
        assert not (await home.inbox.collect(page, clock=lambda: NOW, deliver=home.take)).complete
    collected = Collected(complete=False)
    while not collected.complete:
        collected = await home.inbox.collect(page, clock=lambda: NOW, deliver=home.take)
    assert home.texts == [f"text {order}" for order in range(2, 102)]
    assert not any(delivery.redelivered for delivery in home.deliveries)


async def test_half_a_message_in_a_backlog(home: Home) -> None:
    """What is not the newest waits for parts as well, though nothing newer is kept in memory."""
    home.inbox = Inbox(home.keeper, limits=Limits(rows=2))
    await home.inbox.load()
    newest = [
        row(order, HALF, time=NOW + timedelta(seconds=order), sender=f"+155501{order}")
        for order in range(9, 1, -1)
    ]
    page = pages(newest[:4], newest[4:6], newest[6:], [row(1, "old")])
    collected = await home.inbox.collect(page, clock=lambda: NOW, deliver=home.take)
    assert collected == Collected(complete=False, waiting=True)
    collected = await home.inbox.collect(page, clock=lambda: NOW + SETTLE_TIME, deliver=home.take)
    assert collected.delivered == 2


async def test_endless_list(home: Home) -> None:
    """Of a list without end nothing is told and nothing taken for known."""
    home.inbox = Inbox(home.keeper, limits=Limits(pages=4))
    await home.inbox.load()
    page = listing_of(100, size=5)
    with pytest.raises(EndlessList):
        await home.inbox.collect(page, clock=lambda: NOW, deliver=home.take)
    assert not home.deliveries
    home = await home.restart()
    assert (await home.inbox.collect(page, clock=lambda: NOW, deliver=home.take)).delivered == 100


async def test_interruption(home: Home) -> None:
    """Who must not go on hands over what has begun; the others come later, and are not marked."""
    page = listing_of(700)

    def goes_on() -> bool:
        """Stop after some messages."""
        return len(home.deliveries) < 515

    collected = await home.inbox.collect(
        page, clock=lambda: NOW, deliver=home.take, goes_on=goes_on
    )
    assert collected == Collected(complete=False, delivered=520)
    later = await home.restart()
    collected = await later.inbox.collect(
        page, clock=lambda: NOW, deliver=later.take, goes_on=lambda: False
    )
    assert collected == Collected(complete=False)
    collected = await later.inbox.collect(page, clock=lambda: NOW, deliver=later.take)
    assert collected == Collected(complete=True, delivered=180)
    assert home.texts + later.texts == [f"text {order}" for order in range(2, 702)]
    assert not any(delivery.redelivered for delivery in later.deliveries)


async def test_crash_in_the_middle(home: Home) -> None:
    """Only what has perhaps been handed over is marked."""

    def take(delivery: Delivery) -> None:
        """Die in the middle of the second ten."""
        if len(home.deliveries) == 15:
            raise PowerLoss
        home.take(delivery)

    with pytest.raises(PowerLoss):
        await home.inbox.collect(listing_of(100), clock=lambda: NOW, deliver=take)
    later = await home.restart()
    await later.inbox.collect(listing_of(100), clock=lambda: NOW, deliver=later.take)
    assert home.texts + later.texts[5:] == [f"text {order}" for order in range(2, 102)]
    marks = [delivery.redelivered for delivery in later.deliveries]
    assert marks == [True] * 10 + [False] * 80
    ids = [delivery.id for delivery in later.deliveries]
    assert ids[:5] == [delivery.id for delivery in home.deliveries[10:]]
    assert len(set(ids)) == 90


async def test_doubt_survives_a_crash(home: Home) -> None:
    """What may be an old message in another place is marked, though it was never handed over."""
    old = [row(order, f"text {order}", time=None) for order in range(40, 10, -1)]
    home = Home()
    await home.inbox.load()
    await home.collect(*old)
    moved = [row(order, f"text {order + 20}", time=None) for order in range(20, 0, -1)]

    def goes_on() -> bool:
        """Stop after the first ten."""
        return not home.deliveries

    await home.inbox.collect(pages(moved), clock=lambda: NOW, deliver=home.take, goes_on=goes_on)
    assert len(home.deliveries) == 10
    later = await home.restart()
    await later.collect(*moved)
    assert len(later.deliveries) == 10
    assert all(delivery.redelivered for delivery in later.deliveries)


@pytest.mark.parametrize(
    ("version", "known", "redelivered"),
    [(1, {}, True), (2, {"looked_at": None, "doubtful": False, "begun": False}, False)],
)
async def test_earlier_version(
    home: Home,
    version: int,
    known: dict[str, object],
    redelivered: bool,  # noqa: FBT001 - as pytest calls it
) -> None:
    """What an earlier version has left is marked, unless it says that it had not begun."""
    document = home.keeper.document or {}
    message = {"sender": "+15550100", "text": "A", "time": None, "port": "1"}
    claims = [{"id": "x", "message": message, "failures": 0, **known}]
    ledger = document["ledger"]
    ledger = {**ledger, "entries": [entry[:4] for entry in ledger["entries"]]}
    earlier = {**document, "version": version, "claims": claims, "ledger": ledger}
    home.keeper.content = json.dumps(earlier)
    home = await home.restart()
    await home.collect(row(2, "B"), row(1, "old"))
    first, _ = home.deliveries
    assert (first.id, first.redelivered, first.late) == ("x", redelivered, True)
    assert home.texts == ["A", "B"]
    assert (home.keeper.document or {})["version"] == 3


async def test_restless_list(home: Home) -> None:
    """A list that changes all the time is left for later."""
    tops = iter(range(100, 1000, 10))

    async def page(number: int) -> Sequence[InboxRow]:
        """Return another list each time."""
        return [] if number == 2 else [row(next(tops))]

    collected = await home.inbox.collect(page, clock=lambda: NOW, deliver=home.take)
    assert collected == Collected(complete=False)
    assert not home.deliveries


async def test_one_collect_at_a_time(home: Home) -> None:
    """Who collects meanwhile waits, and finds nothing left."""
    gate = asyncio.Event()

    async def slow(number: int) -> Sequence[InboxRow]:
        """Wait before answering."""
        await gate.wait()
        return [row(2, "A"), row(1, "old")] if number == 1 else []

    both = [
        asyncio.create_task(home.inbox.collect(slow, clock=lambda: NOW, deliver=home.take))
        for _ in range(2)
    ]
    await asyncio.sleep(0)
    gate.set()
    assert [each.delivered for each in await asyncio.gather(*both)] == [1, 0]


async def test_cancellation(home: Home) -> None:
    """Who gives up while reading has lost nothing."""

    async def never(number: int) -> Sequence[InboxRow]:
        """Answer not at all."""
        await asyncio.Event().wait()
        return []

    task = asyncio.create_task(home.inbox.collect(never, clock=lambda: NOW, deliver=home.take))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await home.collect(row(2, "A"), row(1, "old"))
    assert home.texts == ["A"]


async def test_load_comes_first() -> None:
    """An inbox that does not know what is old would fire all of it, or lose what is new."""
    with pytest.raises(RuntimeError):
        await Home().collect(row(1))


@pytest.mark.parametrize(
    "change",
    [
        {"version": 4},
        {"version": None},
        {"version": []},
        {"ledger": {}},
        {"ledger": {"epoch": 1, "high_water": None, "floor": None, "entries": [1]}},
        {"claims": [{"id": "x", "failures": 0, "message": {"text": "the secret"}}]},
        {"claims": None},
    ],
)
async def test_damaged_document(home: Home, change: dict[str, object]) -> None:
    """A document that cannot be read is not taken for a first start."""
    home.keeper.content = json.dumps({**(home.keeper.document or {}), **change})
    with pytest.raises(InvalidDocument) as caught:
        await home.restart()
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


async def test_another_device_in_another_place(home: Home) -> None:
    """What another device has received before is no news, also after a restart."""
    await home.collect(row(1, "old"), place="here")
    home = await home.restart()
    await home.collect(row(7, "open the door"), row(6, "hello"), place="there")
    assert home.texts == []
    await home.collect(row(8, "new"), row(7, "open the door"), row(6, "hello"), place="there")
    assert home.texts == ["new"]


async def test_the_same_device_in_another_place(home: Home) -> None:
    """What came while the device moved is handed over: it still knows an older message."""
    await home.collect(row(1, "old"), place="here")
    await home.collect(row(2, "new"), row(1, "old"), place="there")
    assert home.texts == ["new"]


async def test_an_emptied_device_in_its_place(home: Home) -> None:
    """A device that has forgotten everything is still the same in the same place."""
    await home.collect(row(1, "old"), place="here")
    await home.collect(row(1, "new"), place="here")
    assert home.texts == ["new"]
