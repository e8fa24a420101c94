"""What the POST endpoints do."""

from collections.abc import Callable
from datetime import datetime
import re
from typing import Any, Final

from simulators.clock import DATE_FORMAT
from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.link import AUTOMATIC, TECHNOLOGIES
from simulators.hilink.messages import OWN_PRIORITY, Box, Message, Smstat
from simulators.hilink.modem import Control, Modem
from simulators.hilink.outbox import Job
from simulators.hilink.shapes import Request
from simulators.hilink.wire import OK, Value

MAX_PHONES: Final = 50
MAX_READ_COUNT: Final = 50
_PHONE: Final = re.compile(r"\+?\d{1,20}")
_BAND_MASK: Final = re.compile(r"[0-9A-Fa-f]{1,16}")
_ALL_BANDS: Final = frozenset({"7fffffffffffffff", "7ffffffffffffff"})
_LIMIT: Final = re.compile(r"(\d+)(MB|GB)")
_LIMIT_BYTES: Final = {"MB": 1024**2, "GB": 1024**3}
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


def control(modem: Modem, request: Request) -> Value:
    """Restart, reset, back up or switch off."""
    action = Control(int(request.choice("Control", *(str(each.value) for each in Control))))
    modem.control(action)
    return OK


def start_date(modem: Modem, request: Request) -> Value:
    """Keep the data plan."""
    stored = modem.record("monitoring/start_date")
    limit = _LIMIT.fullmatch(request.text("DataLimit"))
    if limit is None:
        raise DeviceError(Code.PARAMETER)
    amount = int(limit[1]) * _LIMIT_BYTES[limit[2]]
    stored |= {name: value for name, value in request.fields.items() if name in stored}
    modem.records["monitoring/start_date"] = stored | {"trafficmaxlimit": str(amount)}
    modem.settle()
    modem.traffic.start_day = request.number("StartDay")
    return OK


def clear_traffic(modem: Modem, request: Request) -> Value:
    """Clear the counters."""
    request.choice("ClearTraffic", "1")
    modem.settle()
    modem.traffic.clear()
    return OK


def net_mode(modem: Modem, request: Request) -> Value:
    """Change network mode and bands, after which the radio registers again."""
    stored = modem.record("net/net-mode")
    mode = request.text("NetworkMode")
    bands = request.text("LTEBand")
    if mode not in AUTOMATIC and mode not in TECHNOLOGIES:
        raise DeviceError(Code.NETWORK_MODE_UNSUPPORTED)
    if not _BAND_MASK.fullmatch(bands) or not _BAND_MASK.fullmatch(request.text("NetworkBand")):
        raise DeviceError(Code.PARAMETER)
    stored |= {name: value for name, value in request.fields.items() if name in stored}
    if bands.lower() in _ALL_BANDS and modem.profile.settings.get("reports_own_bands"):
        stored["LTEBand"] = modem.profile.fields("net/net-mode")["LTEBand"]
    modem.records["net/net-mode"] = stored
    modem.register()
    modem.link.technology = TECHNOLOGIES.get(mode)
    if modem.options.net_mode_reply_lost:
        raise DeviceError(Code.FAILED)
    return OK


def reconnect(modem: Modem, request: Request) -> Value:
    """Leave the network and register again, on models that can."""
    request.choice("ReconnectAction", "1")
    if modem.profile.settings.get("reconnect_fails"):
        raise DeviceError(Code.FAILED)
    modem.register()
    return OK


def mobile_data(modem: Modem, request: Request) -> Value:
    """Switch mobile data."""
    modem.connect(enabled=request.choice("dataswitch", "0", "1") == "1")
    return OK


def dial(modem: Modem, request: Request) -> Value:
    """Connect or disconnect."""
    modem.connect(dialed=request.choice("Action", "0", "1") == "1")
    return OK


def connection(modem: Modem, request: Request) -> Value:
    """Replace the dial-up settings."""
    modem.record("dialup/connection")
    modem.records["dialup/connection"] = dict(request.fields)
    return OK


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


COMMANDS: Final[dict[str, Callable[[Modem, Request], Value]]] = {
    "device/control": control,
    "monitoring/start_date": start_date,
    "monitoring/clear-traffic": clear_traffic,
    "net/net-mode": net_mode,
    "net/reconnect": reconnect,
    "dialup/mobile-dataswitch": mobile_data,
    "dialup/dial": dial,
    "dialup/connection": connection,
    "sms/sms-list": sms_list,
    "sms/send-sms": send_sms,
    "sms/save-sms": save_sms,
    "sms/cancel-send": cancel_send,
    "sms/delete-sms": delete_sms,
    "sms/set-read": set_read,
    "sms/config": sms_config,
}
