"""USSD: a code for the network, what it answers, and what it is answered in turn."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from ..errors import CannotConnect, CommandRefused, DeviceBusy, GatehouseError, InvalidReply
from . import xml
from .errors import MEANINGS
from .models import UssdContent, UssdState, UssdStatus

POLL_INTERVAL: Final = 1.0
"""Seconds between looks for an answer, as the devices' own page does it."""

_PATIENCE: Final = 30

_SESSION_ACTIVE: Final = 111013
_NOT_ANSWERED_YET: Final = 111019
_NOT_ANSWERED: Final = 111020


class Requests(Protocol):
    """What is needed of the client."""

    async def get(self, path: str) -> xml.Fields | str:
        """Read a page."""

    async def fields(self, path: str) -> xml.Fields:
        """Read the fields of a page."""

    async def command(self, path: str, fields: Mapping[str, Any]) -> xml.Fields | str:
        """Send a command."""


@dataclass(frozen=True, kw_only=True)
class UssdReply:
    """What the network said."""

    replies: tuple[str, ...] = field(repr=False)
    """To the code, and to each answer that was given."""

    asks_on: bool
    """Whether the network waited for another answer in the end."""


class Ussd:
    """USSD sessions (the seed only names the page). One at a time."""

    def __init__(self, client: Requests) -> None:
        """Use the session of a client."""
        self._client = client
        self._lock = asyncio.Lock()

    async def status(self) -> UssdStatus:
        """Read whether there is a session (ussd/status). NotSupported: no USSD."""
        return UssdStatus.from_fields(await self._client.fields(UssdStatus.ENDPOINT))

    async def send(
        self, code: str, answers: Sequence[str] = (), *, patience: int = _PATIENCE
    ) -> UssdReply:
        """Send a code (ussd/send), and an answer each time that the network asks on.

        `patience`: seconds to wait for each reply, once at least.
        The session is released in any case (ussd/release). CommandRefused says in words what the
        network or the device objects to; OutcomeUnknown: the code may have been carried out.
        """
        async with self._lock:
            try:
                await self._begin(code)
                replies = [await self._reply(patience)]
                for answer in answers:
                    if await self._state() == UssdState.NONE:
                        break
                    await self._say(answer)
                    replies.append(await self._reply(patience))
                asks_on = await self._state() == UssdState.WAITING
            finally:
                await self._release()
        return UssdReply(replies=tuple(replies), asks_on=asks_on)

    async def _begin(self, code: str) -> None:
        """Send the first code, after a session that somebody has left open if need be."""
        try:
            await self._say(code)
        except CommandRefused as err:
            if err.code != _SESSION_ACTIVE:
                raise
            await self._release()
            await self._say(code)

    async def _say(self, content: str) -> None:
        """Send a code or an answer."""
        await self._client.command(
            "ussd/send", {"content": content, "codeType": "CodeType", "timeout": None}
        )

    async def _reply(self, patience: int) -> str:
        """Wait for what the network says."""
        for _ in range(max(patience, 1)):
            await asyncio.sleep(POLL_INTERVAL)
            try:
                fields = await self._client.fields(UssdContent.ENDPOINT)
            except CommandRefused as err:
                if err.code != _NOT_ANSWERED_YET:
                    raise
                continue
            except CannotConnect, InvalidReply, DeviceBusy:
                continue
            if (content := UssdContent.from_fields(fields).content) is not None:
                return content
        raise CommandRefused(_NOT_ANSWERED, MEANINGS[_NOT_ANSWERED])

    async def _state(self) -> int | None:
        """Return how the session stands, None where the device does not tell."""
        try:
            return (await self.status()).result
        except GatehouseError:
            return None

    async def _release(self) -> None:
        """End the session; with one left open, the next code is refused."""
        with suppress(GatehouseError):
            await self._client.get("ussd/release")
