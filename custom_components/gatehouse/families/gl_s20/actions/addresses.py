"""IPv4 addresses that are set by hand."""

from collections.abc import Callable, Mapping
from ipaddress import IPv4Address, IPv4Network
from typing import Any, Final

from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from ....clients.gl_s20 import rules
from ....clients.gl_s20.models import Addressing, StaticAddress
from ....errors import input_error
from .validation import chosen

ADDRESSING: Final = "addressing"
_IP_ADDRESS: Final = "ip_address"
_NETMASK: Final = "netmask"
_GATEWAY: Final = "gateway"
_CHOICES: Final = {each.value: each for each in Addressing}


def check_netmask(value: str | None) -> None:
    """Check a network mask: ones, then zeros."""
    rules.check_ipv4(value)
    if str(IPv4Network(f"0.0.0.0/{value}").netmask) != value:
        raise ValueError("a network mask has ones, then zeros")


_PARTS: Final[Mapping[str, tuple[Callable[[str | None], None], str]]] = {
    _IP_ADDRESS: (rules.check_ipv4, "invalid_ip_address"),
    _NETMASK: (check_netmask, "invalid_netmask"),
    _GATEWAY: (rules.check_ipv4, "invalid_gateway"),
}
"""Each with its rule, and the translation key of what the rule says."""


ADDRESS_FIELDS: Final[VolDictType] = {vol.Optional(name): cv.string for name in _PARTS}
"""To go with the field that says where the address comes from."""


def sent_address(fields: Mapping[str, Any]) -> StaticAddress | None:
    """Return the address that somebody wrote; None for DHCP. Raises a translated error.

    A router with a wrong address can only be reset by hand, so that more is checked than the
    device itself would.
    """
    if chosen(fields, ADDRESSING, _CHOICES) is Addressing.DHCP:
        if fields.keys() & _PARTS:
            raise input_error("address_with_dhcp")
        return None
    for name, (rule, key) in _PARTS.items():
        try:
            rule(fields.get(name))
        except ValueError:
            raise input_error(key) from None
    network = IPv4Network(f"{fields[_IP_ADDRESS]}/{fields[_NETMASK]}", strict=False)
    hosts = {IPv4Address(fields[name]) for name in (_IP_ADDRESS, _GATEWAY)}
    reserved = {network.network_address, network.broadcast_address}
    if len(hosts) < len((_IP_ADDRESS, _GATEWAY)) or hosts & reserved:
        raise input_error("address_not_usable")
    if not all(host in network for host in hosts):
        raise input_error("gateway_elsewhere", network=str(network))
    return StaticAddress(
        ip_address=fields[_IP_ADDRESS], netmask=fields[_NETMASK], gateway=fields[_GATEWAY]
    )
