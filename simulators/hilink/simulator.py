"""The HTTP server of a simulated modem."""

import asyncio
from collections.abc import Callable
import time

from aiohttp import web

from simulators.hilink import wire
from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.faults import Fault, FaultKind, Faults
from simulators.hilink.lab import Lab
from simulators.hilink.lab_http import PREFIX, LabServer
from simulators.hilink.modem import Modem
from simulators.hilink.options import HilinkOptions
from simulators.hilink.webserver import TOKEN_HEADER, Reply, WebServer

HOME_PAGE = "/html/index.html"
API = "/api/"
CONTENT_TYPE = {"Content-Type": "text/html"}
POST_TURNS = 25
KEEPALIVE_SECONDS = 15.0
SHUTDOWN_SECONDS = 0.5


class HilinkSimulator:
    """A modem one can talk to over HTTP."""

    def __init__(
        self,
        options: HilinkOptions | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Build the modem; it answers once started."""
        self.modem = Modem(options or HilinkOptions(), clock)
        self.requests: list[tuple[str, str]] = []
        self.url = ""
        self._faults = Faults()
        self.lab = Lab(self.modem, self._faults, self.requests)
        self._lab_server = LabServer(self.lab)
        self._web = WebServer(self.modem, self.lab.altered)
        self._runner: web.AppRunner | None = None
        self._closing = asyncio.Event()

    @property
    def username(self) -> str:
        """Return the user name that logs in now."""
        return self.modem.options.username

    @property
    def password(self) -> str:
        """Return the password that logs in now."""
        return self.modem.options.password

    async def start(self, port: int = 0, host: str = "127.0.0.1") -> None:
        """Answer on a port, by default on any free one."""
        self._closing.clear()
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(
            app,
            access_log=None,
            handler_cancellation=True,
            keepalive_timeout=KEEPALIVE_SECONDS,
            shutdown_timeout=SHUTDOWN_SECONDS,
        )
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError:
            await self.stop()
            raise
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Close every connection and the port."""
        self._closing.set()
        if self._runner is not None:
            self._drop_connections()
            await self._runner.cleanup()
            self._runner = None

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request, spoil its reply, or be away."""
        if request.path.startswith(PREFIX):
            response = await self._lab_server.handle(request)
            if not self.modem.up:
                self._drop_connections(request)
            return response
        if not self.modem.up:
            return _dropped(request)
        self.requests.append((request.method, request.path))
        if self.modem.options.latency_seconds:
            await asyncio.sleep(self.modem.options.latency_seconds)
        fault = self._faults.take(request.path.removeprefix(API))
        if fault is None:
            return _response(await self._answer(request))
        reply = await self._answer(request) if fault.executed else Reply(body=b"")
        return await self._spoiled(request, fault, reply)

    async def _answer(self, request: web.Request) -> Reply:
        """Return the device's reply."""
        path, cookie = request.path, request.cookies.get("SessionID")
        if path.startswith(API):
            endpoint = path.removeprefix(API)
            if request.method == "POST":
                return await self._post(request, endpoint, cookie)
            return self._web.get(endpoint, cookie)
        if path == "/" or path.startswith("/html/"):
            return self._web.page(cookie)
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
            reply = self._web.post(endpoint, session, token, body)
        finally:
            if session is not None:
                session.posting = False
        if not self.modem.up:
            self._drop_connections(request)
            reply.last = True
        return reply

    async def _spoiled(
        self, request: web.Request, fault: Fault, reply: Reply
    ) -> web.StreamResponse:
        """Return a reply that went wrong."""
        match fault.kind:
            case FaultKind.TIMEOUT:
                await self._closing.wait()
                return _dropped(request)
            case FaultKind.DROP:
                return _dropped(request)
            case FaultKind.CUT:
                return await _cut(request, reply)
            case FaultKind.ERROR:
                reply.body = wire.error(DeviceError(fault.code))
            case FaultKind.GARBAGE:
                reply.body = b"\x00\xff\xfe<response><a>\xc3\x28</b>"
            case FaultKind.HTML:
                reply.body = b"<!DOCTYPE html><html><head><title>Please wait</title></head></html>"
            case FaultKind.EMPTY:
                reply.body = b""
            case FaultKind.TRUNCATED:
                reply.body = reply.body[: len(reply.body) // 2]
        return _response(reply)

    def _drop_connections(self, spared: web.Request | None = None) -> None:
        """Break all connections but that of a request still to be answered."""
        server = self._runner.server if self._runner is not None else None
        for handler in server.connections if server is not None else ():
            transport = handler.transport
            if transport is not None and (spared is None or transport is not spared.transport):
                transport.abort()


def _response(reply: Reply) -> web.Response:
    """Return a reply as HTTP, without a character set as these devices do."""
    response = web.Response(body=reply.body, headers=CONTENT_TYPE)
    for name, value in reply.headers:
        response.headers.add(name, value)
    if reply.last:
        response.force_close()
    return response


def _dropped(request: web.Request) -> web.Response:
    """Break the connection instead of answering."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _cut(request: web.Request, reply: Reply) -> web.StreamResponse:
    """Send half of what was announced, then break the connection."""
    response = web.StreamResponse(headers=CONTENT_TYPE)
    response.content_length = len(reply.body)
    await response.prepare(request)
    await response.write(reply.body[: len(reply.body) // 2])
    if request.transport is not None:
        request.transport.close()
    return response
