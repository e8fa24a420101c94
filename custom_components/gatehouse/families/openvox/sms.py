"""Messages of an OpenVox gateway."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from ...clients.openvox.client import OpenVoxClient
from ...clients.openvox.models import (
    ChannelStates,
    DeliveryStatus,
    InboxFlag,
    InboxMessage,
    OutboxMessage,
    SendResult,
)
from ...sms.journal import SendState
from ...sms.matching import OutboxRow, RowStatus
from ...sms.message import Message
from ...sms.received import InboxRow, Received
from ...sms.transmission import Begin, Outcome, Transmission
from ..readings import Snapshot
from ..sms import (
    Box,
    InboxPage,
    Line,
    ListedMessage,
    Listing,
    Query,
    SmsSupport,
    from_local,
    to_local,
)
from .clock import clock_watch
from .ports import PORTS
from .readings import CHANNELS, SPANS

_INBOX_PAGE_SIZE: Final = 20
_OUTBOX_PAGE_SIZE: Final = 50

_OUTBOX_PAGES: Final = 200
"""More than a day fills."""

_STATES: Final = {
    DeliveryStatus.SENT: SendState.SENT,
    DeliveryStatus.DELIVERED: SendState.DELIVERED,
    DeliveryStatus.FAILED: SendState.FAILED,
    DeliveryStatus.UNKNOWN: SendState.ACCEPTED,
}
"""What the reply to a message that was accepted proves."""

_ROW_STATUSES: Final = {
    DeliveryStatus.SENT: RowStatus.SENT,
    DeliveryStatus.DELIVERED: RowStatus.DELIVERED,
    DeliveryStatus.FAILED: RowStatus.FAILED,
    DeliveryStatus.UNKNOWN: RowStatus.UNKNOWN,
}


def _lines(snapshot: Snapshot) -> tuple[Line, ...]:
    """Return the ports; one that is neither registered nor available cannot send."""
    channels = snapshot.last(CHANNELS) or ChannelStates()
    available = {span.port: span.available for span in snapshot.last(SPANS) or ()}
    numbers = {number for number in available if number}
    numbers |= {channel.port for channel in channels.channels}
    return tuple(
        Line(
            number=number,
            usable=(
                available.get(number) is not False and channels.registered(number) is not False
            ),
        )
        for number in sorted(numbers)
    )


async def _transmit(
    client: OpenVoxClient, message: Message, port: str | None, _: datetime, begin: Begin
) -> Transmission:
    """Give the gateway a message for one number and one port."""
    [number] = message.numbers
    clock_watch(client).note_sent(number, message.text)
    result = await client.send(int(port or 0), number, message.text, on_turn=begin)
    return Transmission(outcomes={number: _outcome(result)})


def _outcome(result: SendResult) -> Outcome:
    """Return what the gateway's reply proves."""
    if result.rejected:
        return Outcome(state=SendState.REJECTED, reason="rejected")
    return Outcome(state=_STATES[result.status], device_id=result.id)


async def _inbox_page(client: OpenVoxClient, number: int) -> InboxPage:
    """Read a page of received messages."""
    page = await client.inbox(number, _INBOX_PAGE_SIZE)
    rows = tuple(map(_inbox_row, page.messages))
    if number == 1:
        clock_watch(client).see_received(rows)
    return InboxPage(rows=rows, unread=page.unread_count)


def _inbox_row(message: InboxMessage) -> InboxRow:
    """Take a received message from the gateway's list."""
    received = Received(
        sender=message.number or "",
        text=message.text or "",
        time=from_local(message.received_at),
        port=str(message.port) if message.port else None,
    )
    key = received.fingerprint if message.id is None else str(message.id)
    return InboxRow(order=message.id, key=key, message=received)


async def _outbox_rows(
    client: OpenVoxClient, snapshot: Snapshot, since: datetime
) -> Sequence[OutboxRow]:
    """Read what was sent since a moment."""
    ports = _ports_by_name(snapshot)
    rows: list[OutboxRow] = []
    for number in range(1, _OUTBOX_PAGES + 1):
        page = await client.outbox(number, _OUTBOX_PAGE_SIZE)
        read = [_outbox_row(message, ports) for message in page.messages]
        rows += read
        times = [row.time for row in read if row.time]
        if len(read) < _OUTBOX_PAGE_SIZE or (times and min(times) < since):
            break
    clock_watch(client).see_sent(rows)
    return rows


def _outbox_row(message: OutboxMessage, ports: dict[str, int]) -> OutboxRow:
    """Take a message that was sent from the gateway's list."""
    port = ports.get(message.port_name or "")
    return OutboxRow(
        port=None if port is None else str(port),
        number=message.number or "",
        text=message.text or "",
        time=from_local(message.sent_at),
        status=_ROW_STATUSES[message.status],
    )


def _ports_by_name(snapshot: Snapshot) -> dict[str, int]:
    """Return the ports by their names, which alone stand in the outbox."""
    return {span.name: span.port for span in snapshot.last(SPANS) or () if span.name and span.port}


async def _listing(client: OpenVoxClient, snapshot: Snapshot, query: Query) -> Listing:
    """Read what somebody wants to see."""
    start, end = to_local(query.since), to_local(query.until)
    if query.box is Box.INBOX:
        inbox = await client.inbox(
            query.page,
            query.page_size,
            InboxFlag(query.filter.value),
            number=query.number,
            start=start,
            end=end,
        )
        return Listing(messages=tuple(_received(inbox.messages)), pages=inbox.pages)
    outbox = await client.outbox(
        query.page, query.page_size, number=query.number, start=start, end=end
    )
    ports = _ports_by_name(snapshot)
    return Listing(messages=tuple(_sent(outbox.messages, ports)), pages=outbox.pages)


def _received(messages: Sequence[InboxMessage]) -> Iterator[ListedMessage]:
    """Take received messages from the gateway's list."""
    for message in messages:
        yield ListedMessage(
            id=None if message.id is None else str(message.id),
            number=message.number or "",
            text=message.text or "",
            time=from_local(message.received_at),
            port=message.port,
        )


def _sent(messages: Sequence[OutboxMessage], ports: dict[str, int]) -> Iterator[ListedMessage]:
    """Take messages that were sent from the gateway's list."""
    for message in messages:
        yield ListedMessage(
            number=message.number or "",
            text=message.text or "",
            time=from_local(message.sent_at),
            port=ports.get(message.port_name or ""),
            status=message.status.value,
        )


SMS: Final = SmsSupport(
    transmit=_transmit,
    max_numbers=50,
    numbers_per_request=1,
    highest_port=PORTS[-1],
    lines_fn=_lines,
    line_readings=(CHANNELS, SPANS),
    inbox_page=_inbox_page,
    outbox_rows=_outbox_rows,
    delivery_reports=True,
    listing=_listing,
)
