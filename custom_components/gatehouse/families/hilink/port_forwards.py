"""Actions on what the firewall of a HiLink device lets through, and what it filters."""

from collections.abc import Awaitable
from typing import Any, Final, Protocol

from homeassistant.core import SupportsResponse
from homeassistant.helpers import config_validation as cv
from homeassistant.util.json import JsonValueType
import voluptuous as vol

from ...clients.errors import NotPermitted, NotSupported
from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models.security import PROTOCOLS
from ...errors import input_error
from ..actions import ActionCall, ActionResult, GatehouseAction
from .validation import as_row, chosen, ipv4, ports

_LONGEST_NAME: Final = 32


class _Rules(Protocol):
    """A list of the firewall."""

    @property
    def entries(self) -> tuple[Any, ...]:
        """Return what is on it."""


async def _list(call: ActionCall[HilinkClient]) -> ActionResult:
    """Return all lists of the firewall; null stands for one that the device does not have."""
    security = call.client.security
    forwards = await security.port_forwards()
    return ActionResult(
        response={
            "port_forwards": [as_row(each) for each in forwards.entries],
            "port_triggers": await _rows(security.port_triggers()),
            "ip_filters": await _rows(security.ip_filters()),
            "url_filters": await _rows(security.url_filters()),
        }
    )


async def _rows(request: Awaitable[_Rules]) -> JsonValueType:
    """Return the rows of a list that not every device has."""
    try:
        rules = await request
    except NotSupported, NotPermitted:
        return None
    return [as_row(each) for each in rules.entries]


async def _add(call: ActionCall[HilinkClient]) -> None:
    """Forward a port, or as many in a row, to a client."""
    fields = call.fields
    name = fields["name"].strip()
    if not 1 <= len(name) <= _LONGEST_NAME:
        raise input_error("invalid_rule_name")
    chosen(fields, "protocol", PROTOCOLS)
    outer = ports(fields["ports"])
    inner = ports(fields["address_ports"]) if "address_ports" in fields else outer
    if inner[1] - inner[0] != outer[1] - outer[0]:
        raise input_error("port_ranges_differ")
    address = str(ipv4(fields["address"]))
    security = call.client.security
    if name in {each.name for each in (await security.port_forwards()).entries}:
        raise input_error("rule_name_taken", name=name)
    await security.add_port_forward(
        name=name,
        protocol=fields["protocol"],
        ports=outer,
        address=address,
        address_ports=inner,
    )


async def _delete(call: ActionCall[HilinkClient]) -> None:
    """Delete what is forwarded under a name."""
    name = call.fields["name"].strip()
    if not await call.client.security.delete_port_forward(name):
        raise input_error("unknown_port_forward", name=name)


PORT_FORWARD_ACTIONS: Final = (
    GatehouseAction[HilinkClient](
        name="list_firewall_rules",
        run=_list,
        supports_response=SupportsResponse.ONLY,
        admin=True,
    ),
    GatehouseAction[HilinkClient](
        name="add_port_forward",
        fields={
            vol.Required("name"): cv.string,
            vol.Optional("protocol", default="tcp_udp"): cv.string,
            vol.Required("ports"): cv.string,
            vol.Required("address"): cv.string,
            vol.Optional("address_ports"): cv.string,
        },
        run=_add,
        admin=True,
        alone=True,
    ),
    GatehouseAction[HilinkClient](
        name="delete_port_forward",
        fields={vol.Required("name"): cv.string},
        run=_delete,
        admin=True,
        alone=True,
    ),
)
