"""Finding a router that has been given another address."""

import asyncio
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from yarl import URL

from ....clients.errors import GatehouseError
from ..identity import recognize

LOOK_INTERVAL: Final = 2.0
"""Seconds."""

LOOKS: Final = 10
"""How often to look for the router, before giving up."""


async def appears(hass: HomeAssistant, unique_id: str | None, url: URL) -> bool:
    """Tell whether a certain router answers at an address before long; needs no login.

    Nobody else will do: whoever answers gets to see the next login.
    """
    session = async_get_clientsession(hass)
    for _ in range(LOOKS):
        await asyncio.sleep(LOOK_INTERVAL)
        try:
            recognition = await recognize(session, url)
        except GatehouseError:
            continue
        if recognition.unique_id is not None and recognition.unique_id == unique_id:
            return True
    return False
