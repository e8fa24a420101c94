"""Clients that may call a router by themselves, with a secret of their own."""

from typing import Final

from homeassistant.core import SupportsResponse
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from ....clients.errors import BindingLost, NotPermitted
from ....clients.hiwifi import rules
from ....clients.hiwifi.cloud_account import CloudAccount
from ....errors import failure, input_error
from ...actions import ActionCall, ActionResult, GatehouseAction
from ...hiwifi.actions.validation import check

_CLIENT: Final[VolDictType] = {
    vol.Required("router"): cv.string,
    vol.Required("client_id"): cv.string,
}


def _check_client(call: ActionCall[CloudAccount]) -> None:
    """Refuse what names no client of a router."""
    check(rules.check_mac, call.fields["router"])
    check(rules.check_client_id, call.fields["client_id"])


async def _bind(call: ActionCall[CloudAccount]) -> ActionResult:
    """Let a client call a router; its secret is kept nowhere here."""
    fields = call.fields
    _check_client(call)
    permissions: list[str] | None = fields.get("permissions")
    for each in permissions or ():
        check(rules.check_permission, each)
    try:
        secret = await call.client.server.bind(
            fields["router"], fields["client_id"], permissions=permissions
        )
    except NotPermitted as err:
        raise failure("binding_refused") from err
    if not fields["return_secret"]:
        return ActionResult(response={})
    return ActionResult(response={"client_secret": secret.reveal()})


async def _unbind(call: ActionCall[CloudAccount]) -> None:
    """Forbid a client to call a router."""
    _check_client(call)
    try:
        await call.client.server.unbind(call.fields["router"], call.fields["client_id"])
    except BindingLost as err:
        # It is the client's credentials that are missing, not those of the account.
        raise input_error("client_not_bound") from err


BINDING_ACTIONS: Final = (
    GatehouseAction[CloudAccount](
        name="hiwifi_bind",
        fields={
            **_CLIENT,
            vol.Optional("permissions"): vol.All(cv.ensure_list, [cv.string]),
            vol.Optional("return_secret", default=False): cv.boolean,
        },
        run=_bind,
        supports_response=SupportsResponse.OPTIONAL,
        admin=True,
    ),
    GatehouseAction[CloudAccount](name="hiwifi_unbind", fields=_CLIENT, run=_unbind, admin=True),
)
