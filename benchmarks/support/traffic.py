"""The messages that a device receives in a soak, and the pace of everything."""

from abc import ABC, abstractmethod
import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import accumulate
from random import Random
from time import monotonic
from typing import Final, NamedTuple

_PAUSES: Final = (0.05, 3.0)
"""Seconds between two bursts."""

_FILLINGS: Final = ("", "x" * 200, "Grüße aus der Ferne 😀", "z" * 500)
_TWINS: Final = 0.01
"""Share of the messages that come twice in the same second, and are two."""

_OLD: Final = 0.02
"""Share of the messages that the network had kept for long."""

AGE: Final = timedelta(minutes=20)
"""Of these."""

_PARTED: Final = 0.02
"""Share of the messages whose parts come one by one."""

_ALPHABETS: Final = ("y", "ł")
"""Of messages in parts: one for each of the codings, whose parts differ in length."""

_LENGTHS: Final = (170, 500)
_PART_SECONDS: Final = (0.3, 5.0)

_ROOM_SECONDS: Final = 0.5
"""Between looks whether there is room again."""


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


class Origin(NamedTuple):
    """Where a message comes from."""

    port: int | None
    """By which it comes; None where there is but one."""

    sender: str


@dataclass(kw_only=True)
class Incoming(ABC):
    """Messages that a device receives."""

    random: Random
    ports: int | None = None
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
                await self._find_room()
                self.receive(f"in {number}")

    async def _find_room(self) -> None:
        """Wait until the device has room for one more."""
        while True:
            if self.has_room():
                return
            await asyncio.sleep(_ROOM_SECONDS)

    def has_room(self) -> bool:
        """Tell whether the device has room for one more, and for what may come all at once."""
        return True

    def receive(self, name: str, *, plain: bool = False) -> None:
        """Let a message arrive, in parts if chance will have it; a plain one is whole."""
        if not plain and self.random.random() < _PARTED:
            self._receive_parts(name)
            return
        text = f"{name} {self.random.choice(_FILLINGS)}".strip()
        told = self.told(text)
        old = self.random.random() < _OLD
        if old:
            self.old.add(told)
        origin = self.origin()
        for _ in range(1 + (self.random.random() < _TWINS)):
            self._arrive(origin, text, old=old)
            self.expected[told] += 1

    def _receive_parts(self, name: str) -> None:
        """Let a message arrive part by part."""
        text = f"{name} {self.random.choice(_ALPHABETS) * self.random.randint(*_LENGTHS)}"
        origin = self.origin()
        self.beginnings |= dict.fromkeys(accumulate(self._pieces(origin, text)), text)
        del self.beginnings[text]
        self._arrive_in_parts(origin, text, self.random.uniform(*_PART_SECONDS))
        self.expected[text] += 1

    def origin(self) -> Origin:
        """Return where the next message comes from."""
        port = self.random.randint(1, self.ports) if self.ports else None
        return Origin(port, f"+4915{self.random.randrange(20):09d}")

    def told(self, text: str) -> str:
        """Return what the device has of a text."""
        return text

    @abstractmethod
    def _arrive(self, origin: Origin, text: str, *, old: bool) -> None:
        """Let a text arrive, which may be old."""

    @abstractmethod
    def _arrive_in_parts(self, origin: Origin, text: str, pause: float) -> None:
        """Let a text arrive part by part, with so many seconds between them."""

    @abstractmethod
    def _pieces(self, origin: Origin, text: str) -> Sequence[str]:
        """Return what each part has of a text."""
