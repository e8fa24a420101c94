"""How a family describes its entities: one frozen type per platform."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from homeassistant.components.binary_sensor import BinarySensorEntityDescription
from homeassistant.components.button import ButtonEntityDescription
from homeassistant.components.event import EventEntityDescription
from homeassistant.components.image import ImageEntityDescription
from homeassistant.components.number import NumberEntityDescription
from homeassistant.components.select import SelectEntityDescription
from homeassistant.components.sensor import SensorEntityDescription
from homeassistant.components.switch import SwitchEntityDescription
from homeassistant.components.text import TextEntityDescription
from homeassistant.components.update import UpdateEntityDescription
from homeassistant.helpers.entity import EntityDescription
from yarl import URL

from ..clients.secret import Secret
from .members import Member
from .readings import Reading, Snapshot, Source

type TellProgress = Callable[[int | None], None]
"""Is told the percentage of an update that is done, None where nobody knows."""

type SensorValue = str | int | float | date | datetime | None


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the box that is a device of its own, such as a port with its SIM."""

    key: str
    """What kind of part, also the translation key of its name."""

    number: int


@dataclass(frozen=True, kw_only=True)
class GatehouseDescription(EntityDescription):
    """Common to all: where the entity's value comes from and whether the device has it.

    The key is also the translation key and the end of the unique id.
    """

    part: Part | Member | None = None
    """None for the box itself."""

    reading: Source[Any]
    """The entity is available while this reading is ok."""

    also_reads: tuple[Source[Any], ...] = ()
    """Further readings that improve the value when they are there."""

    exists_fn: Callable[[Snapshot], bool] = lambda _: True
    """Tells whether the device has this; asked once the reading has succeeded."""

    def exists(self, snapshot: Snapshot) -> bool:
        """Tell whether the device has shown that it has this."""
        return snapshot.ok(self.reading) and self.exists_fn(snapshot)


@dataclass(frozen=True, kw_only=True)
class GatehouseSensorDescription(GatehouseDescription, SensorEntityDescription):
    """Describes a sensor."""

    value_fn: Callable[[Snapshot], SensorValue]


@dataclass(frozen=True, kw_only=True)
class GatehouseBinarySensorDescription(GatehouseDescription, BinarySensorEntityDescription):
    """Describes a binary sensor."""

    value_fn: Callable[[Snapshot], bool | None]
    shows_absence: bool = False
    """While the device does not answer, the sensor is off instead of unavailable."""


@dataclass(frozen=True, kw_only=True)
class GatehouseSwitchDescription[ClientT](GatehouseDescription, SwitchEntityDescription):
    """Describes a switch: what it shows, what it does and what to read back."""

    value_fn: Callable[[Snapshot], bool | None]
    set_fn: Callable[[ClientT, bool], Awaitable[None]]
    read_back: tuple[Reading[Any, Any], ...]
    objection_fn: Callable[[Snapshot, URL, bool], str | None] = lambda *_: None
    """Gives the translation key of a reason against it, knowing where the device is reached."""


@dataclass(frozen=True, kw_only=True)
class GatehouseButtonDescription[ClientT](GatehouseDescription, ButtonEntityDescription):
    """Describes a button: what it does and what to read back."""

    press_fn: Callable[[ClientT], Awaitable[None]]
    read_back: tuple[Reading[Any, Any], ...] = ()
    ends_connection: bool = False
    """The device is away for a while afterwards."""


@dataclass(frozen=True, kw_only=True)
class GatehouseNumberDescription[ClientT](GatehouseDescription, NumberEntityDescription):
    """Describes a number that can be set."""

    value_fn: Callable[[Snapshot], float | None]
    set_fn: Callable[[ClientT, float], Awaitable[None]]
    read_back: tuple[Reading[Any, Any], ...]


@dataclass(frozen=True, kw_only=True)
class GatehouseSelectDescription[ClientT](GatehouseDescription, SelectEntityDescription):
    """Describes a choice between options."""

    value_fn: Callable[[Snapshot], str | None]
    set_fn: Callable[[ClientT, str], Awaitable[None]]
    read_back: tuple[Reading[Any, Any], ...]
    options_fn: Callable[[Snapshot], list[str]] | None = None
    """Gives those of the options that this very device has."""


@dataclass(frozen=True, kw_only=True)
class GatehouseTextDescription[ClientT](GatehouseDescription, TextEntityDescription):
    """Describes a text that can be set."""

    value_fn: Callable[[Snapshot], str | None]
    set_fn: Callable[[ClientT, str], Awaitable[None]]
    read_back: tuple[Reading[Any, Any], ...]


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """Something that happened once."""

    event_type: str
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class GatehouseEventDescription(GatehouseDescription, EventEntityDescription):
    """Describes events that show in the difference between two snapshots."""

    event_types: list[str]
    occurrences_fn: Callable[[Snapshot, Snapshot], Iterable[Occurrence]]
    """Is given the snapshot before and the one after."""


@dataclass(frozen=True, kw_only=True)
class GatehouseUpdateDescription[ClientT](GatehouseDescription, UpdateEntityDescription):
    """Describes firmware that can be installed over the network."""

    installed_fn: Callable[[Snapshot], str | None]
    latest_fn: Callable[[Snapshot], str | None]
    install_fn: Callable[[ClientT, Snapshot, TellProgress], Awaitable[None]]
    """Returns when the device restarts with the latest firmware; raises a client error before."""

    installed_from: tuple[Reading[Any, Any], ...] = ()
    """What tells the version that runs, besides the reading."""

    restart_seconds: int
    """The longest that the restart may take."""

    release_notes_fn: Callable[[Snapshot], str | None] | None = None
    """Gives what is new in the latest firmware, where the device can tell."""


@dataclass(frozen=True, kw_only=True)
class GatehouseImageDescription(GatehouseDescription, ImageEntityDescription):
    """Describes a QR code."""

    content_fn: Callable[[Snapshot], Secret[str] | None]
    """Gives the text, None while there is nothing to show."""
