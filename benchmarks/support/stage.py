"""Everything that takes part in a soak."""

import asyncio
from collections.abc import Callable
import contextlib
from random import Random
from typing import Final

from scripts.support.console import say

from .device import Device, Extent
from .evidence import Evidence
from .faults import Mishaps
from .home import Home
from .sending import Outgoing
from .sent_verdict import ENDED
from .traffic import Incoming
from .unreliable import Unreliable

PATIENCE: Final = 240
"""Seconds for which anything is waited for."""

_LOOK_SECONDS: Final = 0.25


class Stage[D: Unreliable]:
    """Home Assistant, the device, and what comes and goes between them."""

    def __init__(
        self, *, home: Home, kind: Device[D], device: D, extent: Extent, seed: int
    ) -> None:
        """Prepare; nothing happens yet."""
        self.home = home
        self.device = device
        self._kind = kind
        self.extent = extent
        self._seed = seed
        self.random = self.dice("acts")
        self.incoming = self.new_incoming("incoming")
        self.outgoing = Outgoing(home=home, record=home.answers, ports=kind.ports)
        self.evidence = Evidence(file=home.record)
        self.open = asyncio.Event()
        """Whether messages may come."""

        self.open.set()
        self.mishaps = Mishaps(
            home=home,
            device=device,
            troubles=kind.troubles,
            thefts=kind.thefts,
            random=self.dice("mishaps"),
            open=self.open,
        )
        self.group = asyncio.TaskGroup()
        """Of everything that goes on at the same time."""

        self.left_out = 0
        """Deletions that would have cost messages of which nobody was told for long."""

        self._extra = 0

    def new_incoming(self, purpose: str) -> Incoming:
        """Return what lets messages arrive."""
        return self._kind.receive(self.device, self.dice(purpose), self.extent)

    def dice(self, purpose: str) -> Random:
        """Return what is random for one purpose, so that others do not change it."""
        return Random(f"{self._seed} {purpose}")  # noqa: S311 - repeatable

    def say(self, text: str) -> None:
        """Say what happens, and what has come and gone by now."""
        missing = self.evidence.missing(self.incoming.expected)
        received = self.incoming.expected.total()
        sent = sum(map(len, self.device.fates().values()))
        say(f"soak: {text} ({received} received, {missing} not told of yet, {sent} sent)")

    def receive(self, count: int) -> None:
        """Let so many more messages arrive, all at once."""
        for _ in range(count):
            self._extra += 1
            self.incoming.receive(f"more {self._extra}")

    def order(self) -> None:
        """Want one more message to be sent."""
        self.group.create_task(self.outgoing.send())

    def is_drained(self) -> bool:
        """Tell whether every message was told of."""
        return not self.evidence.missing(self.incoming.expected)

    def is_settled(self) -> bool:
        """Tell whether Gatehouse knows the end of each message that has one."""
        states = {entry["number"]: entry["state"] for entry in self.home.journal()}
        return all(
            states.get(number) == fate
            for number, fates in self.device.fates().items()
            for fate in fates
            if fate in ENDED
        )

    async def until(self, condition: Callable[[], bool]) -> bool:
        """Wait for a condition, but not forever, and return whether it is met."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while True:
                    if condition():
                        return True
                    await asyncio.sleep(_LOOK_SECONDS)
        return False
