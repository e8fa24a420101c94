"""The device's log."""

import re
from typing import Final

from homeassistant.const import CONF_PASSWORD
from homeassistant.core import SupportsResponse
import voluptuous as vol

from ....clients.gl_s20.client import GlS20Client
from ....clients.secret import MASK
from ...actions import ActionCall, ActionResult, GatehouseAction
from ..privacy import private_texts_in
from .validation import check_lines, checked

_SHORTEST_SECRET: Final = 4
"""Characters; masking anything shorter would only garble the log."""


async def _get_log(call: ActionCall[GlS20Client]) -> ActionResult:
    """Return the log, or its end, without the secrets that are known."""
    count = checked(check_lines, call.fields["lines"]) if "lines" in call.fields else None
    lines = (await call.client.system.log()).splitlines()
    kept = lines if count is None else lines[-count:]
    known = [record.value for record in call.snapshot.records.values()]
    secrets = {*private_texts_in(known), call.entry.data[CONF_PASSWORD]}
    return ActionResult(response={"log": masked("\n".join(kept), secrets)})


def masked(text: str, secrets: set[str]) -> str:
    """Return a text without secrets, in whichever case it has them."""
    found = sorted((each for each in secrets if len(each) >= _SHORTEST_SECRET), key=len)
    pattern = "|".join(map(re.escape, reversed(found)))
    return re.sub(pattern, MASK, text, flags=re.IGNORECASE) if pattern else text


LOG_ACTIONS: Final = (
    GatehouseAction[GlS20Client](
        name="get_log",
        fields={vol.Optional("lines"): vol.Coerce(int)},
        run=_get_log,
        supports_response=SupportsResponse.ONLY,
        admin=True,
    ),
)
