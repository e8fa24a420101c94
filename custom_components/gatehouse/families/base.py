"""The floor plan: what a family must provide."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from aiohttp import ClientSession
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
import voluptuous as vol
from yarl import URL

from ..const import DeviceFamily
from .actions import GatehouseAction
from .clients import ClientSupport
from .descriptions import (
    GatehouseBinarySensorDescription,
    GatehouseButtonDescription,
    GatehouseEventDescription,
    GatehouseImageDescription,
    GatehouseNumberDescription,
    GatehouseSelectDescription,
    GatehouseSensorDescription,
    GatehouseSwitchDescription,
    GatehouseTextDescription,
    GatehouseUpdateDescription,
)
from .issues import GatehouseIssueDescription
from .members import Member, MemberSupport
from .push import PushSupport
from .readings import HomeReading, Reading, Snapshot
from .sms import SmsSupport


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
    unique_id: str | None = None
    """The same as in `Identity`, where the device tells it without a login."""

    initialized: bool = True
    """False for a device that has no password yet."""

    obstacle: str | None = None
    """Why the device cannot be set up, as the reason of an abort."""

    data: Mapping[str, Any] = field(default_factory=dict)
    """What the client has to know besides; goes into the data of the entry."""


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Which device it is."""

    unique_id: str | None
    """From serial number, IMEI or MAC; None where the device hides them."""

    model: str
    firmware: str | None = None
    hardware: str | None = None
    serial_number: str | None = None
    mac_addresses: frozenset[str] = frozenset()
    """Empty also where all devices of the kind share one."""

    bluetooth_address: str | None = None


@dataclass(frozen=True, kw_only=True)
class Initialization:
    """How a new device gets its first password."""

    fields: vol.Schema
    run: Callable[[ClientSession, URL, Mapping[str, Any]], Awaitable[Mapping[str, Any]]]
    """Returns the credentials of the entry. Raises client errors, or InvalidInput."""

    suggestions_fn: Callable[[str], Mapping[str, Any]] = lambda _: {}
    """Gives what the form is filled with, by the language of Home Assistant."""


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way to log in to a device, which has a family of its own."""

    family: DeviceFamily
    elsewhere: bool = False
    """Whether it does not lead to the address of the device."""


class InvalidInput(Exception):
    """Raised for a field of a form that cannot be right."""

    def __init__(self, field: str, key: str) -> None:
        """Say which field, and the translation key of what is wrong with it."""
        super().__init__(f"{field}: {key}")
        self.field = field
        self.key = key


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
    fetch_all: (
        Callable[
            [ClientT, Sequence[Reading[ClientT, Any]]],
            Awaitable[Mapping[Reading[ClientT, Any], Any]],
        ]
        | None
    ) = None
    """Reads several at once, where the device takes that; gives a value or a client error for each,
    and raises nothing."""

    home_readings: tuple[HomeReading[Any], ...] = ()
    sensors: tuple[GatehouseSensorDescription, ...] = ()
    binary_sensors: tuple[GatehouseBinarySensorDescription, ...] = ()
    switches: tuple[GatehouseSwitchDescription[ClientT], ...] = ()
    buttons: tuple[GatehouseButtonDescription[ClientT], ...] = ()
    numbers: tuple[GatehouseNumberDescription[ClientT], ...] = ()
    selects: tuple[GatehouseSelectDescription[ClientT], ...] = ()
    texts: tuple[GatehouseTextDescription[ClientT], ...] = ()
    events: tuple[GatehouseEventDescription, ...] = ()
    updates: tuple[GatehouseUpdateDescription[ClientT], ...] = ()
    images: tuple[GatehouseImageDescription, ...] = ()
    actions: tuple[GatehouseAction[ClientT], ...] = ()
    issues: tuple[GatehouseIssueDescription[ClientT], ...] = ()
    sms: SmsSupport[ClientT] | None = None
    push: PushSupport[ClientT, Any] | None = None
    clients: ClientSupport[ClientT] | None = None
    member_support: MemberSupport[ClientT] | None = None
    """None where nothing lies behind such a device."""

    members: tuple[Member, ...] = ()
    """What lies behind one device; only `tailor_fn` knows."""

    tailor_fn: Callable[[Family[ClientT], ConfigEntry], Family[ClientT]] | None = None
    """Returns what the family is for one device, by its entry."""

    private_fields: frozenset[str] = frozenset()
    """Fields of the typed data that diagnostics must not show."""

    core_domain: str | None = None
    """Integration of Home Assistant itself that may already own the device."""

    core_components: tuple[str, ...] = ()
    """Integrations of Home Assistant itself that have to be set up before."""

    initialization: Initialization | None = None
    is_default_login_fn: Callable[[Mapping[str, Any]], bool] = lambda _: False
    """Tells whether the data of an entry hold the login with which every device is delivered."""

    consents: vol.Schema = field(default_factory=lambda: vol.Schema({}))
    """Options that are asked for together with the credentials."""

    options: vol.Schema = field(default_factory=lambda: vol.Schema({}))
    """Options that can be changed later."""

    zeroconf_type: str | None = None
    """Service that such devices announce on the network."""

    host_names: str | None = None
    """Pattern of the names that such devices tell a DHCP server, in lower case."""

    mac_prefix: str | None = None
    """Beginning of the hardware addresses of such devices, in lower case without colons."""

    login: str = ""
    """End of the wizard's steps that ask for the credentials; empty for a password."""

    ways: Mapping[str, Way] = field(default_factory=dict)
    """Ways to log in among which the owner chooses, by the step of the wizard."""

    is_way: bool = False
    """Whether the wizard comes here by the choice of a way, and not by the kind of device."""

    unrecognized: str = "not_recognized"
    """Reason of the abort where a discovered device turns out to be another."""

    private_texts_fn: Callable[[Snapshot], Iterable[str]] = lambda _: ()
    """Gives texts that diagnostics must not show, wherever they stand."""

    diagnose_fn: Callable[[ClientT, Mapping[str, Any]], Awaitable[Mapping[str, Any]]] | None = None
    """Asks the device for more, by the entry's options, when somebody wants diagnostics."""

    forget_fn: Callable[[HomeAssistant, ConfigEntry], Awaitable[None]] | None = None
    """Forgets what the family itself keeps of a device that is removed."""
