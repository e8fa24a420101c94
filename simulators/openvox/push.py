"""Pushes: what is sent to whom, without sending it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import quote

from simulators.openvox.options import OpenVoxOptions

RECEIVED_FORMAT: Final = "%Y/%m/%d %H:%M:%S"
SENT_FORMAT: Final = "%Y-%m-%d %H:%M:%S"
SWITCHES: Final = ("enable", "reports_enable", "results_enable")
FACTORY_SETTINGS: Final[Mapping[str, str | int]] = {
    **dict.fromkeys(SWITCHES, 0),
    "url_http": "http",
    "url_host": "",
    "url_port": "80",
    "url_path": "",
    "url_from_num": "phonenumber",
    "url_to_num": "port",
    "url_portname": "portname",
    "url_message": "message",
    "url_time": "time",
    "url_imsi": "imsi",
    "url_status": "status",
    "url_user_defined": "",
}


class PushKind(StrEnum):
    """What a push is about, which it does not say itself."""

    RECEIVED = "received"
    RESULT = "result"
    REPORT = "report"
    USSD = "ussd"


_SWITCH_OF: Final = {
    PushKind.RECEIVED: "enable",
    PushKind.RESULT: "results_enable",
    PushKind.REPORT: "reports_enable",
}
WAITING: Final = "waiting"
LOST: Final = "lost"


@dataclass(kw_only=True)
class Push:
    """One push and what became of it."""

    kind: PushKind
    url: str
    outcome: str = WAITING
    """Waiting, lost, failed, or the HTTP status that answered."""


@dataclass(frozen=True, kw_only=True)
class News:
    """What a push about a message tells."""

    number: str
    port: int
    port_name: str
    text: str
    time: datetime
    imsi: str
    status: str = ""


class Pushes:
    """The settings, and every push there was."""

    def __init__(self, options: Callable[[], OpenVoxOptions], send: Callable[[Push], None]) -> None:
        """Start switched off."""
        self._options = options
        self._send = send
        self.settings: dict[str, str | int] = dict(FACTORY_SETTINGS)
        self.all: list[Push] = []
        self.losing = 0
        """How many of the next pushes are lost."""

    def tell(self, kind: PushKind, news: News) -> None:
        """Push news about a message, where that is switched on."""
        settings = self.settings
        if not (settings["enable"] and settings[_SWITCH_OF[kind]] and settings["url_host"]):
            return
        time_format = RECEIVED_FORMAT if kind is PushKind.RECEIVED else SENT_FORMAT
        fields = [
            (settings["url_from_num"], news.number),
            (settings["url_to_num"], str(news.port)),
            (settings["url_portname"], news.port_name),
            (settings["url_message"], news.text),
            (settings["url_time"], news.time.strftime(time_format)),
            (settings["url_imsi"], news.imsi),
            (settings["url_status"], news.status),
        ]
        path = str(settings["url_path"]).removeprefix("/")
        address = f"{settings['url_http']}://{settings['url_host']}:{settings['url_port']}/{path}"
        user_defined = str(settings["url_user_defined"])
        self.push(kind, address, [(str(name), value) for name, value in fields], user_defined)

    def push(
        self, kind: PushKind, address: str, fields: Iterable[tuple[str, str]], user_defined: str
    ) -> None:
        """Send fields to an address; those without a name stay at home."""
        safe = "" if self._options().push_escapes_plus else "+"
        pairs = [f"{name}={quote(value, safe=safe)}" for name, value in fields if name]
        query = "&".join([*pairs, *([user_defined] if user_defined else [])])
        push = Push(kind=kind, url=f"{address}?{query}")
        self.all.append(push)
        if self._options().pushes_lost or self.losing:
            self.losing = max(0, self.losing - 1)
            push.outcome = LOST
        else:
            self._send(push)
