"""What goes wrong in a soak, and how often."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from time import monotonic
from typing import Final, override

from aiohttp import web

from simulators.faults import Fault
from simulators.openvox import OpenVoxOptions, OpenVoxSimulator
from simulators.openvox.lab import OpenVoxLab
from simulators.server import Reply

from .home import Home
from .sent_verdict import Fate

_SEND: Final = "sms/send"
_INBOX: Final = "smsinbox/get"
_OUTBOX: Final = "smsoutbox/get"

_DELIVERED: Final = "DELIVERD(0)"
"""Status of a message that the recipient has, which the others are called by name."""


class UnreliableGateway(OpenVoxSimulator):
    """A gateway that tells to which messages its answer went wrong, and what became of them."""

    def __init__(self, options: OpenVoxOptions) -> None:
        """Begin without trouble."""
        super().__init__(options)
        self.unanswered: dict[str, str] = {}
        """What went wrong, by number of the message."""

        self.message_unanswered = asyncio.Event()
        """Set with each of them, before the answer goes wrong."""

        self.spoiled: Counter[str] = Counter()
        """Answers that went wrong, by endpoint."""

        self.spoiled_at: Counter[str] = Counter()
        """How many requests there had been when the last of them went wrong, by endpoint."""

    @override
    async def _spoiled(
        self, request: web.Request, fault: Fault, reply: Reply
    ) -> web.StreamResponse:
        endpoint = self.endpoint(request.path)
        self.spoiled[endpoint] += 1
        self.spoiled_at[endpoint] = len(self.requests)
        if endpoint == _SEND:
            number = str((await request.post())["dest_num"])
            self.unanswered[number] = fault.kind
            self.message_unanswered.set()
        return await super()._spoiled(request, fault, reply)

    def reboot(self, seconds: float) -> None:
        """Be away for so long; whoever waits for an answer loses the connection."""
        self.lab.reboot(seconds)
        self._drop_connections()

    def fates(self) -> Mapping[str, Sequence[Fate]]:
        """Return what became of every message that was taken, by number."""
        statuses = self.lab.fates()
        found: defaultdict[str, list[Fate]] = defaultdict(list)
        for message in self.lab.sent:
            status = statuses[message.id]
            fate = Fate.DELIVERED if status == _DELIVERED else Fate(status.lower())
            found[message.number].append(fate)
        return found


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """One way in which things go wrong."""

    name: str
    times: int
    """In so many seconds as TROUBLES is meant for."""

    act: Callable[[OpenVoxLab], None]
    endpoint: str = ""
    """Of which an answer is spoiled."""


def _spoil(
    name: str, times: int, endpoint: str, kind: str, *, executed: bool | None = None
) -> Trouble:
    """Describe a spoiled answer."""
    return Trouble(
        name=name,
        times=times,
        act=lambda lab: lab.break_replies(endpoint, kind, executed=executed),
        endpoint=endpoint,
    )


TROUBLES: Final = (
    Trouble(name="ten pushes in a row lost", times=20, act=lambda lab: lab.lose_pushes(10)),
    Trouble(name="send rejected by a port", times=6, act=lambda lab: lab.reject_sends(1)),
    Trouble(name="send taken, and failed", times=6, act=lambda lab: lab.fail_sends(1)),
    _spoil("send taken, reply after the time-out", 3, _SEND, "timeout", executed=True),
    _spoil("send taken, connection dropped", 16, _SEND, "drop", executed=True),
    _spoil("send not taken, connection dropped", 4, _SEND, "drop", executed=False),
    _spoil("send taken, reply cut", 4, _SEND, "cut"),
    _spoil("send taken, reply garbage", 4, _SEND, "garbage"),
    _spoil("inbox reply after the time-out", 2, _INBOX, "timeout"),
    _spoil("inbox connection dropped", 8, _INBOX, "drop"),
    _spoil("inbox reply truncated", 6, _INBOX, "truncated"),
    _spoil("inbox reply an HTML page", 4, _INBOX, "html"),
    _spoil("inbox reply empty", 4, _INBOX, "empty"),
    _spoil("outbox connection dropped", 8, _OUTBOX, "drop"),
)

_USUAL_SECONDS: Final = 360
_BREATHER: Final = 10
"""Requests between two answers of an endpoint that go wrong."""

_THEFT_SECONDS: Final = 45
"""Between two thefts of the token.

Whoever is robbed twice within half a minute is left alone for a minute, and for longer each time.
"""


@dataclass(kw_only=True)
class Mishaps:
    """Lets things go wrong, well mixed."""

    home: Home
    gateway: UnreliableGateway
    random: Random
    open: asyncio.Event
    happened: Counter[str] = field(default_factory=Counter)
    _ordered: Counter[str] = field(default_factory=Counter)
    """Answers that are to go wrong, by endpoint."""

    async def run(self, seconds: float, *, share: float) -> None:
        """Spread the troubles over a share of the time, in which Home Assistant is there."""
        deck = [
            trouble
            for trouble in TROUBLES
            for _ in range(max(1, round(trouble.times * seconds / _USUAL_SECONDS)))
        ]
        self.random.shuffle(deck)
        pause = seconds * share / len(deck)
        while deck:
            await asyncio.sleep(pause)
            await self.home.running.wait()
            await self.open.wait()
            if trouble := next(filter(self._is_due, deck), None):
                deck.remove(trouble)
                trouble.act(self.gateway.lab)
                self._ordered[trouble.endpoint] += bool(trouble.endpoint)
                self._note(trouble.name)

    def _is_due(self, trouble: Trouble) -> bool:
        """Tell whether enough went well lately, so that troubles of a kind do not pile up."""
        endpoint, gateway = trouble.endpoint, self.gateway
        waits = self._ordered[endpoint] > gateway.spoiled[endpoint]
        rested = len(gateway.requests) - gateway.spoiled_at[endpoint] >= _BREATHER
        return not endpoint or (rested and not waits)

    def calm(self) -> None:
        """Let nothing go wrong of what was to."""
        self.gateway.lab.repair()
        self._ordered = Counter(self.gateway.spoiled)

    def spoil_next_send(self) -> None:
        """Take the next message, and do not answer."""
        self.gateway.lab.break_replies(_SEND, "timeout", executed=True)
        self._ordered[_SEND] += 1

    async def steal(self, seconds: float) -> None:
        """Let somebody take the token away again and again, the last time twice in a row."""
        started = monotonic()
        last = int(seconds // _THEFT_SECONDS)
        for number in range(1, last + 1):
            moment = started + number * _THEFT_SECONDS
            await asyncio.sleep(max(0.0, moment - monotonic()))
            await self.home.running.wait()
            self.gateway.lab.steal_tokens(int(number == last))
            self._note("token stolen twice in a row" if number == last else "token stolen")

    def _note(self, name: str) -> None:
        """Write down what has gone wrong."""
        self.happened[name] += 1
        with self.home.troubles.open("a") as lines:
            lines.write(f"{datetime.now(tz=UTC):%H:%M:%S} {name}\n")
