"""The wizard's second step: the login, and everything that can be wrong with it."""

from asyncio import AbstractEventLoop
from collections.abc import AsyncGenerator, Callable
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
import ssl
from typing import Any
from unittest.mock import AsyncMock

from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from custom_components.gatehouse.clients.hilink.client import HilinkClient
from simulators.hilink.simulator import HilinkSimulator

from .conftest import StartModem
from .flow_helpers import (
    CREDENTIALS,
    LOGOUT,
    NO_CREDENTIALS,
    SERIAL,
    WRONG,
    attempts,
    created,
    field_of,
    find,
    start_user_flow,
    submit,
    suggested,
)


@pytest.fixture
def not_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the wizard create entries that nobody sets up, so that only the wizard is seen."""
    monkeypatch.setattr(
        "custom_components.gatehouse.async_setup_entry", AsyncMock(return_value=True)
    )


@pytest.fixture
async def https_url(
    hass: HomeAssistant, modem: HilinkSimulator, tmp_path: Path
) -> AsyncGenerator[str]:
    """Return where the modem answers with a certificate that nobody vouches for."""
    fail_on_exception = hass.loop.get_exception_handler()
    assert fail_on_exception is not None

    def spare_refused_handshakes(loop: AbstractEventLoop, context: dict[str, Any]) -> None:
        """Let the server be refused: its end is in the loop of Home Assistant."""
        if context["message"] != "Error on transport creation for incoming connection":
            fail_on_exception(loop, context)

    hass.loop.set_exception_handler(spare_refused_handshakes)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "modem")])
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
    (tmp_path / "modem.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "modem.pem")
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", modem._handle)
    server = TestServer(app, scheme="https", host="127.0.0.1")
    await server.start_server(access_log=None, ssl=context)
    yield str(server.make_url("")).rstrip("/")
    await server.close()


@pytest.mark.parametrize(
    ("profile", "serial"),
    [
        ("e8372h-320", "SIM8372320000001"),
        ("b525s-23a", "SIMB525000000001"),
        ("e8372h-153", "SIM8372153000001"),
        ("e5573cs-322", "SIM5573322000001"),
    ],
    ids=["scram", "sha256-meta", "sha256", "base64"],
)
async def test_wrong_password(
    hass: HomeAssistant, start_modem: StartModem, profile: str, serial: str
) -> None:
    """Each press of the button sends the password once, whatever way the modem wants it."""
    modem = await start_modem(profile=profile)
    result = await find(hass, modem)
    assert attempts(modem) == 0
    for count in (1, 2):
        result = await submit(hass, result, WRONG)
        assert result["step_id"] == "credentials"
        assert result["errors"] == {"base": "invalid_auth"}
        assert attempts(modem) == count
    entry = created(await submit(hass, result, CREDENTIALS))
    assert entry.unique_id == serial
    assert entry.data["password"] == "gatehouse"
    assert entry.state is ConfigEntryState.LOADED


async def test_locked_out(hass: HomeAssistant, start_modem: StartModem) -> None:
    """The form says for how long, and nothing more is sent until then."""
    modem = await start_modem(max_failed_logins=1, lock_minutes=5)
    result = await find(hass, modem)
    for tried in (WRONG, CREDENTIALS):
        result = await submit(hass, result, tried)
        assert result["step_id"] == "credentials"
        assert result["errors"] == {"base": "locked_out"}
        assert result["description_placeholders"] == {
            "device": "E8372h-320",
            "url": modem.url,
            "minutes": "5",
        }
        assert attempts(modem) == 1
    modem.lab.advance(301)
    entry = created(await submit(hass, result, CREDENTIALS))
    assert entry.unique_id == SERIAL
    assert entry.state is ConfigEntryState.LOADED


async def test_somebody_else_is_logged_in(hass: HomeAssistant, start_modem: StartModem) -> None:
    """A modem that takes one user at a time is not fought over."""
    modem = await start_modem(session_policy="refuse")
    other = modem.modem.sessions.open(modem.modem.now)
    modem.modem.sessions.log_in(other, "admin")
    result = await submit(hass, await find(hass, modem), CREDENTIALS)
    assert result["step_id"] == "credentials"
    assert result["errors"] == {"base": "session_conflict"}
    assert attempts(modem) == 0
    assert other.user == "admin"
    modem.lab.expire_sessions()
    entry = created(await submit(hass, result, CREDENTIALS))
    assert entry.unique_id == SERIAL
    assert entry.state is ConfigEntryState.LOADED


async def test_password_must_be_changed_first(hass: HomeAssistant, start_modem: StartModem) -> None:
    """The modem's own page comes first; then the same form goes on."""
    modem = await start_modem(require_password_change=True)
    result = await submit(hass, await find(hass, modem), CREDENTIALS)
    assert result["step_id"] == "credentials"
    assert result["errors"] == {"base": "password_change_required"}
    assert attempts(modem) == 1
    modem.lab.set_options(require_password_change=False, password="changed")
    result = await submit(hass, result, {**CREDENTIALS, "password": "changed"})
    entry = created(result)
    assert entry.unique_id == SERIAL
    assert entry.data["password"] == "changed"
    assert entry.state is ConfigEntryState.LOADED


async def test_certificate_not_trusted(
    hass: HomeAssistant, modem: HilinkSimulator, https_url: str
) -> None:
    """Finding needs no trust, for it sends nothing secret; the login does."""
    result = await submit(hass, await start_user_flow(hass), field_of(https_url))
    assert result["step_id"] == "credentials"
    assert result["description_placeholders"] == {"device": "E8372h-320", "url": https_url}
    found_with = len(modem.requests)
    result = await submit(hass, result, CREDENTIALS)
    assert result["step_id"] == "credentials"
    assert result["errors"] == {"base": "certificate_not_trusted"}
    assert len(modem.requests) == found_with
    entry = created(await submit(hass, result, {**CREDENTIALS, "verify_ssl": False}))
    assert entry.unique_id == SERIAL
    assert entry.data["url"] == https_url
    assert entry.data["verify_ssl"] is False
    assert entry.state is ConfigEntryState.LOADED


async def test_http_is_found_where_no_https_is(
    hass: HomeAssistant, modem: HilinkSimulator, https_url: str
) -> None:
    """An address without scheme is asked both ways."""
    result = await submit(
        hass, await start_user_flow(hass), field_of(https_url.removeprefix("https://"))
    )
    assert result["step_id"] == "credentials"
    assert result["description_placeholders"] == {"device": "E8372h-320", "url": https_url}


@pytest.mark.parametrize(
    ("spoil", "error", "placeholders"),
    [
        (lambda lab: lab.reboot(60), "cannot_connect", {}),
        (lambda lab: lab.break_replies("*", "garbage", None), "invalid_reply", {}),
        (
            lambda lab: lab.break_replies("device/information", "html", None),
            "invalid_reply",
            {},
        ),
        (
            lambda lab: lab.break_replies("device/information", "error", None, code=100004),
            "device_busy",
            {},
        ),
        (
            lambda lab: lab.break_replies("device/information", "error", None, code=100001),
            "command_refused",
            {"code": "100001", "message": "unknown error"},
        ),
        (
            lambda lab: lab.break_replies("user/challenge_login", "drop", None),
            "cannot_connect",
            {},
        ),
    ],
    ids=["restarting", "garbage", "html", "busy", "refused", "broken-off"],
)
async def test_modem_has_a_bad_day(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    spoil: Callable[[Any], None],
    error: str,
    placeholders: dict[str, str],
) -> None:
    """Whatever goes wrong is named on the form, which works as soon as the modem does."""
    result = await find(hass, modem)
    spoil(modem.lab)
    result = await submit(hass, result, CREDENTIALS)
    assert result["step_id"] == "credentials"
    assert result["errors"] == {"base": error}
    assert result["description_placeholders"] == {
        "device": "E8372h-320",
        "url": modem.url,
        **placeholders,
    }
    modem.lab.repair()
    modem.lab.advance(61)
    entry = created(await submit(hass, result, CREDENTIALS))
    assert entry.unique_id == SERIAL
    assert entry.state is ConfigEntryState.LOADED


async def test_login_fails_unexpectedly(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A bug is admitted, the log has its traceback but no password, and the session is free."""
    result = await find(hass, modem)
    monkeypatch.setattr(
        HilinkClient, "device_information", AsyncMock(side_effect=RuntimeError("never thought of"))
    )
    result = await submit(hass, result, CREDENTIALS)
    assert result["step_id"] == "credentials"
    assert result["errors"] == {"base": "unknown"}
    assert "RuntimeError: never thought of" in caplog.text
    assert "'gatehouse'" not in caplog.text
    assert modem.lab.state()["logged_in"] == 0
    monkeypatch.undo()
    entry = created(await submit(hass, result, CREDENTIALS))
    assert entry.unique_id == SERIAL
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.usefixtures("not_set_up")
async def test_wizard_logs_out(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """The wizard leaves the session to the entry that comes after it."""
    result = await find(hass, modem)
    assert modem.lab.state()["logged_in"] == 0
    modem.lab.break_replies("device/information", "garbage", None)
    result = await submit(hass, result, CREDENTIALS)
    assert result["errors"] == {"base": "invalid_reply"}
    assert modem.requests.count(LOGOUT) == 1
    assert modem.lab.state()["logged_in"] == 0
    modem.lab.repair()
    created(await submit(hass, result, CREDENTIALS))
    assert modem.requests.count(LOGOUT) == 2
    assert modem.lab.state()["logged_in"] == 0
    assert attempts(modem) == 2


async def test_form_keeps_what_was_typed_but_no_password(
    hass: HomeAssistant, modem: HilinkSimulator
) -> None:
    """After an error only the password is to be typed again."""
    result = await find(hass, modem)
    typed = {"username": "someone", "password": "secret", "verify_ssl": False}
    result = await submit(hass, result, typed)
    assert result["errors"] == {"base": "invalid_auth"}
    assert suggested(result) == {"username": "someone", "verify_ssl": False}


async def test_open_stick(hass: HomeAssistant, start_modem: StartModem) -> None:
    """A stick without login needs both fields empty, and tells its serial number anyway."""
    modem = await start_modem(profile="e3372")
    entry = created(await submit(hass, await find(hass, modem), NO_CREDENTIALS))
    assert entry.unique_id == "SIM3372000000001"
    assert entry.title == "E3372"
    assert entry.data["username"] == ""
    assert entry.data["password"] == ""
    assert entry.state is ConfigEntryState.LOADED
    assert attempts(modem) == 0


async def test_attempts_leave_nothing_behind(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """However often somebody mistypes, no HTTP session waits for the end of Home Assistant."""
    wrong = {**CREDENTIALS, "password": "wrong"}
    result = await submit(hass, await find(hass, modem), wrong)
    listeners = hass.bus.async_listeners()
    for _ in range(3):
        result = await submit(hass, result, wrong)
    hass.config_entries.flow.async_abort(result["flow_id"])
    assert hass.bus.async_listeners() == listeners
