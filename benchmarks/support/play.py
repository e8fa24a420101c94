"""What happens in the soak of a device."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from .acts import Act
from .device import Device
from .stage import Stage
from .unreliable import Unreliable


@dataclass(frozen=True, kw_only=True)
class Play[D: Unreliable]:
    """A device, and what happens to it."""

    device: Device[D]
    acts: Sequence[Act[D]]
    """In this order, spread over the whole time."""

    chores: Sequence[Callable[[Stage[D]], Coroutine[Any, Any, None]]] = ()
    """What goes on all the time, to the very end."""
