"""How a family describes its entities: one frozen type per platform."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from homeassistant.components.binary_sensor import BinarySensorEntityDescription
from homeassistant.components.button import ButtonEntityDescription
from homeassistant.components.sensor import SensorEntityDescription
from homeassistant.components.switch import SwitchEntityDescription
from homeassistant.helpers.entity import EntityDescription

from .readings import Reading, Snapshot

type SensorValue = str | int | float | date | datetime | None


@dataclass(frozen=True, kw_only=True)
class GatehouseDescription(EntityDescription):
    """Common to all: where the entity's value comes from and whether the device has it.

    The key is also the translation key and the end of the unique id.
    """

    reading: Reading[Any, Any]
    """The entity is available while this reading is ok."""

    also_reads: tuple[Reading[Any, Any], ...] = ()
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


@dataclass(frozen=True, kw_only=True)
class GatehouseSwitchDescription[ClientT](GatehouseDescription, SwitchEntityDescription):
    """Describes a switch: what it shows, what it does and what to read back."""

    value_fn: Callable[[Snapshot], bool | None]
    set_fn: Callable[[ClientT, bool], Awaitable[None]]
    read_back: tuple[Reading[Any, Any], ...]


@dataclass(frozen=True, kw_only=True)
class GatehouseButtonDescription[ClientT](GatehouseDescription, ButtonEntityDescription):
    """Describes a button: what it does and what to read back."""

    press_fn: Callable[[ClientT], Awaitable[None]]
    read_back: tuple[Reading[Any, Any], ...] = ()
    ends_connection: bool = False
    """The device is away for a while afterwards."""
