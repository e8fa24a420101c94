"""The text in a QR code with which a phone joins a Wi-Fi network."""

import re
from typing import Final

from ..clients.secret import Secret

_SPECIAL: Final = re.compile(r'([\\;,:"])')


def wifi_code(
    *, ssid: str | None, authentication: str | None, key: Secret[str] | None, hidden: bool | None
) -> Secret[str] | None:
    """Return the text; None where the network is not known well enough to join it.

    `authentication` is `WPA`, for all generations of it, `WEP` or `nopass`.
    """
    if not ssid or authentication is None:
        return None
    fields = [f"T:{authentication}", f"S:{_escaped(ssid)}"]
    if authentication != "nopass":
        if key is None or not key.reveal():
            return None
        fields.append(f"P:{_escaped(key.reveal())}")
    if hidden:
        fields.append("H:true")
    return Secret(f"WIFI:{';'.join(fields)};;")


def _escaped(text: str) -> str:
    """Return a text whose special characters do not end it."""
    return _SPECIAL.sub(r"\\\1", text)
