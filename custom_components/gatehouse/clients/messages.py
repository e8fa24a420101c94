"""What all clients that carry text messages have in common."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

type OnTurn = Callable[[], Awaitable[None]]
"""Awaited when nothing but the request itself is left to be sent, again if the device refuses it
and it is sent again. What it raises is passed on, and the request is not sent."""


@dataclass(frozen=True, kw_only=True)
class SendReport:
    """What became of a message, by number."""

    sent: tuple[str, ...] = field(default=(), repr=False)
    failed: tuple[str, ...] = field(default=(), repr=False)
    unknown: tuple[str, ...] = field(default=(), repr=False)
