"""The parameters of the Thread network."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

from homeassistant.core import SupportsResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.util.json import JsonObjectType
import voluptuous as vol

from ....clients.gl_s20 import rules, values
from ....clients.gl_s20.client import GlS20Client
from ....clients.gl_s20.models import ThreadNetwork
from ....clients.gl_s20.thread import ThreadConfiguration
from ....clients.secret import Secret
from ....errors import failure, input_error
from ...actions import ActionCall, ActionResult, GatehouseAction
from ..readings import SYSTEM, THREAD
from .attachment import refuse_detached
from .presentation import pan_id_text, told
from .validation import checked, checked_secret, require_confirmation, secret_text, tidied

NAME: Final = "name"
EXTENDED_PAN_ID: Final = "extended_pan_id"
PAN_ID: Final = "pan_id"
CHANNEL: Final = "channel"
NETWORK_KEY: Final = "network_key"
PASSPHRASE: Final = "passphrase"  # noqa: S105 - the name of a field


def sent_pan_id(value: str | int) -> int:
    """Return a PAN ID that somebody wrote. Raises a translated error."""
    return checked(rules.check_pan_id, values.pan_id(value) or 0)


def sent_network_key(value: Secret[str]) -> Secret[str]:
    """Return a network key that somebody wrote. Raises a translated error."""
    return checked_secret(rules.check_network_key, values.secret_key(value.reveal()) or value)


async def _set_thread_network(call: ActionCall[GlS20Client]) -> None:
    """Change what is given and leave the rest of the network as it is."""
    given = _given(call.fields)
    if not given:
        raise input_error("nothing_to_change")
    async with call.client.changing:
        status = await call.client.thread.status()
        refuse_detached(status)
        wanted = _present(status.network) | given
        if missing := [name for name in _PARAMETERS if name not in wanted]:
            raise failure("configuration_incomplete", fields=", ".join(missing))
        await call.client.thread.configure(
            ThreadConfiguration(
                network_name=wanted[NAME],
                extended_pan_id=wanted[EXTENDED_PAN_ID],
                pan_id=wanted[PAN_ID],
                channel=wanted[CHANNEL],
                network_key=wanted[NETWORK_KEY],
                passphrase=wanted[PASSPHRASE],
            )
        )


def _present(network: ThreadNetwork) -> dict[str, Any]:
    """Return the parameters that the router tells in a form that it takes itself."""
    told_values = {
        NAME: network.network_name,
        EXTENDED_PAN_ID: network.extended_pan_id,
        PAN_ID: network.pan_id,
        CHANNEL: network.channel,
        NETWORK_KEY: network.network_key,
        PASSPHRASE: network.passphrase,
    }
    present: dict[str, Any] = {}
    for name, value in told_values.items():
        if value is not None:
            with suppress(ServiceValidationError):
                present[name] = _PARAMETERS[name](value)
    return present


def _given(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters that are to change."""
    return {name: checker(fields[name]) for name, checker in _PARAMETERS.items() if name in fields}


_PARAMETERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    NAME: lambda value: checked(rules.check_network_name, value),
    EXTENDED_PAN_ID: lambda value: checked(
        rules.check_extended_pan_id, tidied(values.extended_pan_id, value)
    ),
    PAN_ID: sent_pan_id,
    CHANNEL: lambda value: checked(rules.check_channel, value),
    NETWORK_KEY: sent_network_key,
    PASSPHRASE: lambda value: checked_secret(rules.check_passphrase, value),
}


async def _generate_thread_network(call: ActionCall[GlS20Client]) -> ActionResult:
    """Let the device make up another network, and tell whether it took it.

    Firmware may only propose one; then the proposal is told with all that setting it takes.
    """
    require_confirmation(call.fields)
    status = await call.client.thread.status()
    refuse_detached(status)
    before = status.network
    proposal = await call.client.thread.generate()
    after = (await call.client.thread.status()).network
    applied = (after.extended_pan_id, after.network_key) != (
        before.extended_pan_id,
        before.network_key,
    )
    if applied:
        return ActionResult(response={"applied": True, **_shown(after)})
    if proposal is None:
        raise failure("no_network_generated")
    return ActionResult(
        response={
            "applied": False,
            **_shown(proposal),
            NETWORK_KEY: told(proposal.network_key),
            PASSPHRASE: told(proposal.passphrase),
        }
    )


def _shown(network: ThreadNetwork) -> JsonObjectType:
    """Return a network as a response shows it, without its secrets."""
    return {
        NAME: network.network_name,
        EXTENDED_PAN_ID: network.extended_pan_id,
        PAN_ID: pan_id_text(network.pan_id),
        CHANNEL: network.channel,
    }


NETWORK_ACTIONS: Final = (
    GatehouseAction[GlS20Client](
        name="set_thread_network",
        fields={
            vol.Optional(NAME): cv.string,
            vol.Optional(EXTENDED_PAN_ID): cv.string,
            vol.Optional(PAN_ID): vol.Any(int, cv.string),
            vol.Optional(CHANNEL): vol.Coerce(int),
            vol.Optional(NETWORK_KEY): secret_text,
            vol.Optional(PASSPHRASE): secret_text,
        },
        run=_set_thread_network,
        admin=True,
        read_back=(SYSTEM, THREAD),
    ),
    GatehouseAction[GlS20Client](
        name="generate_thread_network",
        fields={vol.Required("confirm"): cv.boolean},
        run=_generate_thread_network,
        supports_response=SupportsResponse.OPTIONAL,
        admin=True,
        read_back=(SYSTEM, THREAD),
    ),
)
