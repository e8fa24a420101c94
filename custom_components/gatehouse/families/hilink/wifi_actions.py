"""Actions on the Wi-Fi networks of a HiLink device."""

from collections.abc import Mapping
from contextlib import suppress
import re
from typing import Any, Final

from homeassistant.core import SupportsResponse
from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from ...clients.errors import GatehouseError, NotPermitted, NotSupported
from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import WifiNetwork
from ...clients.hilink.wlan import PROTECTIONS, WifiChange
from ...clients.secret import Secret
from ...errors import failure, input_error
from ..actions import ActionCall, ActionResult, GatehouseAction
from .validation import chosen
from .wlan import BAND_2_4, BAND_5, KEYS, NETWORKS, RADIOS

NAMES: Final[Mapping[str, tuple[str, bool]]] = {
    "main_2_4": (BAND_2_4, False),
    "main_5": (BAND_5, False),
    "guest_2_4": (BAND_2_4, True),
    "guest_5": (BAND_5, True),
}
"""Networks by band, and whether they are for guests."""

_OPEN: Final = "none"
_KEY: Final = re.compile(r"[ -~]{8,63}")
_SSID_BYTES: Final = range(1, 33)


def _secret_text(value: Any) -> Secret[str]:
    """Take a text that must not be seen."""
    return Secret(cv.string(value))


async def _set(call: ActionCall[HilinkClient]) -> None:
    """Change what is given and leave the rest as it is; see whether the device did so."""
    band, guest = chosen(call.fields, "network", NAMES)
    wanted = _wanted(call.fields)
    network = (await call.client.wlan.networks()).find(band, guest=guest)
    if network is None:
        raise input_error("no_such_wifi")
    _check_key(wanted, network)
    await call.client.wlan.change(network, wanted)
    # Who is connected by this very Wi-Fi cannot look at once.
    with suppress(GatehouseError):
        changed = (await call.client.wlan.networks()).find(band, guest=guest)
        if changed is not None and not _is_as_wanted(changed, wanted):
            raise failure("wifi_unchanged")


def _wanted(fields: Mapping[str, Any]) -> WifiChange:
    """Return what is to be different, once it is sure that it can be right."""
    wanted = WifiChange(
        ssid=fields.get("ssid"),
        key=fields.get("key"),
        encryption=fields.get("encryption"),
        hidden=fields.get("hidden"),
    )
    if wanted == WifiChange():
        raise input_error("nothing_to_change")
    if wanted.ssid is not None and len(wanted.ssid.encode(errors="replace")) not in _SSID_BYTES:
        raise input_error("invalid_ssid")
    if wanted.encryption is not None:
        chosen(fields, "encryption", PROTECTIONS)
    if wanted.key is not None and not _KEY.fullmatch(wanted.key.reveal()):
        raise input_error("invalid_wifi_key")
    return wanted


def _check_key(wanted: WifiChange, network: WifiNetwork) -> None:
    """Refuse a key without protection, and protection without a key."""
    is_open = (wanted.encryption or network.encryption) == _OPEN
    if is_open and wanted.key is not None:
        raise input_error("wifi_password_unused")
    if not is_open and network.encryption == _OPEN and wanted.key is None:
        raise input_error("wifi_password_needed")


def _is_as_wanted(network: WifiNetwork, wanted: WifiChange) -> bool:
    """Tell whether a network is as it was to become, as far as the device shows that."""
    pairs = (
        (wanted.ssid, network.ssid),
        (wanted.encryption, network.encryption),
        (wanted.hidden, network.hidden),
    )
    return all(wish is None or shown is None or wish == shown for wish, shown in pairs)


async def _list(call: ActionCall[HilinkClient]) -> ActionResult:
    """Return the networks, with their keys only where that is asked for."""
    found = await call.client.wlan.networks()
    with_keys = call.fields["include_keys"]
    keys = await _keys(call.client) if with_keys else {}
    return ActionResult(
        response={
            "networks": [
                _row(name, network) | ({"key": keys.get(network.identifier)} if with_keys else {})
                for name, (band, guest) in NAMES.items()
                if (network := found.find(band, guest=guest)) is not None
            ]
        }
    )


async def _keys(client: HilinkClient) -> dict[str | None, str]:
    """Return the keys that the device shows, by network."""
    try:
        found = await client.wlan.keys()
    except NotSupported, NotPermitted:
        return {}
    return {each.identifier: each.key.reveal() for each in found.networks if each.key}


def _row(name: str, network: WifiNetwork) -> dict[str, Any]:
    """Return what is told of a network."""
    return {
        "network": name,
        "ssid": network.ssid,
        "enabled": network.enabled,
        "hidden": network.hidden,
        "encryption": network.encryption,
    }


WIFI_ACTIONS: Final = (
    GatehouseAction[HilinkClient](
        name="set_wifi",
        fields={
            vol.Required("network"): cv.string,
            vol.Optional("ssid"): cv.string,
            vol.Optional("key"): _secret_text,
            vol.Optional("encryption"): cv.string,
            vol.Optional("hidden"): cv.boolean,
        },
        run=_set,
        admin=True,
        read_back=(NETWORKS, RADIOS, KEYS),
    ),
    GatehouseAction[HilinkClient](
        name="list_wifi_networks",
        fields={vol.Optional("include_keys", default=False): cv.boolean},
        run=_list,
        supports_response=SupportsResponse.ONLY,
        admin=True,
    ),
)
