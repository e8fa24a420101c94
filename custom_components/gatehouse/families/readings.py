"""Readings: what is read from a device, how often, and how that went."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant


class Cadence(Enum):
    """How often a reading is due."""

    FAST = timedelta(seconds=30)
    MEDIUM = timedelta(minutes=2)
    SLOW = timedelta(minutes=15)
    DAILY = timedelta(days=1)


class Outcome(StrEnum):
    """How a reading went the last time."""

    OK = "ok"
    FAILING = "failing"
    DENIED = "denied"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, kw_only=True, eq=False)
class Source[ValueT]:
    """Where typed values come from."""

    name: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Reading[ClientT, ValueT](Source[ValueT]):
    """One request that yields typed values."""

    fetch: Callable[[ClientT], Awaitable[ValueT]]
    cadence: Cadence
    essential: bool = False
    """The cheapest reading: the device counts as offline only when this one fails."""

    takes_long: bool = False
    """Nobody who sets up the device should have to wait for it."""

    group: str = ""
    """Which box behind the device it is about; those of one do not wait for those of another."""

    watched_fn: Callable[[Snapshot], bool] = lambda _: False
    """Tells that somebody is waiting for this to change, so that it is read more often."""

    @property
    def interval(self) -> timedelta:
        """Return the time between two readings."""
        interval: timedelta = self.cadence.value
        return interval


@dataclass(frozen=True, kw_only=True, eq=False)
class HomeReading[ValueT](Source[ValueT]):
    """What Home Assistant itself knows of the device; looked at after each round."""

    look: Callable[[HomeAssistant, ConfigEntry, Snapshot], Awaitable[ValueT]]


@dataclass(frozen=True, kw_only=True)
class Record:
    """The last result of a reading."""

    outcome: Outcome
    value: Any = None
    """The last good value, kept while the reading fails; None before the first."""

    read_at: datetime | None = None
    """When the value was read."""

    failures: int = 0
    """Consecutive ones."""

    error: str | None = None
    """The kind of the last failure."""


class Snapshot:
    """All results at one moment."""

    def __init__(self, records: Mapping[Source[Any], Record] | None = None) -> None:
        """Take over the records, which must not change afterwards."""
        self.records: Mapping[Source[Any], Record] = records or {}

    def __getitem__[ValueT](self, reading: Source[ValueT]) -> ValueT:
        """Return the last good value of a reading. Raises KeyError before the first."""
        record = self.records[reading]
        if record.read_at is None:
            raise KeyError(reading.name)
        value: ValueT = record.value
        return value

    def get[ValueT](self, reading: Source[ValueT]) -> ValueT | None:
        """Return the value of a reading while it is current."""
        return self[reading] if self.ok(reading) else None

    def last[ValueT](self, reading: Source[ValueT]) -> ValueT | None:
        """Return the last good value of a reading, however old; None before the first."""
        try:
            return self[reading]
        except KeyError:
            return None

    def ok(self, reading: Source[Any]) -> bool:
        """Tell whether the reading succeeded the last time."""
        record = self.records.get(reading)
        return record is not None and record.outcome is Outcome.OK

    def read_at(self, reading: Source[Any]) -> datetime:
        """Return when the last good value was read. Raises KeyError before the first."""
        if (moment := self.records[reading].read_at) is None:
            raise KeyError(reading.name)
        return moment
