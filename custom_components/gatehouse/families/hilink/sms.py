"""Sending messages through a HiLink device."""

from datetime import datetime
from typing import Final

from ...clients.hilink.client import HilinkClient
from ...sms.journal import SendState
from ...sms.message import Message
from ...sms.segments import Coding
from ...sms.transmission import Outcome, Transmission
from ..sms import SmsSupport

_MOST_NUMBERS: Final = 50
"""What the devices' own page allows."""


async def _transmit(
    client: HilinkClient, message: Message, port: str | None, sent_at: datetime
) -> Transmission:
    """Send a checked message and wait for what the device says of it."""
    report = await client.sms.send(
        message.numbers,
        message.text,
        gsm7=message.segmentation.coding is Coding.GSM7,
        sent_at=sent_at,
    )
    return Transmission(
        outcomes={
            **dict.fromkeys(report.sent, Outcome(state=SendState.SENT)),
            **dict.fromkeys(report.failed, Outcome(state=SendState.FAILED)),
            **dict.fromkeys(report.unknown, Outcome(state=SendState.UNKNOWN)),
        }
    )


SMS: Final = SmsSupport(
    transmit=_transmit, max_numbers=_MOST_NUMBERS, numbers_per_request=_MOST_NUMBERS
)
