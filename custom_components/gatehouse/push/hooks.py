"""Webhooks: where a device can tell something without logging in."""

from collections.abc import Callable
from typing import Final

from aiohttp.hdrs import METH_GET, METH_POST
from aiohttp.web import Request, Response
from homeassistant.components import webhook
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.network import NoURLAvailableError, get_url
from yarl import URL

from ..const import DOMAIN

_SCHEMES: Final = frozenset({"http", "https"})


class NoAddress(Exception):
    """Nobody knows at which address a device finds Home Assistant."""


def hook_path(hook: str) -> str:
    """Return the path of a webhook."""
    return webhook.async_generate_path(hook)


def hook_url(hass: HomeAssistant, base: str | None, hook: str) -> URL:
    """Return where a device in the house finds a webhook. Raises NoAddress.

    The base is the address that the owner gives, without which Home Assistant has to know its own;
    never one on the internet, through which the device would tell others.
    """
    try:
        url = URL(base or get_url(hass, allow_external=False, allow_cloud=False, allow_ip=True))
    except (NoURLAvailableError, ValueError) as err:
        raise NoAddress from err
    if url.scheme not in _SCHEMES or not url.host or url.user or url.query_string or url.fragment:
        raise NoAddress
    return url / hook_path(hook).removeprefix("/")


@callback
def register_hook(
    hass: HomeAssistant,
    name: str,
    hook: str,
    handler: Callable[[Request], None],
    *,
    post: bool = False,
) -> None:
    """Listen to a webhook, which is for the house only."""

    async def handle(_: HomeAssistant, __: str, request: Request) -> Response | None:
        """Answer always alike, whatever was told."""
        handler(request)
        return None

    webhook.async_register(
        hass,
        DOMAIN,
        name,
        hook,
        handle,
        local_only=True,
        allowed_methods=(METH_GET, METH_POST) if post else (METH_GET,),
    )


@callback
def unregister_hook(hass: HomeAssistant, hook: str) -> None:
    """Listen no more, if anybody did."""
    webhook.async_unregister(hass, hook)
