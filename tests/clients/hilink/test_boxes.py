"""Lists of messages: paged, one or many, by box or by conversation, and spoiled ones."""

from typing import Any

import pytest

from custom_components.gatehouse.clients.errors import CannotConnect, InvalidReply, NotSupported
from custom_components.gatehouse.clients.hilink.boxes import BoxType
from custom_components.gatehouse.clients.hilink.client import HilinkClient
from custom_components.gatehouse.clients.hilink.models import StoredMessage
from simulators.faults import FaultKind
from simulators.hilink.options import SmsStyle
from simulators.hilink.simulator import HilinkSimulator
from tests.clients.conftest import OpenSession, ScriptedDevice
from tests.clients.hilink.conftest import NewClient, posts
from tests.conftest import StartModem

ANN, BEN = "+4915550101", "+4915550102"
LIST = "sms/sms-list"

FRENCH_STICK = """<?xml version="1.0" encoding="utf-8"?>
<response><Count>{count}</Count><messages>{messages}</messages></response>"""
"""How sticks with firmware 10.0.3 write a list of conversations."""


def written(**fields: Any) -> str:
    """Return a message as such sticks write it."""
    elements = {
        "smstat": 1,
        "index": 40013,
        "phone": ANN,
        "content": "Yes",
        "date": "2026-11-21 16:45:44",
        "sca": "",
        "savetype": 0,
        "priority": 0,
        "smstype": 1,
        "unreadcount": 0,
        **fields,
    }
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in elements.items())
    return f"<message>{inner}</message>"


def contents(messages: tuple[StoredMessage, ...]) -> list[str]:
    """Return the texts of messages."""
    return [message.text for message in messages]


@pytest.fixture(params=list(SmsStyle))
async def modem(request: pytest.FixtureRequest, start_modem: StartModem) -> HilinkSimulator:
    """Return a modem with an empty memory, which lists in the one way or the other."""
    modem = await start_modem(sms_style=request.param)
    modem.lab.clear_messages()
    return modem


async def test_one_or_many(modem: HilinkSimulator, client: HilinkClient) -> None:
    """None, one and several messages are listed, the newest first."""
    assert await client.sms.boxes.all(BoxType.INBOX) == ()
    modem.lab.inject_sms(ANN, "Grüße <b>&</b>")
    [message] = await client.sms.boxes.all(BoxType.INBOX)
    assert (message.index, message.number, message.status) == (40000, ANN, 0)
    assert message.text == "Grüße <b>&</b>"
    assert f"{message.time}" == "2026-09-01 12:00:00"
    modem.lab.advance(1)
    modem.lab.inject_sms("Operator", "Two")
    assert contents(await client.sms.boxes.all(BoxType.INBOX)) == ["Two", "Grüße <b>&</b>"]


@pytest.mark.parametrize("number", [19, 20, 21, 45])
async def test_pages(modem: HilinkSimulator, client: HilinkClient, number: int) -> None:
    """A list of any length is read to its end, and each message is there once."""
    for each in range(number):
        modem.lab.inject_sms(ANN, f"Text {each}")
        modem.lab.advance(1)
    messages = await client.sms.boxes.all(BoxType.INBOX)
    assert contents(messages) == [f"Text {each}" for each in reversed(range(number))]


async def test_many_conversations(modem: HilinkSimulator, client: HilinkClient) -> None:
    """More people have written than fit on a page."""
    for each in range(23):
        modem.lab.inject_sms(f"+49155501{each:02}", f"Text {each}")
        modem.lab.advance(1)
    assert len(await client.sms.boxes.all(BoxType.INBOX)) == 23


async def test_boxes(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Each box has its own messages."""
    await client.log_in()
    modem.lab.inject_sms(ANN, "In")
    sent_at = modem.modem.clock.date()
    await client.sms.send([ANN], "Out", gsm7=True, sent_at=sent_at)
    await client.sms.save_draft([BEN], "Later", gsm7=True, saved_at=sent_at)
    boxes = {box: contents(await client.sms.boxes.all(box)) for box in BoxType}
    assert boxes == {
        BoxType.INBOX: ["In"],
        BoxType.SENT: ["Out"],
        BoxType.DRAFTS: ["Later"],
        BoxType.SIM_INBOX: [],
    }


async def test_picture_message(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A picture message spoils the list; all texts are read all the same, emoji included."""
    modem.lab.inject_sms(ANN, "Before & after ✓")
    modem.lab.advance(1)
    modem.lab.inject_mms(BEN, markup=True)
    modem.lab.advance(1)
    modem.lab.inject_sms(ANN, "After </Content>")
    await client.sms.send([ANN], "😀", gsm7=False, sent_at=modem.modem.clock.date())
    newest, picture, oldest = await client.sms.boxes.all(BoxType.INBOX)
    assert (newest.text, oldest.text) == ("After </Content>", "Before & after ✓")
    assert (picture.number, picture.status, picture.index) == (BEN, 0, 40001)
    assert "\ufffd" not in picture.text
    assert contents(await client.sms.boxes.all(BoxType.SENT)) == ["😀"]


@pytest.mark.parametrize("text", ["Smile 😀", "\n two lines\r\nof text \t", "a\rb &lt; c'", " "])
async def test_same_text_beside_a_picture_message(
    modem: HilinkSimulator, client: HilinkClient, text: str
) -> None:
    """A text is the same, to the last blank, whether or not the list is spoiled."""
    modem.lab.inject_sms(ANN, text)
    [before] = await client.sms.boxes.all(BoxType.INBOX)
    modem.lab.inject_mms(BEN, markup=True)
    _, after = await client.sms.boxes.all(BoxType.INBOX)
    assert after.text == before.text


async def test_text_within_a_picture_message(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Some devices put the next text into the record of a picture message."""
    modem.lab.set_options(mms_swallows_next=True)
    modem.lab.inject_mms(BEN)
    [before] = await client.sms.boxes.all(BoxType.INBOX)
    assert before.text == ""
    modem.lab.inject_sms(ANN, "swallowed")
    [after] = await client.sms.boxes.all(BoxType.INBOX)
    assert after.text == "swallowed"


@pytest.mark.parametrize("style", list(SmsStyle))
async def test_emoji_beside_a_picture_message(
    device: ScriptedDevice, open_session: OpenSession, style: SmsStyle
) -> None:
    """Bytes that are no text cost nothing but themselves: emoji as pairs of surrogates stay."""
    smiley = "\ud83d\ude00".encode("utf-8", "surrogatepass")
    messages = (
        written(content="EMOJI"),
        written(index=40014, content="PICTURE"),
        written(index=40015, content="bell&#7; &#x1F600; &#55357;&#56832; end\x0b."),
    )
    reply = (
        FRENCH_STICK.format(count=3, messages="".join(messages))
        .encode()
        .replace(b"EMOJI", smiley)
        .replace(b"PICTURE", b"\xc2\xbe\xc2\xaf\xff\x84<\x01&")
    )
    if style is SmsStyle.BOX:
        device.answer(f"/api/{LIST}", reply)
    else:
        device.answer("/api/sms/sms-list-contact", reply)
        device.answer("/api/sms/sms-list-phone", reply)
    client = HilinkClient(open_session(), device.url)
    found = await client.sms.boxes.all(BoxType.INBOX)
    assert {message.index: message.text for message in found} == {
        40013: "😀",
        40014: "<&",
        40015: "bell 😀 😀 end.",
    }


@pytest.mark.parametrize("kind", [FaultKind.TRUNCATED, FaultKind.HTML, FaultKind.GARBAGE])
async def test_list_that_is_cut_off(
    modem: HilinkSimulator, client: HilinkClient, kind: FaultKind
) -> None:
    """Half a list is no list."""
    modem.lab.inject_sms(ANN, "One")
    modem.lab.inject_sms(ANN, "Two")
    for path in (LIST, "sms/sms-list-contact"):
        modem.lab.break_replies(path, kind, times=None, executed=True)
    with pytest.raises(InvalidReply):
        await client.sms.boxes.all(BoxType.INBOX)


async def test_device_away(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A device that does not answer has no empty inbox."""
    await client.log_in()
    await modem.stop()
    with pytest.raises(CannotConnect):
        await client.sms.boxes.all(BoxType.INBOX)


async def test_firmware_without_messages(start_modem: StartModem, new_client: NewClient) -> None:
    """A device that carries no messages says so."""
    client = new_client(await start_modem(sms_enabled=False))
    with pytest.raises(NotSupported):
        await client.sms.boxes.all(BoxType.INBOX)
    with pytest.raises(NotSupported):
        await client.sms.boxes.newest()


async def test_way_of_listing_is_learned(start_modem: StartModem, new_client: NewClient) -> None:
    """Firmware that lists by conversation is not asked for boxes again and again."""
    modem = await start_modem(sms_style=SmsStyle.CONVERSATION)
    client = new_client(modem)
    for _ in range(3):
        await client.sms.boxes.all(BoxType.INBOX)
    assert posts(modem, LIST) == 1


async def test_conversations_of_a_stick(device: ScriptedDevice, open_session: OpenSession) -> None:
    """A list as a real stick writes it, with a sender that has a name."""
    head = written(phone="Free Mobile", content="INFO", index=40005, smstype=2)
    conversation = written(phone="Free Mobile", content="INFO", index=40005, curbox=0) + written(
        phone="Free Mobile", content="Sent", index=40000, smstat=3, curbox=1
    )
    device.answer("/api/sms/sms-list-contact", FRENCH_STICK.format(count=1, messages=head))
    device.answer(
        "/api/sms/sms-list-phone",
        FRENCH_STICK.format(count=2, messages=conversation).replace("Count>", "count>"),
    )
    client = HilinkClient(open_session(), device.url)
    [message] = await client.sms.boxes.all(BoxType.INBOX)
    assert (message.number, message.text, message.index) == ("Free Mobile", "INFO", 40005)
    body = device.last("/api/sms/sms-list-phone").body
    assert b"<phone>Free Mobile</phone><pageindex>1</pageindex><readcount>20</readcount>" in (
        body.replace(b"\n", b"")
    )


async def test_list_request(device: ScriptedDevice, open_session: OpenSession) -> None:
    """The elements have the one order that all firmware takes."""
    device.answer(f"/api/{LIST}", "<response><Count>0</Count><Messages></Messages></response>")
    client = HilinkClient(open_session(), device.url)
    assert await client.sms.boxes.all(BoxType.SENT) == ()
    assert device.last(f"/api/{LIST}").body.partition(b"?>")[2].strip() == (
        b"<request><PageIndex>1</PageIndex><ReadCount>20</ReadCount><BoxType>2</BoxType>"
        b"<SortType>0</SortType><Ascending>0</Ascending><UnreadPreferred>0</UnreadPreferred>"
        b"</request>"
    )


async def test_delete_and_mark(start_modem: StartModem, new_client: NewClient) -> None:
    """Several messages go with one request; too many with several."""
    modem = await start_modem()
    modem.lab.clear_messages()
    client = new_client(modem)
    for each in range(60):
        modem.lab.inject_sms(ANN, f"Text {each}")
    await client.sms.mark_read(range(40000, 40055))
    assert posts(modem, "sms/set-read") == 2
    assert modem.lab.state()["unread"] == 5
    await client.sms.delete([40000, 49999])
    await client.sms.delete([])
    assert posts(modem, "sms/delete-sms") == 1
    assert modem.lab.state()["messages"] == 59


def test_secrets_stay_out_of_reprs() -> None:
    """Whoever prints a message sees neither number nor text."""
    message = StoredMessage(index=1, number=ANN, content="private", date="2026-01-01 00:00:00")
    assert ANN not in repr(message)
    assert "private" not in repr(message)
