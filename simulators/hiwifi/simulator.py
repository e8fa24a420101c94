"""The HTTP server of a simulated router."""

from collections.abc import Callable
import time
from typing import override

from aiohttp import web

from simulators.clock import DeviceClock
from simulators.hiwifi import identity, pages, wire
from simulators.hiwifi.admin_web import AdminWeb, split_stok
from simulators.hiwifi.client_api import ClientApi
from simulators.hiwifi.dispatcher import Dispatcher
from simulators.hiwifi.errors import DeviceError
from simulators.hiwifi.exchange import Exchange, received
from simulators.hiwifi.lab import HiwifiLab
from simulators.hiwifi.lab_http import lab_server
from simulators.hiwifi.options import Cloud, CodePlace, HiwifiOptions
from simulators.hiwifi.router import Router
from simulators.server import DeviceServer, Reply

GARBAGE = b'\x00\xff\xfe{"code":\xc3\x28'


class HiwifiSimulator(DeviceServer):
    """A router one can talk to over HTTP."""

    garbage = GARBAGE

    def __init__(
        self,
        options: HiwifiOptions | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Build the router; it answers once started."""
        super().__init__()
        options = options or HiwifiOptions()
        self.router = Router(options, DeviceClock(clock, options.start))
        self.lab = HiwifiLab(self.router, self.faults, self.requests)
        self.lab_server = lab_server(self.lab)
        dispatcher = Dispatcher(self.lab.altered)
        self._client_api = ClientApi(self.router, dispatcher)
        self._admin_web = AdminWeb(self.router, dispatcher)

    @property
    def username(self) -> str:
        """Return the administrator's name."""
        return identity.USERNAME

    @property
    def password(self) -> str:
        """Return the password that logs in now."""
        return self.router.options.admin_password

    @override
    def is_up(self) -> bool:
        return self.router.up

    @property
    @override
    def latency_seconds(self) -> float:
        return self.router.options.latency_seconds

    @override
    def endpoint(self, path: str) -> str:
        return split_stok(path)[1]

    @override
    def refusal(self, code: int) -> Reply:
        options = self.router.options.changed({"code_place": CodePlace.BOTH})
        body = wire.openapi_refusal(DeviceError(code), options)
        return Reply(body=body, content_type=options.content_type)

    @override
    async def _answer(self, request: web.Request) -> Reply:
        exchange = await received(request)
        if exchange.host != self.router.options.client_host:
            return self._admin_web.answer(exchange)
        if self._client_api.is_local(exchange):
            return self._client_api.answer(exchange)
        return await self._from_cloud(exchange)

    async def _from_cloud(self, exchange: Exchange) -> Reply:
        """Return what the cloud, which nobody runs any longer, answers."""
        self.lab.handed_on += 1
        match self.router.options.cloud:
            case Cloud.BAD_GATEWAY:
                return pages.error(pages.BAD_GATEWAY)
            case Cloud.GATEWAY_TIMEOUT:
                return pages.error(pages.GATEWAY_TIMEOUT)
            case Cloud.PAGE:
                return pages.page("极路由")
            case Cloud.SILENT:
                await self._closing.wait()
                return Reply(body=b"", last=True)
