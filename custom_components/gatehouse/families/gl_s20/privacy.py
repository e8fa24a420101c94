"""What diagnostics of a GL-S20 keep to themselves, and what they ask for."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
import re
from typing import Any, Final

from ...clients.gl_s20.client import GlS20Client
from ...clients.secret import MASK, Secret
from ..readings import Snapshot
from .options import CONF_LOG_IN_DIAGNOSTICS

PRIVATE_FIELDS: Final = frozenset(
    {
        "active_dataset",
        "bluetooth_mac",
        "border_agent_id",
        "bssid",
        "ethernet_mac",
        "eui64",
        "extended_address",
        "extended_pan_id",
        "gateway",
        "hostname",
        "ip_address",
        "ipv4_address",
        "ipv4_gateway",
        "ipv4_targets",
        "ipv6_address",
        "ipv6_addresses",
        "ipv6_targets",
        "items",
        "mac_address",
        "mesh_local_prefix",
        "network_key",
        "network_name",
        "on_mesh_prefixes",
        "passphrase",
        "password",
        "pskc",
        "pskd",
        "serial_number",
        "sntp_server",
        "ssid",
        "tlv",
        "told_eui64",
        "wifi_mac",
    }
)
"""Of the typed data."""

_LOG_LINES: Final = 200

_ANY_DEVICE: Final = "*"

_PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Keys, EUI-64s, datasets, and MAC addresses without anything in between.
        r"(?<![0-9a-z])(?:0x)?[0-9a-f]{12,}(?![0-9a-z])",
        # MAC addresses and EUI-64s.
        r"(?<![0-9a-z])[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5,7}(?![0-9a-z])",
        r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])",
        # IPv6 addresses, which have two colons in a row or eight groups.
        r"(?<![\w:])(?=[0-9a-f:]*::|(?:[0-9a-f]{1,4}:){7})[0-9a-f:]{3,39}(?![\w:])",
    )
)
"""Of what identifies or opens something, whosever it is."""


def private_texts(snapshot: Snapshot) -> Iterator[str]:
    """Yield every text that identifies or opens something."""
    for record in snapshot.records.values():
        for text in private_texts_in(record.value, PRIVATE_FIELDS):
            yield text
            if ":" in text:
                yield text.replace(":", "")


async def diagnose(client: GlS20Client, options: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read the end of the log, where its owner allows that."""
    if not options.get(CONF_LOG_IN_DIAGNOSTICS, False):
        return {}
    lines = (await client.system.log()).splitlines()
    return {"log": [_harmless(line) for line in lines[-_LOG_LINES:]]}


def _harmless(line: str) -> str:
    """Return a line without what looks like a key or an address."""
    for pattern in _PATTERNS:
        line = pattern.sub(MASK, line)
    return line


def private_texts_in(
    value: object, private_fields: Collection[str] = (), *, private: bool = False
) -> Iterator[str]:
    """Yield the texts within a value, if it is private, or of its secrets and private fields."""
    if isinstance(value, Secret):
        yield from private_texts_in(value.reveal(), private=True)
    elif is_dataclass(value):
        for each in fields(value):
            hidden = private or each.name in private_fields
            yield from private_texts_in(getattr(value, each.name), private_fields, private=hidden)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from private_texts_in(each, private_fields, private=private)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from private_texts_in(each, private_fields, private=private)
    elif private and isinstance(value, bytes):
        yield value.hex()
    elif private and isinstance(value, str) and value != _ANY_DEVICE:
        yield value
