"""A soak from its first message to its verdict."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from time import monotonic
from typing import Final

from .play import Play
from .received_verdict import ReceivedVerdict
from .sent_verdict import SentVerdict
from .stage import Stage
from .traffic import Pace
from .unreliable import Unreliable
from .verdict import Row

_MISHAP_SHARE: Final = 0.75
"""Of the time; while Home Assistant is away nothing else goes wrong."""

_REPORT_SECONDS: Final = 10
"""In which the device has sent all that it took, and has every delivery report that comes."""


class Soak[D: Unreliable]:
    """One soak."""

    def __init__(self, stage: Stage[D], play: Play[D]) -> None:
        """Prepare; nothing happens yet."""
        self._stage = stage
        self._play = play
        self._baseline: set[str] = set()
        self._deeds: Counter[str] = Counter()
        self._share = 1 / (len(play.acts) + 1)
        """Of the whole, what may be over before the next act begins."""

    def receive_baseline(self, count: int) -> None:
        """Let messages arrive that count as known."""
        before = self._stage.new_incoming("baseline")
        for number in range(count):
            before.receive(f"before {number}", plain=True)
        self._baseline = set(before.expected)

    async def run(self) -> None:
        """Let it all happen, and wait until nothing more does."""
        async with asyncio.TaskGroup() as group:
            chores = [group.create_task(chore(self._stage)) for chore in self._play.chores]
            try:
                await self._run()
            finally:
                for chore in chores:
                    chore.cancel()

    async def _run(self) -> None:
        """Let it all happen, and wait until nothing more does."""
        stage, started = self._stage, monotonic()
        acts, extent = self._play.acts, stage.extent
        async with stage.group as group:
            arriving = extent.incoming - extent.backlog
            traffic = (
                group.create_task(stage.incoming.run(self._pace(arriving, "arrivals"))),
                group.create_task(stage.outgoing.run(self._pace(extent.outgoing, "orders"))),
            )
            troubles = group.create_task(stage.mishaps.run(extent.seconds, share=_MISHAP_SHARE))
            thefts = group.create_task(stage.mishaps.steal(extent.seconds))
            for number, (name, act) in enumerate(acts, start=1):
                moment = started + extent.seconds * number / (len(acts) + 1)
                await asyncio.sleep(max(0.0, moment - monotonic()))
                stage.say(f"{monotonic() - started:3.0f} s: {name}")
                self._share = (number + 1) / (len(acts) + 1)
                await act(stage)
                self._deeds[name] += 1
            # A modem sends slowly, so that much is still to be sent.
            await asyncio.wait(traffic)
            troubles.cancel()
            thefts.cancel()
        stage.mishaps.calm()
        await stage.until(stage.is_drained)
        await asyncio.sleep(_REPORT_SECONDS)
        await stage.until(stage.is_settled)
        stage.say(f"{monotonic() - started:3.0f} s: all is quiet")

    def _pace(self, count: int, purpose: str) -> Pace:
        """Spread so many messages over the whole time."""
        stage = self._stage
        return Pace(
            count=count,
            seconds=stage.extent.seconds,
            random=stage.dice(purpose),
            open=stage.open,
            share=lambda: self._share,
        )

    def verdict(self) -> Iterator[Row]:
        """Yield what happened, and what became of the messages."""
        stage = self._stage
        stage.evidence.update()
        for happened in (self._deeds, stage.mishaps.happened):
            for name, count in sorted(happened.items()):
                yield Row(name=name, count=count)
        yield from stage.device.rows()
        yield Row(
            name="inbox not emptied, as messages waited for long", count=stage.left_out, wrong=True
        )
        yield from ReceivedVerdict(
            evidence=stage.evidence,
            expected=stage.incoming.expected,
            old=stage.incoming.old,
            baseline=self._baseline,
            beginnings=stage.incoming.beginnings,
            kills=stage.home.kills,
        ).rows()
        yield from SentVerdict(
            orders=stage.outgoing.orders,
            fates=stage.device.fates(),
            evidence=stage.evidence,
            journal=stage.home.journal(),
            unanswered=stage.device.unanswered,
        ).rows()
