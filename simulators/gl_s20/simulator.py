"""The HTTP server of a simulated border router."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
import time
from typing import override

from aiohttp import web

from simulators.gl_s20.device import Device
from simulators.gl_s20.errors import DeviceError
from simulators.gl_s20.lab import GlS20Lab
from simulators.gl_s20.lab_http import lab_server
from simulators.gl_s20.options import GlS20Options
from simulators.gl_s20.otbr_rest import OtbrRest
from simulators.gl_s20.webserver import (
    HEADERS_TOO_LARGE,
    METHOD_NOT_ALLOWED,
    WebServer,
    plain,
)
from simulators.server import DeviceServer, Reply

TOKEN_HEADER = "Token"  # noqa: S105 - a header's name
HEADER_SEPARATORS = 4
"""Bytes a header takes beside its name and value."""


class GlS20Simulator(DeviceServer):
    """A border router one can talk to over HTTP."""

    garbage = b'\x00\xff\xfe{"code":\xc3\x28'

    def __init__(
        self,
        options: GlS20Options | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Build the device; it answers once started."""
        super().__init__()
        self.device = Device(options or GlS20Options(), clock)
        self.otbr_rest = OtbrRest(self.device)
        self.lab = GlS20Lab(self.device, self.faults, self.requests, self.otbr_rest)
        self.lab_server = lab_server(self.lab)
        self._web = WebServer(self.device, self.lab.altered)
        self._task = asyncio.Lock()

    @override
    async def start(self, port: int = 0, host: str = "127.0.0.1") -> None:
        await super().start(port, host)
        if self.device.options.otbr_rest:
            await self.otbr_rest.start(host)

    @override
    async def stop(self) -> None:
        await self.otbr_rest.stop()
        await super().stop()

    @property
    def username(self) -> str:
        """Return no user name: the API has one fixed one."""
        return ""

    @property
    def password(self) -> str:
        """Return the password that logs in now."""
        return self.device.options.password

    @override
    def is_up(self) -> bool:
        return self.device.up

    @property
    @override
    def latency_seconds(self) -> float:
        return self.device.options.latency_seconds

    @override
    def endpoint(self, path: str) -> str:
        return path.removeprefix("/")

    @override
    def refusal(self, code: int) -> Reply:
        return self._web.refused(DeviceError(code, "Failed"))

    @override
    def turn(self) -> AbstractAsyncContextManager[object]:
        return self._one_at_a_time()

    @asynccontextmanager
    async def _one_at_a_time(self) -> AsyncGenerator[None]:
        """Wait until the web server's only task is free, also of a scan somebody gave up on."""
        if self._task.locked():
            self.lab.overlaps += 1
        async with self._task:
            await self.lab.moment(self.device.busy_until)
            yield

    @override
    async def _answer(self, request: web.Request) -> Reply:
        options = self.device.options
        size = sum(
            len(name) + len(value) + HEADER_SEPARATORS for name, value in request.raw_headers
        )
        if size > options.max_header_bytes:
            return plain(HEADERS_TOO_LARGE)
        path = self.endpoint(request.path)
        if not path:
            return self._web.home_page()
        endpoint = self._web.find(path)
        if endpoint is None:
            return self._web.unknown()
        if request.method != endpoint.method:
            return plain(METHOD_NOT_ALLOWED)
        sid = request.headers.get(TOKEN_HEADER, "")
        body = await request.read()
        refusal = self._web.admit(endpoint, sid)
        if refusal is not None:
            return refusal
        if seconds := endpoint.occupied_seconds(options):
            self.device.occupy(seconds)
            await self.lab.moment(self.device.busy_until)
        return self._web.answer(path, endpoint, sid, body)
