"""Ping and route tracing: begun, waited for, bounded."""

import pytest

from custom_components.gatehouse.clients.errors import DeviceBusy, NotSupported
from custom_components.gatehouse.clients.hilink import diagnosis as diagnosis_module
from custom_components.gatehouse.clients.hilink.client import HilinkClient
from custom_components.gatehouse.clients.hilink.diagnosis import PingResult
from custom_components.gatehouse.clients.hilink.models.diagnosis import Hop
from simulators.hilink.simulator import HilinkSimulator
from tests.clients.hilink.conftest import NewClient, gets, posts
from tests.conftest import StartModem

HOPS = (
    Hop(address="10.64.0.1", times=(12, 13, 15)),
    Hop(address=None, times=()),
    Hop(address="203.0.113.1", times=(12, 13, 15)),
    Hop(address="example.org", times=(12, 13, 15)),
)


@pytest.fixture(autouse=True)
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look without a pause how it goes."""
    monkeypatch.setattr(diagnosis_module, "POLL_INTERVAL", 0)


@pytest.fixture
async def modem(start_modem: StartModem) -> HilinkSimulator:
    """Return a router."""
    return await start_modem(profile="b525s-23a")


async def test_ping(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A host answers, is silent, or is unknown; each is another result."""
    assert await client.diagnosis.ping("example.org", timeout=4) == PingResult(
        reached=True, received=3, lost=1, average=31, minimum=28, maximum=40
    )
    assert modem.lab.recorded("diagnosis/diagnose_ping", "Timeout") == "4000"
    assert await client.diagnosis.ping("192.0.2.99", timeout=1) == PingResult(
        reached=False, received=0, lost=4
    )
    unknown = await client.diagnosis.ping("nowhere.invalid", timeout=1)
    assert (unknown.reached, unknown.error) == (False, "Error_CannotResolveHostName")
    assert posts(modem, "diagnosis/diagnose_ping") == 3


async def test_ping_without_end(
    modem: HilinkSimulator, client: HilinkClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A device that never ends is given up; so is one that tells of an earlier ping."""
    monkeypatch.setattr(diagnosis_module, "_PING_LOOKS", 3)
    modem.lab.set_field("diagnosis/diagnose_ping", "DiagnosticsState", "Requested")
    with pytest.raises(DeviceBusy):
        await client.diagnosis.ping("example.org", timeout=1)
    modem.lab.set_field("diagnosis/diagnose_ping", "DiagnosticsState", "Complete")
    modem.lab.set_field("diagnosis/diagnose_ping", "Host", "other.example")
    with pytest.raises(DeviceBusy):
        await client.diagnosis.ping("example.org", timeout=1)
    assert posts(modem, "diagnosis/diagnose_ping") == 2
    assert gets(modem, "diagnosis/diagnose_ping") == 8


async def test_old_ping(start_modem: StartModem, new_client: NewClient) -> None:
    """The oldest firmware tells only whether the host answered, and knows no routes."""
    modem = await start_modem(profile="e3372")
    client = new_client(modem)
    assert await client.diagnosis.ping("example.org", timeout=10) == PingResult(reached=True)
    assert await client.diagnosis.ping("nowhere.invalid", timeout=1) == PingResult(reached=False)
    with pytest.raises(NotSupported):
        await client.diagnosis.traceroute("example.org", timeout=1, max_hops=30)


async def test_traceroute(client: HilinkClient) -> None:
    """The way is told as far as it is known."""
    route = await client.diagnosis.traceroute("example.org", timeout=1, max_hops=30)
    assert (route.hops, route.error) == (HOPS, None)
    route = await client.diagnosis.traceroute("example.org", timeout=1, max_hops=2)
    assert (route.hops, route.error) == (HOPS[:2], "Error_MaxHopCountExceeded")
    route = await client.diagnosis.traceroute("nowhere.invalid", timeout=1, max_hops=2)
    assert (route.hops, route.error) == ((), "Error_CannotResolveHostName")
