"""Actions on the cradle of a HiLink stick."""

from typing import Final

from homeassistant.core import SupportsResponse
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from ...clients.errors import NotPermitted, NotSupported
from ...clients.hilink.client import HilinkClient
from ...errors import input_error
from ..actions import ActionCall, ActionResult, GatehouseAction
from .appliance import CRADLE
from .validation import as_row

_MODE: Final = vol.All(vol.Coerce(int), vol.Range(min=0, max=255))
_SETTINGS: Final[VolDictType] = {
    vol.Optional("poecat"): _MODE,
    vol.Optional("multipmcat"): _MODE,
    vol.Optional("eth_wan_mode"): _MODE,
}


async def _get(call: ActionCall[HilinkClient]) -> ActionResult:
    """Return settings and state; the connection is null where the firmware does not tell it."""
    settings = as_row(await call.client.appliance.cradle())
    try:
        connection = as_row(await call.client.appliance.cradle_status())
    except NotSupported, NotPermitted:
        connection = None
    return ActionResult(response={**settings, "connection": connection})


async def _set(call: ActionCall[HilinkClient]) -> None:
    """Change what is given and leave the rest as it is."""
    if not call.fields:
        raise input_error("nothing_to_change")
    await call.client.appliance.set_cradle(**call.fields)


CRADLE_ACTIONS: Final = (
    GatehouseAction[HilinkClient](
        name="get_cradle",
        run=_get,
        supports_response=SupportsResponse.ONLY,
        admin=True,
    ),
    GatehouseAction[HilinkClient](
        name="set_cradle", fields=_SETTINGS, run=_set, admin=True, read_back=(CRADLE,)
    ),
)
