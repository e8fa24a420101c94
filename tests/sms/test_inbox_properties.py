"""Nothing is lost, doubled unmarked or out of order, whatever device, disk and process do."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import batched
from typing import Final, override

from hypothesis import HealthCheck, Phase, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
import pytest

from custom_components.gatehouse.sms.claims import ATTEMPTS
from custom_components.gatehouse.sms.inbox import Collected, Inbox
from custom_components.gatehouse.sms.parts import SETTLE_TIME
from custom_components.gatehouse.sms.reading import Limits
from custom_components.gatehouse.sms.received import Delivery

from .fakes import DiskFull, Failure, FakeKeeper, PowerLoss, drive
from .inbox_device import InboxDevice

CAPACITY: Final = 12
"""Rows that are remembered, far fewer than in earnest, so that forgetting happens."""

PORTION: Final = 4
BATCH: Final = 3
"""Messages that are claimed and handed over at once, far fewer for the same reason."""

SETTINGS: Final = settings(
    max_examples=250,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)

REST: Final = 20
"""Collects after which nothing may be left, as each takes some of a backlog."""

HALF: Final = "\u0142" * 67
TEXTS: Final = st.sampled_from(["A", "B", HALF])
SENDERS: Final = st.sampled_from(["+15550100", "ALARM"])


class NotTaken(Exception):
    """Whoever gets the messages makes a mistake."""


class InboxMachine(RuleBasedStateMachine):
    """A device, a disk and a process, and what must hold for them."""

    counts: bool
    limits = Limits()
    surge = 5
    """Messages that arrive one upon the other."""

    def __init__(self) -> None:
        """Plug everything in."""
        super().__init__()
        self.keeper = FakeKeeper()
        self.keeper.pauses = True
        self.arrived: dict[int, str] = {}
        self.old: set[int] = set()
        self.unclear: set[int] = set()
        self.marked: Counter[str] = Counter()
        self.unmarked: Counter[str] = Counter()
        self.told: Counter[str] = Counter()
        self.beginnings: dict[str, str] = {}
        """What messages looked like before the rest of them came, by what they look like."""

        self.excused: set[str] = set()
        self.collecting = False
        self.fails_to_take = False
        self.not_taken: Counter[str] = Counter()
        self.latest: datetime | None = None
        self.violations: list[str] = []

    @initialize(
        page_size=st.integers(2, 5),
        repeats=st.booleans(),
        moves=st.booleans(),
        stored=st.integers(0, 30),
    )
    def start(
        self,
        page_size: int,
        repeats: bool,  # noqa: FBT001 - as hypothesis calls it
        moves: bool,  # noqa: FBT001 - as hypothesis calls it
        stored: int,
    ) -> None:
        """Start device and process; `moves`: the device may number its messages anew."""
        self.moves = moves
        self.device = InboxDevice(
            page_size=page_size, counts=self.counts, repeats_last_page=repeats
        )
        self.boot()
        for count in [4] * (stored // 4):
            self.arrive(text="A", sender="ALARM", gap=stored % 2, count=count)
            self.device.pass_time()
        if stored:
            self.run_collect()

    def boot(self) -> None:
        """Start a process."""
        self.keeper.failure = None
        begun = {
            claim["id"]
            for claim in (self.keeper.document or {"claims": ()})["claims"]
            if claim["begun"]
        }
        assert len(begun - self.not_taken.keys()) <= BATCH, "too many are doubtful"
        self.excused |= begun
        self.inbox = Inbox(self.keeper, limits=self.limits)
        drive(self.inbox.load(), lambda: None)

    # What the device does

    @rule(text=TEXTS, sender=SENDERS, gap=st.integers(0, 2), share=st.floats(0, 1))
    def surge_in(self, text: str, sender: str, gap: int, share: float) -> None:
        """Receive messages, so many within a second."""
        for group in batched(range(1 + int(share * (self.surge - 1))), 5, strict=False):
            self.arrive(text, sender, gap, len(group))
            self.device.pass_time()

    def arrive(self, text: str, sender: str, gap: int, count: int) -> None:
        """Receive messages within a second."""
        if self.moves:
            # In a second in which messages were read, none arrives that a restart could hide.
            self.device.pass_time()
        for _ in range(count):
            if (stored := self.device.arrive(text, sender, gap)) is None:
                return
            self.arrived[stored.serial] = stored.message.fingerprint
            if self.inbox.epoch is None:
                begun = self.collecting or (self.keeper.document or {}).get("ledger")
                (self.unclear if begun else self.old).add(stored.serial)

    @rule()
    def grow(self) -> None:
        """Receive the rest of a message."""
        looks = Counter(self.arrived.values())
        for stored in self.device.stored:
            age = self.device.clock - (stored.message.time or self.device.clock)
            # What looks like another message, or waits no longer, may have been told of as it was.
            unique = looks[stored.message.fingerprint] == 1 and stored.serial not in self.old
            if stored.message.text == HALF and unique and age < SETTLE_TIME - timedelta(seconds=2):
                grown = self.device.grow(stored.serial, "rest")
                assert grown is not None
                self.beginnings[grown.message.fingerprint] = stored.message.fingerprint
                return

    @rule(seconds=st.sampled_from([1, 40, 900]))
    def pass_time(self, seconds: int) -> None:
        """Let time pass."""
        self.device.pass_time(seconds)

    @precondition(lambda self: self.moves)
    @rule(count=st.integers(1, 6))
    def delete_oldest(self, count: int) -> None:
        """Make room."""
        self.device.delete_oldest(count)

    @precondition(lambda self: self.moves)
    @rule(position=st.integers(0, 5))
    def delete(self, position: int) -> None:
        """Delete one of the newest messages."""
        self.device.delete(-1 - position)

    @precondition(lambda self: self.moves)
    @rule(restart=st.booleans())
    def clear(self, restart: bool) -> None:  # noqa: FBT001 - as hypothesis calls it
        """Delete all."""
        self.device.clear(restart=restart)

    @precondition(lambda self: self.moves)
    @rule(upward=st.booleans())
    def renumber(self, upward: bool) -> None:  # noqa: FBT001 - as hypothesis calls it
        """Renumber what is there."""
        self.device.renumber(self.device.next_number + 1000 if upward else 1)

    # What happens to the process

    @rule()
    def restart(self) -> None:
        """Stop and start again."""
        self.boot()

    @rule(failure=st.sampled_from(Failure))
    def let_saving_fail(self, failure: Failure) -> None:
        """Let the next save go wrong."""
        self.keeper.failure = failure

    @rule()
    def let_taking_fail(self) -> None:
        """Let the next message meet a mistake."""
        self.fails_to_take = True

    @rule()
    def collect(self) -> None:
        """Collect in peace."""
        self.run_collect()

    @rule(data=st.data())
    def collect_in_turmoil(self, data: st.DataObject) -> None:
        """Collect, while the device goes on and the process may be killed."""
        surge = self.device.page_size
        stopping = False

        def interfere() -> None:
            """Let something happen at a pause, a whole page of arrivals at most once."""
            nonlocal surge, stopping
            what = data.draw(MEANWHILE)
            if what == "kill":
                raise PowerLoss
            if what == "stop":
                stopping = True
            elif what == "arrive":
                count = data.draw(st.integers(1, surge))
                surge = self.device.page_size - 1
                self.arrive(data.draw(TEXTS), data.draw(SENDERS), 0, count)
            elif not self.moves:
                return
            elif what == "delete oldest":
                self.delete_oldest(data.draw(st.integers(1, 4)))
            elif what == "delete":
                self.delete(data.draw(st.integers(0, 5)))
            elif what == "clear":
                self.clear(restart=True)
            elif what == "renumber":
                self.renumber(upward=data.draw(st.booleans()))

        self.run_collect(interfere, lambda: not stopping)

    def run_collect(
        self,
        interfere: Callable[[], None] = lambda: None,
        goes_on: Callable[[], bool] = lambda: True,
    ) -> Collected | None:
        """Collect and check what came of it."""
        present = {stored.serial: stored.message.fingerprint for stored in self.device.stored}
        first = self.inbox.epoch is None
        self.collecting = True
        self.latest = None
        try:
            collected = drive(
                self.inbox.collect(
                    self.device.page,
                    clock=lambda: self.device.clock,
                    deliver=self.take,
                    goes_on=goes_on,
                ),
                interfere,
            )
        except PowerLoss:
            self.boot()
            return None
        except DiskFull:
            return None
        finally:
            self.collecting = False
            assert not self.violations, self.violations
        if first:
            self.unclear |= {s for s in self.arrived if s not in self.old and s in present}
            return collected
        if collected.complete:
            self.check_nothing_lost(present)
        return collected

    def take(self, delivery: Delivery) -> None:
        """Take a message, and note whether it may come, as an inbox outlives exceptions."""
        shown = delivery.message.fingerprint
        content = self.beginnings.get(shown, shown)
        if self.fails_to_take and self.not_taken[delivery.id] < ATTEMPTS - 1:
            self.fails_to_take = False
            self.excused.add(delivery.id)
            self.not_taken[delivery.id] += 1
            raise NotTaken
        self.told[shown] += 1
        possible = Counter(self.arrived[s] for s in self.arrived if s not in self.old)[content]
        if delivery.redelivered:
            self.marked[content] += 1
            too_early = shown != content and self.unmarked[content]
            if not possible or not (delivery.id in self.excused or too_early):
                self.violations.append("marked without reason")
            return
        self.unmarked[content] += 1
        if self.unmarked[content] > possible:
            self.violations.append("doubled" if possible else "old")
        assert delivery.message.time is not None
        if delivery.message.text.startswith(HALF):
            return
        if self.counts and self.latest is not None and delivery.message.time < self.latest:
            self.violations.append("out of order")
        self.latest = delivery.message.time

    def check_nothing_lost(self, present: Mapping[int, str]) -> None:
        """Check that everything that was there all the time, as it is, has been delivered."""
        there = [s for s in self.device.stored if present.get(s.serial) == s.message.fingerprint]
        due = [s for s in there if s.serial not in self.old | self.unclear]
        state = self.inbox._memory.state
        kept = Counter(claim.message.fingerprint for claim in state.claims)
        for content, count in Counter(s.message.fingerprint for s in due).items():
            assert self.told[content] + kept[content] >= count, "lost"

    @override
    def teardown(self) -> None:
        """Let everything come to rest, then nothing may be left."""
        if not hasattr(self, "device"):
            return
        self.keeper.failure = None
        self.fails_to_take = False
        for _ in range(REST):
            self.device.pass_time(int(SETTLE_TIME / timedelta(seconds=1)))
            collected = self.run_collect()
        assert collected == Collected(complete=True), "not at rest"


MEANWHILE: Final = st.sampled_from(
    [
        *(None, None, None, "kill", "stop", "arrive", "arrive"),
        *("delete oldest", "delete", "clear", "renumber"),
    ]
)


class CountingInbox(InboxMachine):
    """A device whose rows have ascending numbers, as OpenVox gateways have."""

    counts = True


class UnorderedInbox(InboxMachine):
    """A device that uses numbers again, as HiLink modems do."""

    counts = False


class CountingBacklog(CountingInbox):
    """So many messages at once that the memory has no room for them."""

    limits = Limits(rows=6)
    surge = 40


class UnorderedBacklog(UnorderedInbox):
    """The same without an order, where only the whole list tells what is new."""

    limits = Limits(rows=6)
    surge = 40


@pytest.fixture(autouse=True)
def small_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let forgetting happen early."""
    monkeypatch.setattr("custom_components.gatehouse.sms.ledger.CAPACITY", CAPACITY)
    monkeypatch.setattr("custom_components.gatehouse.sms.inbox.PORTION", PORTION)
    monkeypatch.setattr("custom_components.gatehouse.sms.handover.BATCH", BATCH)


@pytest.mark.parametrize(
    "machine", [CountingInbox, UnorderedInbox, CountingBacklog, UnorderedBacklog]
)
def test_inbox(machine: type[InboxMachine]) -> None:
    """Nothing is lost, doubled unmarked or out of order."""
    run_state_machine_as_test(machine, settings=SETTINGS)
