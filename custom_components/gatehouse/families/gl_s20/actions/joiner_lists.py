"""The list of joiners as a whole, to move it from one border router to another."""

from typing import Any, Final

from homeassistant.core import SupportsResponse
from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from ....clients.gl_s20 import rules
from ....clients.gl_s20.client import GlS20Client
from ....clients.gl_s20.models import JoinerCredential
from ....clients.gl_s20.values import ANY_DEVICE, joiner_eui64
from ....clients.secret import Secret
from ....errors import input_error
from ...actions import ActionCall, ActionResult, GatehouseAction
from ..readings import JOINERS
from .joiners import refuse_when_full
from .presentation import told
from .validation import check, checked, secret_value, tidied


async def _export_joiners(call: ActionCall[GlS20Client]) -> ActionResult:
    """Return the list in the form in which it can be imported."""
    exported = await call.client.joiners.export()
    return ActionResult(
        response={
            "version": exported.version,
            "joiners": [
                {"eui64": each.eui64, "pskd": told(each.pskd)} for each in exported.joiners
            ],
        }
    )


async def _import_joiners(call: ActionCall[GlS20Client]) -> None:
    """Check the whole list, then give it to the device and put it into effect."""
    joiners = _credentials(cv.ensure_list(call.fields["joiners"].reveal()))
    seconds = checked(rules.check_timeout, call.fields["timeout"])
    await refuse_when_full(call.client, [each.eui64 or ANY_DEVICE for each in joiners])
    await call.client.joiners.load(call.fields["version"], joiners)
    await call.client.joiners.commit(seconds=seconds)


def _credentials(entries: list[Any]) -> list[JoinerCredential]:
    """Return the entries of a list; errors name the position and nothing else."""
    check(rules.check_joiner_count, len(entries))
    joiners = []
    for position, entry in enumerate(entries, start=1):
        fields = entry if isinstance(entry, dict) else {}
        eui64 = tidied(joiner_eui64, str(fields.get("eui64", ANY_DEVICE)))
        pskd = str(fields.get("pskd", "")).strip().upper()
        try:
            rules.check_eui64(eui64)
            rules.check_pskd(pskd)
        except ValueError:
            raise input_error("invalid_joiner", position=str(position)) from None
        joiners.append(JoinerCredential(eui64=eui64, pskd=Secret(pskd)))
    return joiners


JOINER_LIST_ACTIONS: Final = (
    GatehouseAction[GlS20Client](
        name="export_joiners",
        run=_export_joiners,
        supports_response=SupportsResponse.ONLY,
        admin=True,
    ),
    GatehouseAction[GlS20Client](
        name="import_joiners",
        fields={
            vol.Required("version"): cv.string,
            vol.Required("joiners"): secret_value,
            vol.Optional("timeout", default=rules.JOINER_TIMEOUT): vol.Coerce(int),
        },
        run=_import_joiners,
        admin=True,
        read_back=(JOINERS,),
    ),
)
