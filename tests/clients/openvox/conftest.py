"""Clients for simulated and scripted gateways, and a clock that tests can move."""

from collections.abc import AsyncGenerator, Awaitable, Callable
import json
import time
from typing import Any
from urllib.parse import parse_qsl

import pytest
from yarl import URL

from custom_components.gatehouse.clients import conflict
from custom_components.gatehouse.clients.openvox import session
from custom_components.gatehouse.clients.openvox.client import OpenVoxClient
from simulators.openvox import OpenVoxOptions, OpenVoxSimulator
from tests.clients.conftest import Answer, OpenSession, ScriptedDevice, Seen

type StartGateway = Callable[..., Awaitable[OpenVoxSimulator]]
type NewClient = Callable[..., OpenVoxClient]
type Wait = Callable[[float], None]

TOKEN = "Z6Irivg91M6XfE4HFYjRuAwykb3Q4KmW"
"""As printed in the manufacturer's description."""

LOGIN = "/auth/login"
LOGOUT = "/auth/logout"
SPANS = "/sms/get_valid_spans"
SEND = "/sms/send"
OUTBOX = "/smsoutbox/get"
INBOX = "/smsinbox/get"
GET_PUSH = "/smsoutbox/get_config"
SET_PUSH = "/smsoutbox/set_config"
CHANNELS = "/service/chan_state"
SIMS = "/service/simstatus"
USSD = "/service/sendussd"

NUMBER = "+8613800138000"
TEXT = "Gate code 4711, näher 🚪"


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


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock by which the client measures."""
    clock = Clock()
    monkeypatch.setattr(session, "monotonic", clock)
    monkeypatch.setattr(conflict, "monotonic", clock)
    return clock


@pytest.fixture
async def start_gateway(socket_enabled: None) -> AsyncGenerator[StartGateway]:
    """Return a function that starts a simulated gateway; its keywords are its options."""
    running: list[OpenVoxSimulator] = []

    async def start(**options: Any) -> OpenVoxSimulator:
        """Start a gateway."""
        simulator = OpenVoxSimulator(OpenVoxOptions(**options))
        await simulator.start()
        running.append(simulator)
        return simulator

    yield start
    for simulator in running:
        await simulator.stop()


@pytest.fixture
async def gateway(start_gateway: StartGateway) -> OpenVoxSimulator:
    """Return a gateway with eight ports."""
    return await start_gateway()


@pytest.fixture
def wait(gateway: OpenVoxSimulator, clock: Clock) -> Wait:
    """Return a function that lets time pass on both sides."""

    def pass_time(seconds: float) -> None:
        """Let time pass."""
        clock.advance(seconds)
        gateway.lab.advance(seconds)

    return pass_time


@pytest.fixture
def new_client(open_session: OpenSession) -> NewClient:
    """Return a function that makes a client with the gateway's or another password."""

    def new(simulator: OpenVoxSimulator, *, password: str | None = None) -> OpenVoxClient:
        """Make a client."""
        return OpenVoxClient(
            open_session(),
            URL(simulator.url),
            prefix=simulator.gateway.options.prefix,
            username=simulator.username,
            password=simulator.password if password is None else password,
        )

    return new


@pytest.fixture
async def client(gateway: OpenVoxSimulator, new_client: NewClient) -> OpenVoxClient:
    """Return a client for the gateway."""
    return new_client(gateway)


@pytest.fixture
async def scripted(device: ScriptedDevice, open_session: OpenSession) -> OpenVoxClient:
    """Return a client for the scripted device, which lets it in."""
    device.answer(LOGIN, ok({"access_token": TOKEN, "expires_time": 1733131658, "client": "admin"}))
    device.answer(LOGOUT, ok([]))
    device.answer(CHANNELS, ok({"idle_channels": 0, "channel_status": {"1": "0"}}))
    return OpenVoxClient(open_session(), device.url, username="admin", password="admin")


def ok(data: object = None, **more: object) -> str:
    """Return a successful reply."""
    return json.dumps({"uri": "x/y", "msg": "", "code": 200, "data": data, **more})


def refused(code: object = 1001, message: str = "failed", **more: object) -> str:
    """Return an error reply."""
    return json.dumps({"uri": "x/y", "msg": message, "code": code, "data": [], **more})


def status(number: int) -> Answer:
    """Return a bare HTTP status."""
    return Answer(body="nothing", status=number)


def form(seen: Seen) -> dict[str, str]:
    """Return the form of a request."""
    return dict(parse_qsl(seen.body.decode(), keep_blank_values=True))


def count(simulator: OpenVoxSimulator, path: str) -> int:
    """Count the requests for a path."""
    return simulator.lab.counts().get(path, 0)


def logins(simulator: OpenVoxSimulator) -> int:
    """Count how often a password was tried."""
    return count(simulator, LOGIN)
