"""The HTTP server of a simulated SMS gateway."""

import asyncio
from collections.abc import Callable
import time
from typing import override

from aiohttp import web

from simulators.faults import Fault
from simulators.openvox.courier import Courier
from simulators.openvox.errors import DeviceError
from simulators.openvox.gateway import Gateway
from simulators.openvox.lab import OpenVoxLab
from simulators.openvox.lab_http import lab_server
from simulators.openvox.options import OpenVoxOptions
from simulators.openvox.request import Request
from simulators.openvox.webserver import METHOD_NOT_ALLOWED, WebServer, plain
from simulators.server import DeviceServer, Reply

TOKEN_HEADER = "authorization"  # noqa: S105 - a header's name


class OpenVoxSimulator(DeviceServer):
    """A gateway one can talk to over HTTP, and that talks back in pushes."""

    garbage = b'\x00\xff\xfe{"code":\xc3\x28'

    def __init__(
        self,
        options: OpenVoxOptions | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Build the device; it answers once started."""
        super().__init__()
        self._courier = Courier(lambda: self.gateway.options.push_timeout_seconds)
        self.gateway = Gateway(options or OpenVoxOptions(), clock, self._courier.send)
        self._web = WebServer(self.gateway, self._altered)
        self.lab = OpenVoxLab(
            self.gateway,
            self.faults,
            self.requests,
            stray_passwords=lambda: self._web.stray_passwords,
            pushed=self._courier.idle,
        )
        self.lab_server = lab_server(self.lab)
        self._spoiled_uri = ""
        self._tasks: list[asyncio.Task[None]] = []

    def _altered(self, uri: str, data: object) -> object:
        """Return data with what the lab changed."""
        return self.lab.altered(uri, data)

    @property
    def username(self) -> str:
        """Return the user name that logs in now."""
        return self.gateway.options.username

    @property
    def password(self) -> str:
        """Return the password that logs in now."""
        return self.gateway.options.password

    @override
    async def start(self, port: int = 0, host: str = "127.0.0.1") -> None:
        await super().start(port, host)
        self._tasks = [
            asyncio.create_task(self._courier.run()),
            asyncio.create_task(self._keep_time()),
        ]

    @override
    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        await super().stop()

    async def _keep_time(self) -> None:
        """Push what is due also while nobody asks for anything."""
        while True:
            await self.gateway.timeline.something_due()
            self.gateway.settle()

    @override
    def is_up(self) -> bool:
        return self.gateway.up

    @property
    @override
    def latency_seconds(self) -> float:
        return self.gateway.options.latency_seconds

    @override
    def endpoint(self, path: str) -> str:
        return self._web.uri(path)

    @override
    def refusal(self, code: int) -> Reply:
        return self._web.refused(self._spoiled_uri, DeviceError(code, "Failed"))

    @override
    async def _spoiled(
        self, request: web.Request, fault: Fault, reply: Reply
    ) -> web.StreamResponse:
        self._spoiled_uri = self._web.uri(request.path)
        return await super()._spoiled(request, fault, reply)

    @override
    async def _answer(self, request: web.Request) -> Reply:
        form = await request.post()
        fields = Request((name, value) for name, value in form.items() if isinstance(value, str))
        endpoint = self._web.find(request.path)
        if endpoint is None:
            return self._web.unknown(request.path, fields)
        if request.method != "POST":
            return plain(METHOD_NOT_ALLOWED)
        uri = self._web.uri(request.path)
        refusal = self._web.admit(uri, endpoint, request.headers.get(TOKEN_HEADER, ""))
        if refusal is not None:
            return refusal
        return await self._web.answer(uri, endpoint, fields)
