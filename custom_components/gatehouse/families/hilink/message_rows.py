"""Messages of a HiLink device as the rest of Gatehouse knows them."""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
import re
from typing import Final

from ...clients.hilink.models import MessageStatus, StoredMessage
from ...sms.matching import OutboxRow, RowStatus
from ...sms.received import InboxRow, Received
from ..sms import ListedMessage, from_local

_ID_LENGTH: Final = 8
_SEPARATOR: Final = re.compile("[;,]")
"""Between the numbers of one message."""

_ROW_STATUSES: Final[Mapping[int, RowStatus]] = {
    MessageStatus.SENT: RowStatus.SENT,
    MessageStatus.FAILED: RowStatus.FAILED,
}


def message_id(message: StoredMessage) -> str:
    """Return what names a message to whoever lists it, also once its index is used again."""
    return f"{message.index}-{sha256(message.key.encode()).hexdigest()[:_ID_LENGTH]}"


def inbox_row(message: StoredMessage) -> InboxRow:
    """Take a received message; indexes are used again, so that they tell no order."""
    received = Received(
        sender=message.number or "",
        text=message.text,
        time=from_local(message.time),
        port=None,
    )
    return InboxRow(order=None, key=message.key, message=received)


def outbox_rows(messages: Iterable[StoredMessage]) -> Iterator[OutboxRow]:
    """Take messages that were sent, or were to be sent."""
    for message in messages:
        if status := _ROW_STATUSES.get(message.status or 0):
            for number in _SEPARATOR.split(message.number or ""):
                yield OutboxRow(
                    port=None,
                    number=number.strip(),
                    text=message.text,
                    time=from_local(message.time),
                    status=status,
                )


def listed(message: StoredMessage) -> ListedMessage:
    """Take a message for somebody who wants to see it."""
    status = _ROW_STATUSES.get(message.status or 0)
    return ListedMessage(
        id=message_id(message),
        number=message.number or "",
        text=message.text,
        time=from_local(message.time),
        status=status and status.value,
    )
