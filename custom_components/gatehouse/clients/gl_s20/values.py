"""Tolerant parsers for the values in GL-S20 replies: the value, or None where there is none.

The firmware's types drift: numbers arrive as texts, decimal or hexadecimal, switches as 0 and 1,
lists as single texts. No parser here raises, whatever it is given: a surprising value must cost
one reading, not the whole reply.
"""

from collections.abc import Callable, Mapping
from ipaddress import ip_address
import re
from typing import Any, Final

from ..secret import Secret

type Parser[T] = Callable[[object], T | None]
type Fields = Mapping[str, Any]

_TEXT_LIMIT: Final = 4096
"""Characters; longer than any value of these devices."""


def text(raw: object) -> str | None:
    """Return the text without surrounding blanks; None where it is empty."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        return None
    try:
        stripped = str(raw).strip()
    except ValueError:  # an integer of more digits than Python converts
        return None
    return stripped if 0 < len(stripped) <= _TEXT_LIMIT else None


def exact_text(raw: object) -> str | None:
    """Return a name or password as it is: blanks may belong to it."""
    if isinstance(raw, str) and len(raw) <= _TEXT_LIMIT and raw.strip():
        return raw
    return text(raw)


_DECIMAL: Final = re.compile(r"[+-]?[0-9]{1,19}(?:\.0{1,6})?")
_HEXADECIMAL: Final = re.compile(r"0[xX]([0-9A-Fa-f]{1,16})")


def integer(raw: object) -> int | None:
    """Return a whole number, written decimal or with `0x`; a switch counts as 0 or 1."""
    if isinstance(raw, bool):
        return int(raw)
    found = text(raw) or ""
    if hexadecimal := _HEXADECIMAL.fullmatch(found):
        return int(hexadecimal[1], 16)
    return int(found.partition(".")[0]) if _DECIMAL.fullmatch(found) else None


def within[N: (int, float)](value: N | None, low: float, high: float | None) -> N | None:
    """Drop a value outside of what can physically or by definition be."""
    if value is None or value < low or (high is not None and value > high):
        return None
    return value


def count(raw: object) -> int | None:
    """Return a number that cannot be negative: bytes, seconds, a number of things."""
    return within(integer(raw), 0, None)


def moment(raw: object) -> int | None:
    """Return seconds since 1970; 0 stands for "not yet"."""
    return within(integer(raw), 1, None)


_WORDS: Final[Mapping[str, bool]] = {
    **dict.fromkeys(("true", "on", "yes", "enable", "enabled", "active"), True),
    **dict.fromkeys(("false", "off", "no", "disable", "disabled", "inactive"), False),
}


def flag(raw: object) -> bool | None:
    """Return a switch: a boolean, a number that is 0 or not, or a word for it."""
    number = integer(raw)
    return _WORDS.get((text(raw) or "").lower()) if number is None else number > 0


def channel(raw: object) -> int | None:
    """Return an IEEE 802.15.4 channel of the 2.4 GHz band."""
    return within(integer(raw), 11, 26)


_BARE_HEXADECIMAL: Final = re.compile(r"(?=.*[A-Fa-f])[0-9A-Fa-f]{4}")


def pan_id(raw: object) -> int | None:
    """Return a PAN ID: a number, `0x1234`, `c654` or decimal text; 0 and 0xFFFF are none."""
    found = text(raw) or ""
    return within(int(found, 16) if _BARE_HEXADECIMAL.fullmatch(found) else integer(raw), 1, 0xFFFE)


def rloc16(raw: object) -> int | None:
    """Return the short address in the mesh; 0xFFFE stands for none."""
    return within(integer(raw), 0, 0xFFFD)


_SEPARATORS: Final = str.maketrans("", "", ":- ")


def _hexadecimal(digits: int) -> Parser[str]:
    """Make the parser of a fixed number of hexadecimal digits."""
    pattern = re.compile(rf"(?:0x)?([0-9a-f]{{{digits}}})")

    def parse(raw: object) -> str | None:
        """Return the digits in lower case, without `0x` and separators."""
        found = pattern.fullmatch((text(raw) or "").lower().translate(_SEPARATORS))
        return found[1] if found else None

    return parse


eui64: Final = _hexadecimal(16)
"""IEEE EUI-64 or extended address: 16 digits."""

extended_pan_id: Final = _hexadecimal(16)
"""Extended PAN ID: 16 digits."""

_key: Final = _hexadecimal(32)

ANY_DEVICE: Final = "*"
"""Stands for the EUI-64 of a joiner that may be any device."""


def joiner_eui64(raw: object) -> str | None:
    """Return the EUI-64 of a joiner, or `*` for any."""
    return ANY_DEVICE if text(raw) == ANY_DEVICE else eui64(raw)


def secret(raw: object) -> Secret[str] | None:
    """Return a text that must not be seen."""
    found = exact_text(raw)
    return None if found is None else Secret(found)


def secret_key(raw: object) -> Secret[str] | None:
    """Return a network key or PSKc of 32 hexadecimal digits."""
    found = _key(raw)
    return Secret(found) if found else None


_TLV: Final = re.compile(r"(?:[0-9a-f]{2}){1,254}")
"""A dataset has at most 254 bytes."""


def dataset(raw: object) -> Secret[str] | None:
    """Return a Thread dataset as TLVs in hexadecimal, lower case; None where there is none yet."""
    found = (text(raw) or "").lower().removeprefix("0x").translate(_SEPARATORS)
    return Secret(found) if _TLV.fullmatch(found) else None


_MAC: Final = re.compile(r"[0-9a-f]{12}")
_NO_MAC: Final = frozenset({"0" * 12, "f" * 12})


def mac_address(raw: object) -> str | None:
    """Return a MAC address in lower case with colons."""
    found = (text(raw) or "").lower().translate(_SEPARATORS)
    if not _MAC.fullmatch(found) or found in _NO_MAC:
        return None
    return ":".join(found[at : at + 2] for at in range(0, 12, 2))


def address(raw: object) -> str | None:
    """Return an IP address in its usual form; `0.0.0.0` and `::` stand for none."""
    try:
        found = ip_address(text(raw) or "")
    except ValueError:
        return None
    return None if found.is_unspecified else str(found)


_UTC: Final = re.compile(r"(?:UTC|GMT)?\s*([+-]?[0-9]{1,2})(?:[.:]0{1,2})?", re.IGNORECASE)


def utc_offset(raw: object) -> int | None:
    """Return the hours of a time zone: `8`, `8.0`, `UTC+8`; the device knows whole hours only."""
    found = _UTC.fullmatch(text(raw) or "")
    return within(int(found[1]), -12, 14) if found else None


def elements(raw: object) -> list[Any]:
    """Return what should be a list as a list: nothing, one value or a list of them."""
    if isinstance(raw, list):
        return raw
    return [] if raw is None or raw == "" else [raw]


def texts(raw: object) -> tuple[str, ...]:
    """Return all texts of a list."""
    return tuple(found for each in elements(raw) if (found := text(each)))


def addresses(raw: object) -> tuple[str, ...]:
    """Return all IP addresses of a list."""
    return tuple(found for each in elements(raw) if (found := address(each)))


def chosen[T](table: Mapping[int | str, T]) -> Parser[T]:
    """Make the parser of a code or name with a known meaning; an unknown one is None."""

    def parse(raw: object) -> T | None:
        """Return the meaning."""
        number = integer(raw)
        return table.get((text(raw) or "").lower() if number is None else number)

    return parse
