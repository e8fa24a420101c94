"""USSD: codes, menus, networks that do not answer; the session is always released."""

import asyncio

import pytest

from custom_components.gatehouse.clients.errors import CommandRefused, NotSupported, OutcomeUnknown
from custom_components.gatehouse.clients.hilink import ussd as ussd_module
from custom_components.gatehouse.clients.hilink.client import HilinkClient
from custom_components.gatehouse.clients.hilink.models import UssdState
from simulators.faults import FaultKind
from simulators.hilink.simulator import HilinkSimulator
from tests.clients.conftest import OpenSession, ScriptedDevice
from tests.clients.hilink.conftest import NewClient, gets
from tests.conftest import StartModem, until

BALANCE = "Your balance is 10.00"


@pytest.fixture(autouse=True)
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look almost without a pause for an answer."""
    monkeypatch.setattr(ussd_module, "POLL_INTERVAL", 0.005)


@pytest.fixture
async def modem(start_modem: StartModem) -> HilinkSimulator:
    """Return a stick whose network answers at once."""
    return await start_modem(ussd_seconds=0)


def is_open(modem: HilinkSimulator) -> bool:
    """Tell whether a session was left open."""
    found: bool = modem.lab.state()["ussd_open"]
    return found


async def test_code(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A code is answered, and the session released."""
    assert (await client.ussd.status()).result == UssdState.NONE
    reply = await client.ussd.send("*100#")
    assert (reply.replies, reply.asks_on) == ((BALANCE,), False)
    assert not is_open(modem)
    assert BALANCE not in repr(reply)


async def test_menu(modem: HilinkSimulator, client: HilinkClient) -> None:
    """What the network asks is answered as long as there are answers."""
    reply = await client.ussd.send("*101#")
    assert (reply.replies, reply.asks_on) == (("1 Balance\n2 Data",), True)
    assert not is_open(modem)
    reply = await client.ussd.send("*101#", ["1", "never needed"])
    assert (reply.replies, reply.asks_on) == (("1 Balance\n2 Data", BALANCE), False)
    assert modem.lab.ussd_said == ["*101#", "*101#", "1"]
    assert not is_open(modem)


async def test_network_that_takes_its_time(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Until the network has answered, the device is asked again and again."""
    modem.lab.set_options(ussd_seconds=5)
    sending = asyncio.create_task(client.ussd.send("*100#"))
    await until(lambda: gets(modem, "ussd/get") > 2)
    assert not sending.done()
    modem.lab.advance(5)
    assert (await sending).replies == (BALANCE,)


async def test_network_that_never_answers(modem: HilinkSimulator, client: HilinkClient) -> None:
    """In the end that is said in words, whoever gives up first."""
    with pytest.raises(CommandRefused, match="did not answer") as caught:
        await client.ussd.send("*999#", patience=3)
    assert caught.value.code == 111020
    assert not is_open(modem)
    sending = asyncio.create_task(client.ussd.send("*999#", patience=1000))
    await until(lambda: is_open(modem))
    modem.lab.advance(20)
    with pytest.raises(CommandRefused, match="did not answer"):
        await sending
    assert not is_open(modem)


async def test_network_without(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A network without USSD is no fault of the device."""
    modem.lab.set_options(ussd_in_network=False)
    with pytest.raises(CommandRefused, match="the network has no USSD"):
        await client.ussd.send("*100#")
    assert gets(modem, "ussd/release") == 1


async def test_session_that_somebody_left_open(
    modem: HilinkSimulator, client: HilinkClient
) -> None:
    """It is released, and the code sent then."""
    modem.modem.ussd.send("*100#", 0, in_network=True)
    assert (await client.ussd.send("*101#")).replies == ("1 Balance\n2 Data",)
    assert modem.lab.ussd_said == ["*100#", "*101#"]


async def test_lost_answer(modem: HilinkSimulator, client: HilinkClient) -> None:
    """If nobody knows whether the code was taken, it is not sent again, and released."""
    await client.log_in()
    modem.lab.break_replies("ussd/send", FaultKind.CUT, executed=True)
    with pytest.raises(OutcomeUnknown):
        await client.ussd.send("*100#")
    assert modem.lab.ussd_said == ["*100#"]
    assert not is_open(modem)


async def test_look_that_fails(modem: HilinkSimulator, client: HilinkClient) -> None:
    """One look that fails is followed by another."""
    modem.lab.break_replies("ussd/get", FaultKind.DROP, times=2)
    assert (await client.ussd.send("*100#")).replies == (BALANCE,)


async def test_one_session_at_a_time(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Two codes do not get into each other's way."""
    replies = await asyncio.gather(client.ussd.send("*100#"), client.ussd.send("*101#", ["1"]))
    assert [reply.replies[-1] for reply in replies] == [BALANCE, BALANCE]
    assert modem.lab.ussd_said == ["*100#", "*101#", "1"]


async def test_canceled(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Whoever stops waiting leaves no session behind."""
    modem.lab.set_options(ussd_seconds=100)
    sending = asyncio.create_task(client.ussd.send("*100#"))
    await until(lambda: is_open(modem))
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    assert not is_open(modem)


async def test_device_without(start_modem: StartModem, new_client: NewClient) -> None:
    """A router has no USSD."""
    client = new_client(await start_modem(profile="h165-383"))
    with pytest.raises(NotSupported):
        await client.ussd.send("*100#")
    with pytest.raises(NotSupported):
        await client.ussd.status()


async def test_request(device: ScriptedDevice, open_session: OpenSession) -> None:
    """The request is that of the devices' own page."""
    device.answer("/api/ussd/send", "<response>OK</response>")
    device.answer("/api/ussd/get", "<response><content>Line 1&#10;Line 2</content></response>")
    device.answer("/api/ussd/release", "<response>OK</response>")
    reply = await HilinkClient(open_session(), device.url).ussd.send("*100#", ["1"])
    assert reply.replies == ("Line 1\nLine 2", "Line 1\nLine 2")
    body = next(each for each in device.seen if each.path == "/api/ussd/send").body
    assert body.partition(b"?>")[2].strip() == (
        b"<request><content>*100#</content><codeType>CodeType</codeType>"
        b"<timeout></timeout></request>"
    )
