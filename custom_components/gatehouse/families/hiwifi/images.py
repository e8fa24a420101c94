"""QR codes of the networks of a HiWiFi router."""

import re
from typing import Any, Final

from homeassistant.const import EntityCategory

from ...clients.hiwifi.models import GuestNetwork, Network
from ...clients.secret import Secret
from ..descriptions import GatehouseImageDescription
from ..readings import Reading, Snapshot
from ..wifi_code import wifi_code
from .readings import GUEST_2_4, GUEST_5, NETWORK_2_4, NETWORK_5

_AUTHENTICATIONS: Final = {
    "none": "nopass",
    "wep": "WEP",
    "psk": "WPA",
    "psk2": "WPA",
    "sae": "WPA",
}
"""By a part of the router's word; where everybody has a login of their own, a code is no use."""


def _authentication(encryption: str | None) -> str | None:
    """Return how a phone has to join a network."""
    parts = re.split(r"[^a-z0-9]+", (encryption or "").lower())
    return next((_AUTHENTICATIONS[each] for each in parts if each in _AUTHENTICATIONS), None)


def _code(network: Network | GuestNetwork, *, hidden: bool | None) -> Secret[str] | None:
    """Return the text with which a phone joins a network, None while that is off."""
    if not network.enabled:
        return None
    return wifi_code(
        ssid=network.ssid,
        authentication=_authentication(network.encryption),
        key=network.key,
        hidden=hidden,
    )


def _main(name: str, reading: Reading[Any, Network]) -> GatehouseImageDescription:
    """Describe the code of a main network."""
    return GatehouseImageDescription(
        key=f"{name}_code",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        reading=reading,
        exists_fn=lambda data: data[reading].ssid is not None,
        content_fn=lambda data: _code(data[reading], hidden=data[reading].hidden),
    )


def _guest(name: str, reading: Reading[Any, GuestNetwork]) -> GatehouseImageDescription:
    """Describe the code of a guest network."""

    def content(data: Snapshot) -> Secret[str] | None:
        """Return the text; a phone finds a network by it that is going to hide its name too."""
        network = data[reading]
        return _code(network, hidden=not network.visible or network.hide_after != 0)

    return GatehouseImageDescription(
        key=f"{name}_code",
        entity_category=EntityCategory.DIAGNOSTIC,
        reading=reading,
        exists_fn=lambda data: bool(data[reading].supported),
        content_fn=content,
    )


IMAGES: Final = (
    _guest("guest_wifi", GUEST_2_4),
    _guest("guest_wifi_5", GUEST_5),
    _main("wifi_2_4", NETWORK_2_4),
    _main("wifi_5", NETWORK_5),
)
