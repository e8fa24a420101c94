"""All routers of one plug-in: who of them is online, and the way to each."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from ..errors import CommandRefused, NotPermitted, NotSupported
from .client import HiwifiClient
from .codes import RequestFaulty
from .openapi_server import OpenApiServer
from .values import device_id, mac_address

_NOBODY: Final = "00:00:00:00:00:00"
"""Hardware address of no router."""

_AT_ONCE: Final = 8
"""Requests to the cloud that are under way together."""


@dataclass(frozen=True, kw_only=True)
class RouterStatus:
    """What the cloud says of a router."""

    mac: str
    """In lower case with colons."""

    online: bool | None = None
    """None where the cloud does not tell."""

    permitted: bool = True
    """Whether the router has the plug-in."""

    @property
    def is_away(self) -> bool:
        """Tell whether it is no use to call the router."""
        return self.online is False or not self.permitted


class CloudAccount:
    """The account of a plug-in's author, with the routers that interest its owner.

    All methods raise CannotConnect, InvalidReply or AuthenticationFailed.
    """

    def __init__(self, server: OpenApiServer, macs: Iterable[str] = ()) -> None:
        """Prepare; nothing is sent before the first request.

        Raises ValueError where one of `macs` is no hardware address.
        """
        self.server = server
        self._routers = {
            device_id(mac): HiwifiClient(server.router(mac)) for mac in dict.fromkeys(macs)
        }

    async def log_in(self) -> None:
        """Find out whether the cloud takes the secret (status).

        It is asked for a router that nobody has: who signs wrongly does not even hear that. Raises
        NotSupported or CommandRefused where it is no such cloud.
        """
        with suppress(NotPermitted, RequestFaulty):
            await self.server.status(_NOBODY)

    async def release(self) -> None:
        """Give up nothing: there is no session."""

    def router(self, mac: str) -> HiwifiClient:
        """Return the client of a router, always the same for one of the account's.

        Raises ValueError where `mac` is no hardware address.
        """
        return self._routers.get(device_id(mac)) or HiwifiClient(self.server.router(mac))

    async def statuses(self) -> tuple[RouterStatus, ...]:
        """Ask which routers are online (status); without routers, only whether the secret is right.

        What the cloud refuses for a single router is in the status of that.
        """
        if not self._routers:
            await self.log_in()
            return ()
        limit = asyncio.Semaphore(_AT_ONCE)

        async def ask(mac: str) -> RouterStatus:
            """Ask for one router when it is its turn."""
            async with limit:
                return await self._status(mac)

        statuses = []
        for result in await asyncio.gather(*map(ask, self._routers), return_exceptions=True):
            if isinstance(result, BaseException):
                raise result
            statuses.append(result)
        return tuple(statuses)

    async def _status(self, mac: str) -> RouterStatus:
        """Ask for one router."""
        found = mac_address(mac) or ""
        try:
            return RouterStatus(mac=found, online=await self.server.status(mac))
        except NotPermitted:
            return RouterStatus(mac=found, permitted=False)
        except NotSupported, CommandRefused:
            return RouterStatus(mac=found)
