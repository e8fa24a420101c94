"""HTTPS as the devices have it: with a certificate that nobody vouches for."""

from asyncio import AbstractEventLoop
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
import ssl
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from simulators.server import DeviceServer


def _self_signed(folder: Path) -> Path:
    """Write a key and its certificate, and return where."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "device")])
    now = dt_util.utcnow()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = folder / "device.pem"
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path


@asynccontextmanager
async def served_by_https(
    hass: HomeAssistant, device: DeviceServer, folder: Path
) -> AsyncGenerator[str]:
    """Let a device answer by HTTPS as well, and tell where."""
    fail_on_exception = hass.loop.get_exception_handler()
    assert fail_on_exception is not None

    def spare_refused_handshakes(loop: AbstractEventLoop, context: dict[str, Any]) -> None:
        """Let the server be refused: its end is in the loop of Home Assistant."""
        if context["message"] != "Error on transport creation for incoming connection":
            fail_on_exception(loop, context)

    hass.loop.set_exception_handler(spare_refused_handshakes)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_self_signed(folder))
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", device._handle)
    server = TestServer(app, scheme="https", host="127.0.0.1")
    await server.start_server(access_log=None, ssl=context)
    yield str(server.make_url("")).rstrip("/")
    await server.close()
