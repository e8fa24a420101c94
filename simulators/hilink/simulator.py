"""The HTTP server of a simulated modem."""

import asyncio
from collections.abc import Callable
import time
from typing import override

from aiohttp import web

from simulators.hilink import encryption, wire
from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.lab import HilinkLab
from simulators.hilink.lab_http import lab_server
from simulators.hilink.modem import Modem
from simulators.hilink.options import HilinkOptions
from simulators.hilink.webserver import TOKEN_HEADER, WebServer
from simulators.server import DeviceServer, Reply

HOME_PAGE = "/html/index.html"
API = "/api/"
CONFIGURATION = "/config/"
POST_TURNS = 25


class HilinkSimulator(DeviceServer):
    """A modem one can talk to over HTTP."""

    garbage = b"\x00\xff\xfe<response><a>\xc3\x28</b>"

    def __init__(
        self,
        options: HilinkOptions | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Build the modem; it answers once started."""
        super().__init__()
        self.modem = Modem(options or HilinkOptions(), clock)
        self.lab = HilinkLab(self.modem, self.faults, self.requests)
        self.lab_server = lab_server(self.lab)
        self._web = WebServer(self.modem, self.lab.altered)

    @property
    def username(self) -> str:
        """Return the user name that logs in now."""
        return self.modem.options.username

    @property
    def password(self) -> str:
        """Return the password that logs in now."""
        return self.modem.options.password

    @override
    def is_up(self) -> bool:
        return self.modem.up

    @property
    @override
    def latency_seconds(self) -> float:
        return self.modem.options.latency_seconds

    @override
    def endpoint(self, path: str) -> str:
        return path.removeprefix(API)

    @override
    def refusal(self, code: int) -> Reply:
        return Reply(body=wire.error(DeviceError(code)))

    @override
    async def _answer(self, request: web.Request) -> Reply:
        path, cookie = request.path, request.cookies.get("SessionID")
        if path.startswith(API):
            endpoint = self.endpoint(path)
            if request.method == "POST":
                return await self._post(request, endpoint, cookie)
            return self._web.get(endpoint, cookie)
        if path == "/" or path.startswith("/html/"):
            return self._web.page(cookie)
        if path.startswith(CONFIGURATION) and (page := self._web.configuration(path[1:])):
            return page
        raise web.HTTPFound(HOME_PAGE)

    async def _post(self, request: web.Request, endpoint: str, cookie: str | None) -> Reply:
        """Answer a POST; one that overlaps another of its session is refused."""
        session = self._web.find_session(cookie)
        options = self.modem.options
        if session is not None and session.posting and options.parallel_posts_conflict:
            return Reply(body=wire.error(DeviceError(Code.TOKEN_SPENT)))
        if session is not None:
            session.posting = True
        try:
            body = await request.read()
            # Turns of the loop, not time, so that a frozen clock does not stop the server.
            for _ in range(POST_TURNS):
                await asyncio.sleep(0)
            token = request.headers.get(TOKEN_HEADER, "")
            encrypted = encryption.HEADER in request.headers
            return self._web.post(endpoint, session, token, body, encrypted=encrypted)
        finally:
            if session is not None:
                session.posting = False
