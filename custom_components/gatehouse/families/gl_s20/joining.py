"""Taking a GL-S20 into the network that Home Assistant prefers, and back again if that fails."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
import secrets
import string
from typing import Final

from homeassistant.exceptions import HomeAssistantError

from ...clients.errors import CannotConnect, GatehouseError, InvalidReply
from ...clients.gl_s20.client import GlS20Client
from ...clients.gl_s20.models import ThreadNetwork, ThreadRole, ThreadStatus
from ...clients.gl_s20.otbr_rest import OtbrRest
from ...clients.gl_s20.thread import ThreadConfiguration
from ...clients.secret import Secret
from ...errors import failure, input_error
from ..actions import ActionCall
from .border_router import async_border_router
from .dataset import Dataset
from .home_thread import async_is_apart, dataset_of_router

LOOK_INTERVAL: Final = 3.0
"""Seconds."""

LOOKS: Final = 20
"""How often to look whether the router has attached, before giving up."""

_PASSPHRASE_LENGTH: Final = 24


class Way(StrEnum):
    """How the router got into the network."""

    BORDER_ROUTER_API = "border_router_api"
    NETWORK_KEY = "network_key"
    PARAMETERS = "parameters"


@dataclass(frozen=True, kw_only=True)
class Joined:
    """What came of it."""

    way: Way
    status: ThreadStatus
    network: Dataset
    apart: bool
    """The router leads a partition of its own, although others of the network are there."""


@dataclass(frozen=True, kw_only=True)
class _Attempt:
    """One way into the network and back."""

    way: Way
    enter: Callable[[], Awaitable[None]]
    go_back: Callable[[], Awaitable[None]]


async def async_join(
    call: ActionCall[GlS20Client], before: ThreadStatus, target: Dataset, *, allow_lossy: bool
) -> Joined:
    """Join a network in the safest way that there is.

    Raises a translated error, which tells in which state the router is then.
    """
    configuration = target.configuration(new_passphrase())
    if configuration is None:
        raise input_error("no_preferred_network")
    attempts = _attempts(call.client, before, configuration)
    if not allow_lossy:
        del attempts[1:]
    if (api := await _second_door(call, before)) is not None:
        attempts.insert(0, _attempt_by_api(call.client, api, before, target))
    cause: GatehouseError | None = None
    for attempt in attempts:
        try:
            await attempt.enter()
            joined = await _followed(call, target, attempt.way)
        except GatehouseError as err:
            cause, joined = err, None
        if joined is not None:
            return joined
        with suppress(GatehouseError):
            await attempt.go_back()
    raise await _failed(call.client, before) from cause


def _attempts(
    client: GlS20Client, before: ThreadStatus, configuration: ThreadConfiguration
) -> list[_Attempt]:
    """Return the ways of the router's own API: the good one, and the one that loses something."""
    go_back = partial(_go_back, client, before)
    return [
        _Attempt(way=way, enter=partial(enter, client, configuration), go_back=go_back)
        for way, enter in (
            (Way.NETWORK_KEY, _enter_by_key),
            (Way.PARAMETERS, _enter_by_parameters),
        )
    ]


def _attempt_by_api(
    client: GlS20Client, api: OtbrRest, before: ThreadStatus, target: Dataset
) -> _Attempt:
    """Return the way that loses nothing."""

    async def enter() -> None:
        """Replace the dataset."""
        await api.write_dataset(target.tlv)
        await api.enable()

    async def go_back() -> None:
        """Give the router exactly the dataset that it had."""
        if before.network.active_dataset is not None:
            with suppress(GatehouseError):
                await api.write_dataset(before.network.active_dataset)
        await _go_back(client, before)

    return _Attempt(way=Way.BORDER_ROUTER_API, enter=enter, go_back=go_back)


async def _second_door(call: ActionCall[GlS20Client], before: ThreadStatus) -> OtbrRest | None:
    """Return the border router's API, if it is open and that of the same border router."""
    api = async_border_router(call.hass, call.entry)
    try:
        dataset = await api.dataset()
    except GatehouseError:
        return None
    return api if dataset == before.network.active_dataset else None


async def _enter_by_key(client: GlS20Client, configuration: ThreadConfiguration) -> None:
    """Let the router learn the whole dataset from the mesh."""
    await client.thread.stop()
    await client.thread.join_with_network_key(
        configuration.network_key, channel=configuration.channel, pan_id=configuration.pan_id
    )


async def _enter_by_parameters(client: GlS20Client, configuration: ThreadConfiguration) -> None:
    """Give the router what it lets one set; the rest it makes up."""
    await client.thread.stop()
    await client.thread.configure(configuration)
    await client.thread.start()


async def _go_back(client: GlS20Client, before: ThreadStatus) -> None:
    """Give the router the parameters that it had, as far as it lets one set them."""
    await client.thread.stop()
    own, configuration = dataset_of_router(before), configuration_of(before.network)
    present = dataset_of_router(await client.thread.status())
    if own is None:
        return
    if present is None or not present.same_network(own):
        if configuration is None:
            return
        await client.thread.configure(configuration)
    if before.radio.role is not ThreadRole.DISABLED:
        await client.thread.start()


async def _followed(call: ActionCall[GlS20Client], target: Dataset, way: Way) -> Joined | None:
    """Look until the router takes part in the network, or for about a minute.

    Whoever leads alone is given the whole time to find the others.
    """
    joined: Joined | None = None
    for _ in range(LOOKS):
        await asyncio.sleep(LOOK_INTERVAL)
        try:
            status = await call.client.thread.status()
        except CannotConnect, InvalidReply:
            # It may be busy with joining; what it was told stays told.
            continue
        joined = None
        network = dataset_of_router(status)
        if not status.radio.attached or network is None or not _fits(network, target, way):
            continue
        apart = await async_is_apart(call.hass, status, network)
        joined = Joined(way=way, status=status, network=network, apart=apart)
        if not apart:
            break
    return joined


def _fits(network: Dataset, target: Dataset, way: Way) -> bool:
    """Tell whether the router is in the network that was meant."""
    if way is Way.PARAMETERS:
        return network.same_radio(target)
    return network.same_network(target)


async def _failed(client: GlS20Client, before: ThreadStatus) -> HomeAssistantError:
    """Return the error that tells in which state the router is."""
    status: ThreadStatus | None = None
    with suppress(GatehouseError):
        status = await client.thread.status()
    if status is None:
        return failure("join_failed_unreachable")
    own, present = dataset_of_router(before), dataset_of_router(status)
    role = status.radio.role or "unknown"
    if own is not None and present is not None and present.same_network(own):
        return failure("join_failed", role=role)
    return failure("join_failed_changed", role=role)


def configuration_of(
    network: ThreadNetwork, *, passphrase: Secret[str] | None = None
) -> ThreadConfiguration | None:
    """Return all parameters of a network, with another passphrase if wanted.

    None where the router does not tell all of them in a form that it takes itself, for it takes
    them only together.
    """
    passphrase = passphrase or network.passphrase
    if (
        network.network_name is None
        or network.extended_pan_id is None
        or network.pan_id is None
        or network.channel is None
        or network.network_key is None
        or passphrase is None
    ):
        return None
    configuration = ThreadConfiguration(
        network_name=network.network_name,
        extended_pan_id=network.extended_pan_id,
        pan_id=network.pan_id,
        channel=network.channel,
        network_key=network.network_key,
        passphrase=passphrase,
    )
    try:
        configuration.check()
    except ValueError:
        return None
    return configuration


def new_passphrase() -> Secret[str]:
    """Make up a passphrase."""
    alphabet = string.ascii_letters + string.digits
    return Secret("".join(secrets.choice(alphabet) for _ in range(_PASSPHRASE_LENGTH)))
