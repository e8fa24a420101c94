"""The administrator's calls: the password of the router's web page for a session on it.

Its address holds the key of the session, next to which a cookie is needed. The router serves one
administrator at a time.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import batched
from time import monotonic
from typing import Any, Final

from aiohttp import ClientSession, ClientTimeout
from aiohttp.hdrs import CONTENT_TYPE, COOKIE as COOKIE_HEADER, METH_GET, METH_POST
from yarl import URL

from ..conflict import Conflict
from ..errors import InvalidReply, NotSupported, SessionConflict
from ..secret import Secret
from ..transport import Transport
from .admin_login import COOKIE, AdminLogin, AdminSession, is_login_form
from .admin_pages import PAGES
from .attempts import attempts_at
from .call import Call, Generation
from .channel import conclusive
from .codes import MALFORMED, METHOD_SYNTAX, NO_METHOD
from .envelope import Answer, WebPage, page_answer, parse, proxy_answer, several_answers
from .models import RouterInfo
from .open_pages import ROOT, read_router_info
from .signed_api import JSON
from .signing import encode
from .values import Fields

BATCH: Final = 16
"""Calls in one request."""

_NO_MULTI_CALL: Final = frozenset({METHOD_SYNTAX, NO_METHOD, MALFORMED})
"""What firmware says that takes a call of several methods for a call without a method."""

_LOST: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_REDIRECTS: Final = range(300, 400)


class _SessionLost(Exception):
    """The router did not look at the request, because nobody is logged in."""


class _NoSuchPage(Exception):
    """The firmware does not have the page."""


@dataclass(kw_only=True)
class _Held:
    """A session, and how long it has lasted."""

    session: AdminSession
    born_at: float
    """Monotonic time of the login."""


class RouterAdmin:
    """One router, called with the password of its administrator."""

    name: Final = "router_admin"

    def __init__(self, session: ClientSession, base_url: URL, *, password: str) -> None:
        """Prepare a channel; nothing is sent before the first request."""
        self._transport = Transport(session, base_url)
        self._held: _Held | None = None
        self._lock = asyncio.Lock()
        self._conflict = Conflict()
        self._has_calls = True
        self._has_multi_call = True
        self._login = AdminLogin(
            transport=self._transport,
            password=Secret(password),
            attempts=attempts_at(base_url),
            version_fn=self._version,
        )

    @property
    def base_url(self) -> URL:
        """Return where the router is."""
        return self._transport.base_url

    async def log_in(self) -> None:
        """Log in, unless a login still holds."""
        async with self._lock:
            await self._enter()

    async def release(self) -> None:
        """Forget the session, which no known page ends; the next call logs in again."""
        async with self._lock:
            self._held = None
            self._conflict.forget()

    async def router_info(self) -> RouterInfo:
        """Read what the router tells everybody (proxy/router_info or its predecessors)."""
        return await read_router_info(self._transport.session, self.base_url)

    async def online(self) -> bool:
        """Tell whether the router answers."""
        await self.router_info()
        return True

    async def ask(self, call: Call, *, changes: bool = False) -> Answer:
        """Call a method, once if it `changes` something (proxy/call)."""

        async def send(held: _Held) -> Answer:
            """Send it within a session."""
            with conclusive(call.method, changes=changes):
                return await self._ask(held, call)

        async with self._lock:
            return await self._healing(send)

    async def ask_all(self, calls: Sequence[Call]) -> list[Answer]:
        """Call several methods that change nothing, in few requests (proxy/call with muticall)."""
        answers: list[Answer] = []
        for batch in batched(calls, BATCH, strict=False):
            answers += await self._ask_batch(batch)
        return answers

    async def _ask_batch(self, calls: Sequence[Call]) -> list[Answer]:
        """Call several methods in one request, or in several where the firmware wants that."""
        if self._has_calls and self._has_multi_call and len(calls) > 1:
            async with self._lock:
                answers = await self._healing(lambda held: self._ask_together(held, calls))
            if answers is not None:
                return answers
        return [await self.ask(each) for each in calls]

    async def _ask(self, held: _Held, call: Call) -> Answer:
        """Call one method, by its page where the firmware has no calls."""
        if self._has_calls:
            body = {"method": call.method, "data": dict(call.data), **call.version}
            try:
                return proxy_answer(await self._post(held, call.method, body, call.patience))
            except _NoSuchPage:
                self._has_calls = False
        page = PAGES.get(call.method) if call.generation is Generation.V0 else None
        if page is None:
            return Answer(code=NO_METHOD)
        try:
            answer = page_answer(
                await self._send(held, METH_GET, page.path, call.patience, within=not page.is_open)
            )
        except _NoSuchPage:
            return Answer(code=NO_METHOD)
        return page.adapted(answer)

    async def _ask_together(self, held: _Held, calls: Sequence[Call]) -> list[Answer] | None:
        """Call several methods of one generation in one request; None where that is not known."""
        arguments = [{"method": each.method, "data": dict(each.data)} for each in calls]
        body = {"muticall": "1", "mutiargs": arguments, **calls[0].version}
        patience = max((each.patience for each in calls), key=lambda each: each.total or 0)
        try:
            answer = proxy_answer(await self._post(held, "multi", body, patience))
        except _NoSuchPage:
            self._has_calls = False
            return None
        if answer.code in _NO_MULTI_CALL:
            self._has_multi_call = False
            return None
        return several_answers(answer.accepted(), [each.method for each in calls])

    async def _version(self) -> str | None:
        """Return the version of the firmware, as far as it is told."""
        try:
            return (await self.router_info()).version
        except NotSupported, InvalidReply:
            return None

    async def _enter(self) -> _Held:
        """Log in where there is no login, unless somebody else should come to rest first."""
        if self._held is None:
            self._conflict.check()
            started = monotonic()
            self._held = _Held(session=await self._login.enter(), born_at=started)
            self._conflict.session_lives(0)
        return self._held

    async def _healing[T](self, send: Callable[[_Held], Awaitable[T]]) -> T:
        """Make a request; if it was refused because the session is gone, again after a new login.

        The repetition is safe even for a command: the router did not look at the first one.
        Raises SessionConflict where the new session is gone at once.
        """
        held = await self._enter()
        try:
            return await send(held)
        except _SessionLost:
            self._lose()
        held = await self._enter()
        try:
            return await send(held)
        except _SessionLost as err:
            self._lose()
            raise SessionConflict("a new session was gone at once") from err

    def _lose(self) -> None:
        """Note that the session is gone."""
        self._held = None
        self._conflict.session_died()

    async def _post(
        self, held: _Held, label: str, body: Mapping[str, Any], patience: ClientTimeout
    ) -> Fields:
        """Send a call; the `label` in its address is for who reads the router's log."""
        return await self._send(held, METH_POST, f"proxy/call?_{label}", patience, encode(body))

    async def _send(
        self,
        held: _Held,
        method: str,
        path: str,
        patience: ClientTimeout,
        body: bytes | None = None,
        *,
        within: bool = True,
    ) -> Fields:
        """Send one request, by default `within` the session, and parse the reply."""
        started = monotonic()
        reply = await self._transport.exchange(
            method,
            f"{ROOT};stok={held.session.stok.reveal()}/{path}" if within else f"{ROOT}{path}",
            headers=_headers(held.session, body),
            data=body,
            timeout=patience,
            once=True,
            name=path,
        )
        try:
            fields = parse(reply)
        except WebPage as err:
            if reply.status == HTTPStatus.NOT_FOUND:
                raise _NoSuchPage from err
            if reply.status in _LOST or reply.status in _REDIRECTS or is_login_form(reply):
                raise _SessionLost from err
            raise
        if "proxy_code" in fields and "code" not in fields:
            raise _SessionLost
        self._conflict.session_lives(started - held.born_at)
        return fields


def _headers(session: AdminSession, body: bytes | None) -> dict[str, str]:
    """Return the headers of a request within a session."""
    headers: dict[str, str] = {} if body is None else {CONTENT_TYPE: JSON}
    if session.cookie is not None:
        headers[COOKIE_HEADER] = f"{COOKIE}={session.cookie.reveal()}"
    return headers
