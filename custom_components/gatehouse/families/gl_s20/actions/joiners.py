"""The devices that may join the Thread network."""

from contextlib import suppress
from typing import Final

from homeassistant.core import SupportsResponse
from homeassistant.helpers import config_validation as cv
from homeassistant.util.json import JsonObjectType
import voluptuous as vol

from ....clients.errors import GatehouseError, OutcomeUnknown
from ....clients.gl_s20 import rules
from ....clients.gl_s20.client import GlS20Client
from ....clients.gl_s20.models import Joiner, RejoinKind
from ....clients.gl_s20.values import ANY_DEVICE, joiner_eui64
from ....clients.secret import Secret
from ....errors import input_error
from ...actions import ActionCall, ActionResult, GatehouseAction
from ..readings import JOINERS, SYSTEM
from .commissioner import open_network
from .presentation import name_of, time_text, told
from .validation import checked, checked_secret, chosen, secret_text, tidied

_KINDS: Final = {kind.name.lower(): kind for kind in RejoinKind}


async def _list_joiners(call: ActionCall[GlS20Client]) -> ActionResult:
    """List all joiners."""
    joiners = (await call.client.joiners.read()).joiners
    return ActionResult(
        response={
            "joiners": [
                _shown(each, with_credential=call.fields["include_credentials"]) for each in joiners
            ]
        }
    )


def _shown(joiner: Joiner, *, with_credential: bool) -> JsonObjectType:
    """Return a joiner as a response shows it."""
    shown: JsonObjectType = {
        "eui64": joiner.eui64,
        "status": name_of(joiner.status),
        "timeout": joiner.timeout,
        "added_at": time_text(joiner.added_at),
        "joined_at": time_text(joiner.joined_at),
    }
    if with_credential:
        shown["pskd"] = told(joiner.pskd)
    return shown


async def _add_joiner(call: ActionCall[GlS20Client]) -> None:
    """Let a device in, switching the commissioner on for it."""
    pskd = checked_secret(rules.check_pskd, Secret(call.fields["pskd"].reveal().strip().upper()))
    eui64 = checked(rules.check_eui64, tidied(joiner_eui64, call.fields["eui64"]))
    seconds = checked(rules.check_timeout, call.fields["timeout"])
    await refuse_when_full(call.client, [eui64])
    opened = await open_network(call.client)
    try:
        await call.client.joiners.add(pskd, eui64=eui64, seconds=seconds)
    except OutcomeUnknown:
        raise
    except GatehouseError:
        if opened:
            # Nobody was let in, so nobody needs an open network.
            with suppress(GatehouseError):
                await call.client.joiners.set_commissioner(enabled=False)
        raise


async def refuse_when_full(client: GlS20Client, eui64s: list[str]) -> None:
    """Raise where the device has no room for more joiners; one that it knows takes none."""
    listed = (await client.joiners.read()).joiners
    known = {each.eui64 for each in listed if not each.any_device}
    if len(listed) + sum(each not in known for each in eui64s) > rules.JOINER_LIMIT:
        raise input_error("joiners_full", listed=str(len(listed)), limit=str(rules.JOINER_LIMIT))


async def _remove_joiners(call: ActionCall[GlS20Client]) -> None:
    """Strike devices off the list."""
    wanted = [
        checked(rules.check_eui64, tidied(joiner_eui64, each)) for each in call.fields["eui64"]
    ]
    if not wanted:
        raise input_error("nothing_to_change")
    listed = {each.eui64 for each in (await call.client.joiners.read()).joiners}
    if unknown := [each for each in wanted if each not in listed]:
        raise input_error("joiner_not_listed", eui64=", ".join(unknown))
    await call.client.joiners.remove(wanted)


async def _rejoin_joiners(call: ActionCall[GlS20Client]) -> None:
    """Give joiners another chance."""
    kind = chosen(call.fields, "kind", _KINDS)
    seconds = checked(rules.check_timeout, call.fields["timeout"])
    await open_network(call.client)
    await call.client.joiners.rejoin(kind, seconds=seconds)


JOINER_ACTIONS: Final = (
    GatehouseAction[GlS20Client](
        name="list_joiners",
        fields={vol.Optional("include_credentials", default=False): cv.boolean},
        run=_list_joiners,
        supports_response=SupportsResponse.ONLY,
        admin=True,
    ),
    GatehouseAction[GlS20Client](
        name="add_joiner",
        fields={
            vol.Required("pskd"): secret_text,
            vol.Optional("eui64", default=ANY_DEVICE): cv.string,
            vol.Optional("timeout", default=rules.JOINER_TIMEOUT): vol.Coerce(int),
        },
        run=_add_joiner,
        admin=True,
        read_back=(SYSTEM, JOINERS),
    ),
    GatehouseAction[GlS20Client](
        name="remove_joiners",
        fields={vol.Required("eui64"): vol.All(cv.ensure_list, [cv.string])},
        run=_remove_joiners,
        read_back=(JOINERS,),
    ),
    GatehouseAction[GlS20Client](
        name="rejoin_joiners",
        fields={
            vol.Optional("kind", default="timed_out"): cv.string,
            vol.Optional("timeout", default=rules.JOINER_TIMEOUT): vol.Coerce(int),
        },
        run=_rejoin_joiners,
        read_back=(SYSTEM, JOINERS),
    ),
)
