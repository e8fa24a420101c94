"""The clients in the house: names, access to the internet, and dropping them from Wi-Fi."""

from collections.abc import Awaitable, Callable
from typing import Final

from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from ....clients.hiwifi import rules
from ....clients.hiwifi.client import HiwifiClient
from ....clients.hiwifi.models import Interface, LanClient, Link
from ....clients.hiwifi.values import mac_address
from ....errors import input_error
from ...actions import ActionCall, ActionResult, GatehouseAction
from ..readings import CLIENTS, access
from .validation import check, checked

_MAC: Final[VolDictType] = {vol.Required("mac"): cv.string}

_INTERFACES: Final = {
    (Link.WIFI_2_4, False): Interface.MAIN_2_4,
    (Link.WIFI_5, False): Interface.MAIN_5,
    (Link.WIFI_2_4, True): Interface.GUEST_2_4,
    (Link.WIFI_5, True): Interface.GUEST_5,
}


async def _rename(call: ActionCall[HiwifiClient]) -> None:
    """Give a client another name on the router."""
    client = await _known(call)
    name = call.fields["name"].strip()
    check(rules.check_client_name, name)
    await call.client.household.rename(client.mac or "", name)


def _access(*, allowed: bool) -> Callable[[ActionCall[HiwifiClient]], Awaitable[ActionResult]]:
    """Return what gives a client the internet, or takes it away."""

    async def change(call: ActionCall[HiwifiClient]) -> ActionResult:
        """Change it; whoever is blocked need not be known to the router yet."""
        mac = checked(rules.check_mac, call.fields["mac"])
        household = call.client.household
        await (household.unblock if allowed else household.block)([mac])
        # A client may have a switch that shows it.
        shown = access(mac_address(mac) or "")
        return ActionResult(read_back=(shown,) if call.snapshot.ok(shown) else ())

    return change


async def _kick(call: ActionCall[HiwifiClient]) -> None:
    """Drop a client from the Wi-Fi network that it is in."""
    client = await _known(call)
    interface = _INTERFACES.get((client.link, bool(client.guest))) if client.link else None
    if interface is None or not client.online:
        raise input_error("not_in_wifi")
    await call.client.household.kick(client.mac or "", interface)


async def _known(call: ActionCall[HiwifiClient]) -> LanClient:
    """Return a client that the router knows. Raises a translated error."""
    mac = checked(rules.check_mac, call.fields["mac"])
    clients = call.snapshot.get(CLIENTS) or await CLIENTS.fetch(call.client)
    if (client := clients.get(mac)) is None:
        raise input_error("unknown_client")
    return client


CLIENT_ACTIONS: Final = (
    GatehouseAction[HiwifiClient](
        name="rename_client",
        fields={**_MAC, vol.Required("name"): cv.string},
        run=_rename,
        read_back=(CLIENTS,),
    ),
    GatehouseAction[HiwifiClient](
        name="block_client", fields=_MAC, run=_access(allowed=False), read_back=(CLIENTS,)
    ),
    GatehouseAction[HiwifiClient](
        name="unblock_client", fields=_MAC, run=_access(allowed=True), read_back=(CLIENTS,)
    ),
    GatehouseAction[HiwifiClient](name="kick_client", fields=_MAC, run=_kick, read_back=(CLIENTS,)),
)
