"""Requests of which only the secret fields are encrypted.

Source: the devices' own page of the Wi-Fi settings, which escapes a field as XML before.
"""

from collections.abc import Mapping
from typing import Any, Final
from xml.sax.saxutils import escape

from aiohttp.hdrs import CONTENT_TYPE

from ..secret import Secret
from .encryption import Encryption

_HEADERS: Final = {
    CONTENT_TYPE: "application/x-www-form-urlencoded; charset=UTF-8;enp",
    "part_encrypt_transmit": "part_encrypt_transmit",
}
_QUOTES: Final = {'"': "&quot;", "'": "&apos;"}


def has_secrets(content: object) -> bool:
    """Tell whether any field is a `Secret`."""
    if isinstance(content, Mapping):
        return any(map(has_secrets, content.values()))
    if isinstance(content, list):
        return any(map(has_secrets, content))
    return isinstance(content, Secret)


def prepared(
    fields: Mapping[str, Any], key: Encryption | None
) -> tuple[dict[str, Any], Mapping[str, str]]:
    """Return fields with encrypted secrets, and the headers that say so.

    Firmware without a key gets plain text.
    """
    encrypted = {name: _encrypted(value, key) for name, value in fields.items()}
    return encrypted, _HEADERS if key else {}


def _encrypted(content: Any, key: Encryption | None) -> Any:
    """Return the content of a field."""
    if isinstance(content, Mapping):
        return {name: _encrypted(value, key) for name, value in content.items()}
    if isinstance(content, list):
        return [_encrypted(each, key) for each in content]
    if not isinstance(content, Secret):
        return content
    text: str = content.reveal()
    return text if key is None else key.encrypt(escape(text, _QUOTES).encode()).decode()
