"""Sending messages through a HiLink device."""

from datetime import datetime
from typing import Final

from ...clients.hilink.client import HilinkClient
from ...clients.messages import SendReport
from ...sms.message import Message
from ...sms.segments import Coding
from ..base import SmsSupport


async def _send(client: HilinkClient, message: Message, sent_at: datetime) -> SendReport:
    """Send a checked message."""
    return await client.sms.send(
        message.numbers,
        message.text,
        gsm7=message.segmentation.coding is Coding.GSM7,
        sent_at=sent_at,
    )


SMS: Final = SmsSupport(send=_send, max_numbers=50)
