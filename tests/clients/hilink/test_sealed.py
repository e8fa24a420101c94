"""Lists of messages that firmware seals for whoever asks."""

from datetime import datetime
from typing import Any

import pytest

from custom_components.gatehouse.clients.errors import CannotConnect, CommandRefused
from custom_components.gatehouse.clients.hilink import sms
from custom_components.gatehouse.clients.hilink.boxes import BoxType
from custom_components.gatehouse.clients.hilink.client import HilinkClient
from custom_components.gatehouse.clients.hilink.sealed import EncryptedReply, Seal
from simulators.hilink.options import SmsStyle
from simulators.hilink.simulator import HilinkSimulator
from tests.clients.hilink.conftest import NewClient, gets, posts
from tests.conftest import StartModem

ANN = "+4915550101"
SENT_AT = datetime(2026, 11, 21, 12)  # noqa: DTZ001 - the device knows no zone
LIST = "sms/sms-list"
SEAL = Seal(
    nonce="000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
    salt="fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0efeeedecebeae9e8e7e6e5e4e3e2e1e0",
)
SEALED = {
    "pwd": "bcd7d2d30d659ac947a1efb00877e8a4b76bac75aa2d97a759fc0c5c5f18b7351bb7e3fd24791ede"
    "0793e6af624be23d2f3e96809f2ddb449bc0b3a6a9b3e78eaa01ff01704035137ddf8572d1255f232dcb53b3"
    "31a3dc2960f8cd8fcb93705fe9b076a889b58ab8e944ed433cbef02fcc74e6dcc14492d0c95729654e8ac734"
    "ca88b38a307e5ad092a53f05d6dfcaf0737aabc4e8aaf62aac5622f7ae3415ab",
    "hash": "6c7fe698965d45a9a59a337dcf49a9fb537e3e0a40672e2685c3b905ed7ac012",
    "iter": "100",
}
"""What the page of such a device reads with those numbers."""


@pytest.fixture(params=list(SmsStyle))
async def modem(request: pytest.FixtureRequest, start_modem: StartModem) -> HilinkSimulator:
    """Return a modem that seals, with an empty memory."""
    modem = await start_modem(sms_style=request.param, sms_encryption="sealed")
    modem.lab.clear_messages()
    return modem


def test_known_reply() -> None:
    """A reply is opened with the numbers that it was sealed with."""
    content = {"Count": "1", "Messages": {"Message": {"Content": "Grüße \u20ac"}}}
    assert SEAL.content(SEALED) == content
    assert SEAL.content(SEALED | {"hash": SEALED["hash"].upper()}) == content


def test_plain_reply() -> None:
    """What comes plain is taken as it is."""
    assert SEAL.content("OK") == "OK"
    assert SEAL.content({"Count": "0"}) == {"Count": "0"}


@pytest.mark.parametrize(
    "change",
    [
        {"pwd": SEALED["pwd"][:-2] + "00"},
        {"pwd": SEALED["pwd"][:-2]},
        {"pwd": None},
        {"pwd": "no number"},
        {"hash": "00" * 32},
        {"hash": None},
        {"iter": "101"},
        {"iter": "0"},
        {"iter": "1000000000"},
        {"iter": None},
    ],
)
def test_forged_reply(change: dict[str, Any]) -> None:
    """What somebody has changed is not opened, and keeps the processor free."""
    with pytest.raises(EncryptedReply):
        SEAL.content(SEALED | change)
    with pytest.raises(EncryptedReply):
        Seal().content(SEALED)


def test_secrecy() -> None:
    """The numbers are new each time, and show nowhere."""
    first, second = Seal(), Seal()
    assert first.nonce != second.nonce
    assert first.salt != second.salt
    assert first.nonce not in repr(first)
    assert first.salt not in repr(first)


@pytest.mark.parametrize("login", ["scram", "base64"])
async def test_lists(modem: HilinkSimulator, new_client: NewClient, login: str) -> None:
    """Lists are read, long ones too, with either padding."""
    modem.lab.set_options(login=login)
    client = new_client(modem)
    assert await client.sms.boxes.all(BoxType.INBOX) == ()
    for number in range(25):
        modem.lab.inject_sms(ANN, f"Grüße {number}")
        modem.lab.advance(1)
    messages = await client.sms.boxes.all(BoxType.INBOX)
    assert [each.text for each in messages] == [f"Grüße {number}" for number in reversed(range(25))]
    assert gets(modem, "webserver/publickey") == 1


async def test_question(start_modem: StartModem, new_client: NewClient) -> None:
    """Once it is known that lists are sealed, nobody asks for plain ones."""
    modem = await start_modem(sms_encryption="sealed")
    client = new_client(modem)
    await client.sms.boxes.newest()
    assert posts(modem, LIST) == 2
    await client.sms.boxes.newest()
    assert posts(modem, LIST) == 3


async def test_first_of_all_a_message(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Whether messages are encrypted is found out before one is sent."""
    report = await client.sms.send([ANN], "Hello", gsm7=True, sent_at=SENT_AT)
    assert report.sent == (ANN,)
    assert [each.text for each in modem.lab.sent] == ["Hello"]
    assert posts(modem, "sms/send-sms") == 1


@pytest.fixture
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look almost without a pause at what becomes of a message."""
    monkeypatch.setattr(sms, "STATUS_INTERVAL", 0.005)


@pytest.mark.usefixtures("quick_looks")
async def test_look_that_fails(start_modem: StartModem, new_client: NewClient) -> None:
    """Nothing goes out in plain text because it could not be found out for a moment."""
    modem = await start_modem(profile="h165-383", sms_encryption="sealed", sms_send_seconds=0)
    client = new_client(modem)
    modem.lab.break_replies(LIST, "cut", 1)
    report = await client.sms.send([ANN], "Hello", gsm7=True, sent_at=SENT_AT)
    assert report.sent == (ANN,)
    assert posts(modem, "sms/send-sms") == 1
    modem.lab.break_replies(LIST, "error", 2, code=-1)
    for _ in range(2):
        with pytest.raises(CommandRefused):
            await client.sms.boxes.newest()
    assert await client.sms.boxes.sealed()
    modem.lab.break_replies(LIST, "cut", None)
    with pytest.raises(CannotConnect):
        await new_client(modem).sms.delete([40000])
    assert posts(modem, "sms/delete-sms") == 0


async def test_key_of_a_new_login(start_modem: StartModem, new_client: NewClient) -> None:
    """A modem that has forgotten the login may have another key, which is asked for."""
    modem = await start_modem(sms_encryption="sealed")
    client = new_client(modem)
    await client.sms.boxes.newest()
    modem.lab.expire_sessions()
    await client.sms.boxes.newest()
    assert gets(modem, "webserver/publickey") > 1


async def test_list_that_nobody_can_read(start_modem: StartModem, new_client: NewClient) -> None:
    """It is asked for once each time, and only now and then in the hope of a proper seal."""
    modem = await start_modem(sms_encryption="unreadable")
    client = new_client(modem)
    for _ in range(3):
        with pytest.raises(EncryptedReply):
            await client.sms.boxes.newest()
    assert posts(modem, LIST) == 4


async def test_commands(modem: HilinkSimulator, client: HilinkClient) -> None:
    """What is done with messages is encrypted then."""
    modem.lab.inject_sms(ANN, "Hello")
    [message] = await client.sms.boxes.all(BoxType.INBOX)
    assert message.index is not None
    await client.sms.mark_read([message.index])
    await client.sms.delete([message.index])
    assert await client.sms.boxes.all(BoxType.INBOX) == ()


async def test_other_firmware(start_modem: StartModem, new_client: NewClient) -> None:
    """A lost or changed answer is no reason to ask in another way; other firmware is."""
    modem = await start_modem(sms_encryption="sealed")
    client = new_client(modem)
    assert await client.sms.boxes.sealed()
    modem.lab.break_replies(LIST, "cut", 1)
    with pytest.raises(CannotConnect):
        await client.sms.boxes.newest()
    assert await client.sms.boxes.sealed()
    modem.lab.set_options(sms_encryption="unreadable")
    with pytest.raises(EncryptedReply):
        await client.sms.boxes.newest()
    modem.lab.set_options(sms_encryption="none")
    assert (await client.sms.boxes.newest()).messages
    assert not await client.sms.boxes.sealed()


@pytest.mark.parametrize(("code", "tries"), [(100005, 2), (100006, 2), (113055, 1)])
async def test_refusal(
    start_modem: StartModem, new_client: NewClient, code: int, tries: int
) -> None:
    """A list that is refused either way is refused for the first reason."""
    modem = await start_modem()
    modem.lab.break_replies(LIST, "error", None, code=code)
    with pytest.raises(CommandRefused) as error:
        await new_client(modem).sms.boxes.newest()
    assert error.value.code == code
    assert posts(modem, LIST) == tries


async def test_device_without_key(start_modem: StartModem, new_client: NewClient) -> None:
    """A device that has no key cannot be asked for a sealed list."""
    modem = await start_modem(sms_encryption="sealed")
    modem.lab.break_replies("webserver/publickey", "error", None, code=100002)
    with pytest.raises(CommandRefused) as error:
        await new_client(modem).sms.boxes.newest()
    assert error.value.code == 100005
    assert posts(modem, LIST) == 1
