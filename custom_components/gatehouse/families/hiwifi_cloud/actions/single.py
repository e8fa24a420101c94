"""What can be done with a router that is reached directly, done with one behind the cloud."""

from dataclasses import replace
from typing import Any, Final

from homeassistant.const import CONF_MAC
from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from ....clients.hiwifi import rules
from ....clients.hiwifi.client import HiwifiClient
from ....clients.hiwifi.cloud_account import CloudAccount
from ....errors import input_error
from ...actions import ActionCall, ActionResult, GatehouseAction
from ...hiwifi.actions.call import CALL_ACTIONS
from ...hiwifi.actions.validation import checked
from ..members import KIND


def _router_of(call: ActionCall[CloudAccount]) -> str:
    """Return the router that is meant; where there is but one, nobody need name it."""
    if "router" in call.fields:
        router: str = checked(rules.check_mac, call.fields["router"])
        return router
    macs: list[str] = [each.data[CONF_MAC] for each in call.entry.get_subentries_of_type(KIND)]
    if len(macs) != 1:
        raise input_error("router_not_named", count=str(len(macs)), device=call.entry.title)
    return macs[0]


def _by_cloud(action: GatehouseAction[HiwifiClient]) -> GatehouseAction[CloudAccount]:
    """Return an action of a router as one of the account, which asks for the router too."""

    async def run(call: ActionCall[Any]) -> ActionResult | None:
        """Do it with the router that is meant."""
        return await action.run(replace(call, client=call.client.router(_router_of(call))))

    return GatehouseAction[CloudAccount](
        name=action.name,
        fields={**action.fields, vol.Optional("router"): cv.string},
        run=run,
        supports_response=action.supports_response,
        admin=action.admin,
    )


SINGLE_ACTIONS: Final = tuple(map(_by_cloud, CALL_ACTIONS))
