"""What goes wrong in a soak, and how often."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from time import monotonic
from typing import Any, Final

from .home import Home
from .unreliable import Unreliable


@dataclass(frozen=True, kw_only=True)
class Trouble[D: Unreliable]:
    """One way in which things go wrong."""

    name: str
    times: int
    """In so many seconds as troubles are meant for."""

    act: Callable[[D], None]
    endpoint: str = ""
    """Of which an answer is spoiled."""


def spoil(
    name: str,
    times: int,
    endpoint: str,
    kind: str,
    *,
    code: int = 0,
    executed: bool | None = None,
) -> Trouble[Any]:
    """Describe a spoiled answer."""
    return Trouble(
        name=name,
        times=times,
        act=lambda device: device.spoil(endpoint, kind, code=code, executed=executed),
        endpoint=endpoint,
    )


def spoiled_sends(endpoint: str, *, timeouts: int) -> tuple[Trouble[Any], ...]:
    """Describe the ways in which the answer to a message goes wrong."""
    return (
        spoil("send taken, reply after the time-out", timeouts, endpoint, "timeout", executed=True),
        spoil("send taken, connection dropped", 16, endpoint, "drop", executed=True),
        spoil("send not taken, connection dropped", 4, endpoint, "drop", executed=False),
        spoil("send taken, reply cut", 4, endpoint, "cut"),
        spoil("send taken, reply garbage", 4, endpoint, "garbage"),
    )


type Theft[D: Unreliable] = tuple[str, Callable[[D], None]]
"""A name, and how somebody ends the session."""

_USUAL_SECONDS: Final = 360
_BREATHER: Final = 10
"""Requests between two answers of an endpoint that go wrong."""

_THEFT_SECONDS: Final = 45
"""Between two thefts of the session."""

_PEACE_SECONDS: Final = 40
"""After a restart of the device, which ends the session, too.

Whoever loses it twice within half a minute leaves the device alone for a minute, and for longer
each time.
"""


@dataclass(kw_only=True)
class Mishaps[D: Unreliable]:
    """Lets things go wrong, well mixed."""

    home: Home
    device: D
    troubles: Sequence[Trouble[D]]
    thefts: tuple[Theft[D], Theft[D]]
    """The usual one, and the last one."""

    random: Random
    open: asyncio.Event
    happened: Counter[str] = field(default_factory=Counter)
    _ordered: Counter[str] = field(default_factory=Counter)
    """Answers that are to go wrong, by endpoint."""

    async def run(self, seconds: float, *, share: float) -> None:
        """Spread the troubles over a share of the time, in which Home Assistant is there."""
        deck = [
            trouble
            for trouble in self.troubles
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
                trouble.act(self.device)
                self._ordered[trouble.endpoint] += bool(trouble.endpoint)
                self._note(trouble.name)

    def _is_due(self, trouble: Trouble[D]) -> bool:
        """Tell whether enough went well lately, so that troubles of a kind do not pile up."""
        endpoint, device = trouble.endpoint, self.device
        waits = self._ordered[endpoint] > device.spoiled[endpoint]
        rested = len(device.requests) - device.spoiled_at[endpoint] >= _BREATHER
        return not endpoint or (rested and not waits)

    def calm(self) -> None:
        """Let nothing go wrong of what was to."""
        self.device.faults.clear()
        self._ordered = Counter(self.device.spoiled)

    def spoil_next_send(self) -> None:
        """Take the next message, and do not answer."""
        self.device.spoil(self.device.SEND, "timeout", executed=True)
        self._ordered[self.device.SEND] += 1

    async def steal(self, seconds: float) -> None:
        """Let somebody end the session again and again, the last time in another way."""
        started = monotonic()
        last = int(seconds // _THEFT_SECONDS)
        for number in range(1, last + 1):
            moment = started + number * _THEFT_SECONDS
            await asyncio.sleep(max(0.0, moment - monotonic()))
            await self.home.running.wait()
            await self.open.wait()
            await asyncio.sleep(max(0.0, self.device.back_at + _PEACE_SECONDS - monotonic()))
            name, steal = self.thefts[number == last]
            steal(self.device)
            self._note(name)

    def _note(self, name: str) -> None:
        """Write down what has gone wrong."""
        self.happened[name] += 1
        with self.home.troubles.open("a") as lines:
            lines.write(f"{datetime.now(tz=UTC):%H:%M:%S} {name}\n")
