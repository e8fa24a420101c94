"""Messages that come and go."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from time import monotonic
from typing import Final

from simulators.openvox import OpenVoxSimulator

from .home import Away, Home, Refused

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
_REFUSALS: Final = 100
"""After which nobody tries any longer to send a message."""

_RETRY_SECONDS: Final = 3.0
_AT_ONCE: Final = 12
"""Messages that are waited for side by side."""


@dataclass(kw_only=True)
class Pace:
    """So many things, spread over so many seconds."""

    count: int
    seconds: float
    random: Random
    open: asyncio.Event

    async def bursts(self) -> AsyncGenerator[range]:
        """Yield the numbers of what is due, until all is; nothing while the gate is closed."""
        started = monotonic()
        done = 0
        while done < self.count:
            await asyncio.sleep(self.random.uniform(*_PAUSES))
            await self.open.wait()
            due = min(self.count, int(self.count * (monotonic() - started) / self.seconds))
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

    async def run(self, pace: Pace) -> None:
        """Let them arrive."""
        async for burst in pace.bursts():
            for number in burst:
                self.receive(f"in {number}")

    def receive(self, name: str) -> None:
        """Let a message arrive."""
        text = f"{name} {self.random.choice(_FILLINGS)}".strip()
        local = self.simulator.gateway.local()
        old = self.random.random() < _OLD
        if old:
            self.old.add(text)
        sender = f"+4915{self.random.randrange(20):09d}"
        port = self.random.randint(1, PORTS)
        for _ in range(1 + (self.random.random() < _TWINS)):
            when = str(local - _AGE) if old else None
            self.simulator.lab.receive_sms(port, sender, text, when=when)
            self.expected[text] += 1


@dataclass(kw_only=True)
class Order:
    """A message that somebody wants to be sent."""

    number: str
    text: str
    port: int | None
    key: str | None
    answer: str | None = None
    """What the action said in the end; None: nothing."""

    refusals: Counter[str] = field(default_factory=Counter)
    interruptions: int = 0
    """How often Home Assistant was gone before it answered."""


@dataclass(kw_only=True)
class Outgoing:
    """Messages that somebody wants to be sent, and asks for again where that cannot harm."""

    home: Home
    orders: list[Order] = field(default_factory=list)
    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))

    async def run(self, pace: Pace) -> None:
        """Ask for them, several at a time."""
        async with asyncio.TaskGroup() as group:
            async for burst in pace.bursts():
                for number in burst:
                    order = _order(number)
                    self.orders.append(order)
                    group.create_task(self._send(order))

    async def _send(self, order: Order) -> None:
        """Ask for a message once it has its turn."""
        async with self._places:
            await self._insist(order)

    async def _insist(self, order: Order) -> None:
        """Ask until there is an answer; without a key only as long as nothing can have been sent.

        A refusal says that nothing was sent.
        """
        wishes = {"port": order.port, "idempotency_key": order.key}
        data = {
            "numbers": [order.number],
            "message": order.text,
            **{name: wish for name, wish in wishes.items() if wish is not None},
        }
        while order.answer is None and order.refusals.total() < _REFUSALS:
            await self.home.running.wait()
            try:
                response = await self.home.call("gatehouse", "send_sms", data, return_response=True)
            except Refused as err:
                order.refusals[str(err)] += 1
                await asyncio.sleep(_RETRY_SECONDS)
            except Away:
                order.interruptions += 1
                if order.key is None:
                    return
                await asyncio.sleep(_RETRY_SECONDS)
            else:
                order.answer = response["messages"][0]["state"]


def _order(number: int) -> Order:
    """Return the order of that number: some with a key, some for a port."""
    return Order(
        number=f"+49151{number:07d}",
        text=f"out {number}",
        port=number % PORTS + 1 if number % 3 == 0 else None,
        key=None if number % 5 == 0 else f"soak-{number}",
    )
