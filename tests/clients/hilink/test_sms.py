"""Counting and sending messages: what became of each number, and nothing sent twice."""

import asyncio
from datetime import datetime

import pytest

from custom_components.gatehouse.clients.errors import (
    CannotConnect,
    CommandRefused,
    ConnectionLost,
    DeviceBusy,
    NotSupported,
)
from custom_components.gatehouse.clients.hilink import sms as sms_module
from custom_components.gatehouse.clients.hilink.client import HilinkClient
from custom_components.gatehouse.clients.messages import SendReport
from simulators.faults import FaultKind
from simulators.hilink.options import SessionPolicy, SmsOutcome
from simulators.hilink.simulator import HilinkSimulator
from tests.clients.conftest import OpenSession, ScriptedDevice
from tests.clients.hilink.conftest import NewClient, gets, login_posts, posts
from tests.conftest import StartModem

ANN, BEN, CEM = "+4915550101", "+4915550102", "+4915550103"
SENT_AT = datetime(2026, 9, 1, 12, 30, 5)  # noqa: DTZ001 - the devices know no zone
SEND = "sms/send-sms"
STATUS = "sms/send-status"
BROKEN = (FaultKind.DROP, FaultKind.CUT, FaultKind.GARBAGE, FaultKind.HTML, FaultKind.TRUNCATED)


@pytest.fixture(autouse=True)
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look almost without a pause at what becomes of a message."""
    monkeypatch.setattr(sms_module, "STATUS_INTERVAL", 0.005)


@pytest.fixture
def few_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up soon."""
    monkeypatch.setattr(sms_module, "_STATUS_LOOKS", 6)
    monkeypatch.setattr(sms_module, "_STATUS_LOOKS_PER_NUMBER", 2)


async def send(client: HilinkClient, *numbers: str, text: str = "Hello") -> SendReport:
    """Send a message."""
    return await client.sms.send(numbers, text, gsm7=True, sent_at=SENT_AT)


async def test_delivered(modem: HilinkSimulator, client: HilinkClient) -> None:
    """The message is sent once and reported as sent."""
    assert await send(client, ANN) == SendReport(sent=(ANN,))
    assert modem.lab.sent == [((ANN,), "Hello")]
    assert posts(modem, SEND) == 1
    newest = modem.lab.messages("2")[-1]
    assert newest["Date"] == "2026-09-01 12:30:05"
    assert newest["Content"] == "Hello"


async def test_several_numbers(modem: HilinkSimulator, client: HilinkClient) -> None:
    """One request is for all of them."""
    assert await send(client, ANN, BEN, CEM) == SendReport(sent=(ANN, BEN, CEM))
    assert modem.lab.sent == [((ANN, BEN, CEM), "Hello")]


async def test_failed(start_modem: StartModem, new_client: NewClient) -> None:
    """OK meant only that the message was queued."""
    modem = await start_modem(sms_outcome=SmsOutcome.FAIL)
    assert await send(new_client(modem), ANN, BEN) == SendReport(failed=(ANN, BEN))
    assert len(modem.lab.sent) == 1


async def test_without_sim(start_modem: StartModem, new_client: NewClient) -> None:
    """Without a SIM card the device queues the message all the same, and then fails."""
    modem = await start_modem(sim_present=False)
    assert await send(new_client(modem), ANN) == SendReport(failed=(ANN,))


@pytest.mark.usefixtures("few_looks")
async def test_never(start_modem: StartModem, new_client: NewClient) -> None:
    """After a bounded number of looks nobody knows."""
    modem = await start_modem(sms_outcome=SmsOutcome.NEVER)
    assert await send(new_client(modem), ANN, BEN) == SendReport(unknown=(ANN, BEN))
    assert gets(modem, STATUS) == 1 + 6 + 2 * 2
    assert len(modem.lab.sent) == 1


@pytest.mark.usefixtures("few_looks")
async def test_mixed_outcome(start_modem: StartModem, new_client: NewClient) -> None:
    """Each number has an outcome of its own."""
    modem = await start_modem(sms_send_seconds=10)
    client = new_client(modem)
    sending = asyncio.create_task(send(client, ANN, BEN, CEM))
    await wait_for_look(modem)
    modem.lab.advance(11)
    modem.lab.set_options(sms_outcome=SmsOutcome.FAIL)
    modem.lab.advance(10)
    modem.lab.set_options(sms_outcome=SmsOutcome.NEVER)
    assert await sending == SendReport(sent=(ANN,), failed=(BEN,), unknown=(CEM,))
    assert len(modem.lab.sent) == 1


async def test_waits_until_all_are_through(start_modem: StartModem, new_client: NewClient) -> None:
    """While a number is being sent to, it is not unknown yet."""
    modem = await start_modem(sms_send_seconds=10)
    sending = asyncio.create_task(send(new_client(modem), ANN, BEN))
    await wait_for_look(modem)
    assert not sending.done()
    modem.lab.advance(11)
    await wait_for_look(modem, gets(modem, STATUS) + 2)
    assert not sending.done()
    modem.lab.advance(10)
    assert await sending == SendReport(sent=(ANN, BEN))


async def test_same_number_twice(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A number given twice has one outcome, told twice."""
    assert await send(client, ANN, ANN) == SendReport(sent=(ANN, ANN))
    assert len(modem.lab.sent) == 1


async def test_device_is_busy(start_modem: StartModem, new_client: NewClient) -> None:
    """Somebody else's message is on its way: a refusal, and nothing was sent."""
    modem = await start_modem(sms_send_seconds=60, session_policy=SessionPolicy.TOLERATE)
    client, page = new_client(modem), new_client(modem)
    sending = asyncio.create_task(send(page, ANN))
    await wait_for_look(modem)
    with pytest.raises(DeviceBusy):
        await send(client, BEN)
    assert modem.lab.sent == [((ANN,), "Hello")]
    modem.lab.advance(61)
    assert await sending == SendReport(sent=(ANN,))
    modem.lab.set_options(sms_send_seconds=0)
    assert await send(client, BEN) == SendReport(sent=(BEN,))


async def test_end_of_another_message(start_modem: StartModem, new_client: NewClient) -> None:
    """A message waits for a while until somebody else's is through."""
    modem = await start_modem(sms_send_seconds=5, session_policy=SessionPolicy.TOLERATE)
    client, page = new_client(modem), new_client(modem)
    await client.log_in()
    other = asyncio.create_task(send(page, ANN))
    await wait_for_look(modem)
    looks = gets(modem, STATUS)
    sending = asyncio.create_task(send(client, BEN))
    await wait_for_look(modem, looks + 3)
    assert len(modem.lab.sent) == 1
    modem.lab.set_options(sms_send_seconds=0)
    assert await other == SendReport(sent=(ANN,))
    assert await sending == SendReport(sent=(BEN,))


@pytest.mark.parametrize("code", [113004, 113018, 100004])
async def test_device_that_is_busy_for_a_moment(
    modem: HilinkSimulator, client: HilinkClient, code: int
) -> None:
    """What the device refuses because it is busy is asked again, and sent once."""
    await client.log_in()
    modem.lab.break_replies(SEND, FaultKind.ERROR, times=3, code=code)
    assert await send(client, ANN) == SendReport(sent=(ANN,))
    assert modem.lab.sent == [((ANN,), "Hello")]
    modem.lab.break_replies(SEND, FaultKind.ERROR, times=None, code=code)
    with pytest.raises(DeviceBusy):
        await send(client, ANN)
    assert len(modem.lab.sent) == 1


async def test_draft(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A draft is kept, and not sent."""
    await client.sms.save_draft([ANN, BEN], "Later", gsm7=True, saved_at=SENT_AT)
    [draft] = modem.lab.messages("3")
    assert (draft["Content"], draft["Date"]) == ("Later", "2026-09-01 12:30:05")
    assert modem.lab.sent == []


async def test_own_messages_queue(start_modem: StartModem, new_client: NewClient) -> None:
    """Several messages of the house wait for each other instead of being refused."""
    modem = await start_modem(sms_send_seconds=0)
    client = new_client(modem)
    reports = await asyncio.gather(*(send(client, ANN, text=f"Text {each}") for each in range(4)))
    assert reports == [SendReport(sent=(ANN,))] * 4
    assert [message.text for message in modem.lab.sent] == [f"Text {each}" for each in range(4)]


async def test_readings_go_on_while_sending(start_modem: StartModem, new_client: NewClient) -> None:
    """A minute of sending is no minute without readings."""
    modem = await start_modem(sms_send_seconds=10)
    client = new_client(modem)
    sending = asyncio.create_task(send(client, ANN))
    await wait_for_look(modem)
    await client.signal()
    assert not sending.done()
    modem.lab.advance(11)
    await sending


@pytest.mark.parametrize(
    ("kind", "executed"),
    [*((kind, True) for kind in BROKEN), (FaultKind.DROP, False), (FaultKind.HTML, False)],
)
async def test_unreadable_answer(
    modem: HilinkSimulator, client: HilinkClient, kind: FaultKind, *, executed: bool
) -> None:
    """Without a proper answer the message may be on its way: unknown, and never sent again."""
    await client.log_in()
    modem.lab.break_replies(SEND, kind, executed=executed)
    assert await send(client, ANN, BEN) == SendReport(unknown=(ANN, BEN))
    assert posts(modem, SEND) == 1
    assert len(modem.lab.sent) == int(executed)


@pytest.mark.parametrize("code", [125001, 125002, 125003])
async def test_refused_token(modem: HilinkSimulator, client: HilinkClient, code: int) -> None:
    """A refused token is a definite refusal: the message goes out with a fresh one."""
    await client.log_in()
    modem.lab.break_replies(SEND, FaultKind.ERROR, code=code)
    assert await send(client, ANN) == SendReport(sent=(ANN,))
    assert posts(modem, SEND) == 2
    assert len(modem.lab.sent) == 1


async def test_expired_session(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A login that ended is renewed, and the message is sent once."""
    await client.log_in()
    modem.lab.advance(301)
    modem.lab.reset_counts()
    assert await send(client, ANN) == SendReport(sent=(ANN,))
    assert len(modem.lab.sent) == 1
    assert login_posts(modem) == 1


@pytest.mark.parametrize("kind", [FaultKind.DROP, FaultKind.GARBAGE, FaultKind.ERROR])
async def test_look_that_fails(
    modem: HilinkSimulator, client: HilinkClient, kind: FaultKind
) -> None:
    """One look that fails is followed by another."""
    modem.lab.break_replies(STATUS, kind, times=2, code=100004)
    assert await send(client, ANN) == SendReport(sent=(ANN,))


async def test_firmware_that_does_not_say(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Where the device never tells how it went, the first refusal ends the looks."""
    modem.lab.break_replies(STATUS, FaultKind.ERROR, times=None, code=100002)
    assert await send(client, ANN) == SendReport(unknown=(ANN,))
    assert gets(modem, STATUS) == 2


async def test_restart_while_sending(start_modem: StartModem, new_client: NewClient) -> None:
    """A device that lost its queue cannot say: unknown, not sent again, and soon left alone."""
    modem = await start_modem(sms_send_seconds=10)
    client = new_client(modem)
    sending = asyncio.create_task(send(client, ANN))
    await wait_for_look(modem)
    modem.lab.reboot(30)
    modem.lab.advance(31)
    looks = gets(modem, STATUS)
    assert await sending == SendReport(unknown=(ANN,))
    assert len(modem.lab.sent) == 1
    assert gets(modem, STATUS) - looks < 30


async def test_device_that_goes_before_the_turn(
    modem: HilinkSimulator, client: HilinkClient
) -> None:
    """A device that does not answer is not given a message, whose fate would be unknown."""
    modem.lab.break_replies(STATUS, FaultKind.DROP, None)
    with pytest.raises(CannotConnect) as error:
        await send(client, ANN)
    assert not isinstance(error.value, ConnectionLost)
    assert posts(modem, SEND) == 0
    assert modem.lab.sent == []
    modem.lab.repair()
    modem.lab.break_replies(STATUS, FaultKind.DROP, 2)
    assert await send(client, ANN) == SendReport(sent=(ANN,))
    assert len(modem.lab.sent) == 1


async def test_absent_device(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Where nobody listens nothing was sent, and that is known."""
    await client.log_in()
    await modem.stop()
    with pytest.raises(CannotConnect):
        await send(client, ANN)


@pytest.mark.parametrize(
    ("number", "code"), [("+49-1555-0101", 100005), ("bank", 100005), ("", 100005)]
)
async def test_number_that_is_none(
    modem: HilinkSimulator, client: HilinkClient, number: str, code: int
) -> None:
    """The device refuses what it cannot dial, and the refusal does not repeat the number."""
    with pytest.raises(CommandRefused) as caught:
        await send(client, number)
    assert caught.value.code == code
    assert not number or number not in str(caught.value)
    assert modem.lab.sent == []


async def test_store_is_full(start_modem: StartModem, new_client: NewClient) -> None:
    """A full store sends nothing."""
    modem = await start_modem(sms_capacity=3)
    with pytest.raises(CommandRefused) as caught:
        await send(new_client(modem), ANN)
    assert caught.value.code == 113053
    assert modem.lab.sent == []


@pytest.mark.parametrize("text", ["Grüße 😀 & <b>", "Привет", "two\nlines", "x" * 612])
async def test_text_arrives_as_it_was(
    modem: HilinkSimulator, client: HilinkClient, text: str
) -> None:
    """Markup, emoji and line breaks survive the way to the device."""
    await client.sms.send([ANN], text, gsm7=False, sent_at=SENT_AT)
    assert modem.lab.sent == [((ANN,), text)]


@pytest.mark.parametrize(("gsm7", "coding"), [(True, b"1"), (False, b"0")])
async def test_request(
    device: ScriptedDevice, open_session: OpenSession, *, gsm7: bool, coding: bytes
) -> None:
    """The elements have the one order that all firmware takes; 1 is GSM 7-bit, 0 is UCS-2."""
    device.answer(f"/api/{SEND}", "<response>OK</response>")
    client = HilinkClient(open_session(), device.url)
    await client.sms.send([ANN, BEN], "Hello", gsm7=gsm7, sent_at=SENT_AT)
    assert device.last(f"/api/{SEND}").body.partition(b"?>")[2].strip() == (
        b"<request><Index>-1</Index><Phones><Phone>+4915550101</Phone>"
        b"<Phone>+4915550102</Phone></Phones><Sca></Sca><Content>Hello</Content>"
        b"<Length>5</Length><Reserved>" + coding + b"</Reserved>"
        b"<Date>2026-09-01 12:30:05</Date></request>"
    )


async def test_count(modem: HilinkSimulator, client: HilinkClient) -> None:
    """The boxes are counted."""
    before = await client.sms.count()
    modem.lab.inject_sms("+4915550199", "Hello")
    after = await client.sms.count()
    assert before.local_unread is not None
    assert before.local_inbox is not None
    assert after.local_unread == before.local_unread + 1
    assert after.local_inbox == before.local_inbox + 1
    assert after.new_messages == 1


async def test_firmware_without_messages(start_modem: StartModem, new_client: NewClient) -> None:
    """A device that carries no messages says so."""
    modem = await start_modem(sms_enabled=False)
    client = new_client(modem)
    with pytest.raises(NotSupported):
        await client.sms.count()
    with pytest.raises(NotSupported):
        await send(client, ANN)
    assert (await client.modules()).has("sms") is False


async def wait_for_look(modem: HilinkSimulator, looks: int = 2) -> None:
    """Wait until somebody has asked so often how far the sending is, once of it before."""
    for _ in range(1000):
        if gets(modem, STATUS) >= looks:
            return
        await asyncio.sleep(0.001)
    pytest.fail("nobody asked")
