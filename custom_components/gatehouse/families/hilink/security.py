"""The firewall of a HiLink device: switches, the exposed client, the type of NAT."""

from collections.abc import Callable
from typing import Any, Final

from homeassistant.const import EntityCategory
from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import Dmz, Firewall, Nat, SipAlg, Upnp
from ...errors import input_error
from ..actions import ActionCall, GatehouseAction
from ..descriptions import (
    GatehouseBinarySensorDescription,
    GatehouseSelectDescription,
    GatehouseSwitchDescription,
)
from ..readings import Cadence, Reading
from .validation import ipv4

UPNP: Final = Reading[HilinkClient, Upnp](
    name="upnp", fetch=lambda client: client.security.upnp(), cadence=Cadence.SLOW
)
SIP_ALG: Final = Reading[HilinkClient, SipAlg](
    name="sip_alg", fetch=lambda client: client.security.sip_alg(), cadence=Cadence.SLOW
)
FIREWALL: Final = Reading[HilinkClient, Firewall](
    name="firewall", fetch=lambda client: client.security.firewall(), cadence=Cadence.SLOW
)
NAT: Final = Reading[HilinkClient, Nat](
    name="nat", fetch=lambda client: client.security.nat(), cadence=Cadence.SLOW
)
DMZ: Final = Reading[HilinkClient, Dmz](
    name="dmz", fetch=lambda client: client.security.dmz(), cadence=Cadence.SLOW
)

_NAT_TYPES: Final = {"symmetric": 0, "full_cone": 1}
_NAT_NAMES: Final = {code: name for name, code in _NAT_TYPES.items()}


def _switch(
    key: str, reading: Reading[HilinkClient, Any], set_fn: Callable[..., Any]
) -> GatehouseSwitchDescription[HilinkClient]:
    """Describe a switch that only experts should touch."""
    return GatehouseSwitchDescription[HilinkClient](
        key=key,
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        reading=reading,
        exists_fn=lambda data: data[reading].enabled is not None,
        value_fn=lambda data: data[reading].enabled,
        set_fn=lambda client, on: set_fn(client.security, enabled=on),
        read_back=(reading,),
    )


def _firewall_switch(key: str, name: str) -> GatehouseSwitchDescription[HilinkClient]:
    """Describe one of the switches that the device keeps together."""
    return GatehouseSwitchDescription[HilinkClient](
        key=key,
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        reading=FIREWALL,
        exists_fn=lambda data: getattr(data[FIREWALL], name) is not None,
        value_fn=lambda data: getattr(data[FIREWALL], name),
        set_fn=lambda client, on: client.security.set_firewall(**{name: on}),
        read_back=(FIREWALL,),
    )


async def _set_dmz(call: ActionCall[HilinkClient]) -> None:
    """Expose a client to the internet, or none."""
    enabled = call.fields["enabled"]
    address = str(ipv4(call.fields["address"])) if "address" in call.fields else None
    if enabled and address is None and (await call.client.security.dmz()).address is None:
        raise input_error("dmz_address_needed")
    await call.client.security.set_dmz(enabled=enabled, address=address)


SECURITY_READINGS: Final = (UPNP, SIP_ALG, FIREWALL, NAT, DMZ)

SECURITY_SWITCHES: Final = (
    _switch("upnp", UPNP, lambda security, **to: security.set_upnp(**to)),
    _switch("sip_alg", SIP_ALG, lambda security, **to: security.set_sip_alg(**to)),
    _firewall_switch("firewall", "enabled"),
    _firewall_switch("firewall_block_ping", "block_ping"),
    _firewall_switch("firewall_ip_filter", "ip_filter"),
    _firewall_switch("firewall_mac_filter", "mac_filter"),
    _firewall_switch("firewall_url_filter", "url_filter"),
)

SECURITY_SELECTS: Final = (
    GatehouseSelectDescription[HilinkClient](
        key="nat_type",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        options=list(_NAT_TYPES),
        reading=NAT,
        exists_fn=lambda data: data[NAT].nat_type in _NAT_NAMES,
        value_fn=lambda data: _NAT_NAMES.get(-1 if (code := data[NAT].nat_type) is None else code),
        set_fn=lambda client, option: client.security.set_nat(_NAT_TYPES[option]),
        read_back=(NAT,),
    ),
)

SECURITY_BINARY_SENSORS: Final = (
    GatehouseBinarySensorDescription(
        key="dmz",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        reading=DMZ,
        exists_fn=lambda data: data[DMZ].enabled is not None,
        value_fn=lambda data: data[DMZ].enabled,
    ),
)

SECURITY_ACTIONS: Final = (
    GatehouseAction[HilinkClient](
        name="set_dmz",
        fields={vol.Required("enabled"): cv.boolean, vol.Optional("address"): cv.string},
        run=_set_dmz,
        admin=True,
        read_back=(DMZ,),
    ),
)
