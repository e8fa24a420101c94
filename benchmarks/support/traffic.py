"""The messages that the gateway receives in a soak, and the pace of everything."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import accumulate
from random import Random
from time import monotonic
from typing import Final

from simulators.openvox import OpenVoxSimulator
from simulators.openvox.inbox import Incoming as Arriving

PORTS: Final = 30
"""Of 32; the last two have no SIM."""

_PAUSES: Final = (0.05, 3.0)
"""Seconds between two bursts."""

_FILLINGS: Final = ("", "x" * 200, "Grüße aus der Ferne 😀", "z" * 500)
_TWINS: Final = 0.01
"""Share of the messages that come twice in the same second, and are two."""

_OLD: Final = 0.02
"""Share of the messages that the network had kept for long."""

_AGE: Final = timedelta(minutes=20)

_PARTED: Final = 0.02
"""Share of the messages whose parts come one by one."""

_ALPHABETS: Final = ("y", "ł")
"""Of messages in parts: one for each of the codings, whose parts differ in length."""

_LENGTHS: Final = (170, 500)
_PART_SECONDS: Final = (0.3, 5.0)


@dataclass(kw_only=True)
class Pace:
    """So many things, spread over so many seconds, or more where everything else takes longer."""

    count: int
    seconds: float
    random: Random
    open: asyncio.Event
    share: Callable[[], float]
    """How much of everything else may be over by now."""

    async def bursts(self) -> AsyncGenerator[range]:
        """Yield the numbers of what is due, until all is; nothing while the gate is closed."""
        started = monotonic()
        done = 0
        while done < self.count:
            await asyncio.sleep(self.random.uniform(*_PAUSES))
            await self.open.wait()
            share = min(self.share(), (monotonic() - started) / self.seconds)
            due = max(done, int(self.count * share))
            yield range(done, due)
            done = due


@dataclass(kw_only=True)
class Incoming:
    """Messages that the gateway receives."""

    simulator: OpenVoxSimulator
    random: Random
    expected: Counter[str] = field(default_factory=Counter)
    """Texts of messages, with how many there are."""

    old: set[str] = field(default_factory=set)
    """Texts of those that came late."""

    beginnings: dict[str, str] = field(default_factory=dict)
    """What is there of a text while parts are missing, with the whole."""

    async def run(self, pace: Pace) -> None:
        """Let them arrive."""
        async for burst in pace.bursts():
            for number in burst:
                self.receive(f"in {number}")

    def receive(self, name: str, *, parted: bool = True) -> None:
        """Let a message arrive, in parts if chance will have it and that is allowed."""
        if parted and self.random.random() < _PARTED:
            self._receive_parts(name)
            return
        text = f"{name} {self.random.choice(_FILLINGS)}".strip()
        local = self.simulator.gateway.local()
        old = self.random.random() < _OLD
        if old:
            self.old.add(text)
        port, sender = self._origin()
        for _ in range(1 + (self.random.random() < _TWINS)):
            when = str(local - _AGE) if old else None
            self.simulator.lab.receive_sms(port, sender, text, when=when)
            self.expected[text] += 1

    def _receive_parts(self, name: str) -> None:
        """Let a message arrive part by part."""
        text = f"{name} {self.random.choice(_ALPHABETS) * self.random.randint(*_LENGTHS)}"
        port, sender = self._origin()
        pieces = Arriving(port=port, number=sender, text=text).pieces(marked=False)
        self.beginnings |= dict.fromkeys(accumulate(pieces), text)
        del self.beginnings[text]
        pause = self.random.uniform(*_PART_SECONDS)
        self.simulator.lab.receive_sms(port, sender, text, part_seconds=pause)
        self.expected[text] += 1

    def _origin(self) -> tuple[int, str]:
        """Return a port and a sender."""
        return self.random.randint(1, PORTS), f"+4915{self.random.randrange(20):09d}"
