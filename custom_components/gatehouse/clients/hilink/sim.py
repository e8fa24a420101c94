"""The SIM card: its PIN, and the device's bond to one network."""

from collections.abc import Mapping
from typing import Any, Final, Protocol

from . import xml
from .models import PinStatus, SimLock

_ENTER: Final = 0


class Requests(Protocol):
    """What is needed of the client."""

    async def fields(self, path: str) -> xml.Fields:
        """Read the fields of a page."""

    async def command(
        self, path: str, fields: Mapping[str, Any], *, secret: bool = False
    ) -> xml.Fields | str:
        """Send a command, encrypted where it is secret."""


class Sim:
    """The SIM card (seed "PIN Module")."""

    def __init__(self, client: Requests) -> None:
        """Use the session of a client."""
        self._client = client

    async def pin_status(self) -> PinStatus:
        """Read whether the card wants its PIN, and the tries that are left (pin/status)."""
        return PinStatus.from_fields(await self._client.fields(PinStatus.ENDPOINT))

    async def lock(self) -> SimLock:
        """Read whether the device is bound to one network (pin/simlock)."""
        return SimLock.from_fields(await self._client.fields(SimLock.ENDPOINT))

    async def enter_pin(self, pin: str) -> None:
        """Enter the PIN, once (pin/operate).

        CommandRefused: it is wrong, and one try is used up. After the last try the card wants its
        PUK, so look at `pin_status` before.
        """
        await self._client.command(
            "pin/operate",
            {"OperateType": _ENTER, "CurrentPin": pin, "NewPin": None, "PukCode": None},
            secret=True,
        )
