"""The border router's own REST API: another port, no password, names in PascalCase."""

from collections.abc import Callable
from typing import Any, Final

from aiohttp import web

from simulators.gl_s20 import identity
from simulators.gl_s20.device import Device
from simulators.gl_s20.network import Network, written
from simulators.gl_s20.thread import Role

BORDER_AGENT_ID: Final = "a0" * 14 + "51a2"
TEXT: Final = "text/plain"
SHUTDOWN_SECONDS: Final = 0.5


class OtbrRest:
    """Serves the API beside the device's own."""

    def __init__(self, device: Device) -> None:
        """Serve a device; it answers once started."""
        self._device = device
        self._runner: web.AppRunner | None = None
        self.url: str | None = None

    async def start(self, host: str) -> None:
        """Answer on any free port."""
        app = web.Application(middlewares=[self._while_up])
        app.add_routes(
            [
                web.get("/node/dataset/active", self._dataset),
                web.put("/node/dataset/active", self._write_dataset),
                web.get("/node/state", self._state),
                web.put("/node/state", self._set_state),
                web.get("/node/ba-id", self._told(BORDER_AGENT_ID)),
                web.get("/node/ext-address", self._told(identity.EXTENDED_ADDRESS)),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, 0).start()
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Close the port."""
        self.url = None
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @web.middleware
    async def _while_up(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """Break connections while the device is away."""
        if not self._device.up and request.transport is not None:
            request.transport.abort()
            return web.Response()
        response: web.StreamResponse = await handler(request)
        self._device.settle()
        return response

    @staticmethod
    def _told(text: str) -> Callable[[web.Request], Any]:
        """Return what answers with a fixed text."""

        async def tell(_: web.Request) -> web.Response:
            """Answer."""
            return web.json_response(text)

        return tell

    async def _dataset(self, request: web.Request) -> web.Response:
        """Tell the active dataset, if there is one."""
        thread = self._device.thread
        if not thread.formed:
            return web.Response(status=204)
        if request.headers.get("Accept") == TEXT:
            return web.Response(text=thread.network.dataset)
        return web.json_response(_fields(thread.network))

    async def _write_dataset(self, request: web.Request) -> web.Response:
        """Take a dataset bit by bit, but not while Thread is on."""
        thread = self._device.thread
        if thread.enabled:
            return web.Response(status=409)
        if request.content_type != TEXT:
            return web.Response(status=400)
        try:
            network = written(await request.text())
        except ValueError, IndexError, KeyError:
            return web.Response(status=400)
        created = not thread.formed
        thread.formed = True
        thread.replace_network(network, self._device.now)
        return web.Response(status=201 if created else 200)

    async def _state(self, _: web.Request) -> web.Response:
        """Tell the role."""
        device = self._device
        return web.json_response(device.thread.role(device.now, device.options).name.lower())

    async def _set_state(self, request: web.Request) -> web.Response:
        """Switch Thread on or off."""
        thread = self._device.thread
        match await request.json():
            case "enable":
                if thread.role(self._device.now, self._device.options) is Role.DISABLED:
                    thread.start(self._device.now)
            case "disable":
                thread.stop()
            case _:
                return web.Response(status=400)
        return web.Response()


def _fields(network: Network) -> dict[str, Any]:
    """Return the main parts of a dataset as JSON."""
    return {
        "ActiveTimestamp": {"Seconds": network.timestamp, "Ticks": 0, "Authoritative": False},
        "NetworkKey": network.key,
        "NetworkName": network.name,
        "ExtPanId": network.extended_pan_id,
        "MeshLocalPrefix": network.mesh_local_prefix,
        "PanId": network.pan_id,
        "Channel": network.channel,
        "PSKc": network.pskc,
    }
