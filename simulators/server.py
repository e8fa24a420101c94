"""The HTTP server that every simulated device shares."""

from abc import ABC, abstractmethod
import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from typing import ClassVar

from aiohttp import web

from simulators.faults import Fault, FaultKind, Faults
from simulators.lab_http import PREFIX, LabServer

KEEPALIVE_SECONDS = 15.0
SHUTDOWN_SECONDS = 0.5
HTML = "text/html"
WAITING_PAGE = b"<!DOCTYPE html><html><head><title>Please wait</title></head></html>"


@dataclass(kw_only=True)
class Reply:
    """What goes back to the client."""

    body: bytes
    status: int = 200
    content_type: str = HTML
    headers: list[tuple[str, str]] = field(default_factory=list)
    last: bool = False
    """Whether the connection ends with this reply."""


class DeviceServer(ABC):
    """Answers requests for a device, spoils replies on demand, and is away when it is away."""

    garbage: ClassVar[bytes]
    """A reply no parser of this protocol accepts."""
    lab_server: LabServer

    def __init__(self) -> None:
        """Prepare to serve; it answers once started."""
        self.requests: list[tuple[str, str]] = []
        self.url = ""
        self.faults = Faults()
        self._runner: web.AppRunner | None = None
        self._closing = asyncio.Event()

    @abstractmethod
    def is_up(self) -> bool:
        """Return whether the device answers at all."""

    @property
    @abstractmethod
    def latency_seconds(self) -> float:
        """Return the real time each request takes."""

    @abstractmethod
    def endpoint(self, path: str) -> str:
        """Return the name under which the lab knows a path."""

    @abstractmethod
    async def _answer(self, request: web.Request) -> Reply:
        """Return the device's reply."""

    @abstractmethod
    def refusal(self, code: int) -> Reply:
        """Return an error reply."""

    def turn(self) -> AbstractAsyncContextManager[object]:
        """Return what a request has to wait for; by default requests run side by side."""
        return nullcontext()

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
            response = await self.lab_server.handle(request)
            if not self.is_up():
                self._drop_connections(request)
            return response
        if not self.is_up():
            return _dropped(request)
        self.requests.append((request.method, request.path))
        async with self.turn():
            if not self.is_up():
                return _dropped(request)
            if self.latency_seconds:
                await asyncio.sleep(self.latency_seconds)
            fault = self.faults.take(self.endpoint(request.path))
            executed = fault is None or fault.executed
            reply = await self._executed(request) if executed else Reply(body=b"")
        if fault is None:
            return _response(reply)
        return await self._spoiled(request, fault, reply)

    async def _executed(self, request: web.Request) -> Reply:
        """Return the device's reply, after which it may be away."""
        reply = await self._answer(request)
        if not self.is_up():
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
                refusal = self.refusal(fault.code)
                reply.body, reply.content_type = refusal.body, refusal.content_type
            case FaultKind.GARBAGE:
                reply.body = self.garbage
            case FaultKind.HTML:
                reply.body, reply.content_type = WAITING_PAGE, HTML
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
    response = web.Response(
        body=reply.body, status=reply.status, headers={"Content-Type": reply.content_type}
    )
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
    response = web.StreamResponse(headers={"Content-Type": reply.content_type})
    response.content_length = len(reply.body)
    await response.prepare(request)
    await response.write(reply.body[: len(reply.body) // 2])
    if request.transport is not None:
        request.transport.close()
    return response
