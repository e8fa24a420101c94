"""The HTTP server of a simulated cloud."""

from collections.abc import Callable
import time
from typing import override

from aiohttp import web

from simulators.hiwifi.cloud import Cloud
from simulators.hiwifi.cloud_lab import HiwifiCloudLab, lab_server
from simulators.hiwifi.cloud_options import HiwifiCloudOptions
from simulators.hiwifi.dispatcher import Dispatcher
from simulators.hiwifi.errors import DeviceError
from simulators.hiwifi.exchange import received
from simulators.hiwifi.server_api import ServerApi
from simulators.hiwifi.simulator import GARBAGE
from simulators.server import DeviceServer, Reply


class HiwifiCloudSimulator(DeviceServer):
    """A cloud one can talk to over HTTP."""

    garbage = GARBAGE

    def __init__(
        self,
        options: HiwifiCloudOptions | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Build the cloud; it answers once started."""
        super().__init__()
        self.cloud = Cloud(options or HiwifiCloudOptions(), clock)
        self.lab = HiwifiCloudLab(self.cloud, self.faults, self.requests)
        self.lab_server = lab_server(self.lab)
        self.cloud.dispatcher = Dispatcher(self.lab.altered)
        self._api = ServerApi(self.cloud)

    @property
    def username(self) -> str:
        """Return the plug-in's id."""
        return self.cloud.options.app_id

    @property
    def password(self) -> str:
        """Return what the plug-in's author signs with."""
        return self.cloud.options.app_secret

    @override
    def is_up(self) -> bool:
        return self.cloud.options.alive

    @property
    @override
    def latency_seconds(self) -> float:
        return self.cloud.options.latency_seconds

    @override
    def endpoint(self, path: str) -> str:
        return path.removeprefix("/")

    @override
    def refusal(self, code: int) -> Reply:
        return self._api.refused(DeviceError(code))

    @override
    async def _answer(self, request: web.Request) -> Reply:
        return self._api.answer(await received(request))
