"""Actions on dynamic DNS of a HiLink device."""

from typing import Final

from homeassistant.core import SupportsResponse
from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models.lan import DdnsAccount
from ...clients.secret import Secret
from ...errors import input_error
from ..actions import ActionCall, ActionResult, GatehouseAction

_LONGEST: Final = 253
"""Characters of the name of a host."""


async def _get(call: ActionCall[HilinkClient]) -> ActionResult:
    """Return the accounts, without passwords."""
    found = await call.client.lan.ddns()
    return ActionResult(
        response={
            "accounts": [
                {
                    "provider": each.provider,
                    "domain": each.domain,
                    "username": each.username,
                    "enabled": each.enabled,
                }
                for each in found.accounts
            ]
        }
    )


async def _set(call: ActionCall[HilinkClient]) -> None:
    """Enter an account, in place of the one with the same domain."""
    texts = {name: call.fields[name].strip() for name in ("provider", "domain", "username")}
    if not all(0 < len(value) <= _LONGEST for value in texts.values()):
        raise input_error("ddns_incomplete")
    account = DdnsAccount(**texts, enabled=call.fields["enabled"], password=call.fields["password"])
    await call.client.lan.set_ddns(account)


async def _delete(call: ActionCall[HilinkClient]) -> None:
    """Forget an account."""
    domain = call.fields["domain"].strip()
    if not await call.client.lan.delete_ddns(domain):
        raise input_error("unknown_ddns_domain", domain=domain)


def _secret(value: object) -> Secret[str]:
    """Take a text that must not be seen."""
    return Secret(cv.string(value))


DDNS_ACTIONS: Final = (
    GatehouseAction[HilinkClient](
        name="get_ddns",
        run=_get,
        supports_response=SupportsResponse.ONLY,
        admin=True,
    ),
    GatehouseAction[HilinkClient](
        name="set_ddns",
        fields={
            vol.Required("provider"): cv.string,
            vol.Required("domain"): cv.string,
            vol.Required("username"): cv.string,
            vol.Required("password"): _secret,
            vol.Optional("enabled", default=True): cv.boolean,
        },
        run=_set,
        admin=True,
        alone=True,
    ),
    GatehouseAction[HilinkClient](
        name="delete_ddns",
        fields={vol.Required("domain"): cv.string},
        run=_delete,
        admin=True,
        alone=True,
    ),
)
