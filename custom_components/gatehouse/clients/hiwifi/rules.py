"""What a router can be given, and which calls may do harm: checks before anything is sent.

Each check returns None or raises ValueError; its text says what is wrong and never repeats the
value, which may be a secret.
"""

from collections.abc import Collection, Mapping
from fnmatch import fnmatchcase
import json
import re
from typing import Any, Final

from ..secret import MASK
from .models import RadioName
from .values import mac_address

_METHOD: Final = re.compile(r"[A-Za-z_][\w-]*(?:\.[\w-]+){1,6}", re.ASCII)
_METHOD_LENGTH: Final = 200

_CLIENT_ID: Final = re.compile(r"\w[\w-]{0,63}", re.ASCII)
_PERMISSION: Final = re.compile(r"[A-Za-z_][\w-]*(?:\.[\w-]+)*(?:\.\*)?", re.ASCII)

DATA_LIMIT: Final = 64 * 1024
"""Bytes of the data of a call."""

TIMEOUT_RANGE: Final = (1, 300)
"""Seconds."""

DANGEROUS: Final = (
    "*.reset*",
    "system.os.*reset*",
    "system.*set_password",
    "system.upgrade.start",
    "system.rom.upgrade",
    "*.format*",
    "service.storaged.*",
    "service.plums.*install*",
    "system.remote_debug.enable",
    "network.testsuite.*",
    "*.rm_file",
    "system.userdata.restore*",
    "wan.set_*",
    "network.lan.set_*",
)
"""Methods that can lose settings, data or access, let somebody in or make requests elsewhere."""

_HARMLESS: Final = ("service.storaged.*",)
"""Of those, where it is only writing that does harm."""

_READING: Final = re.compile(r"(?:get_|list|is_|check|status)")
"""How the last name of a method begins that changes nothing."""

_NOT_A_READING: Final = frozenset({"system.os.get_info"})
"""Deletes a flag file on the router."""

_PRIVATE: Final = re.compile(r"pass|key|secret|token|pwd|uuid|stok", re.IGNORECASE)
"""Names of members that nobody may see."""

CHANNELS: Final[Mapping[str, frozenset[int]]] = {
    RadioName.RADIO_2_4: frozenset(range(14)),
    RadioName.RADIO_5: frozenset({0, 36, 40, 44, 48, 149, 153, 157, 161}),
}
"""0 is automatic."""

_OPEN: Final = "none"
_SSID_BYTES: Final = range(1, 33)
_PASSPHRASE: Final = re.compile(r"[ -~]{8,63}|[0-9A-Fa-f]{64}")
_CLIENT_NAME_LENGTH: Final = range(1, 65)
_MINUTES: Final = range(7 * 24 * 60 + 1)
_TX_POWER: Final = re.compile(r"[0-9a-z]{1,8}")
_DELAY: Final = range(61)


def check_method(value: str) -> None:
    """Check the name of a method: two to seven names with dots between them."""
    if len(value) > _METHOD_LENGTH or not _METHOD.fullmatch(value):
        raise ValueError("a method has two to seven names with dots between them")


def check_data(value: object) -> None:
    """Check the data of a call: an object of at most 64 KiB."""
    try:
        size = len(json.dumps(value, allow_nan=False))
        is_object = isinstance(value, Mapping) and _has_text_keys(value)
    except TypeError, ValueError, RecursionError:
        raise ValueError("the data of a call are no JSON") from None
    if not is_object:
        raise ValueError("the data of a call are an object whose keys are texts")
    if size > DATA_LIMIT:
        raise ValueError(f"the data of a call have at most {DATA_LIMIT} bytes")


def check_timeout(value: int) -> None:
    """Check for how long a call may take."""
    least, most = TIMEOUT_RANGE
    if not least <= value <= most:
        raise ValueError(f"a timeout lies between {least} and {most} seconds")


def is_dangerous(method: str) -> bool:
    """Tell whether a method may do harm that is hard to undo."""
    found = [each for each in DANGEROUS if fnmatchcase(method, each)]
    if found and all(each in _HARMLESS for each in found):
        return not is_reading(method)
    return bool(found)


def is_reading(method: str) -> bool:
    """Tell whether a method changes nothing, as far as its name tells."""
    return method not in _NOT_A_READING and bool(_READING.match(method.rpartition(".")[2]))


def redact(value: Any) -> Any:
    """Return data without passwords, keys and the like, for logs and diagnostics."""
    if isinstance(value, Mapping):
        return {
            name: MASK if _PRIVATE.search(str(name)) and content else redact(content)
            for name, content in value.items()
        }
    if isinstance(value, list | tuple):
        return [redact(each) for each in value]
    return value


def secrets_in(value: Any, *, private: bool = False) -> frozenset[str]:
    """Return the texts in the data of a call that no error may repeat."""
    if isinstance(value, Mapping):
        return frozenset().union(
            *(
                secrets_in(content, private=private or bool(_PRIVATE.search(str(name))))
                for name, content in value.items()
            )
        )
    if isinstance(value, list | tuple):
        return frozenset().union(*(secrets_in(each, private=private) for each in value))
    return frozenset({value}) if private and isinstance(value, str) else frozenset()


def check_mac(value: str) -> None:
    """Check a hardware address, in any spelling."""
    if mac_address(value) is None:
        raise ValueError("a hardware address has twelve hexadecimal digits")


def check_client_id(value: str) -> None:
    """Check the id of a client, which names a folder on the router."""
    if not _CLIENT_ID.fullmatch(value):
        raise ValueError("a client id has 1 to 64 letters, digits, hyphens and underscores")


def check_permission(value: str) -> None:
    """Check a permission: a method, or all methods that begin alike."""
    if len(value) > _METHOD_LENGTH or not _PERMISSION.fullmatch(value):
        raise ValueError("a permission is the name of a method or ends in .*")


def check_macs(values: Collection[str]) -> None:
    """Check several hardware addresses."""
    if not values:
        raise ValueError("at least one hardware address is needed")
    for value in values:
        check_mac(value)


def check_ssid(value: str) -> None:
    """Check the name of a Wi-Fi network: 1 to 32 bytes."""
    if len(value.encode(errors="replace")) not in _SSID_BYTES:
        raise ValueError("the name of a network has 1 to 32 bytes")


def check_key(encryption: str, value: str) -> None:
    """Check the key of a Wi-Fi network; an open one needs none."""
    if encryption != _OPEN and not _PASSPHRASE.fullmatch(value):
        raise ValueError("the key of a network has 8 to 63 characters of ASCII")


def check_channel(radio: str, value: int) -> None:
    """Check a channel, 0 for automatic; which ones there are depends on the radio."""
    if value not in CHANNELS.get(radio, frozenset()):
        raise ValueError("the radio does not have this channel")


def check_tx_power(value: str) -> None:
    """Check a transmit power, which the router names."""
    if not _TX_POWER.fullmatch(value):
        raise ValueError("a transmit power is one of those that the router lists")


def check_client_name(value: str) -> None:
    """Check the name of a client: 1 to 64 characters."""
    if len(value) not in _CLIENT_NAME_LENGTH or not value.isprintable():
        raise ValueError("the name of a client has 1 to 64 characters")


def check_minutes(value: int) -> None:
    """Check after how many minutes something ends, 0 for never: up to a week."""
    if value not in _MINUTES:
        raise ValueError("a time lies between 0 minutes and a week")


def check_delay(value: int) -> None:
    """Check after how many seconds a change takes effect."""
    if value not in _DELAY:
        raise ValueError("a delay has at most 60 seconds")


def _has_text_keys(value: Any) -> bool:
    """Tell whether all keys of objects, on any level, are texts."""
    if isinstance(value, Mapping):
        return all(isinstance(name, str) for name in value) and all(
            map(_has_text_keys, value.values())
        )
    return all(map(_has_text_keys, value)) if isinstance(value, list | tuple) else True
