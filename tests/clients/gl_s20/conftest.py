"""Clients for simulated and scripted border routers, and a clock that both sides share."""

from collections.abc import AsyncGenerator, Awaitable, Callable
import json
import time
from typing import Any

import pytest
from yarl import URL

from custom_components.gatehouse.clients.gl_s20 import login, session
from custom_components.gatehouse.clients.gl_s20.client import GlS20Client
from simulators.gl_s20 import GlS20Options, GlS20Simulator
from tests.clients.conftest import Answer, OpenSession, ScriptedDevice

type StartRouter = Callable[..., Awaitable[GlS20Simulator]]
type NewClient = Callable[..., GlS20Client]

CHALLENGE = {"alg": 66, "salt": "ZmVhMjk5", "nonce": "N2E1NDAwNjIzZGMzY2QxYjQyY2VlZTEx"}
"""As printed in the manufacturer's description."""

SID = "NDA2NWQ1YTYzN2NkZDFjNTU1MGE2ZDhi"


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
    monkeypatch.setattr(login, "monotonic", clock)
    return clock


@pytest.fixture
async def start_router(socket_enabled: None) -> AsyncGenerator[StartRouter]:
    """Return a function that starts a simulated router; its keywords are its options."""
    running: list[GlS20Simulator] = []

    async def start(**options: Any) -> GlS20Simulator:
        """Start a router whose slow answers take no time."""
        quick = {"scan_seconds": 0, "wifi_scan_seconds": 0, "online_check_seconds": 0}
        simulator = GlS20Simulator(GlS20Options(**{**quick, **options}))
        await simulator.start()
        running.append(simulator)
        return simulator

    yield start
    for simulator in running:
        await simulator.stop()


@pytest.fixture
async def router(start_router: StartRouter) -> GlS20Simulator:
    """Return a router that leads a Thread network."""
    return await start_router()


@pytest.fixture
def new_client(open_session: OpenSession) -> NewClient:
    """Return a function that makes a client with the router's or another password."""

    def new(simulator: GlS20Simulator, *, password: str | None = None) -> GlS20Client:
        """Make a client."""
        return GlS20Client(
            open_session(),
            URL(simulator.url),
            password=simulator.password if password is None else password,
        )

    return new


@pytest.fixture
async def client(router: GlS20Simulator, new_client: NewClient) -> GlS20Client:
    """Return a client for the router."""
    return new_client(router)


@pytest.fixture
async def scripted(device: ScriptedDevice, open_session: OpenSession) -> GlS20Client:
    """Return a client for the scripted device, which lets it in."""
    device.answer("/ui/challenge", ok(CHALLENGE))
    device.answer("/ui/login", ok({"sid": SID}))
    device.answer("/ui/logout", ok())
    return GlS20Client(open_session(), device.url, password="12345678")


def ok(result: object = None) -> str:
    """Return a successful reply."""
    return json.dumps({"code": 0} if result is None else {"code": 0, "result": result})


def refused(code: int = -1, message: str = "failed") -> str:
    """Return an error reply."""
    return json.dumps({"code": code, "err_msg": message})


def status(number: int) -> Answer:
    """Return a bare HTTP status."""
    return Answer(body="nothing", status=number)


def count(simulator: GlS20Simulator, path: str) -> int:
    """Count the requests for a path."""
    return simulator.lab.counts().get(path, 0)


def logins(simulator: GlS20Simulator) -> int:
    """Count how often a password was tried."""
    return count(simulator, "/ui/login")
