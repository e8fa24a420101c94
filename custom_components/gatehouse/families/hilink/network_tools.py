"""Actions by which a HiLink device finds out about the way to a host."""

import re
from typing import Final

from homeassistant.core import SupportsResponse
from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from ...clients.hilink.client import HilinkClient
from ...errors import input_error
from ..actions import ActionCall, ActionResult, GatehouseAction
from .validation import as_row

_HOST: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.:-]{0,252}", re.ASCII)
"""Some firmware hands a host on to a shell, so nothing but names and addresses gets there."""

_TIMEOUT: Final = vol.All(vol.Coerce(int), vol.Range(min=1, max=10))


async def _ping(call: ActionCall[HilinkClient]) -> ActionResult:
    """Let the device ping a host."""
    result = await call.client.diagnosis.ping(_host(call), timeout=call.fields["timeout"])
    return ActionResult(
        response={
            "reached": result.reached,
            "error": result.error,
            "received": result.received,
            "lost": result.lost,
            "average_ms": result.average,
            "minimum_ms": result.minimum,
            "maximum_ms": result.maximum,
        }
    )


async def _traceroute(call: ActionCall[HilinkClient]) -> ActionResult:
    """Let the device trace the route to a host."""
    result = await call.client.diagnosis.traceroute(
        _host(call), timeout=call.fields["timeout"], max_hops=call.fields["max_hops"]
    )
    hops = [as_row(hop) for hop in result.hops]
    return ActionResult(
        response={
            "reached": result.error is None,
            "error": result.error,
            "hops": [{"address": hop["address"], "times_ms": hop["times"]} for hop in hops],
        }
    )


def _host(call: ActionCall[HilinkClient]) -> str:
    """Return the host that is meant. Raises a translated error."""
    host: str = call.fields["host"].strip()
    if not _HOST.fullmatch(host):
        raise input_error("invalid_host")
    return host


NETWORK_TOOL_ACTIONS: Final = (
    GatehouseAction[HilinkClient](
        name="ping",
        fields={
            vol.Required("host"): cv.string,
            vol.Optional("timeout", default=4): _TIMEOUT,
        },
        run=_ping,
        supports_response=SupportsResponse.ONLY,
    ),
    GatehouseAction[HilinkClient](
        name="traceroute",
        fields={
            vol.Required("host"): cv.string,
            vol.Optional("timeout", default=4): _TIMEOUT,
            vol.Optional("max_hops", default=30): vol.All(
                vol.Coerce(int), vol.Range(min=1, max=30)
            ),
        },
        run=_traceroute,
        supports_response=SupportsResponse.ONLY,
    ),
)
