"""What the POST endpoints of the message memory do."""

from collections.abc import Callable
from datetime import datetime
import re
from typing import Any, Final

from simulators.clock import DATE_FORMAT
from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.messages import OWN_PRIORITY, Box, Message, Smstat
from simulators.hilink.modem import Modem
from simulators.hilink.outbox import Job
from simulators.hilink.sealing import sealed
from simulators.hilink.shapes import Request
from simulators.hilink.wire import OK, Value

MAX_PHONES: Final = 50
MAX_READ_COUNT: Final = 50
_PHONE: Final = re.compile(r"\+?\d{1,20}")
_BOXES: Final = {str(number): str(number) for number in range(1, 8)} | {
    "8": "1",
    "9": "2",
    "10": "3",
}
_SORT_KEYS: Final[dict[str, Callable[[Message], Any]]] = {
    "0": lambda message: (message.date, message.index),
    "1": lambda message: message.phone,
    "2": lambda message: message.index,
}


def sms_list(modem: Modem, request: Request) -> Value:
    """Return one page of a box; past the end there is nothing and the count is zero."""
    page, size = request.number("PageIndex"), request.number("ReadCount")
    if page < 1 or not 1 <= size <= MAX_READ_COUNT:
        raise DeviceError(Code.FORMAT)
    key = _SORT_KEYS.get(request.text("SortType"))
    number = _BOXES.get(request.text("BoxType"))
    if key is None or number is None:
        raise DeviceError(Code.PARAMETER)
    box = modem.messages.box(number, modem.now)
    ordered = sorted(box, key=key, reverse=request.choice("Ascending", "0", "1") == "0")
    if request.choice("UnreadPreferred", "0", "1") == "1":
        ordered.sort(key=lambda message: message.smstat is not Smstat.UNREAD)
    shown = ordered[(page - 1) * size : page * size]
    if not shown:
        return {"Count": "0", "Messages": None}
    return {
        "Count": str(len(box)),
        "Messages": {"Message": [message.fields() for message in shown]},
    }


def sms_list_contact(modem: Modem, request: Request) -> Value:
    """Return one page of the conversations: of each the newest message."""
    conversations = modem.messages.conversations(modem.now)
    shown = [
        found[0].conversation_fields()
        | {"unreadcount": str(sum(each.smstat is Smstat.UNREAD for each in found))}
        for found in _page(list(conversations.values()), request)
    ]
    return {
        "Count": str(len(conversations)),
        "messages": {"message": shown} if shown else None,
    }


def sms_list_phone(modem: Modem, request: Request) -> Value:
    """Return one page of a conversation."""
    conversation = modem.messages.conversations(modem.now).get(request.text("phone"), [])
    shown = [
        each.conversation_fields() | {"curbox": str(int(each.box != Box.INBOX))}
        for each in _page(conversation, request)
    ]
    return {
        "count": str(len(conversation)),
        "messages": {"message": shown} if shown else None,
    }


def _page[T](items: list[T], request: Request) -> list[T]:
    """Return one page of a list by conversation."""
    page, size = request.number("pageindex"), request.number("readcount")
    if page < 1 or not 1 <= size <= MAX_READ_COUNT:
        raise DeviceError(Code.FORMAT)
    return items[(page - 1) * size : page * size]


def send_sms(modem: Modem, request: Request) -> Value:
    """Put a text into the send queue; OK says no more than that."""
    phones, date = _addressed(modem, request)
    if modem.outbox.busy():
        raise DeviceError(Code.SMS_TOO_FAST)
    if modem.messages.full(modem.now):
        raise DeviceError(Code.SMS_NO_SPACE)
    modem.outbox.submit(
        Job(phones=phones, text=request.text("Content"), date=date, started=modem.now)
    )
    return OK


def save_sms(modem: Modem, request: Request) -> Value:
    """Keep a draft."""
    phones, date = _addressed(modem, request)
    if modem.messages.full(modem.now):
        raise DeviceError(Code.SMS_NO_SPACE)
    modem.messages.add(
        Message(
            index=0,
            box=Box.DRAFTS,
            smstat=Smstat.DRAFT,
            phone=";".join(phones),
            content=request.text("Content"),
            date=date,
            priority=OWN_PRIORITY,
        )
    )
    return OK


def cancel_send(modem: Modem, _: Request) -> Value:
    """Stop the send queue."""
    modem.outbox.cancel()
    return OK


def delete_sms(modem: Modem, request: Request) -> Value:
    """Delete messages."""
    modem.messages.delete(_indexes(request))
    return OK


def set_read(modem: Modem, request: Request) -> Value:
    """Mark messages as read."""
    modem.messages.set_read(_indexes(request))
    return OK


def sms_config(modem: Modem, request: Request) -> Value:
    """Change the sending settings."""
    stored = modem.record("sms/config")
    stored |= {name: value for name, value in request.fields.items() if name in stored}
    modem.records["sms/config"] = stored
    return OK


def _indexes(request: Request) -> list[int]:
    """Return the message indexes of a request."""
    try:
        return [int(text) for text in request.texts("Index")]
    except ValueError as failure:
        raise DeviceError(Code.FORMAT) from failure


def _addressed(modem: Modem, request: Request) -> tuple[tuple[str, ...], str]:
    """Return the checked numbers and the date of a message to send or to save."""
    phones = tuple(request.texts("Phones", "Phone"))
    if not all(_PHONE.fullmatch(phone) for phone in phones):
        raise DeviceError(Code.FORMAT)
    if len(phones) > MAX_PHONES:
        raise DeviceError(Code.PARAMETER)
    request.number("Index")
    request.number("Length")
    request.choice("Reserved", "0", "1", "2")
    date = request.text("Date")
    if date == "-1":
        return phones, modem.clock.text()
    try:
        datetime.strptime(date, DATE_FORMAT)  # noqa: DTZ007 - the device knows no zone
    except ValueError as failure:
        raise DeviceError(Code.FORMAT) from failure
    return phones, date


MESSAGE_COMMANDS: Final[dict[str, Callable[[Modem, Request], Value]]] = {
    "sms/sms-list": sealed(sms_list),
    "sms/sms-list-contact": sealed(sms_list_contact),
    "sms/sms-list-phone": sealed(sms_list_phone),
    "sms/send-sms": send_sms,
    "sms/save-sms": save_sms,
    "sms/cancel-send": cancel_send,
    "sms/delete-sms": delete_sms,
    "sms/set-read": set_read,
    "sms/config": sms_config,
}
