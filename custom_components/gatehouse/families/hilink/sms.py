"""How a HiLink device carries messages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from homeassistant.util import dt as dt_util

from ...clients.hilink.boxes import BoxType
from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import MessageStatus, StoredMessage
from ...sms.journal import SendState
from ...sms.matching import OutboxRow, is_same
from ...sms.message import Message
from ...sms.segments import Coding
from ...sms.transmission import Begin, Outcome, Transmission
from ..readings import Outcome as ReadingOutcome, Snapshot
from ..sms import Box, Filter, InboxPage, Listing, Query, SmsSupport, from_local
from .message_rows import inbox_row, listed, outbox_rows
from .message_upkeep import tidy
from .readings import MODULES, SMS_COUNT, SMS_LIST

_MOST_NUMBERS: Final = 50
"""What the devices' own page allows."""

_FILTERS: Final = {
    Filter.ALL: frozenset(MessageStatus),
    Filter.UNREAD: frozenset({MessageStatus.UNREAD}),
    Filter.READ: frozenset({MessageStatus.READ}),
}


def carries_messages(snapshot: Snapshot) -> bool:
    """Tell whether the firmware handles messages; some counts them though it does not."""
    modules = snapshot.last(MODULES)
    if modules is not None and (told := modules.has("sms")) is not None:
        return told
    record = snapshot.records.get(SMS_COUNT)
    return record is None or record.outcome is not ReadingOutcome.UNSUPPORTED


async def _transmit(
    client: HilinkClient,
    message: Message,
    port: str | None,
    sent_at: datetime,
    begin: Begin,
) -> Transmission:
    """Send a checked message and wait for what the device says of it."""
    report = await client.sms.send(
        message.numbers,
        message.text,
        gsm7=message.segmentation.coding is Coding.GSM7,
        sent_at=sent_at,
        on_turn=begin,
    )
    return Transmission(
        outcomes={
            **dict.fromkeys(report.sent, Outcome(state=SendState.SENT)),
            **dict.fromkeys(report.failed, Outcome(state=SendState.FAILED)),
            **dict.fromkeys(report.unknown, Outcome(state=SendState.UNKNOWN)),
        }
    )


async def _inbox_page(client: HilinkClient, number: int) -> InboxPage:
    """Return the whole inbox as the first page, for what is new may be anywhere in it."""
    if number > 1:
        return InboxPage(rows=())
    messages = await client.sms.inbox.messages(dt_util.now().replace(tzinfo=None))
    return InboxPage(
        rows=tuple(inbox_row(message) for message in messages if not message.is_report),
        held=tuple(map(inbox_row, client.sms.inbox.held)),
        unread=sum(message.status == MessageStatus.UNREAD for message in messages),
    )


async def _outbox_rows(
    client: HilinkClient, snapshot: Snapshot, since: datetime
) -> Sequence[OutboxRow]:
    """Read what was sent; some devices keep among the drafts what they could not send."""
    sent = await client.sms.boxes.all(BoxType.SENT)
    drafts = await client.sms.boxes.all(BoxType.DRAFTS)
    return tuple(outbox_rows((*sent, *drafts)))


async def _listing(client: HilinkClient, snapshot: Snapshot, query: Query) -> Listing:
    """Read a box, and choose what somebody wants to see."""
    messages = await (
        client.sms.inbox.all() if query.box is Box.INBOX else client.sms.boxes.all(BoxType.SENT)
    )
    chosen = [message for message in messages if _fits(message, query)]
    start = (query.page - 1) * query.page_size
    return Listing(
        messages=tuple(map(listed, chosen[start : start + query.page_size])),
        pages=-(-len(chosen) // query.page_size),
    )


def _fits(message: StoredMessage, query: Query) -> bool:
    """Tell whether somebody wants to see a message."""
    if message.is_report or (query.number and not is_same(message.number or "", query.number)):
        return False
    if query.box is Box.INBOX and message.status not in _FILTERS[query.filter]:
        return False
    time = from_local(message.time)
    early = query.since is not None and (time is None or time < query.since)
    late = query.until is not None and (time is None or time > query.until)
    return not (early or late)


SMS: Final = SmsSupport(
    transmit=_transmit,
    max_numbers=_MOST_NUMBERS,
    numbers_per_request=_MOST_NUMBERS,
    carries_fn=carries_messages,
    inbox_readings=(SMS_COUNT, SMS_LIST),
    inbox_page=_inbox_page,
    awaits_parts_fn=lambda client: bool(client.sms.inbox.held),
    tidy=tidy,
    outbox_rows=_outbox_rows,
    listing=_listing,
)
