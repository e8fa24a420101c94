"""What stands around a GL-S20 that shows itself."""

from collections.abc import AsyncGenerator

from aiohttp import web
from aiohttp.test_utils import TestServer
import pytest
import pytest_socket
from yarl import URL

from custom_components.gatehouse import discovery
from simulators.gl_s20 import GlS20Options, GlS20Simulator

from .helpers import (
    ELSEWHERE,
    HERE,
    Stranger,
)


@pytest.fixture(autouse=True)
def two_addresses(socket_enabled: None) -> None:
    """Let the tests use a second address of this machine."""
    pytest_socket.socket_allow_hosts([HERE, ELSEWHERE], allow_unix_socket=True)


@pytest.fixture
def asked() -> list[str]:
    """Return the addresses that are asked."""
    return []


@pytest.fixture
def port_80(monkeypatch: pytest.MonkeyPatch, router: GlS20Simulator, asked: list[str]) -> int:
    """Let the router's port count as the one that no address has to name, and return it."""
    port = URL(router.url).port

    def urls(address: str) -> tuple[URL, ...]:
        """Return where a device may be."""
        asked.append(address)
        return (URL.build(scheme="http", host=address, port=port),)

    monkeypatch.setattr(discovery, "candidate_urls", urls)
    assert port is not None
    return port


@pytest.fixture
async def stranger(socket_enabled: None) -> AsyncGenerator[Stranger]:
    """Return something else than a GL-S20."""
    stranger = Stranger()

    async def answer(request: web.Request) -> web.Response:
        """Know nothing."""
        stranger.headers.append({name.lower(): value for name, value in request.headers.items()})
        stranger.bodies.append(await request.read())
        return web.Response(status=404, text="<html/>", content_type="text/html")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    server = TestServer(app, host=HERE)
    await server.start_server(access_log=None)
    assert server.port is not None
    stranger.port = server.port
    yield stranger
    await server.close()


@pytest.fixture
async def second_interface(router: GlS20Simulator) -> AsyncGenerator[GlS20Simulator]:
    """Return the router once more, as it answers at its other address."""
    simulator = GlS20Simulator(GlS20Options(), clock=lambda: 0.0)
    await simulator.start(URL(router.url).port or 0, ELSEWHERE)
    yield simulator
    await simulator.stop()
