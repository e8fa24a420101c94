"""The whole configuration of the device, to keep it or to bring it back."""

from typing import Final

from homeassistant.core import SupportsResponse
from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from ....clients.gl_s20.client import GlS20Client
from ...actions import ActionCall, ActionResult, GatehouseAction
from .validation import check_configuration, checked_secret, require_confirmation, secret_value


async def _export_configuration(call: ActionCall[GlS20Client]) -> ActionResult:
    """Return the configuration with all its passwords."""
    configuration = await call.client.system.export_configuration()
    return ActionResult(response={"configuration": configuration.reveal()})


async def _import_configuration(call: ActionCall[GlS20Client]) -> None:
    """Give the device a configuration, after which it restarts."""
    require_confirmation(call.fields)
    await call.client.system.import_configuration(
        checked_secret(check_configuration, call.fields["configuration"])
    )


CONFIGURATION_ACTIONS: Final = (
    GatehouseAction[GlS20Client](
        name="export_configuration",
        run=_export_configuration,
        supports_response=SupportsResponse.ONLY,
        admin=True,
    ),
    GatehouseAction[GlS20Client](
        name="import_configuration",
        fields={
            vol.Required("configuration"): secret_value,
            vol.Required("confirm"): cv.boolean,
        },
        run=_import_configuration,
        admin=True,
        ends_connection=True,
    ),
)
