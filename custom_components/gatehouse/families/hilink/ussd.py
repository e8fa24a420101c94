"""USSD of a HiLink device."""

from collections.abc import Mapping
import re
from typing import Final

from homeassistant.core import SupportsResponse
from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import UssdState
from ...errors import input_error
from ..actions import ActionCall, ActionResult, GatehouseAction
from ..readings import Snapshot
from .readings import MODULES, USSD_STATUS

_CODE: Final = re.compile(r"[0-9*#]{1,182}", re.ASCII)
_LONGEST_ANSWER: Final = 182

_LONGEST_WAIT: Final = 60
"""Seconds."""

USSD_STATES: Final[Mapping[int | None, str]] = {
    state.value: state.name.lower() for state in UssdState
}


def has_ussd(snapshot: Snapshot) -> bool:
    """Tell whether the firmware does not deny that it has USSD."""
    modules = snapshot.last(MODULES)
    return modules is None or modules.has("ussd") is not False


def ussd_state(snapshot: Snapshot) -> str | None:
    """Return how the session stands."""
    return USSD_STATES.get(snapshot[USSD_STATUS].result)


async def _send_ussd(call: ActionCall[HilinkClient]) -> ActionResult:
    """Send a code, answer what the network asks, and return what it said."""
    code = call.fields["code"].strip()
    if not _CODE.fullmatch(code):
        raise input_error("invalid_ussd_code")
    if not has_ussd(call.snapshot):
        raise input_error("ussd_not_supported", device=call.entry.title)
    reply = await call.client.ussd.send(
        code, call.fields.get("answers", ()), patience=call.fields["timeout"]
    )
    return ActionResult(response={"replies": list(reply.replies), "asks_on": reply.asks_on})


USSD_ACTIONS: Final = (
    GatehouseAction[HilinkClient](
        name="send_ussd",
        fields={
            vol.Required("code"): cv.string,
            vol.Optional("answers"): vol.All(
                cv.ensure_list, [vol.All(cv.string, vol.Length(min=1, max=_LONGEST_ANSWER))]
            ),
            vol.Optional("timeout", default=30): vol.All(
                vol.Coerce(int), vol.Range(min=0, max=_LONGEST_WAIT)
            ),
        },
        run=_send_ussd,
        supports_response=SupportsResponse.OPTIONAL,
        read_back=(USSD_STATUS,),
    ),
)
