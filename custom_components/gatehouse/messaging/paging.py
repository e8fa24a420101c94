"""Reading a long list of messages from a device that fails now and then."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from ..clients.errors import CannotConnect, InvalidReply
from ..families.sms import InboxPage

_TRIES: Final = 3
PAUSE: Final = 1.0
"""Seconds before a page is asked for again."""


async def read_patiently(read: Callable[[int], Awaitable[InboxPage]], number: int) -> InboxPage:
    """Return a page, asked for again if its reply got lost on the way.

    The first one is not: whoever does not answer at all is left alone until the next round. Later
    ones are, because to begin anew costs the device all pages before.
    """
    for _ in range(_TRIES - 1 if number > 1 else 0):
        try:
            return await read(number)
        except CannotConnect, InvalidReply:
            await asyncio.sleep(PAUSE)
    return await read(number)
