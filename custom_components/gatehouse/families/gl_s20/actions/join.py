"""Joining somebody else's Thread network."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, Final

from homeassistant.core import SupportsResponse
from homeassistant.helpers import config_validation as cv
from homeassistant.util.json import JsonObjectType
import voluptuous as vol

from ....clients.errors import CannotConnect, InvalidReply
from ....clients.gl_s20 import rules
from ....clients.gl_s20.client import GlS20Client
from ....clients.gl_s20.models import ThreadNetwork, ThreadRole
from ....clients.gl_s20.thread import Thread
from ....clients.secret import Secret
from ....errors import input_error
from ...actions import ActionCall, ActionResult, GatehouseAction
from ..readings import BACKBONE_ROUTER, SYSTEM, THREAD
from .attachment import refuse_detached
from .network import CHANNEL, NETWORK_KEY, PAN_ID, sent_network_key, sent_pan_id
from .validation import checked, checked_secret, secret_text

LOOK_INTERVAL: Final = 2.0
"""Seconds."""

LOOKS: Final = 30
"""How often to look whether the device has joined, before giving up."""

_PSKD: Final = "pskd"
_BY_PSKD: Final = frozenset({_PSKD})
_BY_KEY: Final = frozenset({NETWORK_KEY, CHANNEL, PAN_ID})

_ADMITTED: Final = frozenset({ThreadRole.CHILD, ThreadRole.ROUTER})
"""Whoever leads instead has found nobody."""


async def _join_thread_network(call: ActionCall[GlS20Client]) -> ActionResult:
    """Join a network by its key, or as a joiner, and follow how that goes."""
    thread = call.client.thread
    begin = _beginning(thread, call.fields)
    before = await thread.status()
    refuse_detached(before)
    await begin()
    response = await _followed(thread, before.network, by_pskd=_PSKD in call.fields)
    return ActionResult(response=response)


def _beginning(thread: Thread, fields: Mapping[str, Any]) -> Callable[[], Awaitable[None]]:
    """Return the command that begins to join. Raises a translated error."""
    given = fields.keys() & (_BY_PSKD | _BY_KEY)
    if given == _BY_PSKD:
        pskd = Secret(fields[_PSKD].reveal().strip().upper())
        return partial(thread.join_with_pskd, checked_secret(rules.check_pskd, pskd))
    if given == _BY_KEY:
        return partial(
            thread.join_with_network_key,
            sent_network_key(fields[NETWORK_KEY]),
            channel=checked(rules.check_channel, fields[CHANNEL]),
            pan_id=sent_pan_id(fields[PAN_ID]),
        )
    raise input_error("join_by_key_or_pskd")


async def _followed(thread: Thread, before: ThreadNetwork, *, by_pskd: bool) -> JsonObjectType:
    """Look until the device has joined, or for about a minute."""
    role: ThreadRole | None = None
    code: int | None = None
    left = joined = False
    for _ in range(LOOKS):
        await asyncio.sleep(LOOK_INTERVAL)
        try:
            if by_pskd:
                code = (await thread.join_status()).status
            status = await thread.status()
        except CannotConnect, InvalidReply:
            # It may be busy with joining; what it was told stays told.
            continue
        role = status.radio.role
        # The role in the network that it is about to leave says nothing.
        left = left or not status.radio.attached or _mesh(status.network) != _mesh(before)
        joined = left and role in _ADMITTED
        if joined:
            break
    response: JsonObjectType = {"joined": joined, "role": role}
    return response | {"join_status": code} if by_pskd else response


def _mesh(network: ThreadNetwork) -> tuple[object, ...]:
    """Return what tells one network from another."""
    return network.extended_pan_id, network.network_key, network.pan_id, network.channel


JOIN_ACTIONS: Final = (
    GatehouseAction[GlS20Client](
        name="join_thread_network",
        fields={
            vol.Optional(_PSKD): secret_text,
            vol.Optional(NETWORK_KEY): secret_text,
            vol.Optional(CHANNEL): vol.Coerce(int),
            vol.Optional(PAN_ID): vol.Any(int, cv.string),
        },
        run=_join_thread_network,
        supports_response=SupportsResponse.OPTIONAL,
        admin=True,
        read_back=(SYSTEM, THREAD, BACKBONE_ROUTER),
        alone=True,
    ),
)
