"""Everything in which the soak of one device differs from that of another, but for its acts."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from random import Random

from .faults import Theft, Trouble
from .home import Home
from .traffic import Incoming
from .unreliable import Unreliable


@dataclass(frozen=True, kw_only=True)
class Extent:
    """How much is to happen."""

    incoming: int
    backlog: int
    """Of the incoming messages, those that come at once while Home Assistant is away."""

    outgoing: int
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Device[D: Unreliable]:
    """A device, and how it is treated."""

    name: str
    event_entity: str
    """That tells of received messages."""

    extent: Extent
    """What is usual."""

    ports: int | None = None
    """That can be chosen for a message; None where there is no choice."""

    create: Callable[[], D]
    set_up: Callable[[Home, D], Awaitable[None]]
    receive: Callable[[D, Random, Extent], Incoming]
    """Returns what lets messages arrive."""

    troubles: Sequence[Trouble[D]]
    thefts: tuple[Theft[D], Theft[D]]
    """The usual one, and the last one."""
