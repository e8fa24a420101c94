"""Boxes behind a device that its owner adds by name, such as the routers that a cloud leads to."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from homeassistant.helpers.typing import VolDictType

from .readings import Reading, Snapshot

if TYPE_CHECKING:
    from .base import Identity


@dataclass(frozen=True, kw_only=True)
class Member:
    """A box behind a device, which is a device of its own."""

    key: str
    """What tells it from the others behind the same device, for good; the group of its readings."""

    name: str
    """As its owner calls it."""

    subentry_id: str
    manufacturer: str
    is_away: Callable[[Snapshot], bool]
    """Tells whether the device says that it does not reach this one."""

    identity_of: Callable[[Snapshot], Identity]
    identity_readings: tuple[Reading[Any, Any], ...]
    """What `identity_of` looks at."""


@dataclass(frozen=True, kw_only=True)
class MemberSupport[ClientT]:
    """What the wizard has to know of the boxes behind a device."""

    kind: str
    """Type of their subentries."""

    fields: VolDictType
    """What is asked for besides the name."""

    unique_field: str
    """One of the fields, in which no two may agree."""

    admit: Callable[[ClientT, Mapping[str, Any]], Awaitable[Mapping[str, Any]]]
    """Checks what was entered and returns it as it is to be kept. Raises client errors, or
    InvalidInput."""
