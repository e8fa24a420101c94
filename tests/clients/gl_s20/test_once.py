"""What must not be sent twice is not, even by the HTTP library itself."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable

from aiohttp import ClientTimeout
import pytest
from yarl import URL

from custom_components.gatehouse.clients import transport
from custom_components.gatehouse.clients.errors import (
    CannotConnect,
    ConnectionLost,
    InvalidReply,
    OutcomeUnknown,
)
from custom_components.gatehouse.clients.gl_s20.client import GlS20Client
from custom_components.gatehouse.clients.transport import Transport
from simulators.faults import FaultKind
from simulators.gl_s20 import GlS20Simulator
from tests.clients.conftest import Answer, OpenSession, ScriptedDevice
from tests.clients.gl_s20.conftest import NewClient, StartRouter, count

GENERATE = "otbr/generate_thread_network"

type StartServer = Callable[..., Awaitable[tuple[URL, list[bytes]]]]


@pytest.fixture
async def start_server(socket_enabled: None) -> AsyncGenerator[StartServer]:
    """Return a function that starts a server that reads each request and drops the connection."""
    running: list[asyncio.Server] = []

    async def start(*, reset: bool) -> tuple[URL, list[bytes]]:
        """Start it; the requests that it reads are in the list."""
        seen: list[bytes] = []

        async def drop(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            """Read a request, note it, and hang up, politely or not."""
            seen.append((await reader.readuntil(b"\r\n")).strip())
            await reader.readuntil(b"\r\n\r\n")
            if reset:
                writer.transport.abort()
            writer.close()

        server = await asyncio.start_server(drop, "127.0.0.1", 0)
        running.append(server)
        return URL(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"), seen

    yield start
    for server in running:
        server.close()
        await server.wait_closed()


@pytest.mark.parametrize("reset", [False, True])
@pytest.mark.parametrize("once", [False, True])
async def test_dropped_get(
    start_server: StartServer, open_session: OpenSession, *, once: bool, reset: bool
) -> None:
    """The library sends a GET again, unless it is forbidden to."""
    url, seen = await start_server(reset=reset)
    with pytest.raises(ConnectionLost):
        await Transport(open_session(), url).exchange("GET", f"/{GENERATE}", once=once)
    assert seen == [f"GET /{GENERATE} HTTP/1.1".encode()] * (1 if once else 2)


@pytest.mark.parametrize("executed", [False, True])
@pytest.mark.parametrize(
    "kind", [FaultKind.DROP, FaultKind.CUT, FaultKind.EMPTY, FaultKind.TRUNCATED]
)
async def test_generate_is_sent_once(
    router: GlS20Simulator, client: GlS20Client, kind: FaultKind, *, executed: bool
) -> None:
    """One network at most, and an error that says that it is not known."""
    router.lab.break_replies(GENERATE, kind, times=None, executed=executed)
    with pytest.raises(OutcomeUnknown):
        await client.thread.generate()
    assert count(router, f"/{GENERATE}") == 1
    assert router.lab.state()["networks_generated"] == int(executed)


@pytest.mark.parametrize("endpoint", ["otbr/scan", "wifi/scan", "sys/check_online_firmware"])
async def test_slow_reads_are_sent_once(
    router: GlS20Simulator, client: GlS20Client, endpoint: str
) -> None:
    """A scan that broke the connection would only break it again."""
    calls = {
        "otbr/scan": client.thread.scan,
        "wifi/scan": client.wifi.scan,
        "sys/check_online_firmware": client.system.online_firmware,
    }
    router.lab.break_replies(endpoint, FaultKind.DROP, times=None)
    with pytest.raises(ConnectionLost):
        await calls[endpoint]()
    assert count(router, f"/{endpoint}") == 1


async def test_slow_reads_have_time(
    start_router: StartRouter, new_client: NewClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scan may take longer than any other reading."""
    monkeypatch.setattr(transport, "TIMEOUT", ClientTimeout(total=0.3))
    router = await start_router(scan_seconds=0.6, wifi_scan_seconds=0.6, online_check_seconds=0.6)
    client = new_client(router)
    assert (await client.thread.scan()).networks
    assert (await client.wifi.scan()).networks
    assert (await client.system.online_firmware()).releases
    router.lab.set_options(latency_seconds=0.6)
    with pytest.raises(ConnectionLost):
        await client.system.information()


async def test_quick_reads_may_be_sent_again(router: GlS20Simulator, client: GlS20Client) -> None:
    """One lost reading heals by itself."""
    await client.log_in()
    router.lab.break_replies("sys/get_info", FaultKind.DROP)
    assert (await client.system.information()).wan_status
    assert count(router, "/sys/get_info") == 2


async def test_nobody_there_is_no_doubt(open_session: OpenSession) -> None:
    """What could not be sent at all was not sent."""
    requests = Transport(open_session(), URL("http://127.0.0.1:1"))
    with pytest.raises(CannotConnect) as caught:
        await requests.exchange("GET", "/page", once=True)
    assert not isinstance(caught.value, ConnectionLost)


async def test_limit_of_one_request(device: ScriptedDevice, open_session: OpenSession) -> None:
    """A long reply is allowed where it is expected, and a limit of one's own is kept."""
    requests = Transport(open_session(), device.url)
    device.answer("/log", Answer(body=b"x" * 2_000_000))
    reply = await requests.exchange("GET", "/log", limit=2_000_000)
    assert len(reply.body) == 2_000_000
    with pytest.raises(InvalidReply):
        await requests.exchange("GET", "/log", limit=1_999_999)
    with pytest.raises(InvalidReply):
        await requests.exchange("GET", "/log")
