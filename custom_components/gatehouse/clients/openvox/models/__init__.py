"""Typed content of the replies of an OpenVox gateway, one class for each request."""

from .messages import (
    DeliveryStatus,
    Inbox,
    InboxFlag,
    InboxMessage,
    Outbox,
    OutboxMessage,
    SendResult,
)
from .ports import Channel, ChannelStates, Sim, Span, sims
from .push import PushConfiguration
from .reply import Page, Part
from .ussd import UssdPort, UssdReport, UssdResult

__all__ = [
    "Channel",
    "ChannelStates",
    "DeliveryStatus",
    "Inbox",
    "InboxFlag",
    "InboxMessage",
    "Outbox",
    "OutboxMessage",
    "Page",
    "Part",
    "PushConfiguration",
    "SendResult",
    "Sim",
    "Span",
    "UssdPort",
    "UssdReport",
    "UssdResult",
    "sims",
]
