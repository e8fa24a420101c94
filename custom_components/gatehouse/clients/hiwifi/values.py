"""Tolerant parsers for the values in replies of a router: the value, or None where there is none.

The firmware is written in Lua, whose types drift: numbers arrive as texts, booleans as numbers, an
empty list as an empty object, objects as JSON in a text, hardware addresses in every spelling. No
parser here raises, whatever it is given: a surprising value must cost one reading, not the reply.
"""

from collections.abc import Callable, Mapping
import json
import re
from typing import Any, Final

type Parser[T] = Callable[[object], T | None]
type Fields = Mapping[str, Any]

_TEXT_LIMIT: Final = 4096
"""Characters; longer than any value that is parsed further, so that no pattern runs away."""

_DECODER: Final = json.JSONDecoder(strict=False, parse_constant=lambda _: None)


def exact_text(raw: object) -> str | None:
    """Return a name, key or changelog as it is: blanks may belong to it. None where empty."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        return None
    try:
        found = str(raw)
    except ValueError:  # an integer of more digits than Python converts
        return None
    return found or None


def text(raw: object) -> str | None:
    """Return the text without surrounding blanks; None where it is empty."""
    stripped = (exact_text(raw) or "").strip()
    return stripped if 0 < len(stripped) <= _TEXT_LIMIT else None


_INTEGER: Final = re.compile(r"([+-]?[0-9]{1,18})(?:\.[0-9]{1,18})?")


def integer(raw: object) -> int | None:
    """Return a whole number, also one that arrives as a text; a boolean counts as 0 or 1."""
    if isinstance(raw, bool):
        return int(raw)
    found = _INTEGER.fullmatch(text(raw) or "")
    return int(found[1]) if found else None


def count(raw: object) -> int | None:
    """Return a number that cannot be negative: bytes, bit/s, seconds, a number of things."""
    number = integer(raw)
    return None if number is None or number < 0 else number


def moment(raw: object) -> int | None:
    """Return seconds since 1970; 0 stands for "never"."""
    return count(raw) or None


def percentage(raw: object) -> int | None:
    """Return a number from 0 to 100."""
    number = count(raw)
    return None if number is None or number > 100 else number  # noqa: PLR2004 - percent


_BITS: Final = 8


def byte_rate(raw: object) -> int | None:
    """Return a rate in bit/s that the older generation gives in byte/s."""
    number = count(raw)
    return None if number is None else number * _BITS


_WORDS: Final[Mapping[str, bool]] = {
    **dict.fromkeys(("true", "on", "up", "yes"), True),
    **dict.fromkeys(("false", "off", "down", "no"), False),
}


def flag(raw: object) -> bool | None:
    """Return a switch: a boolean, a number that is 0 or not, or a word for it."""
    number = integer(raw)
    return _WORDS.get((text(raw) or "").lower()) if number is None else number > 0


def inverted(raw: object) -> bool | None:
    """Return the opposite of a switch."""
    found = flag(raw)
    return None if found is None else not found


_MAC: Final = re.compile(r"[0-9A-Fa-f]{2}([:-]?)(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}")


def mac_address(raw: object) -> str | None:
    """Return a hardware address in lower case with colons, however it was written."""
    found = text(raw) or ""
    if not _MAC.fullmatch(found):
        return None
    digits = re.sub("[:-]", "", found).lower()
    return ":".join(digits[place : place + 2] for place in range(0, len(digits), 2))


def device_id(address: str) -> str:
    """Return a hardware address as the OpenAPI names routers: 12 capital digits, nothing else.

    Raises ValueError where it is none.
    """
    found = mac_address(address)
    if found is None:
        raise ValueError("a device id is the hardware address of a router")
    return found.replace(":", "").upper()


_SIGNALS: Final = range(-120, 0)
"""dBm; the router says 0 for a client with a cable."""


def dbm(raw: object) -> int | None:
    """Return the strength of a signal in dBm."""
    number = integer(raw)
    return number if number in _SIGNALS else None


_SPEED: Final = re.compile(r"([0-9]{1,6}(?:\.[0-9])?)\s*([MmGg])?[A-Za-z/]*")
_MEGA: Final[Mapping[str, int]] = {"": 1, "m": 1, "g": 1000}


def megabits(raw: object) -> int | None:
    """Return the speed of a link in Mbit/s, which is written `100M` or so."""
    found = _SPEED.fullmatch(text(raw) or "")
    if found is None:
        return None
    return int(float(found[1]) * _MEGA[(found[2] or "").lower()]) or None


def structure(raw: object) -> Any:
    """Return an object or a list, also one that is written as JSON in a text.

    Anything else, also a text that only looks like JSON, is returned as it is.
    """
    if isinstance(raw, str) and raw.lstrip()[:1] in {"{", "["}:
        try:
            return _DECODER.decode(raw.strip())
        except ValueError, RecursionError:
            return raw
    return raw


def members(raw: object) -> Fields:
    """Return an object; anything else counts as an empty one."""
    found = structure(raw)
    return found if isinstance(found, Mapping) else {}


def elements(raw: object) -> list[Any]:
    """Return a list; an object is one whose keys number its elements, if it is any."""
    found = structure(raw)
    if isinstance(found, Mapping):
        return list(found.values()) if all(integer(name) is not None for name in found) else []
    return found if isinstance(found, list) else []
