"""Tolerant parsers for the values in replies of a gateway: the value, or None where there is none.

The gateway runs PHP, whose types drift: numbers arrive as texts, an empty list or object as `[]`
or `""`, a list of one as its only element, an object with the keys 0, 1, 2 as a list. No parser
here raises, whatever it is given: a surprising value must cost one reading, not the whole reply.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
import re
from typing import Any, Final

type Parser[T] = Callable[[object], T | None]
type Fields = Mapping[str, Any]

_BYTE_ORDER_MARK: Final = "\ufeff"

_TEXT_LIMIT: Final = 4096
"""Characters; longer than any value that is parsed further, so that no pattern runs away."""


def body(raw: object) -> str | None:
    """Return the text of a message as it was written.

    The gateway leaves a byte order mark in front of each part of a long message, and line ends as
    they came.
    """
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        return None
    try:
        found = str(raw)
    except ValueError:  # an integer of more digits than Python converts
        return None
    found = found.replace(_BYTE_ORDER_MARK, "")
    return found.replace("\r\n", "\n").replace("\r", "\n")


def text(raw: object) -> str | None:
    """Return the text without surrounding blanks; None where it is empty."""
    stripped = (body(raw) or "").strip()
    return stripped if 0 < len(stripped) <= _TEXT_LIMIT else None


_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,18}")


def integer(raw: object) -> int | None:
    """Return a whole number, also one that arrives as a text; a boolean counts as 0 or 1."""
    if isinstance(raw, bool):
        return int(raw)
    found = text(raw) or ""
    return int(found) if _INTEGER.fullmatch(found) else None


def count(raw: object) -> int | None:
    """Return a number that cannot be negative: of pages, of messages, an id."""
    number = integer(raw)
    return None if number is None or number < 0 else number


def port_number(raw: object) -> int | None:
    """Return the number of a port, also where it is the only element of a list."""
    if isinstance(raw, list) and len(raw) == 1:
        return port_number(raw[0])
    number = count(raw)
    return number or None


def flag(raw: object) -> bool | None:
    """Return a switch, 1 or 0."""
    number = integer(raw)
    return None if number is None else number > 0


def registration(raw: object) -> bool | None:
    """Return whether a channel is registered; the gateway says 0 for yes and 1 for no."""
    return {0: True, 1: False}.get(-1 if (number := integer(raw)) is None else number)


_MOMENT: Final = re.compile(
    r"([0-9]{4}|[0-9]{2})([-/])([0-9]{1,2})\2([0-9]{1,2})"
    r"[ T]+([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2}))?"
)
_CENTURY: Final = 2000


def moment(raw: object) -> datetime | None:
    """Return date and time by the gateway's clock, whose time zone it does not tell.

    It writes `2024-10-28 16:18:22` here and `2024/10/28 16:18:22` there, and its description has
    years of two digits.
    """
    found = _MOMENT.fullmatch(text(raw) or "")
    if found is None:
        return None
    year = int(found[1])
    month, day, hour, minute, second = (int(found[group] or 0) for group in range(3, 8))
    try:
        return datetime(  # noqa: DTZ001 - the gateway gives no zone
            year if year >= _CENTURY else _CENTURY + year % 100, month, day, hour, minute, second
        )
    except ValueError:
        return None


def elements(raw: object, key: str) -> tuple[Fields, ...]:
    """Return objects, however they are listed: in a list, by a number in an object, or just one.

    The number in an object becomes the `key` of what it stands for, where that has none itself.
    """
    if not isinstance(raw, Mapping):
        return tuple(each for _, each in numbered(raw) if isinstance(each, Mapping))
    if any(integer(name) is None and not isinstance(raw[name], Mapping) for name in raw):
        return (raw,)
    return tuple({key: name, **each} for name, each in raw.items() if isinstance(each, Mapping))


def numbered(raw: object) -> Iterator[tuple[object, Any]]:
    """Yield values with the number that each belongs to, from an object or a list.

    A list starts with number 1, unless it has nothing in the place of number 0.
    """
    if isinstance(raw, Mapping):
        yield from raw.items()
    elif isinstance(raw, list) and raw:
        yield from enumerate(raw, start=0 if raw[0] in (None, "", []) else 1)
