"""What the device and the Thread specification accept: checks to make before anything is sent.

Each check returns None or raises ValueError; its text says what is wrong and never repeats the
value, which may be a secret.
"""

from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address
import re
from typing import Final

from .values import ANY_DEVICE

TX_POWER_RANGE: Final = (-24, 20)
"""dBm."""

UTC_OFFSET_RANGE: Final = (-12, 14)
"""Hours."""

SNTP_SERVER_LENGTH: Final = 63
"""Characters that the name or address of a time server may have."""

JOINER_TIMEOUT: Final = 120
"""Seconds; what the device assumes."""

JOINER_LIMIT: Final = 50
"""Entries that the device keeps."""

CHECK_TARGET_LIMIT: Final = 3
"""Addresses of each IP version that an uplink check pings."""

DEFAULT_PASSPHRASE: Final = "goodlife"  # noqa: S105 - printed in the manual
"""Commissioner passphrase of every unit until somebody changes it."""

_CHANNELS: Final = (11, 26)
_PAN_IDS: Final = (1, 0xFFFE)
_TIMEOUTS: Final = (1, 24 * 3600)
_NETWORK_NAME_BYTES: Final = (1, 16)
_PASSPHRASE_BYTES: Final = (6, 255)
_PASSWORD_LENGTH: Final = (10, 31)
_PASSWORD_KINDS: Final = 2
_WIFI_NAME_BYTES: Final = (1, 32)
_WIFI_PASSWORD_BYTES: Final = (5, 64)

_PSKD: Final = re.compile(r"[0-9A-HJ-NPR-Y]{6,32}")
_EUI64: Final = re.compile(r"[0-9A-Fa-f]{16}")
_NETWORK_KEY: Final = re.compile(r"[0-9A-Fa-f]{32}")
_BSSID: Final = re.compile(r"(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}")
_PASSWORD: Final = re.compile(r"[0-9A-Za-z!@#$%^&*()_+\-=,.><|?/\\{}\[\]:;\"'`~]*")
_PASSWORD_CLASSES: Final = (r"[0-9]", r"[A-Z]", r"[a-z]", r"[^0-9A-Za-z]")


def check_pskd(value: str) -> None:
    """Check a joiner credential: 6 to 32 of 0-9 and A-Y without I, O and Q."""
    if not _PSKD.fullmatch(value):
        raise ValueError("a PSKd has 6 to 32 characters of 0-9 and A-Y without I, O and Q")


def check_eui64(value: str) -> None:
    """Check the EUI-64 of a joiner: 16 hexadecimal digits, or `*` for any device."""
    if value != ANY_DEVICE and not _EUI64.fullmatch(value):
        raise ValueError("an EUI-64 has 16 hexadecimal digits")


def check_extended_pan_id(value: str) -> None:
    """Check an extended PAN ID: 16 hexadecimal digits."""
    if not _EUI64.fullmatch(value):
        raise ValueError("an extended PAN ID has 16 hexadecimal digits")


def check_network_key(value: str) -> None:
    """Check a network key: 32 hexadecimal digits."""
    if not _NETWORK_KEY.fullmatch(value):
        raise ValueError("a network key has 32 hexadecimal digits")


def check_network_name(value: str) -> None:
    """Check the name of a Thread network: 1 to 16 bytes."""
    _check_bytes("a network name", value, _NETWORK_NAME_BYTES)


def check_passphrase(value: str) -> None:
    """Check a commissioner passphrase: 6 to 255 bytes."""
    _check_bytes("a passphrase", value, _PASSPHRASE_BYTES)


def check_channel(value: int) -> None:
    """Check a Thread channel: 11 to 26."""
    _check_range("a channel", value, _CHANNELS)


def check_pan_id(value: int) -> None:
    """Check a PAN ID: 1 to 0xFFFE."""
    _check_range("a PAN ID", value, _PAN_IDS)


def check_tx_power(value: int) -> None:
    """Check a transmit power in dBm."""
    _check_range("a transmit power", value, TX_POWER_RANGE)


def check_utc_offset(value: int) -> None:
    """Check a time zone in hours."""
    _check_range("a time zone", value, UTC_OFFSET_RANGE)


def check_timeout(value: int) -> None:
    """Check for how long joiners may take: 1 s to a day."""
    _check_range("a timeout", value, _TIMEOUTS)


def check_joiner_count(value: int) -> None:
    """Check how many joiners are given at once."""
    _check_range("a number of joiners", value, (1, JOINER_LIMIT))


def check_password(value: str) -> None:
    """Check a new password of the device's web page; one that exists may break these rules.

    10 to 31 characters, two kinds at least of digits, capital letters, small letters and symbols.
    """
    least, most = _PASSWORD_LENGTH
    if not least <= len(value) <= most:
        raise ValueError(f"a password has {least} to {most} characters")
    if not _PASSWORD.fullmatch(value):
        raise ValueError("a password has Latin letters, digits and common symbols only")
    if sum(bool(re.search(kind, value)) for kind in _PASSWORD_CLASSES) < _PASSWORD_KINDS:
        raise ValueError("a password has at least two kinds of characters")


def check_wifi_name(value: str) -> None:
    """Check an SSID: 1 to 32 bytes."""
    _check_bytes("an SSID", value, _WIFI_NAME_BYTES)


def check_wifi_password(value: str) -> None:
    """Check a Wi-Fi password: none, or 5 (the shortest of WEP) to 64 bytes."""
    if value:
        _check_bytes("a Wi-Fi password", value, _WIFI_PASSWORD_BYTES)


def check_bssid(value: str) -> None:
    """Check the hardware address of an access point: six bytes with colons."""
    if not _BSSID.fullmatch(value):
        raise ValueError("a BSSID has six pairs of hexadecimal digits with colons")


def check_ipv4(value: str | None) -> None:
    """Check an IPv4 address."""
    try:
        IPv4Address(value or "")
    except ValueError:
        raise ValueError("an IPv4 address is missing or malformed") from None


def check_targets(ipv4: Collection[str], ipv6: Collection[str]) -> None:
    """Check the addresses that an uplink check pings: at most three of each IP version."""
    if max(len(ipv4), len(ipv6)) > CHECK_TARGET_LIMIT:
        raise ValueError(f"at most {CHECK_TARGET_LIMIT} addresses of each IP version")
    for each in ipv4:
        check_ipv4(each)
    for each in ipv6:
        try:
            IPv6Address(each)
        except ValueError:
            raise ValueError("an IPv6 address is malformed") from None


def _check_bytes(what: str, value: str, bounds: tuple[int, int]) -> None:
    """Check the length of a text in UTF-8."""
    least, most = bounds
    if not least <= len(value.encode()) <= most:
        raise ValueError(f"{what} has {least} to {most} bytes")


def _check_range(what: str, value: int, bounds: tuple[int, int]) -> None:
    """Check a number."""
    least, most = bounds
    if not least <= value <= most:
        raise ValueError(f"{what} lies between {least} and {most}")
