"""Clients for simulated modems, and what the modems saw of them."""

from collections.abc import Callable

import pytest
from yarl import URL

from custom_components.gatehouse.clients.hilink.client import HilinkClient
from simulators.hilink.simulator import HilinkSimulator
from tests.clients.conftest import OpenSession

type NewClient = Callable[..., HilinkClient]


@pytest.fixture
def new_client(open_session: OpenSession) -> NewClient:
    """Return a function that makes a client with the modem's or other credentials."""

    def new(
        simulator: HilinkSimulator, *, username: str | None = None, password: str | None = None
    ) -> HilinkClient:
        """Make a client."""
        return HilinkClient(
            open_session(),
            URL(simulator.url),
            username=simulator.username if username is None else username,
            password=simulator.password if password is None else password,
        )

    return new


@pytest.fixture
async def client(modem: HilinkSimulator, new_client: NewClient) -> HilinkClient:
    """Return a client for the modem with SCRAM login."""
    return new_client(modem)


def gets(simulator: HilinkSimulator, endpoint: str) -> int:
    """Count the reads of an endpoint."""
    return simulator.requests.count(("GET", f"/api/{endpoint}"))


def posts(simulator: HilinkSimulator, endpoint: str) -> int:
    """Count the requests to change something at an endpoint."""
    return simulator.requests.count(("POST", f"/api/{endpoint}"))


def login_posts(simulator: HilinkSimulator) -> int:
    """Count the requests by which a password is tried."""
    return posts(simulator, "user/login") + posts(simulator, "user/authentication_login")
