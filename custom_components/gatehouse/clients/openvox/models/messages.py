"""Models of messages: what was accepted, the outbox, the inbox."""

# ruff: noqa: RUF009 - the calls declare fields, as field() itself does

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
import re
from typing import ClassVar, Final

from .. import values
from ..values import Fields, count, elements, moment
from .reply import Page, Part, derive, read, read_parts


class DeliveryStatus(StrEnum):
    """What became of a message that the gateway was given."""

    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"


_STATUSES: Final[Mapping[str, DeliveryStatus]] = {
    "SENT": DeliveryStatus.SENT,
    "DELIVERD": DeliveryStatus.DELIVERED,
    "DELIVERED": DeliveryStatus.DELIVERED,
    "FAILED": DeliveryStatus.FAILED,
}
"""The gateway itself spells it DELIVERD."""

_STATUS: Final = re.compile(r"([A-Z]+)\s*(?:\(\s*(-?[0-9]{1,9})\s*\))?")

_COMPLETED: Final = range(32)
"""Values of TP-Status that say that the message arrived (3GPP TS 23.040, 9.2.3.15)."""


def _status_parts(raw: object) -> tuple[DeliveryStatus, int | None]:
    """Split a status such as `DELIVERD(0)` into its meaning and its number."""
    found = _STATUS.fullmatch((values.text(raw) or "").upper())
    if found is None:
        return DeliveryStatus.UNKNOWN, None
    number = None if found[2] is None else int(found[2])
    meaning = _STATUSES.get(found[1], DeliveryStatus.UNKNOWN)
    if meaning is DeliveryStatus.DELIVERED and number is not None and number not in _COMPLETED:
        meaning = DeliveryStatus.UNKNOWN
    return meaning, number


def _status(fields: Fields) -> DeliveryStatus:
    """Return what the status of a message means."""
    return _status_parts(fields.get("status"))[0]


def _status_number(fields: Fields) -> int | None:
    """Return the number within the status of a message."""
    return _status_parts(fields.get("status"))[1]


@dataclass(frozen=True, kw_only=True)
class OutboxMessage(Part):
    """A message that was sent; the gateway does not tell the id that it gave it."""

    port_name: str | None = read(values.text, "port_name")
    """Such as `lte-16`; the number in it need not be that of the port."""

    number: str | None = read(values.text, "phonenumber", shown=False)

    sent_at: datetime | None = read(moment, "time")
    """By the gateway's clock, without time zone."""

    status: DeliveryStatus = derive(_status, DeliveryStatus.UNKNOWN)

    status_number: int | None = derive(_status_number, None)
    """Concluded, not documented: the TP-Status of the delivery report."""

    told_status: str | None = read(values.text, "status")
    """As the gateway writes it."""

    text: str | None = read(values.body, "message", shown=False)


@dataclass(frozen=True, kw_only=True)
class Outbox(Page):
    """One page of the outbox."""

    ENDPOINT: ClassVar[str] = "/smsoutbox/get"

    page: int | None = read(count, "current_page")
    size: int | None = read(count, "current_counts")

    pages: int | None = read(count, "counts")
    """How many pages there are."""

    messages: tuple[OutboxMessage, ...] = read_parts(OutboxMessage, "sms")


class InboxFlag(StrEnum):
    """Which messages of the inbox are wanted."""

    ALL = "all"
    UNREAD = "unread"
    READ = "read"


@dataclass(frozen=True, kw_only=True)
class InboxMessage(Part):
    """A message that was received, put together from its parts by the gateway."""

    id: int | None = read(count, "id")
    """Grows with each message, until the gateway is reset."""

    port: int | None = read(values.port_number, "port")
    port_name: str | None = read(values.text, "port_name")

    number: str | None = read(values.text, "phonenumber", shown=False)
    """Of the sender, or a name."""

    received_at: datetime | None = read(moment, "time")
    """By the gateway's clock, without time zone."""

    text: str | None = read(values.body, "message", shown=False)


@dataclass(frozen=True, kw_only=True)
class Inbox(Page):
    """One page of the inbox."""

    ENDPOINT: ClassVar[str] = "/smsinbox/get"

    page: int | None = read(count, "current_page")
    size: int | None = read(count, "current_counts")

    pages: int | None = read(count, "counts")
    """How many pages there are."""

    read_count: int | None = read(count, "read")
    unread_count: int | None = read(count, "unread")
    messages: tuple[InboxMessage, ...] = read_parts(InboxMessage, "sms")


@dataclass(frozen=True, kw_only=True)
class SendResult:
    """What the gateway said about a message that it was given."""

    id: str | None = None
    """Which nothing else ever tells again."""

    port: int | None = None

    rejected: bool = False
    """Whether the gateway did not take it."""

    status: DeliveryStatus = DeliveryStatus.UNKNOWN
    """Concluded from the reply to a synchronous sending, whose form is not documented."""

    raw: Mapping[str, object] = field(default_factory=dict, repr=False)
    """What the gateway said, word for word; holds number and text."""

    @classmethod
    def from_data(cls, data: object) -> SendResult | None:
        """Take the result from a reply, None where it is neither accepted nor rejected, or both."""
        fields: Fields = data if isinstance(data, Mapping) else {}
        accepted, rejected = fields.get("send_list"), fields.get("reject_list")
        if not accepted and not rejected and values.text(fields.get("id")):
            accepted = fields
        if bool(accepted) == bool(rejected):
            return None
        item = next(iter(elements(accepted or rejected, "port")), {})
        return cls(
            id=values.text(item.get("id")),
            port=values.port_number(item.get("port")),
            rejected=bool(rejected),
            status=_sending_status(item),
            raw=fields,
        )


_WORDS: Final[Mapping[str, DeliveryStatus]] = {
    **_STATUSES,
    "SUCCESS": DeliveryStatus.SENT,
    "FAIL": DeliveryStatus.FAILED,
}


def _sending_status(item: Fields) -> DeliveryStatus:
    """Return what a synchronous reply says about its end."""
    told = next(
        (found for name in ("status", "result") if (found := values.text(item.get(name)))), ""
    )
    return _WORDS.get(told.upper(), _status_parts(told)[0])
