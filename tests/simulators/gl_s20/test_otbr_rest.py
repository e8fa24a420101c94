"""The border router's own API, as Home Assistant's library for it uses it."""

from collections.abc import AsyncGenerator

from aiohttp import ClientSession, ServerDisconnectedError
import pytest
from python_otbr_api import OTBR, OTBRError, ThreadNetworkActiveError

from simulators.gl_s20 import GlS20Simulator
from simulators.gl_s20.air import THREAD_NETWORKS
from simulators.gl_s20.command_line import GL_S20
from simulators.gl_s20.identity import EXTENDED_ADDRESS
from simulators.gl_s20.otbr_rest import BORDER_AGENT_ID
from tests.simulators.gl_s20.conftest import MakeRouter
from tests.simulators.gl_s20.test_command_line import parse

HEARD = THREAD_NETWORKS[0].network


@pytest.fixture
async def router(make_router: MakeRouter) -> GlS20Simulator:
    """Return a border router with the API."""
    return await make_router(otbr_rest=True, attach_seconds=0)


@pytest.fixture
async def session(socket_enabled: None) -> AsyncGenerator[ClientSession]:
    """Return an HTTP session."""
    async with ClientSession() as session:
        yield session


@pytest.fixture
def api(router: GlS20Simulator, session: ClientSession) -> OTBR:
    """Return the public library, looking at the router."""
    return OTBR(router.lab.state()["otbr_url"], session)


async def test_without(make_router: MakeRouter) -> None:
    """Other firmware does not have it."""
    assert (await make_router()).lab.state()["otbr_url"] is None


def test_command_line() -> None:
    """It can be asked for."""
    assert parse("--otbr-rest").otbr_rest
    assert not parse().otbr_rest
    assert GL_S20.build(parse("--otbr-rest")) is not None


async def test_reading(api: OTBR, router: GlS20Simulator) -> None:
    """It tells who the router is and in which network."""
    network = router.device.thread.network
    assert (await api.get_border_agent_id()).hex() == BORDER_AGENT_ID
    assert (await api.get_extended_address()).hex() == EXTENDED_ADDRESS
    assert await api.get_active_dataset_tlvs() == bytes.fromhex(network.dataset)
    dataset = await api.get_active_dataset()
    assert dataset is not None
    assert (dataset.network_name, dataset.channel) == (network.name, network.channel)


async def test_writing(api: OTBR, router: GlS20Simulator) -> None:
    """A dataset is taken bit by bit while Thread is off."""
    with pytest.raises(ThreadNetworkActiveError):
        await api.set_active_dataset_tlvs(bytes.fromhex(HEARD.dataset))
    await api.set_enabled(False)
    assert router.lab.state()["role"] == "disabled"
    with pytest.raises(OTBRError):
        await api.set_active_dataset_tlvs(bytes.fromhex("0e08"))
    await api.set_active_dataset_tlvs(bytes.fromhex(HEARD.dataset))
    await api.set_enabled(True)
    assert router.lab.state()["role"] == "child"
    assert router.device.thread.network.pskc == HEARD.pskc
    assert await api.get_active_dataset_tlvs() == bytes.fromhex(HEARD.dataset)


async def test_no_network(api: OTBR, router: GlS20Simulator) -> None:
    """A new router has no dataset."""
    router.device.thread.load_factory()
    assert await api.get_active_dataset_tlvs() is None
    await api.set_active_dataset_tlvs(bytes.fromhex(HEARD.dataset))
    assert router.device.thread.formed


async def test_bad_requests(api: OTBR, router: GlS20Simulator, session: ClientSession) -> None:
    """What it does not know it refuses."""
    url = router.otbr_rest.url
    async with session.get(f"{url}/node/state") as reply:
        assert await reply.json() == "leader"
    async with session.put(f"{url}/node/state", json="explode") as reply:
        assert reply.status == 400
    await api.set_enabled(False)
    async with session.put(f"{url}/node/dataset/active", json={}) as reply:
        assert reply.status == 400
    async with session.get(f"{url}/node/coprocessor/version") as reply:
        assert reply.status == 404


async def test_away(router: GlS20Simulator, session: ClientSession) -> None:
    """While the router restarts, nobody answers."""
    router.lab.reboot(10)
    with pytest.raises(ServerDisconnectedError):
        await session.get(f"{router.otbr_rest.url}/node/state")
