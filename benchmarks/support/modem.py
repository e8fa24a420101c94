"""The soaks of HiLink modems, whose memory is small and which use indexes again."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain
from random import Random
from typing import Final

from scripts.support.console import CommandError
from simulators.hilink import HilinkOptions, SmsEncryption, SmsStyle

from .device import Device, Extent
from .faults import Trouble, spoil, spoiled_sends
from .home import Home
from .modem_traffic import ModemIncoming
from .traffic import Incoming
from .unreliable_modem import CAPACITY, UnreliableModem

_FAMILY: Final = "hilink"

_SPARE: Final = 60
"""Places for what comes all at once beside a backlog, and for what is sent."""

_AGE: Final = timedelta(minutes=2)
"""Of what is there before; long texts that have just come might still be growing."""

_SEND: Final = UnreliableModem.SEND
_STATUS: Final = "sms/send-status"
_COUNT: Final = "sms/sms-count"

_BUSY: Final = 113018
_TOO_FAST: Final = 113004
_FAILED: Final = -1

_TROUBLES: Final[tuple[Trouble[UnreliableModem], ...]] = (
    Trouble(name="send taken, and failed", times=6, act=lambda each: each.lab.fail_sends()),
    *spoiled_sends(_SEND, timeouts=4),
    spoil("send not taken, no reply until the time-out", 2, _SEND, "timeout", executed=False),
    spoil("send refused, modem busy", 4, _SEND, "error", code=_BUSY),
    spoil("send refused, too early", 4, _SEND, "error", code=_TOO_FAST),
    spoil("send status connection dropped", 6, _STATUS, "drop"),
    spoil("send status reply an HTML page", 4, _STATUS, "html"),
    spoil("send status reply garbage", 4, _STATUS, "garbage"),
    spoil("counts connection dropped", 4, _COUNT, "drop"),
    spoil("counts reply empty", 4, _COUNT, "empty"),
)

_LISTS: Final[Mapping[SmsStyle, tuple[str, ...]]] = {
    SmsStyle.BOX: ("sms/sms-list",),
    SmsStyle.CONVERSATION: ("sms/sms-list-contact", "sms/sms-list-phone"),
}
"""Endpoints that list messages."""


def _spoiled_lists(endpoint: str) -> tuple[Trouble[UnreliableModem], ...]:
    """Describe the ways in which a list of messages goes wrong."""
    return (
        spoil(f"{endpoint} reply after the time-out", 2, endpoint, "timeout"),
        spoil(f"{endpoint} connection dropped", 8, endpoint, "drop"),
        spoil(f"{endpoint} reply truncated", 6, endpoint, "truncated"),
        spoil(f"{endpoint} reply cut", 4, endpoint, "cut"),
        spoil(f"{endpoint} reply an HTML page", 4, endpoint, "html"),
        spoil(f"{endpoint} reply empty", 4, endpoint, "empty"),
        spoil(f"{endpoint} reply garbage", 4, endpoint, "garbage"),
        spoil(f"{endpoint} reply an error", 4, endpoint, "error", code=_FAILED),
    )


async def _set_up(home: Home, modem: UnreliableModem) -> None:
    """Set a modem up as its owner would, some time after messages have come."""
    modem.lab.advance(_AGE.total_seconds())
    await home.add_device(_FAMILY, modem)


def _create(style: SmsStyle, encryption: SmsEncryption) -> UnreliableModem:
    """Return a modem whose clock is right once it is set up."""
    options = HilinkOptions(
        sms_capacity=CAPACITY,
        sms_send_seconds=0.5,
        sms_style=style,
        sms_encryption=encryption,
        start=datetime.now(tz=UTC).replace(tzinfo=None, microsecond=0) - _AGE,
    )
    return UnreliableModem(options)


def _receive(modem: UnreliableModem, random: Random, extent: Extent) -> Incoming:
    """Return what lets messages arrive. Raises CommandError if too many come at once."""
    spare = extent.backlog + extent.backlog // 3 + _SPARE
    if spare + _SPARE > CAPACITY:
        raise CommandError(f"The backlog does not fit into a modem with {CAPACITY} places.")
    return ModemIncoming(modem=modem, spare=spare, random=random)


def modem(
    style: SmsStyle, encryption: SmsEncryption = SmsEncryption.NONE
) -> Device[UnreliableModem]:
    """Return a modem that lists messages in that style."""
    return Device(
        name="modem",
        event_entity="event.h165_383_message_received",
        extent=Extent(incoming=1000, backlog=200, outgoing=200, seconds=300),
        create=partial(_create, style, encryption),
        set_up=_set_up,
        receive=_receive,
        troubles=(*_TROUBLES, *chain.from_iterable(map(_spoiled_lists, _LISTS[style]))),
        thefts=(
            ("session ended", lambda each: each.lab.expire_sessions()),
            ("session forgotten", lambda each: each.lab.expire_sessions(forget=True)),
        ),
    )
