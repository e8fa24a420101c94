"""A GL-S20 session: its token, one request at a time, and what heals it.

Source: the seed's "Login and Use Steps": the id of the session goes into the header `Token` and
lives for 35 s after each use.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Final

from aiohttp import ClientSession
from aiohttp.hdrs import CONTENT_TYPE, METH_GET, METH_POST
from yarl import URL

from ..errors import (
    CommandRefused,
    ConnectionLost,
    GatehouseError,
    InvalidReply,
    NotPermitted,
    OutcomeUnknown,
)
from ..secret import Secret
from ..transport import Reply as HttpReply, Transport
from .envelope import Request, WrongMethod, decode, encode, get
from .login import Login
from .models import Reply, SystemInformation, SystemStatus
from .values import Fields

STALE_AFTER: Final = 33.0
"""Seconds without use; the device forgets after 35, and a poll comes every 30 and a little."""

_TOKEN: Final = "Token"  # noqa: S105 - the name of a header

_WITNESSES: Final = (SystemInformation.ENDPOINT, SystemStatus.ENDPOINT)
"""Cheap readings that any login may make."""

type Decoder[T] = Callable[[HttpReply, frozenset[str]], T]
"""Makes something of a reply; the texts are secrets that no error may repeat."""


@dataclass(kw_only=True)
class _Token:
    """The id of a session on the device."""

    value: str = field(repr=False)

    used_at: float
    """Monotonic time of the last use that the device acknowledged."""

    proven: bool = False
    """Whether the device has accepted it at all."""


class Session:
    """The login of one device; every request waits for its turn."""

    def __init__(self, session: ClientSession, base_url: URL, password: Secret[str]) -> None:
        """Prepare a session; nothing is sent before the first request."""
        self._transport = Transport(session, base_url)
        self._token: _Token | None = None
        self._lock = asyncio.Lock()
        self.login = Login(sender=self, password=password)

    @property
    def base_url(self) -> URL:
        """Return where the device is."""
        return self._transport.base_url

    async def log_in(self) -> None:
        """Log in, unless a login still holds."""
        async with self._lock:
            await self._enter()

    async def log_out(self) -> None:
        """Log out, as far as the device can be reached; the next request logs in again."""
        async with self._lock:
            if self._fresh:
                with suppress(GatehouseError):
                    await self.login.leave()
            self._token = None

    async def read[ReplyT: Reply](
        self, model: type[ReplyT], request: Request | None = None
    ) -> ReplyT:
        """Read a model, logged in."""
        return model.from_fields(await self.fields(request or get(model.ENDPOINT)))

    async def fields(self, request: Request) -> Fields:
        """Read fields, logged in."""
        return await self.decoded(request, decode)

    async def decoded[T](self, request: Request, decoder: Decoder[T]) -> T:
        """Read what may need a decoder of its own, logged in.

        Where the device wants the other HTTP method, it is asked with that.
        """

        async def ask(request: Request) -> T:
            """Ask once, and again after a new login."""
            return await self._healing(request, lambda: self._exchange(request, decoder))

        async with self._lock:
            await self._enter()
            try:
                return await ask(request)
            except WrongMethod:
                return await ask(_with_other_method(request))

    async def without_login(self, request: Request) -> Fields:
        """Read fields for which nobody need be logged in."""
        async with self._lock:
            return await self._exchange(request, decode, anonymous=True)

    async def command(self, request: Request, *, cuts_off: bool = False) -> Fields:
        """Send a request that changes something, once, logged in.

        Raises OutcomeUnknown where it went out and no proper answer came back. A command that
        `cuts_off` the connection by what it does has succeeded then, as far as can be known.
        """
        async with self._lock:
            await self._enter()
            return await self._healing(request, lambda: self._carry_out(request, cuts_off=cuts_off))

    async def command_without_login(self, request: Request) -> Fields:
        """Send a request that changes something, once, to a device that has no password yet."""
        async with self._lock:
            self._token = None
            return await self._carry_out(request)

    async def forget(self) -> None:
        """Forget the login, because the device does."""
        async with self._lock:
            self._token = None

    async def send(self, request: Request) -> Fields:
        """Send one request as things stand; for the login, during which the lock is held."""
        return await self._exchange(request, decode)

    @property
    def _fresh(self) -> bool:
        """Tell whether the device should still know the token."""
        return self._token is not None and monotonic() - self._token.used_at < STALE_AFTER

    async def _enter(self) -> None:
        """Log in where there is no login, or one that the device has forgotten by now."""
        if not self._fresh:
            await self._renew()

    async def _renew(self) -> None:
        """Log in anew."""
        self._token = None
        started = monotonic()
        self._token = _Token(value=await self.login.enter(), used_at=started)

    async def _healing[T](self, request: Request, send: Callable[[], Awaitable[T]]) -> T:
        """Make a request; if it was refused because the login is gone, again after a new one.

        The repetition is safe even for a command: the device refused the first one.
        """
        try:
            return await send()
        except CommandRefused, NotPermitted:
            if not await self._lost(request.path):
                raise
        await self._renew()
        return await send()

    async def _lost(self, path: str) -> bool:
        """Tell whether the device has forgotten the login, which no documented code says.

        It has if it refuses a reading that any login may make. A token that was never accepted is
        not replaced: a device that refuses everything would be logged into with each request.
        """
        witness = next(each for each in _WITNESSES if each != path)
        try:
            await self._exchange(get(witness), decode)
        except CommandRefused, NotPermitted:
            return self._token is not None and self._token.proven
        except GatehouseError:
            return False
        return False

    async def _carry_out(self, request: Request, *, cuts_off: bool = False) -> Fields:
        """Send a command and make sense of a missing answer."""
        try:
            return await self._exchange(request, decode)
        except ConnectionLost as err:
            # Whatever broke it may have been a restart, after which the device knows no token.
            self._token = None
            if cuts_off:
                return {}
            raise OutcomeUnknown(f"no answer to {request.path}") from err
        except InvalidReply as err:
            raise OutcomeUnknown(f"no proper answer to {request.path}") from err

    async def _exchange[T](
        self, request: Request, decoder: Decoder[T], *, anonymous: bool = False
    ) -> T:
        """Send one request with the token, if there is one, and decode the reply."""
        token = None if anonymous else self._token
        headers = {_TOKEN: token.value} if token else {}
        data, secrets = None, frozenset[str]()
        if request.body is not None:
            headers[CONTENT_TYPE] = "application/json"
            data, secrets = encode(request.body)
        started = monotonic()
        reply = await self._transport.exchange(
            request.method,
            request.path,
            headers=headers,
            data=data,
            timeout=request.timeout,
            limit=request.limit,
            once=request.once,
        )
        result = decoder(reply, secrets)
        if token:
            token.used_at, token.proven = started, True
        return result


def _with_other_method(request: Request) -> Request:
    """Turn GET into POST and the other way round."""
    if request.method == METH_GET:
        return replace(request, method=METH_POST, body={})
    return replace(request, method=METH_GET, body=None)
