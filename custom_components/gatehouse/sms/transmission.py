"""What is known of a message once it has been given to a device."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from .journal import SendState

type Begin = Callable[[], Awaitable[None]]
"""Saves that a message is being sent; once is enough. What it raises is to be passed on."""


class KeyReused(Exception):
    """The same idempotency key came with another message; nothing was sent."""


class Refused(Exception):
    """The device definitely did not take the message."""

    def __init__(self, original: Exception) -> None:
        """Keep what the client raised."""
        super().__init__(type(original).__name__)
        self.original = original


class Unsettled(Exception):
    """The device may or may not have taken the message."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a message to one number."""

    state: SendState
    device_id: str | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Transmission:
    """What became of a message; about numbers that are missing nothing is known."""

    outcomes: Mapping[str, Outcome] = field(default_factory=dict, repr=False)
    """By number, written as it was given."""
