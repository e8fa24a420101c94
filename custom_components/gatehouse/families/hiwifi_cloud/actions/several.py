"""A method of several routers at once, whose results come later."""

from collections.abc import Sequence
from typing import Final

from homeassistant.const import CONF_MAC
from homeassistant.core import SupportsResponse
from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from ....clients.hiwifi import rules
from ....clients.hiwifi.call import Call, Generation
from ....clients.hiwifi.cloud_account import CloudAccount
from ....clients.hiwifi.codes import RequestFaulty
from ....clients.hiwifi.openapi_server import KEEP_RESULTS, AllRouters
from ....clients.hiwifi.values import mac_address
from ....errors import input_error
from ...actions import ActionCall, ActionResult, GatehouseAction
from ...hiwifi.actions.call import check_call
from ...hiwifi.actions.validation import check, chosen
from ..members import KIND

_VERSIONS: Final = {each.value: each for each in Generation}
_TIMEOUTS: Final = range(1, KEEP_RESULTS + 1)


async def _call_multi(call: ActionCall[CloudAccount]) -> ActionResult:
    """Store a call for several routers; return under which id its results can be asked for."""
    fields = call.fields
    routers = _routers(fields["routers"])
    check_call(fields, call.entry.options)
    if fields["timeout"] not in _TIMEOUTS:
        raise input_error("invalid_timeout")
    version = chosen(fields, "version", _VERSIONS)
    request_id = await call.client.server.call_multi(
        routers,
        Call(method=fields["method"], data=fields["data"], generation=version),
        skip_offline=fields["skip_offline"],
        keep_seconds=fields["timeout"],
    )
    return ActionResult(response={"request_id": request_id})


def _routers(named: Sequence[str]) -> Sequence[str] | AllRouters:
    """Return whom a call is for: all of them only at somebody's word."""
    if list(named) == [AllRouters.ALL.value]:
        return AllRouters.ALL
    if not named:
        raise input_error("no_routers")
    for each in named:
        check(rules.check_mac, each)
    return named


async def _call_multi_result(call: ActionCall[CloudAccount]) -> ActionResult:
    """Return what has come of a call of several routers until now."""
    try:
        answers = await call.client.server.call_multi_result(call.fields["request_id"])
    except RequestFaulty as err:
        raise input_error("request_not_known") from err
    subentries = call.entry.get_subentries_of_type(KIND)
    names = {each.data[CONF_MAC]: each.title for each in subentries}
    return ActionResult(
        response={
            "results": [
                {
                    "router": (mac := mac_address(each.device_id)),
                    "name": names.get(mac or ""),
                    "ok": each.answer.ok,
                    "code": each.answer.code,
                    "message": each.answer.message,
                    "data": each.answer.data,
                }
                for each in answers
            ]
        }
    )


SEVERAL_ACTIONS: Final = (
    GatehouseAction[CloudAccount](
        name="hiwifi_call_multi",
        fields={
            vol.Required("routers"): vol.All(cv.ensure_list, [cv.string]),
            vol.Required("method"): cv.string,
            vol.Optional("data", default=dict): dict,
            vol.Optional("version", default=Generation.V1.value): cv.string,
            vol.Optional("timeout", default=KEEP_RESULTS): vol.Coerce(int),
            vol.Optional("skip_offline", default=False): cv.boolean,
        },
        run=_call_multi,
        supports_response=SupportsResponse.OPTIONAL,
        admin=True,
    ),
    GatehouseAction[CloudAccount](
        name="hiwifi_call_multi_result",
        fields={vol.Required("request_id"): cv.string},
        run=_call_multi_result,
        supports_response=SupportsResponse.ONLY,
        admin=True,
    ),
)
