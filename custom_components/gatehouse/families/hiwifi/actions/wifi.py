"""Name, key and encryption of the Wi-Fi networks."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from ....clients.hiwifi import rules
from ....clients.hiwifi.client import HiwifiClient
from ....clients.hiwifi.models import Interface
from ....clients.secret import Secret
from ....errors import input_error
from ...actions import ActionCall, GatehouseAction
from ...readings import Reading
from ..readings import GUEST_2_4, GUEST_5, NETWORK_2_4, NETWORK_5
from .validation import check, chosen, secret_text

NETWORKS: Final = {each.name.lower(): each for each in Interface}
ENCRYPTIONS: Final = {"none": "none", "mixed_psk": "mixed-psk", "mixed_wpa": "mixed-wpa"}

_OPEN: Final = "none"
_GUEST: Final = frozenset({Interface.GUEST_2_4, Interface.GUEST_5})
_READINGS: Final[Mapping[Interface, Reading[HiwifiClient, Any]]] = {
    Interface.MAIN_2_4: NETWORK_2_4,
    Interface.MAIN_5: NETWORK_5,
    Interface.GUEST_2_4: GUEST_2_4,
    Interface.GUEST_5: GUEST_5,
}
_SETTINGS: Final = ("ssid", "key", "encryption", "hidden")


async def _set_wifi(call: ActionCall[HiwifiClient]) -> None:
    """Change what is given and leave the rest as it is."""
    interface = chosen(call.fields, "network", NETWORKS)
    settings = _settings(call.fields)
    if settings.get("encryption", _OPEN) != _OPEN and "key" not in settings:
        network = await _READINGS[interface].fetch(call.client)
        if network.key is None:
            raise input_error("wifi_password_needed")
    if interface in _GUEST:
        if call.fields.keys() & {"hidden", "delay"}:
            raise input_error("only_main_networks")
        await call.client.wifi.set_guest_network(interface, **settings)
        return
    delay = call.fields.get("delay", 0)
    check(rules.check_delay, delay)
    await call.client.wifi.set_network(interface, delay=delay, **settings)


def _settings(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings to change, once it is sure that they can be right."""
    settings = {name: fields[name] for name in _SETTINGS if name in fields}
    if not settings:
        raise input_error("nothing_to_change")
    if "ssid" in settings:
        check(rules.check_ssid, settings["ssid"])
    if "encryption" in settings:
        settings["encryption"] = chosen(fields, "encryption", ENCRYPTIONS)
    key: Secret[str] | None = settings.get("key")
    if key is not None:
        check(rules.check_key, settings.get("encryption", ""), key.reveal())
    return settings


WIFI_ACTIONS: Final = (
    GatehouseAction[HiwifiClient](
        name="set_wifi",
        fields={
            vol.Required("network"): cv.string,
            vol.Optional("ssid"): cv.string,
            vol.Optional("key"): secret_text,
            vol.Optional("encryption"): cv.string,
            vol.Optional("hidden"): cv.boolean,
            vol.Optional("delay"): vol.Coerce(int),
        },
        run=_set_wifi,
        admin=True,
        read_back=tuple(_READINGS.values()),
    ),
)
