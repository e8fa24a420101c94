"""One HTTP exchange: its limits, and whether a failed request may have reached the device."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import UTC, datetime
import gzip
from ipaddress import ip_address
from pathlib import Path
import socket
import ssl
import time

from aiohttp import ClientTimeout
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
import pytest
from yarl import URL

from custom_components.gatehouse.clients import transport
from custom_components.gatehouse.clients.errors import (
    CannotConnect,
    CertificateNotTrusted,
    ConnectionLost,
    InvalidReply,
)
from custom_components.gatehouse.clients.transport import REPLY_LIMIT, Transport
from tests.clients.conftest import Answer, OpenSession, ScriptedDevice, StartDevice

type Conversation = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
type StartServer = Callable[[Conversation], Awaitable[URL]]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a device a tenth of a second."""
    monkeypatch.setattr(transport, "TIMEOUT", ClientTimeout(total=0.2, sock_connect=0.1))


@pytest.fixture
async def start_server(socket_enabled: None) -> AsyncGenerator[StartServer]:
    """Return a function that starts a server below HTTP."""
    running: list[asyncio.Server] = []

    async def start(conversation: Conversation) -> URL:
        """Start a server and return its address."""

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            """Read the head of the request, then do as told."""
            await reader.readuntil(b"\r\n\r\n")
            await conversation(reader, writer)
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        running.append(server)
        return URL(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")

    yield start
    for server in running:
        server.close()
        await server.wait_closed()


async def test_reply_comes_undecoded(device: ScriptedDevice, open_session: OpenSession) -> None:
    """The bytes are the device's, whatever character set the header claims."""
    body = "<a>ü</a>".encode()
    device.answer(
        "/page", Answer(body=body, headers={"Content-Type": "text/html; charset=iso-8859-1"})
    )
    reply = await Transport(open_session(), device.url).exchange(
        "POST", "/page", headers={"X-Mine": "1"}, data=b"question"
    )
    assert reply.ok
    assert reply.status == 200
    assert reply.body == body
    assert device.last("/page").body == b"question"
    assert device.last("/page").headers["X-Mine"] == "1"


async def test_http_failure_is_no_exception(
    device: ScriptedDevice, open_session: OpenSession
) -> None:
    """What a status means is for the protocol to say."""
    device.answer("/page", Answer(body="gone", status=500))
    reply = await Transport(open_session(), device.url).exchange("GET", "/page")
    assert not reply.ok
    assert reply.status == 500
    assert reply.body == b"gone"


async def test_longest_reply_is_accepted(device: ScriptedDevice, open_session: OpenSession) -> None:
    """The limit itself is still within the limit."""
    device.answer("/page", b"x" * REPLY_LIMIT)
    reply = await Transport(open_session(), device.url).exchange("GET", "/page")
    assert len(reply.body) == REPLY_LIMIT == 1024 * 1024


async def test_longer_reply_is_refused(device: ScriptedDevice, open_session: OpenSession) -> None:
    """One byte more is too many."""
    device.answer("/page", b"x" * (REPLY_LIMIT + 1))
    with pytest.raises(InvalidReply, match="longer than"):
        await Transport(open_session(), device.url).exchange("GET", "/page")


async def test_compressed_reply_counts_unpacked(
    device: ScriptedDevice, open_session: OpenSession
) -> None:
    """A small reply that swells beyond the limit is refused too."""
    body = gzip.compress(b"x" * (8 * REPLY_LIMIT))
    assert len(body) < REPLY_LIMIT
    device.answer("/page", Answer(body=body, headers={"Content-Encoding": "gzip"}))
    with pytest.raises(InvalidReply, match="longer than"):
        await Transport(open_session(), device.url).exchange("GET", "/page")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_not_followed(
    device: ScriptedDevice, open_session: OpenSession, status: int
) -> None:
    """An unsupported page redirects to the home page, which would look like an answer."""
    device.answer("/api/page", Answer(status=status, headers={"Location": "/html/index.html"}))
    reply = await Transport(open_session(), device.url).exchange("GET", "/api/page")
    assert reply.status == status
    assert not reply.ok
    assert device.counts() == {"/api/page": 1}


async def test_every_request_has_its_own_connection(
    device: ScriptedDevice, open_session: OpenSession
) -> None:
    """The device is told to close, and no connection is used again."""
    device.answer("/page", "<a/>")
    requests = Transport(open_session(), device.url)
    for method in ("GET", "POST", "GET"):
        await requests.exchange(method, "/page")
    assert len({each.peer for each in device.seen}) == 3
    assert {each.headers["Connection"].lower() for each in device.seen} == {"close"}


async def test_closed_session_sends_nothing(
    device: ScriptedDevice, open_session: OpenSession
) -> None:
    """Who lost the session to an unload learns that nothing was sent."""
    session = open_session()
    await session.close()
    with pytest.raises(CannotConnect) as error:
        await Transport(session, device.url).exchange("POST", "/page", data=b"")
    assert not isinstance(error.value, ConnectionLost)


async def test_refused_connection_sent_nothing(open_session: OpenSession) -> None:
    """Where nobody listens, the request cannot have been carried out."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = URL(f"http://127.0.0.1:{unused.getsockname()[1]}")
        with pytest.raises(CannotConnect) as caught:
            await Transport(open_session(), url).exchange("POST", "/page", data=b"x")
    assert not isinstance(caught.value, ConnectionLost)


@pytest.mark.usefixtures("impatient")
async def test_unanswered_connection_sent_nothing(open_session: OpenSession) -> None:
    """A device that is off does not refuse but keep silent; the request was not sent either."""
    with socket.socket() as full, socket.socket() as first, socket.socket() as second:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for waiting in (first, second):
            waiting.setblocking(False)  # noqa: FBT003 - the standard library's signature
            waiting.connect_ex(full.getsockname())
        url = URL(f"http://127.0.0.1:{full.getsockname()[1]}")
        with pytest.raises(CannotConnect) as caught:
            await Transport(open_session(), url).exchange("POST", "/page", data=b"x")
    assert not isinstance(caught.value, ConnectionLost)


async def test_connection_that_breaks_before_the_answer(
    start_server: StartServer, open_session: OpenSession
) -> None:
    """The request went out: it may have been carried out."""

    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Close without a word."""
        writer.transport.abort()

    url = await start_server(hang_up)
    with pytest.raises(ConnectionLost):
        await Transport(open_session(), url).exchange("POST", "/page", data=b"x")


async def test_connection_that_breaks_within_the_answer(
    start_server: StartServer, open_session: OpenSession
) -> None:
    """Half an answer is no answer."""

    async def break_off(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Say less than announced."""
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<response>")
        await writer.drain()

    url = await start_server(break_off)
    with pytest.raises(ConnectionLost):
        await Transport(open_session(), url).exchange("GET", "/page")


async def test_answer_that_is_not_http(
    start_server: StartServer, open_session: OpenSession
) -> None:
    """Whoever it was, the request reached somebody."""

    async def babble(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Speak another protocol."""
        writer.write(b"SSH-2.0-dropbear\r\n")
        await writer.drain()

    url = await start_server(babble)
    with pytest.raises(ConnectionLost):
        await Transport(open_session(), url).exchange("GET", "/page")


@pytest.mark.usefixtures("impatient")
async def test_silence_ends_after_the_timeout(
    start_server: StartServer, open_session: OpenSession
) -> None:
    """A device that took the request and never answers does not hold up the next poll."""

    async def keep_silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        """Wait until the other side gives up."""
        await reader.read()

    url = await start_server(keep_silent)
    before = time.monotonic()
    with pytest.raises(ConnectionLost):
        await Transport(open_session(), url).exchange("GET", "/page")
    assert 0.1 < time.monotonic() - before < 0.9


@pytest.mark.usefixtures("impatient")
async def test_trickle_ends_after_the_timeout(
    start_server: StartServer, open_session: OpenSession
) -> None:
    """The time-out is for the whole answer, not for each piece of it."""

    async def trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Send a byte now and then until the other side gives up."""
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while not reader.at_eof():
            writer.write(b"x")
            try:
                await asyncio.wait_for(reader.read(), 0.02)
            except TimeoutError:
                continue

    url = await start_server(trickle)
    with pytest.raises(ConnectionLost):
        await Transport(open_session(), url).exchange("GET", "/page")


def test_poll_cannot_hang_for_long() -> None:
    """A read and its one repetition end within the interval of 30 s."""
    assert transport.TIMEOUT.total is not None
    assert transport.TIMEOUT.total * 2 <= 30


async def test_self_signed_certificate(
    start_device: StartDevice, open_session: OpenSession, tmp_path: Path
) -> None:
    """A certificate that nobody vouches for has an error of its own, and nothing is sent."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_self_signed_certificate(tmp_path / "server.pem"))
    device = await start_device(context)
    with pytest.raises(CertificateNotTrusted) as caught:
        await Transport(open_session(), device.url).exchange("POST", "/page", data=b"x")
    assert not isinstance(caught.value, ConnectionLost)
    assert device.seen == []


async def test_tls_on_a_plain_port(device: ScriptedDevice, open_session: OpenSession) -> None:
    """A failed handshake is no connection, and not a question of trust."""
    url = device.url.with_scheme("https")
    with pytest.raises(CannotConnect) as caught:
        await Transport(open_session(), url).exchange("GET", "/page")
    assert not isinstance(caught.value, ConnectionLost | CertificateNotTrusted)


def _self_signed_certificate(path: Path) -> Path:
    """Write a key and a certificate that it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path
