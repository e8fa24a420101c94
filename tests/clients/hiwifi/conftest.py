"""Clients for simulated and scripted routers and clouds, and a clock that tests can move."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
import json
import time
from typing import Any, override

from aiohttp import web
import pytest
from yarl import URL

from custom_components.gatehouse.clients import conflict
from custom_components.gatehouse.clients.hiwifi import attempts, router_admin
from custom_components.gatehouse.clients.hiwifi.call import Call, Generation
from custom_components.gatehouse.clients.hiwifi.client import HiwifiClient
from custom_components.gatehouse.clients.hiwifi.openapi_client import OpenApiClient
from custom_components.gatehouse.clients.hiwifi.openapi_server import OpenApiServer
from custom_components.gatehouse.clients.hiwifi.router_admin import RouterAdmin
from simulators.hiwifi import (
    HiwifiCloudOptions,
    HiwifiCloudSimulator,
    HiwifiOptions,
    HiwifiSimulator,
    identity,
)
from tests.clients.conftest import OpenSession, ScriptedDevice

type StartRouter = Callable[..., Awaitable[HiwifiSimulator]]
type StartCloud = Callable[..., Awaitable[HiwifiCloudSimulator]]
type NewAdmin = Callable[..., RouterAdmin]
type NewOpenApi = Callable[..., OpenApiClient]
type NewServer = Callable[..., OpenApiServer]
type Wait = Callable[[HiwifiSimulator, float], None]

CALL = "/call"
ROUTER_INFO = "/router_info"
ROOT = "/cgi-bin/turbo/"
STOK = "0123456789abcdef0123456789abcdef"
PROXY_CALL = f"{ROOT};stok={STOK}/proxy/call"
LOGIN = f"{ROOT}api/login/login_admin"
OPEN_PAGE = f"{ROOT}proxy/router_info"

FIRMWARES = ("1.4.8", "0.9012", "0.9007", "0.9003")
NEWER = FIRMWARES[:2]


class Clock:
    """A monotonic clock that tests can move."""

    def __init__(self) -> None:
        """Go with the real one."""
        self.offset = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return time.monotonic() + self.offset

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.offset += seconds


class Recorder(ScriptedDevice):
    """A scripted device that notes the queries of the requests too."""

    def __init__(self) -> None:
        """Start without any."""
        super().__init__()
        self.queries: list[dict[str, str]] = []

    @override
    async def _handle(self, request: web.Request) -> web.Response:
        """Note a query and answer the request."""
        self.queries.append(dict(request.query))
        return await super()._handle(request)


@pytest.fixture
async def device(socket_enabled: None) -> AsyncGenerator[Recorder]:
    """Return a device that knows no page before the test says so."""
    recorder = Recorder()
    await recorder.start()
    yield recorder
    await recorder.stop()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock by which the client measures."""
    clock = Clock()
    for module in (attempts, conflict, router_admin):
        monkeypatch.setattr(module, "monotonic", clock)
    return clock


@pytest.fixture
def wait(clock: Clock) -> Wait:
    """Return a function that lets time pass on both sides."""

    def pass_time(router: HiwifiSimulator, seconds: float) -> None:
        """Let time pass."""
        clock.advance(seconds)
        router.lab.advance(seconds)

    return pass_time


@pytest.fixture
async def start_router(socket_enabled: None) -> AsyncGenerator[StartRouter]:
    """Return a function that starts a simulated router; its keywords are its options."""
    running: list[HiwifiSimulator] = []

    async def start(**options: Any) -> HiwifiSimulator:
        """Start a router whose clock only moves by hand."""
        simulator = HiwifiSimulator(HiwifiOptions(**options), clock=lambda: 0.0)
        await simulator.start()
        running.append(simulator)
        return simulator

    yield start
    for simulator in running:
        await simulator.stop()


@pytest.fixture
async def start_cloud(socket_enabled: None) -> AsyncGenerator[StartCloud]:
    """Return a function that starts a simulated cloud; its keywords are its options."""
    running: list[HiwifiCloudSimulator] = []

    async def start(**options: Any) -> HiwifiCloudSimulator:
        """Start a cloud whose clock only moves by hand."""
        simulator = HiwifiCloudSimulator(HiwifiCloudOptions(**options), clock=lambda: 0.0)
        await simulator.start()
        running.append(simulator)
        return simulator

    yield start
    for simulator in running:
        await simulator.stop()


@pytest.fixture
async def router(start_router: StartRouter) -> HiwifiSimulator:
    """Return a router with the last firmware."""
    return await start_router()


@pytest.fixture
async def cloud(start_cloud: StartCloud) -> HiwifiCloudSimulator:
    """Return a cloud with two routers online and one offline."""
    return await start_cloud()


@pytest.fixture
def new_admin(open_session: OpenSession) -> NewAdmin:
    """Return a function that makes a channel with the router's or another password."""

    def new(simulator: HiwifiSimulator, *, password: str | None = None) -> RouterAdmin:
        """Make a channel."""
        return RouterAdmin(
            open_session(),
            URL(simulator.url),
            password=simulator.password if password is None else password,
        )

    return new


@pytest.fixture
def new_openapi(open_session: OpenSession) -> NewOpenApi:
    """Return a function that makes a channel with the bound client's secret, or otherwise."""

    def new(url: str | URL, **how: Any) -> OpenApiClient:
        """Make a channel."""
        known = {
            "app_id": identity.APP_ID,
            "app_name": identity.APP_NAME,
            "client_id": identity.CLIENT_ID,
            "client_secret": identity.CLIENT_SECRET,
            "mac": identity.MAC,
        }
        return OpenApiClient(open_session(), URL(url), **(known | how))

    return new


@pytest.fixture
def new_server(open_session: OpenSession) -> NewServer:
    """Return a function that makes what the author of a plug-in uses."""

    def new(url: str | URL, **how: Any) -> OpenApiServer:
        """Make it."""
        known = {
            "app_id": identity.APP_ID,
            "app_name": identity.APP_NAME,
            "app_secret": identity.APP_SECRET,
        }
        return OpenApiServer(open_session(), URL(url), **(known | how))

    return new


@pytest.fixture
async def admin(router: HiwifiSimulator, new_admin: NewAdmin) -> RouterAdmin:
    """Return a channel with the administrator's password."""
    return new_admin(router)


@pytest.fixture
async def client(admin: RouterAdmin) -> HiwifiClient:
    """Return a client for the router, by the administrator's password."""
    return HiwifiClient(admin)


@pytest.fixture
async def openapi(router: HiwifiSimulator, new_openapi: NewOpenApi) -> OpenApiClient:
    """Return a channel with the client's secret."""
    return new_openapi(router.url)


@pytest.fixture
async def server(cloud: HiwifiCloudSimulator, new_server: NewServer) -> OpenApiServer:
    """Return what the author of the plug-in uses."""
    return new_server(cloud.url)


@pytest.fixture
async def scripted(device: Recorder, open_session: OpenSession) -> RouterAdmin:
    """Return a channel to the scripted device, which lets it in."""
    device.answer(OPEN_PAGE, proxied({"mac": identity.MAC, "version": "1.4.8", "board": "HC5962"}))
    device.answer(LOGIN, json.dumps({"code": 0, "stok": f"/;stok={STOK}"}))
    return RouterAdmin(open_session(), device.url, password="correct horse")


def call(
    method: str, data: Mapping[str, Any] | None = None, generation: Generation = Generation.V1
) -> Call:
    """Return a call."""
    return Call(method=method, data=data or {}, generation=generation)


def local(app_data: object = "", **more: object) -> str:
    """Return a reply of the OpenAPI as the router itself gives it."""
    return json.dumps(
        {
            "app_code": "0",
            "app_msg": "",
            "app_data": app_data,
            "code": "0",
            "msg": "",
            "data": "",
            "source": "1",
            **more,
        }
    )


def proxied(data: object = "", code: object = 0, message: str = "") -> str:
    """Return a reply to the administrator."""
    return json.dumps({"code": code, "msg": message, "data": data, "req_id": "0"})
