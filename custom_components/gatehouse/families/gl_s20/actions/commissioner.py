"""Opening the Thread network to joiners."""

import asyncio
from typing import Final

from ....clients.gl_s20.client import GlS20Client
from ....errors import failure, input_error

LOOK_INTERVAL: Final = 1.0
"""Seconds."""

LOOKS: Final = 5
"""How often to look whether the commissioner is on, before giving up."""


async def open_network(client: GlS20Client) -> bool:
    """Switch the commissioner on and wait until it is active; tell whether it was off before."""
    information = await client.system.information()
    if information.commissioner_active:
        return False
    if information.thread_network is False:
        raise input_error("not_in_thread_network")
    await client.joiners.set_commissioner(enabled=True)
    for _ in range(LOOKS):
        if (await client.joiners.commissioner()).active:
            return True
        await asyncio.sleep(LOOK_INTERVAL)
    raise failure("commissioner_not_active")
