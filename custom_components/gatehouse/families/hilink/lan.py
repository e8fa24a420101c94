"""Actions on the network of a HiLink device: DHCP server and fixed addresses."""

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv4Network
from typing import Any, Final

from homeassistant.const import CONF_URL
from homeassistant.core import SupportsResponse
from homeassistant.helpers import config_validation as cv
import voluptuous as vol
from yarl import URL

from ...clients.errors import OutcomeUnknown
from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import DhcpSettings
from ...clients.hilink.values import mac_address
from ...errors import failure, input_error
from ..actions import ActionCall, ActionResult, GatehouseAction
from .validation import as_row, hardware_address, ipv4

_SHORTEST_LEASE: Final = 120
_LONGEST_LEASE: Final = 30 * 24 * 60 * 60
"""Seconds."""

_WIDEST: Final = IPv4Address("255.0.0.0")
_NARROWEST: Final = IPv4Address("255.255.255.252")

_NAME_SERVERS: Final = {"primary_dns", "secondary_dns"}
_ADDRESSES: Final = {"router_address", "first_address", "last_address", *_NAME_SERVERS}


async def _get_dhcp(call: ActionCall[HilinkClient]) -> ActionResult:
    """Return the settings of the network."""
    return ActionResult(response=as_row(await call.client.lan.dhcp_settings()))


async def _set_dhcp(call: ActionCall[HilinkClient]) -> ActionResult:
    """Change what is given and leave the rest as it is."""
    changes = _changes(call.fields)
    settings = await call.client.lan.dhcp_settings()
    _check_range(settings, changes)
    if settings.automatic_dns and changes.keys() & _NAME_SERVERS:
        changes["automatic_dns"] = False
    moves = changes.get("router_address", settings.router_address) != settings.router_address
    try:
        await call.client.lan.set_dhcp_settings(changes)
    except OutcomeUnknown:
        if not moves:
            raise
        raise failure(
            "lan_address_unknown",
            device=call.entry.title,
            old=settings.router_address or "",
            new=changes["router_address"],
        ) from None
    url = URL(call.entry.data[CONF_URL])
    if not moves or url.host != settings.router_address:
        return ActionResult()
    return ActionResult(changes={CONF_URL: str(url.with_host(changes["router_address"]))})


def _changes(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is to be changed, once it is sure that each can be right alone."""
    changes = dict(fields)
    if not changes:
        raise input_error("nothing_to_change")
    for name in changes.keys() & _ADDRESSES:
        changes[name] = str(ipv4(changes[name]))
    if "netmask" in changes:
        changes["netmask"] = _netmask(changes["netmask"])
    if not _SHORTEST_LEASE <= changes.get("lease_time", _SHORTEST_LEASE) <= _LONGEST_LEASE:
        raise input_error("invalid_lease_time")
    if changes.keys() & _NAME_SERVERS and changes.get("automatic_dns"):
        raise input_error("dns_given_and_automatic")
    return changes


def _netmask(text: str) -> str:
    """Return a network mask that leaves room for clients. Raises a translated error."""
    try:
        mask = IPv4Network(f"0.0.0.0/{IPv4Address(text.strip())}").netmask
    except ValueError:
        raise input_error("invalid_netmask") from None
    # A mask such as 0.0.0.255 is taken for its opposite.
    if str(mask) != text.strip() or not _WIDEST <= mask <= _NARROWEST:
        raise input_error("invalid_netmask")
    return str(mask)


def _check_range(settings: DhcpSettings, changes: Mapping[str, Any]) -> None:
    """Make sure that the addresses of the clients are in the network and not the device's own."""
    after = {**as_row(settings), **changes}
    first, last = after["first_address"], after["last_address"]
    if first is None or last is None:
        return
    begin, end = IPv4Address(first), IPv4Address(last)
    if end < begin:
        raise input_error("dhcp_range_backwards")
    if (own := after["router_address"]) is None or after["netmask"] is None:
        return
    network = IPv4Network(f"{own}/{after['netmask']}", strict=False)
    outside = {network.network_address, network.broadcast_address}
    if begin not in network or end not in network or {begin, end} & outside:
        raise input_error("dhcp_range_elsewhere", network=str(network))
    if begin <= IPv4Address(own) <= end:
        raise input_error("dhcp_range_holds_router", address=own)


async def _list_leases(call: ActionCall[HilinkClient]) -> ActionResult:
    """Return the fixed addresses."""
    leases = await call.client.lan.static_leases()
    return ActionResult(response={"leases": [as_row(each) for each in leases.entries]})


async def _add_lease(call: ActionCall[HilinkClient]) -> None:
    """Give a client a fixed address, out of those that the device gives to clients."""
    mac, address = hardware_address(call.fields["mac"]), ipv4(call.fields["address"])
    settings = await call.client.lan.dhcp_settings()
    first, last = settings.first_address, settings.last_address
    if first and last and not IPv4Address(first) <= address <= IPv4Address(last):
        raise input_error("lease_outside_range", first=first, last=last)
    for each in (await call.client.lan.static_leases()).entries:
        if each.mac == mac_address(mac) or each.address == str(address):
            raise input_error("lease_exists", mac=each.mac or "", address=each.address or "")
    await call.client.lan.add_static_lease(mac, str(address))


async def _delete_lease(call: ActionCall[HilinkClient]) -> None:
    """Take the fixed address of a client away."""
    if not await call.client.lan.delete_static_lease(hardware_address(call.fields["mac"])):
        raise input_error("unknown_lease")


LAN_ACTIONS: Final = (
    GatehouseAction[HilinkClient](
        name="get_dhcp_settings",
        run=_get_dhcp,
        supports_response=SupportsResponse.ONLY,
        admin=True,
    ),
    GatehouseAction[HilinkClient](
        name="set_dhcp_settings",
        fields={
            vol.Optional("enabled"): cv.boolean,
            vol.Optional("first_address"): cv.string,
            vol.Optional("last_address"): cv.string,
            vol.Optional("lease_time"): vol.Coerce(int),
            vol.Optional("automatic_dns"): cv.boolean,
            vol.Optional("primary_dns"): cv.string,
            vol.Optional("secondary_dns"): cv.string,
            vol.Optional("router_address"): cv.string,
            vol.Optional("netmask"): cv.string,
        },
        run=_set_dhcp,
        admin=True,
        alone=True,
    ),
    GatehouseAction[HilinkClient](
        name="list_static_leases",
        run=_list_leases,
        supports_response=SupportsResponse.ONLY,
        admin=True,
    ),
    GatehouseAction[HilinkClient](
        name="add_static_lease",
        fields={vol.Required("mac"): cv.string, vol.Required("address"): cv.string},
        run=_add_lease,
        admin=True,
        alone=True,
    ),
    GatehouseAction[HilinkClient](
        name="delete_static_lease",
        fields={vol.Required("mac"): cv.string},
        run=_delete_lease,
        admin=True,
        alone=True,
    ),
)
