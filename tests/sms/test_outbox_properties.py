"""Nothing is sent twice and nothing is said that is not so, whatever device and process do."""

import asyncio
from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final, override

from hypothesis import HealthCheck, Phase, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from custom_components.gatehouse.sms.journal import (
    MEMORY,
    UNSENT_STATES,
    SendState,
    hash_text,
)
from custom_components.gatehouse.sms.matching import RowStatus
from custom_components.gatehouse.sms.outbox import Outbox
from custom_components.gatehouse.sms.telling import News
from custom_components.gatehouse.sms.transmission import (
    Begin,
    KeyReused,
    Refused,
    Transmission,
)

from .fakes import DiskFull, Failure, FakeKeeper, PowerLoss
from .outbox_device import (
    DEFINITE,
    TAKEN,
    Fate,
    NothingSent,
    OutboxDevice,
    ReplyLost,
    raise_for,
)

SETTINGS: Final = settings(
    max_examples=250,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)

NUMBERS: Final = st.sampled_from([("+15550100",), ("+15550100", "+15550101"), ("+15550101",)])
TEXTS: Final = st.sampled_from(["A", "B"])
PORTS: Final = st.sampled_from([None, "1", "2"])
KEYS: Final = st.sampled_from([None, None, "k1", "k2"])

NOT_TAKEN: Final = {
    SendState.QUEUED,
    SendState.SENDING,
    SendState.UNKNOWN,
    SendState.REJECTED,
}

NEWS: Final = frozenset({SendState.UNKNOWN, SendState.SENT, SendState.DELIVERED, SendState.FAILED})
"""What somebody has to be told of."""

FOLLOWED: Final = timedelta(days=6)
"""After that the journal may have forgotten a message."""

RANKS: Final = {
    SendState.QUEUED: -1,
    SendState.SENDING: 0,
    SendState.UNKNOWN: 0,
    SendState.ACCEPTED: 1,
    SendState.SENT: 2,
    SendState.DELIVERED: 3,
    SendState.FAILED: 3,
    SendState.REJECTED: 3,
}

type Content = tuple[frozenset[str], str]


class Call:
    """One call of `send`, and what happens in it."""

    def __init__(
        self, numbers: tuple[str, ...], text: str, port: str | None, key: str | None
    ) -> None:
        """Note what is to be sent."""
        self.numbers = numbers
        self.text = text
        self.port = port
        self.key = key
        self.transmitted_at: datetime | None = None
        self.turn: asyncio.Future[Fate | None] | None = None
        """Until then it waits; it may go wrong before anything leaves."""

        self.asked: asyncio.Future[Fate] | None = None
        self.fate: Fate | None = None
        self.called_at: datetime | None = None
        self.waiting = False
        self.task: asyncio.Task[None] | None = None

    @property
    def content(self) -> Content:
        """What makes it the same message."""
        return frozenset(self.numbers), self.text

    def has_claim(self, now: datetime) -> bool:
        """Tell whether it may have sent something, as far as the process can know, not long ago."""
        if self.transmitted_at is None or self.fate in DEFINITE:
            return False
        return now - self.transmitted_at < MEMORY


def has_no_turn(call: Call) -> bool:
    """Tell whether a message still waits."""
    return call.turn is not None and not call.turn.done()


class OutboxMachine(RuleBasedStateMachine):
    """A device, a disk and a process, and what must hold for them."""

    def __init__(self) -> None:
        """Plug everything in."""
        super().__init__()
        self.runner = asyncio.Runner(loop_factory=asyncio.SelectorEventLoop)
        self.device = OutboxDevice()
        self.keeper = FakeKeeper()
        self.calls: list[Call] = []
        self.running: list[Call] = []
        self.seen: dict[str, int] = {}
        self.reported: set[tuple[str, SendState]] = set()
        self.sent: list[tuple[str, str, datetime]] = []
        """Number and text of what the device took, and when it was to be sent."""

        self.violations: list[str] = []
        self.boot()

    def boot(self) -> None:
        """Start a process on what the one before left on the disk."""
        for call in self.running:
            if call.task:
                call.task.cancel()
        before, self.keeper = self.keeper, FakeKeeper()
        # Whatever the dead still save, they do not save here.
        self.keeper.content = before.content
        self.keeper.pauses = True
        self.running = []
        saved = self.keeper.document or {"entries": []}
        self.seen = {entry["key"]: RANKS[entry["state"]] for entry in saved["entries"]}
        self.outbox = Outbox(self.keeper, refusals=(NothingSent,), uncertain=(ReplyLost,))
        self.runner.run(self.outbox.load(self.device.clock))
        under_way = {SendState.QUEUED, SendState.SENDING}
        assert not [entry for entry in self.outbox.entries if entry.state in under_way]

    def go_on(self) -> None:
        """Let everybody do what can be done now."""

        async def turns() -> None:
            """Give the others a few turns."""
            for _ in range(30):
                await asyncio.sleep(0)

        self.runner.run(turns())
        assert not self.violations, self.violations

    # What is wanted

    @rule(
        numbers=NUMBERS,
        text=TEXTS,
        port=PORTS,
        key=KEYS,
        window=st.sampled_from([timedelta(), timedelta(minutes=5)]),
        waits=st.booleans(),
    )
    def send(
        self,
        numbers: tuple[str, ...],
        text: str,
        port: str | None,
        key: str | None,
        window: timedelta,
        waits: bool,  # noqa: FBT001 - as hypothesis calls it
    ) -> None:
        """Send a message, which may have to wait for its turn."""
        call = Call(numbers, text, port, key)
        if waits:
            call.turn = self.runner.get_loop().create_future()
        self.calls.append(call)
        self.running.append(call)
        call.task = self.runner.get_loop().create_task(self.work(call, self.outbox, window))
        self.go_on()

    async def work(self, call: Call, outbox: Outbox, window: timedelta) -> None:
        """Send, and take whatever error there is."""
        keeper = self.keeper
        called_at = call.called_at = self.device.clock

        async def transmit(begin: Begin) -> Transmission:
            """Wait for the turn, ask the device, and wait for what a rule decides."""
            call.waiting = True
            if call.turn and (trouble := await call.turn):
                raise_for(trouble)
            await begin()
            self.check_transmission(call, keeper, called_at - window)
            call.transmitted_at = called_at
            call.asked = asyncio.get_running_loop().create_future()
            return self.device.answer(call.numbers, await call.asked)

        try:
            entries = await outbox.send(
                call.numbers,
                call.text,
                port=call.port,
                transmit=transmit,
                idempotency_key=call.key,
                duplicate_window=window,
                now=called_at,
            )
        except Refused, NothingSent:
            if call.fate not in DEFINITE and call.transmitted_at is not None:
                self.violations.append("refused without a refusal")
        except KeyReused:
            others = [other for other in self.calls if other.key == call.key]
            if all(other.content == call.content for other in others):
                self.violations.append("a key is not accepted for its own message")
        except LookupError, DiskFull, PowerLoss:
            pass
        else:
            if {entry.number for entry in entries} != set(call.numbers):
                self.violations.append("an answer to something else")

    def check_transmission(self, call: Call, keeper: FakeKeeper, window: datetime) -> None:
        """Check that a transmission has to be."""
        now = self.device.clock
        if call.transmitted_at is not None:
            self.violations.append("transmitted again")
        if any(
            other.port == call.port and other.asked and not other.asked.done()
            for other in self.running
        ):
            self.violations.append("two at a time")
        before = self.calls[: self.calls.index(call)]
        claims = [other for other in before if other.has_claim(now)]
        if call.key is not None and any(other.key == call.key for other in claims):
            self.violations.append("the key has been used")
        if any(
            other.content == call.content and (other.transmitted_at or now) > window
            for other in claims
        ):
            self.violations.append("a duplicate")
        saved = keeper.document or {"entries": []}
        state = SendState.SENDING
        if not any(
            entry["state"] == state and entry["text_hash"] == hash_text(call.text)
            for entry in saved["entries"]
        ):
            self.violations.append("not saved before")

    def take(self, call: Call, fate: Fate) -> None:
        """Let the device take a message, or not."""
        self.device.take(call.numbers, call.text, call.port, fate)
        assert call.called_at
        if fate in TAKEN:
            text = hash_text(call.text)
            self.sent += [(number, text, call.called_at) for number in call.numbers]

    # What becomes of it

    @rule(
        position=st.integers(0, 5),
        trouble=st.sampled_from([None, None, None, Fate.REFUSED, Fate.MISTAKE_BEFORE]),
    )
    def give_turn(self, position: int, trouble: Fate | None) -> None:
        """Let a message leave, unless something is wrong."""
        if waiting := [each for each in self.running if each.waiting and has_no_turn(each)]:
            call = waiting[position % len(waiting)]
            assert call.turn
            call.turn.set_result(trouble)
            self.go_on()

    @rule(position=st.integers(0, 5), fate=st.sampled_from(Fate))
    def decide(self, position: int, fate: Fate) -> None:
        """Let the device take a message or not, and answer or not."""
        asked = [call for call in self.running if call.asked and not call.asked.done()]
        if asked:
            call = asked[position % len(asked)]
            call.fate = fate
            self.take(call, fate)
            assert call.asked
            call.asked.set_result(fate)
            self.go_on()

    @rule(position=st.integers(0, 5), taken=st.booleans())
    def cancel(self, position: int, taken: bool) -> None:  # noqa: FBT001 - as hypothesis calls it
        """Cancel a call at whatever point it is, after the device took the message or not."""
        if self.running:
            call = self.running.pop(position % len(self.running))
            if taken and call.asked and not call.asked.done():
                self.take(call, Fate.SILENT)
            assert call.task
            call.task.cancel()
            self.go_on()

    @rule(taken=st.booleans())
    def crash(self, taken: bool) -> None:  # noqa: FBT001 - as hypothesis calls it
        """Kill the process, after the device took the messages or not."""
        for call in self.running:
            if taken and call.asked and not call.asked.done():
                self.take(call, Fate.SILENT)
        self.boot()

    @rule(failure=st.sampled_from([Failure.FAILED_BEFORE, Failure.FAILED_AFTER]))
    def let_saving_fail(self, failure: Failure) -> None:
        """Let the next save go wrong."""
        self.keeper.failure = failure

    @rule(span=st.sampled_from([timedelta(seconds=1), timedelta(minutes=6), timedelta(hours=13)]))
    def pass_time(self, span: timedelta) -> None:
        """Let time pass."""
        self.device.pass_time(span)

    @rule(position=st.integers(0, 9), status=st.sampled_from(RowStatus))
    def progress(self, position: int, status: RowStatus) -> None:
        """Let a message get somewhere."""
        self.device.progress(-1 - position, status)

    @rule()
    def settle(self) -> None:
        """Look at the device's list."""
        self.outbox.settle(self.device.rows(), self.device.clock)

    @rule()
    def tell(self) -> None:
        """Tell the news."""
        with suppress(DiskFull):
            self.runner.run(self.outbox.tell(self.hear, self.device.clock))

    @rule(lifetime=st.integers(0, 2), heard=st.booleans())
    def crash_while_telling(self, lifetime: int, heard: bool) -> None:  # noqa: FBT001 - as hypothesis calls it
        """Kill the process while it tells the news, before or after somebody heard of the last."""

        def hear(news: News) -> None:
            """Hear of some, and die."""
            nonlocal lifetime
            if heard or lifetime > 0:
                self.hear(news)
            if lifetime == 0:
                raise PowerLoss
            lifetime -= 1

        with suppress(DiskFull, PowerLoss):
            self.runner.run(self.outbox.tell(hear, self.device.clock))
        self.boot()

    def hear(self, news: News) -> None:
        """Hear what became of a message."""
        told = news.entry.key, news.entry.state
        assert news.again or told not in self.reported
        self.reported.add(told)

    # What must hold

    @invariant()
    def never_backwards(self) -> None:
        """Nothing that was sent becomes unsent, but for what was not saved before a crash."""
        for entry in self.outbox.entries:
            rank = RANKS[entry.state]
            assert rank >= self.seen.get(entry.key, rank)
            self.seen[entry.key] = rank

    @invariant()
    def nothing_is_made_up(self) -> None:
        """No more messages are said to be sent than the device sent, nor delivered."""
        for states, statuses in (
            ({SendState.DELIVERED}, {RowStatus.DELIVERED}),
            ({SendState.DELIVERED, SendState.SENT}, {RowStatus.DELIVERED, RowStatus.SENT}),
            (set(SendState) - NOT_TAKEN, set(RowStatus)),
        ):
            said = Counter(
                (entry.number, entry.text_hash)
                for entry in self.outbox.entries
                if entry.state in states
            )
            true = Counter(
                (truth.row.number, hash_text(truth.row.text))
                for truth in self.device.sent
                if truth.history & statuses
            )
            assert said <= true, (said, true)

    @invariant()
    def nothing_is_denied(self) -> None:
        """Nothing that the device took is said not to have been sent."""
        since = self.device.clock - FOLLOWED
        true = Counter((number, text) for number, text, at in self.sent if at > since)
        said = Counter(
            (entry.number, entry.text_hash)
            for entry in self.outbox.entries
            if entry.state not in UNSENT_STATES
        )
        assert true <= said, (true, said)

    @override
    def teardown(self) -> None:
        """Let everything come to rest, then all is known that can be."""
        self.keeper.failure = None
        self.boot()
        self.settle()
        self.tell()
        for entry in self.outbox.entries:
            if entry.state in NEWS or entry.reason == "cut_off":
                assert (entry.key, entry.state) in self.reported, "nobody was told"
        self.runner.close()


def test_outbox() -> None:
    """Nothing is sent twice and nothing is said that is not so."""
    run_state_machine_as_test(OutboxMachine, settings=SETTINGS)
