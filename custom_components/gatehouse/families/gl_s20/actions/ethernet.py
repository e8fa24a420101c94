"""The address of the wired connection."""

from typing import Final

from homeassistant.const import CONF_URL
from homeassistant.core import SupportsResponse
from homeassistant.helpers import config_validation as cv
import voluptuous as vol
from yarl import URL

from ....clients.gl_s20.client import GlS20Client
from ....errors import failure
from ...actions import ActionCall, ActionResult, GatehouseAction
from ..readings import ETHERNET, ETHERNET_CONFIGURATION
from .addresses import ADDRESS_FIELDS, ADDRESSING, sent_address
from .reach import appears


async def _set_ethernet(call: ActionCall[GlS20Client]) -> ActionResult:
    """Change the address, and follow the router to it where it was reached at the old one."""
    static = sent_address(call.fields)
    here = there = URL(call.entry.data[CONF_URL])
    wired = (await call.client.ethernet.status()).ipv4_address
    if static and static.ip_address and here.host == wired:
        there = here.with_host(static.ip_address)
    await call.client.ethernet.configure(static)
    if not await appears(call.hass, call.entry.unique_id, there):
        key = "router_not_at_address" if static else "router_left_for_dhcp"
        raise failure(key, address=str(there.host))
    changes = {} if there == here else {CONF_URL: str(there)}
    return ActionResult(response={"url": str(there)}, changes=changes)


ETHERNET_ACTIONS: Final = (
    GatehouseAction[GlS20Client](
        name="set_ethernet",
        fields={vol.Required(ADDRESSING): cv.string, **ADDRESS_FIELDS},
        run=_set_ethernet,
        supports_response=SupportsResponse.OPTIONAL,
        admin=True,
        read_back=(ETHERNET, ETHERNET_CONFIGURATION),
    ),
)
