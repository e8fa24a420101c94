"""Passwords, secrets, sessions and network keys show themselves to nobody."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable
import logging
import traceback

from aiohttp import ClientSession
import pytest
from yarl import URL

from custom_components.gatehouse.clients.errors import (
    AuthenticationFailed,
    ConnectionLost,
    GatehouseError,
)
from custom_components.gatehouse.clients.hiwifi.client import HiwifiClient
from custom_components.gatehouse.clients.hiwifi.models import Interface
from custom_components.gatehouse.clients.hiwifi.readings import GUEST_NETWORKS, NETWORKS, SYSTEM
from custom_components.gatehouse.clients.hiwifi.router_admin import RouterAdmin
from custom_components.gatehouse.clients.secret import Secret
from simulators.faults import FaultKind
from simulators.hiwifi import HiwifiCloudSimulator, HiwifiSimulator, identity
from tests.clients.conftest import OpenSession
from tests.clients.hiwifi.conftest import (
    LOGIN,
    PROXY_CALL,
    STOK,
    NewAdmin,
    NewOpenApi,
    NewServer,
    Recorder,
    proxied,
)

PASSWORD = "corr3ct-h0rse"
NEW_KEY = "n3w-wifi-k3y"
WRONG = "A-wr0ng-one"


class Witness:
    """Keeps all that a person could get to see."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.shown: list[str] = []
        self.values = 0

    async def show(self, action: Awaitable[object]) -> None:
        """Note what an action returns or raises."""
        try:
            result = await action
        except (GatehouseError, ValueError) as err:
            self.shown.extend((repr(err), str(err), "".join(traceback.format_exception(err))))
            return
        self.values += 1
        self.shown.extend((repr(result), str(result)))

    def saw(self, *secrets: str) -> list[str]:
        """Return those of the secrets that could be seen."""
        whole = "\n".join(self.shown)
        assert all(len(each) > 5 for each in secrets)
        return [each for each in secrets if each in whole]


@pytest.fixture
def witness(caplog: pytest.LogCaptureFixture) -> Witness:
    """Return a witness, with logs as talkative as they can be."""
    caplog.set_level(logging.DEBUG)
    return Witness()


async def use(client: HiwifiClient, witness: Witness) -> None:
    """Read and command what has to do with secrets."""
    await witness.show(client.poll((SYSTEM, *NETWORKS.values(), *GUEST_NETWORKS.values())))
    await witness.show(client.read(NETWORKS[Interface.MAIN_2_4]))
    await witness.show(client.wifi.set_network(Interface.MAIN_2_4, key=Secret(NEW_KEY)))
    await witness.show(client.wifi.set_guest_network(Interface.GUEST_5, key=Secret(NEW_KEY)))
    await witness.show(client.ask("wireless.get_iface_info", {"ifname": "master"}))
    await witness.show(client.router_info())


@pytest.mark.parametrize("by_openapi", [False, True])
async def test_nothing_is_ever_shown(
    router: HiwifiSimulator,
    new_admin: NewAdmin,
    new_openapi: NewOpenApi,
    witness: Witness,
    caplog: pytest.LogCaptureFixture,
    *,
    by_openapi: bool,
) -> None:
    """All readings and commands, answered and refused."""
    router.lab.set_options(admin_password=PASSWORD)
    channel = new_openapi(router.url) if by_openapi else new_admin(router)
    client = HiwifiClient(channel)
    await witness.show(client.log_in())
    await use(client, witness)
    assert witness.values == 7
    hidden = [PASSWORD, NEW_KEY, WRONG, identity.UUID, identity.CLIENT_SECRET]
    hidden += [identity.WIFI_KEY, identity.GUEST_KEY]
    if isinstance(channel, RouterAdmin):
        held = channel._held
        assert held is not None
        assert held.session.cookie is not None
        hidden += [held.session.stok.reveal(), held.session.cookie.reveal()]
        witness.shown += [repr(held), repr(channel._login)]
    witness.shown.append(repr(vars(channel)))
    for kind in (FaultKind.ERROR, FaultKind.GARBAGE, FaultKind.DROP, FaultKind.HTML):
        router.lab.break_replies("*", kind, times=None)
        await use(client, witness)
        await witness.show(new_admin(router).log_in())
        router.lab.repair()
    await witness.show(new_admin(router, password=WRONG).log_in())
    await witness.show(new_openapi(router.url, client_secret=WRONG).log_in())
    witness.shown.append(caplog.text)
    assert witness.saw(*hidden) == []


async def test_binding(
    cloud: HiwifiCloudSimulator, new_server: NewServer, witness: Witness
) -> None:
    """Its secret and that of the author."""
    server = new_server(cloud.url)
    secret = await server.bind("D4EE07A05201", "home")
    await witness.show(server.bind("D4EE07A05201", "home"))
    await witness.show(server.status("D4EE07A05201"))
    witness.shown.append(repr(vars(server)))
    cloud.lab.break_replies("*", FaultKind.DROP, times=None)
    await witness.show(server.bind("D4EE07A05201", "home"))
    assert witness.values == 2
    assert witness.saw(secret.reveal(), identity.APP_SECRET) == []


async def test_router_that_repeats_what_it_is_told(
    device: Recorder, scripted: RouterAdmin, witness: Witness
) -> None:
    """Its error texts are cleaned of it."""
    network = {"ssid": "home", "encryption": "mixed-psk", "key": "the-old-k3y"}
    client = HiwifiClient(scripted)
    device.answer(
        PROXY_CALL,
        proxied({"model": "HC5962"}),
        proxied(network),
        proxied("", 4711, f"cannot set {NEW_KEY}"),
    )
    await witness.show(client.wifi.set_network(Interface.MAIN_2_4, key=Secret(NEW_KEY)))
    assert "cannot set" in witness.shown[0]
    assert witness.values == 0
    assert witness.saw(NEW_KEY, "the-old-k3y", STOK) == []


async def test_login_that_repeats_the_password(
    device: Recorder, scripted: RouterAdmin, witness: Witness
) -> None:
    """Its error texts are not used at all."""
    device.answer(LOGIN, '{"code": 10102, "msg": "correct horse is wrong"}')
    with pytest.raises(AuthenticationFailed):
        await scripted.log_in()
    await witness.show(scripted.log_in())
    assert witness.saw("correct horse") == []


@pytest.fixture
async def babbling(socket_enabled: None) -> AsyncGenerator[URL]:
    """Return the address of a server that does not speak HTTP."""

    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read a request and answer nonsense."""
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"what?\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(babble, "127.0.0.1", 0)
    yield URL(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    server.close()
    await server.wait_closed()


async def test_address_in_the_errors_of_the_library(
    babbling: URL, open_session: OpenSession, monkeypatch: pytest.MonkeyPatch, witness: Witness
) -> None:
    """It writes the whole address, password and all, into an error about a malformed reply."""
    admin = RouterAdmin(open_session(), babbling, password=PASSWORD)

    async def version() -> None:
        """Skip the question for the version."""

    monkeypatch.setattr(admin._login, "version_fn", version)
    with pytest.raises(ConnectionLost, match="no answer to the login"):
        await admin.log_in()
    await witness.show(admin.log_in())
    assert witness.values == 0
    assert witness.saw(PASSWORD) == []


async def test_closed_session(witness: Witness) -> None:
    """An error that says nothing of what was to be sent."""
    session = ClientSession()
    await session.close()
    await witness.show(RouterAdmin(session, URL("http://127.0.0.1:9"), password=PASSWORD).log_in())
    assert witness.values == 0
    assert witness.saw(PASSWORD) == []
