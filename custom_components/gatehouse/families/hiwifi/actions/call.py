"""Any method of the router, with guards."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.core import SupportsResponse
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
from homeassistant.util.json import JsonObjectType
import voluptuous as vol

from ....clients.hiwifi import rules
from ....clients.hiwifi.call import DEFAULT_TIMEOUT, Generation
from ....clients.hiwifi.client import HiwifiClient
from ....clients.hiwifi.envelope import Answer
from ....errors import input_error
from ...actions import ActionCall, ActionResult, GatehouseAction
from ..options import CONF_DANGEROUS_METHODS
from .validation import check, checked, chosen

_AUTOMATIC: Final = "auto"
VERSIONS: Final[Mapping[str, Generation | None]] = {
    _AUTOMATIC: None,
    **{each.value: each for each in Generation},
}

METHOD_FIELDS: Final[VolDictType] = {
    vol.Required("method"): cv.string,
    vol.Optional("data", default=dict): dict,
    vol.Optional("version", default=_AUTOMATIC): cv.string,
    vol.Optional("timeout", default=DEFAULT_TIMEOUT): vol.Coerce(int),
}
"""What a call is made of."""


def check_call(fields: Mapping[str, Any], options: Mapping[str, Any]) -> None:
    """Refuse a call that cannot be right, or may do harm. Raises translated errors."""
    method: str = checked(rules.check_method, fields["method"])
    check(rules.check_data, fields["data"])
    if rules.is_dangerous(method) and not options.get(CONF_DANGEROUS_METHODS):
        raise input_error("dangerous_method", method=method)


def response_of(answer: Answer) -> JsonObjectType:
    """Return an answer, also one that refuses, as the response of an action."""
    return {
        "ok": answer.ok,
        "code": answer.code,
        "app_code": answer.app_code,
        "message": answer.message,
        "data": answer.data,
    }


async def _call(call: ActionCall[HiwifiClient]) -> ActionResult:
    """Call a method and return what the router says, also where it refuses."""
    fields = call.fields
    check_call(fields, call.entry.options)
    check(rules.check_timeout, fields["timeout"])
    answer = await call.client.ask(
        fields["method"],
        fields["data"],
        chosen(fields, "version", VERSIONS),
        timeout=fields["timeout"],
        allow_dangerous=True,
    )
    return ActionResult(response={**response_of(answer), "transport": call.client.transport})


CALL_ACTIONS: Final = (
    GatehouseAction[HiwifiClient](
        name="hiwifi_call",
        fields=METHOD_FIELDS,
        run=_call,
        supports_response=SupportsResponse.OPTIONAL,
        admin=True,
    ),
)
