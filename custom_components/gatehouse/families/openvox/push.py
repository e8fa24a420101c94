"""Pushes of an OpenVox gateway: where it sends a request when a message comes or was sent."""

from typing import Final

from homeassistant.core import SupportsResponse
from homeassistant.helpers import config_validation as cv
from homeassistant.util.json import JsonObjectType
import voluptuous as vol
from yarl import URL

from ...clients.openvox.client import OpenVoxClient
from ...clients.openvox.models import PushConfiguration
from ...clients.openvox.rules import check_push
from ...const import CONF_PUSH, CONF_PUSH_ADDRESS
from ...errors import failure
from ..actions import ActionCall, ActionResult, GatehouseAction
from ..push import PushSupport
from ..readings import Cadence, Reading
from .ussd import USSD

PUSH_CONFIGURATION: Final = Reading(
    name="push_configuration",
    fetch=OpenVoxClient.push_configuration,
    cadence=Cadence.SLOW,
    # Nobody needs it who does not want pushes.
    takes_long=True,
)

PRIVATE_PUSH_FIELDS: Final = frozenset({CONF_PUSH_ADDRESS, "host", "path", "user_defined"})
"""Of the configuration, which may be that of somebody else, and of the options."""


def _setting(url: URL) -> PushConfiguration:
    """Return what lets the gateway push to an address. Raises ValueError.

    No parameter has a name, which leaves them all out: a push only says that there is news. What
    is in an address may be written down on the way, and Home Assistant turns away an address with
    line breaks, as a message may have them.
    """
    configuration = PushConfiguration(
        enabled=True,
        reports_enabled=True,
        results_enabled=True,
        scheme=url.scheme,
        host=url.host_subcomponent or "",
        port=str(url.port),
        path=url.raw_path.removeprefix("/"),
    )
    check_push(configuration)
    return configuration


PUSH: Final = PushSupport[OpenVoxClient, PushConfiguration](
    reading=PUSH_CONFIGURATION,
    apply=OpenVoxClient.set_push_configuration,
    restore=OpenVoxClient.restore_push_configuration,
    setting_fn=_setting,
    path_fn=lambda setting: f"/{setting.path.removeprefix('/')}",
    is_on_fn=lambda setting: setting.enabled,
    dump_fn=PushConfiguration.to_fields,
    load_fn=PushConfiguration.from_fields,
    ussd=USSD,
)


async def _set_sms_push(call: ActionCall[OpenVoxClient]) -> ActionResult:
    """Switch pushes on or off, now and as the option of the entry."""
    push = call.entry.runtime_data.push
    if push is None:
        raise failure("push_not_recorded", device=call.entry.title)
    address = call.fields.get("address")
    options = {CONF_PUSH: call.fields["enabled"]}
    if address is not None:
        options[CONF_PUSH_ADDRESS] = address
    response: JsonObjectType = {"enabled": call.fields["enabled"]}
    if call.fields["enabled"]:
        response["address"] = await push.async_switch_on(call.client, address)
        response["ussd_address"] = push.ussd_address
    else:
        await push.async_switch_off(call.client)
    return ActionResult(response=response, options=options)


PUSH_ACTIONS: Final = (
    GatehouseAction[OpenVoxClient](
        name="set_sms_push",
        fields={
            vol.Required("enabled"): cv.boolean,
            vol.Optional("address"): vol.All(cv.string, vol.Length(min=1)),
        },
        run=_set_sms_push,
        supports_response=SupportsResponse.OPTIONAL,
        admin=True,
    ),
)
