"""The password, and the way back to a device without one."""

from typing import Final

from homeassistant.const import CONF_PASSWORD
from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from ....clients.errors import OutcomeUnknown
from ....clients.gl_s20 import rules
from ....clients.gl_s20.client import GlS20Client
from ....errors import failure, input_error
from ...actions import ActionCall, ActionResult, GatehouseAction
from .validation import checked_secret, secret_text


async def _change_password(call: ActionCall[GlS20Client]) -> ActionResult:
    """Change the password on the device and in the config entry."""
    password = checked_secret(rules.check_password, call.fields["password"])
    try:
        await call.client.system.change_password(password)
    except OutcomeUnknown as err:
        raise failure("password_outcome_unknown", device=call.entry.title) from err
    return ActionResult(changes={CONF_PASSWORD: password.reveal()})


async def _factory_reset(call: ActionCall[GlS20Client]) -> None:
    """Erase everything, once somebody has named the device that is meant."""
    identity = await call.client.identity()
    names = [each for each in (identity.hostname, identity.model) if each] or [call.entry.title]
    if call.fields["confirm"].strip().lower() not in {each.lower() for each in names}:
        raise input_error("reset_not_confirmed", word=names[0])
    await call.client.system.factory_reset()


ACCESS_ACTIONS: Final = (
    GatehouseAction[GlS20Client](
        name="change_password",
        fields={vol.Required("password"): secret_text},
        run=_change_password,
        admin=True,
    ),
    GatehouseAction[GlS20Client](
        name="factory_reset",
        fields={vol.Required("confirm"): cv.string},
        run=_factory_reset,
        admin=True,
        ends_connection=True,
    ),
)
