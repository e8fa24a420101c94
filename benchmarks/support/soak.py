"""What happens in a soak, and when."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
import contextlib
from random import Random
from time import monotonic
from typing import Final

from scripts.support.console import CommandError, say

from .evidence import Evidence
from .faults import Mishaps, UnreliableGateway
from .home import Home
from .traffic import Incoming, Outgoing, Pace
from .verdict import Row, received_rows, sent_rows

_AWAY: Final = (1.0, 6.0)
"""Seconds for which Home Assistant stays away."""

_PATIENCE: Final = 150
"""Seconds for which anything is waited for."""

_LOOK_SECONDS: Final = 0.25
_MISHAP_SHARE: Final = 0.75
"""Of the time; while Home Assistant is away nothing else goes wrong."""


class Soak:
    """One soak."""

    def __init__(self, *, home: Home, gateway: UnreliableGateway, random: Random) -> None:
        """Prepare; nothing happens yet."""
        self._home = home
        self._gateway = gateway
        self._random = random
        self._incoming = Incoming(simulator=gateway, random=random)
        self._outgoing = Outgoing(home=home)
        self._evidence = Evidence(file=home.record)
        self._baseline: set[str] = set()
        self._deeds: Counter[str] = Counter()
        self._open = asyncio.Event()
        self._open.set()
        self._mishaps = Mishaps(home=home, gateway=gateway, random=random, open=self._open)

    def receive_baseline(self, count: int) -> None:
        """Let messages arrive that count as known."""
        before = Incoming(simulator=self._gateway, random=self._random)
        for number in range(count):
            before.receive(f"before {number}")
        self._baseline = set(before.expected)

    async def run(self, *, incoming: int, outgoing: int, seconds: float) -> None:
        """Let it all happen, and wait until nothing more does."""
        started = monotonic()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._incoming.run(self._pace(incoming, seconds)))
            group.create_task(self._outgoing.run(self._pace(outgoing, seconds)))
            troubles = group.create_task(self._mishaps.run(seconds * _MISHAP_SHARE))
            thefts = group.create_task(self._mishaps.steal(seconds))
            for number, (name, act) in enumerate(_ACTS, start=1):
                moment = started + seconds * number / (len(_ACTS) + 1)
                await asyncio.sleep(max(0.0, moment - monotonic()))
                self._say(f"{monotonic() - started:3.0f} s: {name}")
                self._deeds[name] += 1
                await act(self)
            troubles.cancel()
            thefts.cancel()
        self._mishaps.calm()
        await self._until(self._is_drained)
        await self._until(self._is_settled)
        self._say(f"{monotonic() - started:3.0f} s: all is quiet")

    def _say(self, text: str) -> None:
        """Say what happens, and what has come and gone by now."""
        missing = self._evidence.missing(self._incoming.expected)
        received, sent = self._incoming.expected.total(), len(self._gateway.lab.sent)
        say(f"soak: {text} ({received} received, {missing} not told of yet, {sent} sent)")

    def _pace(self, count: int, seconds: float) -> Pace:
        """Spread so many messages over so many seconds."""
        return Pace(count=count, seconds=seconds, random=self._random, open=self._open)

    async def _return(self) -> None:
        """Let Home Assistant come back after a while."""
        await asyncio.sleep(self._random.uniform(*_AWAY))
        await self._home.start()

    async def kill(self) -> None:
        """Kill Home Assistant at any moment."""
        await self._home.kill()
        await self._return()

    async def restart(self) -> None:
        """Let Home Assistant end properly."""
        await self._home.stop()
        await self._return()

    async def kill_in_telling(self) -> None:
        """Kill Home Assistant between a message and the note that it was told of."""
        events = self._random.randint(1, 5)
        await self._home.call("message_recorder", "crash_after", {"events": events})
        await self._home.died()
        await self._return()

    async def kill_in_sending(self) -> None:
        """Kill Home Assistant between a message and the gateway's reply."""
        self._gateway.message_unanswered.clear()
        self._mishaps.spoil_next_send()
        await asyncio.wait_for(self._gateway.message_unanswered.wait(), _PATIENCE)
        await self._home.kill()
        await self._return()

    async def renumber(self) -> None:
        """Let the gateway number its messages anew."""
        self._gateway.lab.reset_inbox_ids()

    async def renumber_while_away(self) -> None:
        """Let the gateway do so while Home Assistant is away."""
        await self._home.kill()
        self._gateway.lab.reset_inbox_ids()
        await self._return()

    async def clear(self) -> None:
        """Empty the inbox."""
        async with self._nothing_under_way():
            self._gateway.lab.clear_inbox()

    async def begin_anew_while_away(self) -> None:
        """Empty the inbox, and count from 1, while Home Assistant is away."""
        async with self._nothing_under_way():
            await self._home.kill()
            self._gateway.lab.clear_inbox()
            self._gateway.lab.reset_inbox_ids()
        await self._return()

    @contextlib.asynccontextmanager
    async def _nothing_under_way(self) -> AsyncGenerator[None]:
        """Let nothing arrive meanwhile: what a gateway deletes unread nobody can save."""
        self._open.clear()
        self._mishaps.calm()
        if not await self._until(self._is_drained):
            raise CommandError(f"Messages were not told of in {_PATIENCE} s.")
        yield
        self._open.set()

    def _is_drained(self) -> bool:
        """Tell whether every message was told of."""
        return not self._evidence.missing(self._incoming.expected)

    def _is_settled(self) -> bool:
        """Tell whether nothing more is to be heard of messages that were sent."""
        states = {entry["number"]: entry["state"] for entry in self._home.journal()}
        return all(states.get(message.number) == "delivered" for message in self._gateway.lab.sent)

    async def _until(self, condition: Callable[[], bool]) -> bool:
        """Wait for a condition, but not forever, and return whether it is met."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                while True:
                    if condition():
                        return True
                    await asyncio.sleep(_LOOK_SECONDS)
        return False

    def verdict(self) -> Iterator[Row]:
        """Yield what happened, and what became of the messages."""
        self._evidence.update()
        for name, count in (*sorted(self._deeds.items()), *sorted(self._mishaps.happened.items())):
            yield Row(name=name, count=count)
        yield from received_rows(
            self._evidence,
            self._incoming.expected,
            old=self._incoming.old,
            baseline=self._baseline,
        )
        yield from sent_rows(
            self._outgoing.orders,
            self._gateway.lab.sent,
            evidence=self._evidence,
            unanswered=self._gateway.unanswered,
            journal=self._home.journal(),
        )


_ACTS: Final[tuple[tuple[str, Callable[[Soak], Awaitable[None]]], ...]] = (
    ("Home Assistant killed while telling of messages", Soak.kill_in_telling),
    ("inbox numbered anew", Soak.renumber),
    ("Home Assistant killed at any moment", Soak.kill),
    ("Home Assistant killed after the gateway took a message", Soak.kill_in_sending),
    ("Home Assistant killed, inbox numbered anew meanwhile", Soak.renumber_while_away),
    ("Home Assistant restarted", Soak.restart),
    ("Home Assistant killed while telling of messages", Soak.kill_in_telling),
    ("inbox emptied", Soak.clear),
    ("Home Assistant killed after the gateway took a message", Soak.kill_in_sending),
    ("Home Assistant killed, inbox emptied meanwhile, ids from 1", Soak.begin_anew_while_away),
    ("Home Assistant killed while telling of messages", Soak.kill_in_telling),
    ("Home Assistant killed at any moment", Soak.kill),
    ("inbox numbered anew", Soak.renumber),
)
"""In this order, spread over the whole time."""
