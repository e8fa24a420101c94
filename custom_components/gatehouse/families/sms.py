"""How a family describes that its devices carry text messages."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from homeassistant.helpers.selector import BooleanSelector
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ..const import CONF_HIDE_SMS_TEXT
from ..sms.matching import OutboxRow
from ..sms.message import Message
from ..sms.received import InboxRow, Received
from ..sms.transmission import Begin, Transmission
from .readings import Reading, Snapshot, Source


@dataclass(frozen=True, kw_only=True)
class Line:
    """A port with a SIM of its own."""

    number: int

    usable: bool
    """Whether it can send, as far as the device has told."""


class PortPolicy(StrEnum):
    """How the port of a message is chosen where nobody asks for one."""

    FIRST_AVAILABLE = "first_available"
    ROUND_ROBIN = "round_robin"
    LEAST_USED = "least_used"
    FIXED = "fixed"


@dataclass(frozen=True, kw_only=True)
class InboxPage:
    """A page of received messages."""

    rows: tuple[InboxRow, ...]
    """Newest first."""

    held: tuple[InboxRow, ...] = ()
    """Left out of the rows as they may still grow; what is there at the first look is old."""

    unread: int | None = None
    """In the whole inbox."""


class Box(StrEnum):
    """Where a device keeps messages."""

    INBOX = "inbox"
    OUTBOX = "outbox"


class Filter(StrEnum):
    """Which received messages somebody wants to see."""

    ALL = "all"
    UNREAD = "unread"
    READ = "read"


class AfterReceiving(StrEnum):
    """What the device does with a message that was handed over."""

    NOTHING = "nothing"
    MARK_READ = "mark_read"
    DELETE = "delete"


@dataclass(frozen=True, kw_only=True)
class Query:
    """Which messages somebody wants to see."""

    box: Box
    page: int
    page_size: int
    number: str = field(default="", repr=False)
    """Of the other; empty: any."""

    since: datetime | None = None
    until: datetime | None = None
    filter: Filter = Filter.ALL
    """Of the inbox only."""


@dataclass(frozen=True, kw_only=True)
class ListedMessage:
    """A message that the device keeps."""

    number: str = field(repr=False)
    """Of the other."""

    text: str = field(repr=False)
    time: datetime | None
    port: int | None = None
    id: str | None = None
    status: str | None = None
    """Of a message that was sent."""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A page of what somebody wants to see."""

    messages: tuple[ListedMessage, ...]
    pages: int | None
    """How many there are."""


@dataclass(frozen=True, kw_only=True)
class Upkeep:
    """What becomes of received messages at the device."""

    after: AfterReceiving
    keep_last: int = 0
    """Newest messages that are never deleted."""


@dataclass(frozen=True, kw_only=True)
class LineCounts:
    """Messages of one port over the last day."""

    received: int = 0
    sent: int = 0
    failed: int = 0


@dataclass(frozen=True, kw_only=True)
class MessageCounts:
    """How many messages there are."""

    unread: int | None = None
    """In the device's inbox; None while that cannot be read."""

    pending: int = 0
    """Taken by the device and not yet sent."""

    failed: int = 0
    """Over the last day."""

    lines: Mapping[int, LineCounts] = field(default_factory=dict)
    """By port."""


MESSAGES: Final = Source[MessageCounts](name="messages")
"""Counted after each round and whenever a message was sent."""


@dataclass(frozen=True, kw_only=True)
class SmsSupport[ClientT]:
    """How a family carries messages. A port is named by its number, as text."""

    transmit: Callable[[ClientT, Message, str | None, datetime, Begin], Awaitable[Transmission]]
    """Gives the device a message for a port (None where it has no ports), once, now.

    Waits for the last argument when it is its turn at the device, before anything leaves. Raises
    OutcomeUnknown, or another client error where nothing was sent.
    """

    max_numbers: int
    """Most recipients of a message."""

    numbers_per_request: int
    """Most recipients of what is transmitted at once."""

    highest_port: int = 0
    """Number that the last port of the largest such device has."""

    lines_fn: Callable[[Snapshot], tuple[Line, ...]] | None = None
    """Gives the ports of a device that has several."""

    line_readings: tuple[Reading[ClientT, Any], ...] = ()
    """What `lines_fn` looks at."""

    carries_fn: Callable[[Snapshot], bool] = lambda _: True
    """Tells whether the device carries messages at all, as far as it has told."""

    inbox_readings: tuple[Reading[ClientT, Any], ...] = ()
    """What tells `inbox_page` whether there is news; read in any case."""

    inbox_page: Callable[[ClientT, int], Awaitable[InboxPage]] | None = None
    """Reads a page, counted from 1, newest first."""

    awaits_parts_fn: Callable[[ClientT], bool] = lambda _: False
    """Tells whether `inbox_page` holds something back that will be whole in a moment."""

    tidy: Callable[[ClientT, Sequence[Received], Upkeep], Awaitable[None]] | None = None
    """Deletes or marks messages that have just been handed over."""

    outbox_rows: Callable[[ClientT, Snapshot, datetime], Awaitable[Sequence[OutboxRow]]] | None = (
        None
    )
    """Reads what was sent since a moment."""

    delivery_reports: bool = False
    """Whether more may be heard of a message once it was sent."""

    listing: Callable[[ClientT, Snapshot, Query], Awaitable[Listing]] | None = None
    """Reads what somebody wants to see."""


MESSAGE_OPTIONS: Final[VolDictType] = {
    vol.Required(CONF_HIDE_SMS_TEXT, default=False): BooleanSelector(),
}
"""Of every device that receives messages."""


def from_local(moment: datetime | None) -> datetime | None:
    """Return the time of a device that tells no zone, in that of Home Assistant."""
    return moment and moment.replace(tzinfo=dt_util.get_default_time_zone())


def to_local(moment: datetime | None) -> datetime | None:
    """Return a time as the clock of a device shows it that knows no zone."""
    return moment and dt_util.as_local(moment).replace(tzinfo=None)
