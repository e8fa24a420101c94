"""Models of the reply to a USSD code, in the three forms that the gateway can be set to."""

# ruff: noqa: RUF009 - the calls declare fields, as field() itself does

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
import re
from typing import Final, Self

from ..values import Fields, moment, port_number, text
from .reply import Part, derive, read


class UssdResult(StrEnum):
    """Whether a port sent a USSD code; what the network answers is pushed later."""

    SENT = "sent"
    NOT_READY = "not_ready"
    NOT_SELECTED = "not_selected"
    OTHER = "other"


_RESULTS: Final[Mapping[str, UssdResult]] = {
    "sent": UssdResult.SENT,
    "not ready": UssdResult.NOT_READY,
    "not select": UssdResult.NOT_SELECTED,
}

_RECORD: Final = re.compile(r"--record\s*([0-9]+)\s*start--(.*?)--record\s*\1\s*end--", re.DOTALL)
_LINE: Final = re.compile(r"^\s*([a-z]+)\s*[:.][^\S\n]*([^\n]*)", re.MULTILINE)


def _result(fields: Fields) -> UssdResult:
    """Return what the result of a port means."""
    return _RESULTS.get((text(fields.get("result")) or "").lower(), UssdResult.OTHER)


@dataclass(frozen=True, kw_only=True)
class UssdPort(Part):
    """What one port did with a USSD code."""

    port: int | None = read(port_number, "port")

    sent_at: datetime | None = read(moment, "time")
    """By the gateway's clock, without time zone."""

    id: str | None = read(text, "id")
    """As given, for the push that brings the answer."""

    result: UssdResult = derive(_result, UssdResult.OTHER)

    told_result: str | None = read(text, "result")
    """As the gateway writes it."""


@dataclass(frozen=True, kw_only=True)
class UssdReport:
    """What the gateway said at once; no ports where it is set to say nothing."""

    ports: tuple[UssdPort, ...] = ()

    @classmethod
    def from_data(cls, data: object) -> Self:
        """Take the report from the data of a reply: an object, a text or None."""
        if isinstance(data, Mapping):
            return cls(ports=UssdPort.listed(data.get("report"), "port"))
        if not isinstance(data, str):
            return cls()
        return cls(
            ports=tuple(
                UssdPort.from_fields({"port": record[1], **dict(_LINE.findall(record[2]))})
                for record in _RECORD.finditer(data.replace("\r\n", "\n"))
            )
        )
