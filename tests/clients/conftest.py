"""What the tests of the clients share: sessions, and a server that answers as it is told."""

from collections import Counter, deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from ssl import SSLContext

from aiohttp import ClientSession, CookieJar, web
import pytest
from yarl import URL

NOT_SUPPORTED = "<error><code>100002</code><message></message></error>"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the server says to one request."""

    body: bytes | str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> web.Response:
        """Return the answer as HTTP, without a character set as these devices do."""
        body = self.body if isinstance(self.body, bytes) else self.body.encode()
        return web.Response(
            body=body, status=self.status, headers={"Content-Type": "text/html", **self.headers}
        )


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One request as it reached the server."""

    method: str
    path: str
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    body: bytes
    peer: object
    """Address of the other end, which differs for each connection."""


class ScriptedDevice:
    """A web server for what no simulator does: answers to order, and a record of the requests."""

    def __init__(self) -> None:
        """Prepare a server that knows no page at all."""
        self.seen: list[Seen] = []
        self._answers: dict[str, deque[Answer]] = {}
        self._runner: web.AppRunner | None = None
        self.url = URL()

    def answer(self, path: str, *answers: Answer | bytes | str) -> None:
        """Give a path its answers in turn, the last of them for good."""
        self._answers[path] = deque(
            each if isinstance(each, Answer) else Answer(body=each) for each in answers
        )

    def counts(self) -> Counter[str]:
        """Return how often each path was requested."""
        return Counter(each.path for each in self.seen)

    def last(self, path: str) -> Seen:
        """Return the newest request for a path."""
        return next(each for each in reversed(self.seen) if each.path == path)

    async def start(self, ssl_context: SSLContext | None = None) -> None:
        """Answer on a free port."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=ssl_context).start()
        scheme = "https" if ssl_context else "http"
        self.url = URL(f"{scheme}://127.0.0.1:{self._runner.addresses[0][1]}")

    async def stop(self) -> None:
        """Close the port."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _handle(self, request: web.Request) -> web.Response:
        """Note a request and answer it."""
        assert request.transport is not None
        self.seen.append(
            Seen(
                method=request.method,
                path=request.path,
                headers=request.headers,
                cookies=request.cookies,
                body=await request.read(),
                peer=request.transport.get_extra_info("peername"),
            )
        )
        answers = self._answers.get(request.path)
        if not answers:
            return Answer(body=NOT_SUPPORTED).response()
        return (answers.popleft() if len(answers) > 1 else answers[0]).response()


type OpenSession = Callable[[], ClientSession]
type StartDevice = Callable[..., Awaitable[ScriptedDevice]]


@pytest.fixture(autouse=True)
def custom_integrations() -> None:
    """Start no Home Assistant: the clients do not know it."""


@pytest.fixture
async def open_session(socket_enabled: None) -> AsyncGenerator[OpenSession]:
    """Return a function that opens a session with a cookie jar as the clients want it."""
    opened: list[ClientSession] = []

    def open_one() -> ClientSession:
        """Open a session."""
        session = ClientSession(cookie_jar=CookieJar(unsafe=True, quote_cookie=False))
        opened.append(session)
        return session

    yield open_one
    for session in opened:
        await session.close()


@pytest.fixture
async def start_device(socket_enabled: None) -> AsyncGenerator[StartDevice]:
    """Return a function that starts a scripted device."""
    running: list[ScriptedDevice] = []

    async def start(ssl_context: SSLContext | None = None) -> ScriptedDevice:
        """Start a device."""
        device = ScriptedDevice()
        await device.start(ssl_context)
        running.append(device)
        return device

    yield start
    for device in running:
        await device.stop()


@pytest.fixture
async def device(start_device: StartDevice) -> ScriptedDevice:
    """Return a device that knows no page before the test says so."""
    return await start_device()
