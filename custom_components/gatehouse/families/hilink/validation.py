"""Fields of the actions of a router: errors that say what would be right."""

from collections.abc import Mapping
from dataclasses import asdict
from ipaddress import AddressValueError, IPv4Address
import re
from typing import Any, Final

from ...errors import input_error

_PORT: Final = re.compile(r"([0-9]{1,5})(?:\s*-\s*([0-9]{1,5}))?", re.ASCII)
_PORT_LIMIT: Final = 65535
_MAC: Final = re.compile(r"[0-9A-Fa-f]{2}(?:([:-])[0-9A-Fa-f]{2})(?:\1[0-9A-Fa-f]{2}){4}")


def ipv4(text: str) -> IPv4Address:
    """Return the address of a device. Raises a translated error."""
    try:
        found = IPv4Address(text.strip())
    except AddressValueError:
        raise input_error("invalid_ip_address") from None
    if found.is_unspecified or found.is_multicast or found.is_loopback or found.is_reserved:
        raise input_error("invalid_ip_address")
    return found


def ports(text: str) -> tuple[int, int]:
    """Return the first and the last port of `80` or `8000-8010`. Raises a translated error."""
    found = _PORT.fullmatch(text.strip())
    first = int(found[1]) if found else 0
    last = int(found[2] or found[1]) if found else 0
    if not 1 <= first <= last <= _PORT_LIMIT:
        raise input_error("invalid_ports")
    return first, last


def hardware_address(text: str) -> str:
    """Return a MAC address with colons, in capitals. Raises a translated error."""
    if not _MAC.fullmatch(text.strip()):
        raise input_error("invalid_mac")
    return text.strip().replace("-", ":").upper()


def chosen[T](fields: Mapping[str, Any], name: str, choices: Mapping[str, T]) -> T:
    """Return what one of the named choices stands for. Raises a translated error."""
    try:
        return choices[fields[name]]
    except KeyError:
        raise input_error("unknown_choice", field=name, choices=", ".join(choices)) from None


def as_row(entry: Any) -> dict[str, Any]:
    """Return the fields of typed data as a response holds them."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(entry).items()
    }
