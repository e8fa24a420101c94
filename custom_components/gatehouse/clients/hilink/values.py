"""Tolerant parsers for the texts in HiLink replies: the value, or None where there is none.

The devices write units into values, leave elements empty, and differ by firmware. No parser here
raises, whatever it is given: a surprising value must cost one reading, not the whole reply.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from ipaddress import ip_address
import re
from typing import Any, Final

type Parser[T] = Callable[[object], T | None]

_ABSENT: Final = frozenset({"", "-", "--"})

_TEXT_LIMIT: Final = 4096
"""Characters; longer than any value that is parsed further, so that no pattern runs away."""


def text(raw: object) -> str | None:
    """Return the text without surrounding blanks."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        return None
    try:
        stripped = str(raw).strip()
    except ValueError:  # an integer of more digits than Python converts
        return None
    return None if stripped in _ABSENT else stripped


def body(raw: object) -> str | None:
    """Return the text of a message, in which nothing stands for nothing."""
    return raw if isinstance(raw, str) else None


def value_text(raw: object) -> str:
    """Return the text to be taken apart; empty where there is none or far too much."""
    found = text(raw) or ""
    return found if len(found) <= _TEXT_LIMIT else ""


_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,40}")

_NUMBER: Final = re.compile(
    r"(?:(?:[<>]|&[lg]t;)=?\s*)?([+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?)\s*([A-Za-z%]{0,8})"
)


def integer(raw: object) -> int | None:
    """Return a decimal integer of any realistic size; counters exceed 32 bits."""
    found = value_text(raw)
    return int(found) if _INTEGER.fullmatch(found) else None


def count(raw: object) -> int | None:
    """Return an integer that cannot be negative: a counter, a duration, a number of things."""
    return within(integer(raw), 0, None)


def percentage(raw: object) -> int | None:
    """Return an integer from 0 to 100."""
    return within(integer(raw), 0, 100)


def flag(raw: object) -> bool | None:
    """Return a switch that is written 0 or 1."""
    if isinstance(raw, bool):
        return raw
    return {"0": False, "1": True}.get(value_text(raw))


def split_number(raw: object) -> tuple[float | None, str]:
    """Return a number and its unit in lower case; of a clamp such as `>=-51dBm` the bound."""
    found = _NUMBER.fullmatch(value_text(raw))
    return (float(found[1]), found[2].lower()) if found else (None, "")


def number(raw: object, *units: str) -> float | None:
    """Return a number, bare or with one of the units."""
    value, unit = split_number(raw)
    return value if unit in {"", *map(str.lower, units)} else None


def within[N: (int, float)](value: N | None, low: float, high: float | None) -> N | None:
    """Drop a value outside of what can physically or by definition be."""
    if value is None or value < low or (high is not None and value > high):
        return None
    return value


_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")

_TIMESTAMP: Final = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})[ T]([0-9]{1,2}):([0-9]{2}):([0-9]{2})"
)


def calendar_date(raw: object) -> date | None:
    """Return the date of `2021-4-2` or `2024-09-01`."""
    found = _DATE.fullmatch(value_text(raw))
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def timestamp(raw: object) -> datetime | None:
    """Return the date and time of a message, `2026-03-05 16:39:48`, in the network's local time."""
    found = _TIMESTAMP.fullmatch(value_text(raw))
    if found is None:
        return None
    year, month, day, hour, minute, second = map(int, found.groups())
    try:
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the device gives no zone
    except ValueError:
        return None


_SIZE: Final = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,6})?)\s*([KMGTP]?)I?B", re.IGNORECASE)
_SIZE_STEPS: Final = ("", *"KMGTP")


def data_size(raw: object) -> int | None:
    """Return bytes of `60GB`; the devices count in steps of 1024."""
    found = _SIZE.fullmatch(value_text(raw))
    return int(float(found[1]) * 1024 ** _SIZE_STEPS.index(found[2].upper())) if found else None


def comma_list(raw: object) -> tuple[str, ...] | None:
    """Return the entries of a list separated by commas."""
    return _split(text(raw), ",")


def bar_list(raw: object) -> tuple[str, ...] | None:
    """Return the entries of a list separated by bars, such as `LTE|WCDMA|GSM`."""
    return _split(text(raw), "|")


def _split(listed: str | None, separator: str) -> tuple[str, ...] | None:
    """Cut a list into its entries, without blanks and empty ones."""
    parts = (part.strip() for part in (listed or "").split(separator))
    return tuple(part for part in parts if part) or None


def elements(raw: object, *path: str) -> list[Any]:
    """Return a repeated element as a list: the parser of XML gives none, one or a list of them."""
    for name in path:
        raw = raw.get(name) if isinstance(raw, Mapping) else None
    if isinstance(raw, list):
        return raw
    return [] if raw is None or raw == "" else [raw]


def address(raw: object) -> str | None:
    """Return an IP address in its usual form; `0.0.0.0` and `::` stand for none."""
    try:
        found = ip_address(value_text(raw))
    except ValueError:
        return None
    return None if found.is_unspecified else str(found)


_MAC: Final = re.compile(r"(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}")

_NO_MAC: Final = ("ba:ab:be", "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff")
"""All USB sticks share one address that begins with ba:ab:be; it identifies nothing."""


def mac_address(raw: object) -> str | None:
    """Return a MAC address that belongs to this device only, in lower case with colons."""
    found = value_text(raw).lower()
    if not _MAC.fullmatch(found):
        return None
    found = found.replace("-", ":")
    return None if found.startswith(_NO_MAC) else found
