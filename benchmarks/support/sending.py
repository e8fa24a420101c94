"""The messages that somebody wants to be sent in a soak, and every answer to that."""

import asyncio
from dataclasses import asdict, dataclass, field
import json
from pathlib import Path
from time import time
from typing import Final

from .home import Away, Home, Refused
from .traffic import Pace

AWAY: Final = "away"
"""Instead of an answer, when Home Assistant was gone before there was one."""

UNCERTAIN: Final = frozenset({"outcome_unknown", "sms_outcome_unknown"})
"""Errors that do not say that nothing was sent."""

UNEXPECTED: Final = frozenset({"home_assistant_error", "timeout", "unknown_error"})
"""Codes that Home Assistant gives to errors without a text of their own, which say nothing."""

_REFUSALS: Final = 100
"""After which nobody tries any longer to send a message."""

_RETRY_SECONDS: Final = 3.0
_AT_ONCE: Final = 12
"""Messages that are waited for side by side."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one call of the action said, or that it said nothing."""

    word: str
    """State of the message, key of an error, or AWAY."""

    error: bool = False
    id: str | None = None
    """Of the message, as in its events; errors have none, nor have devices without ports."""

    @property
    def definite(self) -> bool:
        """Return whether it says that nothing was sent."""
        return self.error and self.word not in UNCERTAIN | UNEXPECTED


@dataclass(kw_only=True)
class Order:
    """A message that somebody wants to be sent."""

    number: str
    text: str
    port: int | None
    key: str | None
    answers: list[Answer] = field(default_factory=list)
    """Of every call, in order."""

    @property
    def interruptions(self) -> int:
        """Return how often Home Assistant was gone before it answered."""
        return sum(answer.word == AWAY for answer in self.answers)

    @property
    def refusals(self) -> int:
        """Return how often an error said that nothing was sent."""
        return sum(answer.definite for answer in self.answers)

    @property
    def may_ask(self) -> bool:
        """Return whether asking, again or for the first time, can do good and no harm.

        With a key it cannot harm; without one it can unless nothing was sent.
        """
        if not self.answers:
            return True
        latest = self.answers[-1]
        harmless = self.key is not None or latest.definite
        settled = latest.word != AWAY and not latest.error
        return harmless and not settled and self.refusals < _REFUSALS


@dataclass(kw_only=True)
class Outgoing:
    """Messages that somebody wants to be sent, and asks for again where that cannot harm."""

    home: Home
    record: Path
    """Gets a line for each answer."""

    ports: int | None
    """That can be chosen for a message."""

    orders: list[Order] = field(default_factory=list)
    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))

    async def run(self, pace: Pace) -> None:
        """Ask for them, several at a time."""
        async with asyncio.TaskGroup() as group:
            async for burst in pace.bursts():
                for _ in burst:
                    group.create_task(self.send())

    async def send(self) -> None:
        """Ask for one more message once it has its turn, until there is an answer."""
        order = self._order(len(self.orders))
        self.orders.append(order)
        async with self._places:
            while order.may_ask:
                await self.home.running.wait()
                answer = await self._ask(order)
                order.answers.append(answer)
                with self.record.open("a") as lines:
                    fields = {"at": time(), "number": order.number, **asdict(answer)}
                    lines.write(f"{json.dumps(fields)}\n")
                if order.may_ask:
                    await asyncio.sleep(_RETRY_SECONDS)

    async def _ask(self, order: Order) -> Answer:
        """Ask for a message once."""
        wishes = {"port": order.port, "idempotency_key": order.key}
        data = {
            "numbers": [order.number],
            "message": order.text,
            **{name: wish for name, wish in wishes.items() if wish is not None},
        }
        try:
            response = await self.home.call("gatehouse", "send_sms", data, return_response=True)
        except Refused as err:
            return Answer(word=str(err), error=True)
        except Away:
            return Answer(word=AWAY)
        if self.ports is None:
            return Answer(word=response["results"][order.number])
        [message] = response["messages"]
        return Answer(word=message["state"], id=message["id"])

    def _order(self, number: int) -> Order:
        """Return the order of that number: some with a key, some for a port."""
        return Order(
            number=f"+49151{number:07d}",
            text=f"out {number}",
            port=number % self.ports + 1 if self.ports and number % 3 == 0 else None,
            key=None if number % 5 == 0 else f"soak-{number}",
        )
