"""What is due when."""

import asyncio
from collections.abc import Callable
import heapq
import itertools
import math

from simulators.clock import DeviceClock

type Action = Callable[[float], None]
SHORTEST_WAIT_SECONDS = 0.01


class Timeline:
    """Actions in the order they are due, each told its own moment."""

    def __init__(self, clock: DeviceClock) -> None:
        """Start with nothing to do."""
        self._clock = clock
        self._due: list[tuple[float, int, Action]] = []
        self._numbers = itertools.count()
        self._moved_on = asyncio.Event()

    def at(self, moment: float, action: Action) -> None:
        """Have something done at a moment; never if that is infinity."""
        if moment < math.inf:
            heapq.heappush(self._due, (moment, next(self._numbers), action))
            self.wake()

    def settle(self) -> None:
        """Do everything that is due by now."""
        now = self._clock.now
        while self._due and self._due[0][0] <= now:
            moment, _, action = heapq.heappop(self._due)
            action(moment)

    async def until(self, moment: float) -> None:
        """Wait for a moment of the device's time, which the lab can bring about as well."""
        while (left := moment - self._clock.now) > 0:
            await self._wait(left)

    async def something_due(self) -> None:
        """Wait until something is due."""
        while (left := self._left()) > 0:
            await self._wait(left)

    def _left(self) -> float:
        """Return the time until the next thing is due."""
        return self._due[0][0] - self._clock.now if self._due else math.inf

    async def _wait(self, seconds: float) -> None:
        """Wait for so long, or until the clock or the plan has changed."""
        self._moved_on.clear()
        # Where time stands still a tiny rest would be waited for again and again.
        limit = max(seconds, SHORTEST_WAIT_SECONDS) if seconds < math.inf else None
        try:
            async with asyncio.timeout(limit):
                await self._moved_on.wait()
        except TimeoutError:
            return

    def wake(self) -> None:
        """Let those who wait look at the clock again."""
        self._moved_on.set()
