"""The floor plan: what a family must provide."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from aiohttp import ClientSession
import voluptuous as vol
from yarl import URL

from ..clients.messages import SendReport
from ..const import DeviceFamily
from ..sms.message import Message
from .descriptions import (
    GatehouseBinarySensorDescription,
    GatehouseButtonDescription,
    GatehouseSensorDescription,
    GatehouseSwitchDescription,
)
from .readings import Reading, Snapshot


class Client(Protocol):
    """What every family's client can do."""

    async def log_in(self) -> None:
        """Log in now, to learn whether the credentials are right."""

    async def release(self) -> None:
        """Log out; the next request logs in again."""


@dataclass(frozen=True, kw_only=True)
class Recognition:
    """What a device tells of itself without credentials."""

    model: str | None


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Which device it is."""

    unique_id: str | None
    """From serial number, IMEI or MAC; None where the device hides them."""

    model: str
    firmware: str | None = None
    hardware: str | None = None
    serial_number: str | None = None
    mac_address: str | None = None
    """None also where all devices of the kind share one."""


@dataclass(frozen=True, kw_only=True)
class SmsSupport[ClientT]:
    """How a family sends messages."""

    send: Callable[[ClientT, Message, datetime], Awaitable[SendReport]]
    max_numbers: int
    """Most recipients of one request."""


@dataclass(frozen=True, kw_only=True)
class Family[ClientT: Client]:
    """A kind of device: everything that the rest of the integration needs to know of it."""

    key: DeviceFamily
    manufacturer: str
    recognize: Callable[[ClientSession, URL], Awaitable[Recognition]]
    """Raises a client error where the device is not of this family."""

    credentials: vol.Schema
    create_client: Callable[[ClientSession, URL, Mapping[str, Any]], ClientT]
    identify: Callable[[ClientT], Awaitable[Identity]]
    identity_of: Callable[[Snapshot], Identity]
    """The same as `identify`, from readings."""

    identity_readings: tuple[Reading[ClientT, Any], ...]
    """What `identity_of` looks at."""

    readings: tuple[Reading[ClientT, Any], ...]
    sensors: tuple[GatehouseSensorDescription, ...] = ()
    binary_sensors: tuple[GatehouseBinarySensorDescription, ...] = ()
    switches: tuple[GatehouseSwitchDescription[ClientT], ...] = ()
    buttons: tuple[GatehouseButtonDescription[ClientT], ...] = ()
    sms: SmsSupport[ClientT] | None = None
    private_fields: frozenset[str] = frozenset()
    """Fields of the typed data that diagnostics must not show."""

    core_domain: str | None = None
    """Integration of Home Assistant itself that may already own the device."""
