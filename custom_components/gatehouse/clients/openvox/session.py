"""A session on a gateway: its token, one request at a time, and what heals it.

Source: the seed's "Public": the token goes into the header `authorization` and lives for ten
minutes after each use.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
import re
from time import monotonic
from typing import Any, Final

from aiohttp import ClientSession
from aiohttp.hdrs import AUTHORIZATION, CONTENT_TYPE, METH_POST
from yarl import URL

from ..conflict import Conflict
from ..errors import (
    CommandRefused,
    ConnectionLost,
    GatehouseError,
    InvalidReply,
    NotPermitted,
    NotSupported,
    OutcomeUnknown,
    SessionConflict,
)
from ..messages import OnTurn
from ..secret import Secret
from ..transport import Transport
from .envelope import Request, decode, encode
from .login import Login
from .prefix import FORM, normalize_prefix

STALE_AFTER: Final = 570.0
"""Seconds without use; the gateway forgets after 600."""

_DOCUMENTED: Final = ""
_USUAL: Final = "Bearer "
"""What stands before the token."""

_WITNESSES: Final = ("/service/chan_state", "/sms/get_valid_spans")
"""Cheap readings that any login may make."""

_ABOUT_LOGIN: Final = re.compile(
    r"token|log(?:ged)?[ _-]?in|auth|expire|session|登录|登陆|令牌", re.IGNORECASE
)
"""In the error text of a lost login, whose code is documented nowhere."""


@dataclass(kw_only=True)
class _Token:
    """What opens the gateway."""

    value: Secret[str]

    born_at: float
    """Monotonic time of the login."""

    used_at: float
    """Monotonic time of the last use that the gateway acknowledged."""


class Session:
    """The login on one gateway; every request waits for its turn."""

    def __init__(
        self,
        session: ClientSession,
        base_url: URL,
        *,
        prefix: str,
        username: str,
        password: Secret[str],
    ) -> None:
        """Prepare a session; nothing is sent before the first request."""
        self._transport = Transport(session, base_url)
        self.prefix = normalize_prefix(prefix)
        self._token: _Token | None = None
        self._scheme: str | None = None
        self._lock = asyncio.Lock()
        self._conflict = Conflict()
        self._login = Login(sender=self, username=username, password=password)

    @property
    def base_url(self) -> URL:
        """Return where the gateway is."""
        return self._transport.base_url

    async def log_in(self) -> None:
        """Log in, unless a login still holds."""
        async with self._lock:
            await self._enter()

    async def log_out(self) -> None:
        """Log out, as far as the gateway can be reached; the next request logs in again."""
        async with self._lock:
            if self._token is not None and self._fresh:
                with suppress(GatehouseError):
                    await self._login.leave(self._token.value)
            self._token = None
            self._conflict.forget()

    async def read(self, request: Request) -> Any:
        """Read data, logged in."""
        async with self._lock:
            await self._enter()
            return await self._healing(request, lambda: self.send(request))

    async def command(self, request: Request, on_turn: OnTurn | None = None) -> Any:
        """Send a request that changes something, once, logged in.

        Raises OutcomeUnknown where it went out and no proper answer came back.
        """
        async with self._lock:
            await self._enter()
            if self._scheme is None:
                await self._find_scheme()
            if on_turn is not None:
                await on_turn()
            return await self._healing(request, lambda: self._carry_out(self.send, request))

    async def command_without_login(self, request: Request) -> Any:
        """Send a request that changes something, once, and no token with it."""
        async with self._lock:
            return await self._carry_out(self._exchange, request)

    async def send(self, request: Request) -> Any:
        """Send one request as things stand, which the holder of the lock may do.

        As long as no token was ever accepted, a refused one is written in the other way too.
        """
        token = self._token
        if token is None:
            return await self._exchange(request)
        if self._scheme is not None:
            return await self._authorized(request, token, self._scheme)
        try:
            return await self._authorized(request, token, _DOCUMENTED)
        except (CommandRefused, NotPermitted) as err:
            first = err
        try:
            return await self._authorized(request, token, _USUAL)
        except (CommandRefused, NotPermitted) as err:
            if _about_login(first) and not _about_login(err):
                raise
            raise first from None

    @property
    def _fresh(self) -> bool:
        """Tell whether the gateway should still know the token."""
        return self._token is not None and monotonic() - self._token.used_at < STALE_AFTER

    async def _enter(self) -> None:
        """Log in where there is no login, or one that the gateway has forgotten by now."""
        if not self._fresh:
            await self._renew()

    async def _renew(self) -> None:
        """Log in anew, unless somebody else should come to rest first."""
        self._token = None
        self._conflict.check()
        started = monotonic()
        value = await self._login.enter()
        self._token = _Token(value=value, born_at=started, used_at=started)
        self._conflict.session_lives(0)

    async def _find_scheme(self) -> None:
        """Find out by a reading how to write the token: no command is a try."""
        with suppress(CommandRefused, NotPermitted, NotSupported, InvalidReply):
            await self.send(Request(path=_WITNESSES[0]))

    async def _healing(self, request: Request, send: Callable[[], Awaitable[Any]]) -> Any:
        """Make a request; if it was refused because the login is gone, again after a new one.

        The repetition is safe even for a command: the gateway refused the first one before it did
        anything. Raises SessionConflict where the new login is gone at once.
        """
        try:
            return await send()
        except (CommandRefused, NotPermitted) as err:
            if not await self._lost(request, err):
                raise
        await self._renew()
        try:
            return await send()
        except (CommandRefused, NotPermitted) as err:
            if _about_login(err) and await self._lost(request, err):
                raise SessionConflict("a new login was gone at once") from err
            raise

    async def _lost(self, request: Request, refusal: GatehouseError) -> bool:
        """Tell whether the login is gone, which no documented code says.

        It is gone if the gateway refuses a reading that any login may make, with words about
        logins, or with the very same words, whatever its language. Raises SessionConflict where
        that happens again and again.
        """
        witness = next(each for each in _WITNESSES if each != request.path)
        try:
            await self.send(Request(path=witness))
        except (CommandRefused, NotPermitted) as err:
            if not _about_login(err) and (self._scheme is None or str(err) != str(refusal)):
                return False
        except GatehouseError:
            return False
        else:
            return False
        self._token = None
        self._conflict.session_died()
        return True

    async def _carry_out(self, send: Callable[[Request], Awaitable[Any]], request: Request) -> Any:
        """Send a command and make sense of a missing answer."""
        try:
            return await send(request)
        except (ConnectionLost, InvalidReply) as err:
            raise OutcomeUnknown(f"no proper answer to {request.path}") from err

    async def _authorized(self, request: Request, token: _Token, scheme: str) -> Any:
        """Send one request with the token, and remember what is learned of it."""
        started = monotonic()
        data = await self._exchange(request, f"{scheme}{token.value.reveal()}")
        token.used_at = started
        self._scheme = scheme
        self._conflict.session_lives(started - token.born_at)
        return data

    async def _exchange(self, request: Request, authorization: str | None = None) -> Any:
        """Send one request and decode the reply."""
        headers: dict[str, str] = {CONTENT_TYPE: FORM}
        if authorization is not None:
            headers[AUTHORIZATION] = authorization
        body, secrets = encode(request.form)
        reply = await self._transport.exchange(
            METH_POST,
            f"{self.prefix}{request.path}",
            headers=headers,
            data=body,
            timeout=request.timeout,
            once=True,
        )
        return decode(reply, secrets)


def _about_login(refusal: GatehouseError) -> bool:
    """Tell whether a refusal may mean that nobody is logged in."""
    return isinstance(refusal, NotPermitted) or bool(_ABOUT_LOGIN.search(str(refusal)))
