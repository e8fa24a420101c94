"""The inbox is read when it may have changed; long texts are left alone until they are whole."""

from collections.abc import Callable
from datetime import datetime

import pytest

from custom_components.gatehouse.clients.errors import CannotConnect, InvalidReply, NotSupported
from custom_components.gatehouse.clients.hilink import inbox as inbox_module
from custom_components.gatehouse.clients.hilink.client import HilinkClient
from simulators.faults import FaultKind
from simulators.hilink.messages import Box
from simulators.hilink.options import SmsStyle
from simulators.hilink.simulator import HilinkSimulator
from tests.clients.conftest import OpenSession, ScriptedDevice
from tests.clients.hilink.conftest import NewClient, gets, posts
from tests.conftest import StartModem

ANN, BEN = "+4915550101", "+4915550102"
LIST = "sms/sms-list"
COUNT = "sms/sms-count"

type Wait = Callable[[float], None]


@pytest.fixture
async def modem(start_modem: StartModem) -> HilinkSimulator:
    """Return a modem with an empty memory."""
    modem = await start_modem()
    modem.lab.clear_messages()
    return modem


@pytest.fixture
def wait(modem: HilinkSimulator, monkeypatch: pytest.MonkeyPatch) -> Wait:
    """Return a function that lets time pass, here and at the modem."""
    now = 1000.0
    monkeypatch.setattr(inbox_module, "monotonic", lambda: now)

    def pass_time(seconds: float) -> None:
        """Let time pass."""
        nonlocal now
        now += seconds
        modem.lab.advance(seconds)

    return pass_time


async def texts(modem: HilinkSimulator, client: HilinkClient) -> list[str]:
    """Read the inbox as in a round in which somebody else has read the counts."""
    await client.sms.count()
    found = await client.sms.inbox.messages(modem.modem.clock.date())
    return [message.text for message in found]


async def test_list_is_read_when_the_counts_move(
    modem: HilinkSimulator, client: HilinkClient
) -> None:
    """A round without news costs nothing but the counts."""
    assert await texts(modem, client) == []
    modem.lab.inject_sms(ANN, "One")
    for _ in range(5):
        assert await texts(modem, client) == ["One"]
    assert posts(modem, LIST) == 2
    assert gets(modem, COUNT) == 6


async def test_counts_are_read_if_nobody_else_does(
    modem: HilinkSimulator, client: HilinkClient
) -> None:
    """The inbox does not depend on entities that somebody may have disabled."""
    now = datetime(2026, 9, 1, 12)  # noqa: DTZ001 - the devices know no zone
    await client.sms.inbox.messages(now)
    modem.lab.inject_sms(ANN, "One")
    for _ in range(3):
        assert len(await client.sms.inbox.messages(now)) == 1
    assert (gets(modem, COUNT), posts(modem, LIST)) == (4, 2)


async def test_change_that_leaves_the_counts_alone(
    modem: HilinkSimulator, client: HilinkClient
) -> None:
    """One message deleted, one received under its index: the next look finds it."""
    modem.lab.inject_sms(ANN, "One")
    assert await texts(modem, client) == ["One"]
    modem.lab.delete_sms(40000)
    modem.lab.advance(1)
    modem.lab.inject_sms(ANN, "Two")
    modem.modem.messages.arrived = 0
    assert await texts(modem, client) == ["One"]
    assert await client.sms.inbox.look() == 1
    assert await texts(modem, client) == ["Two"]
    await client.sms.inbox.look()
    await texts(modem, client)
    assert posts(modem, LIST) == 4


async def test_look_before_the_first_reading(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A look at messages of which nothing is known costs no second reading later."""
    modem.lab.inject_sms(ANN, "One")
    await client.sms.inbox.look()
    assert await texts(modem, client) == ["One"]
    assert await texts(modem, client) == ["One"]
    assert posts(modem, LIST) == 2


async def test_new_message_is_told_once(modem: HilinkSimulator, client: HilinkClient) -> None:
    """The device says only once that there are new ones; that is not forgotten."""
    modem.lab.inject_sms(ANN, "One")
    await texts(modem, client)
    modem.lab.delete_sms(40000)
    modem.lab.inject_sms(ANN, "Two")
    await client.sms.count()
    modem.lab.break_replies(LIST, FaultKind.DROP, times=1)
    with pytest.raises(CannotConnect):
        await texts(modem, client)
    assert await texts(modem, client) == ["Two"]


async def test_failed_reading_is_made_up_for(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A list that could not be read is read in the next round."""
    await texts(modem, client)
    modem.lab.inject_sms(ANN, "One")
    modem.lab.break_replies(LIST, FaultKind.DROP, times=1)
    with pytest.raises(CannotConnect):
        await texts(modem, client)
    assert await texts(modem, client) == ["One"]


async def test_parts_that_come_one_by_one(
    modem: HilinkSimulator, client: HilinkClient, wait: Wait
) -> None:
    """A long text is left alone until it has stayed as it is for a while."""
    await texts(modem, client)
    modem.lab.inject_sms(ANN, "AAABBBCCC", parts=3, part_seconds=8)
    assert await texts(modem, client) == []
    modem.lab.inject_sms(BEN, "Short")
    for _ in range(2):
        wait(8)
        assert await texts(modem, client) == ["Short"]
        assert client.sms.inbox.held
    wait(11)
    assert sorted(await texts(modem, client)) == ["AAABBBCCC", "Short"]
    assert not client.sms.inbox.held
    lists = posts(modem, LIST)
    assert len(await texts(modem, client)) == 2
    assert posts(modem, LIST) == lists


async def test_old_long_text(modem: HilinkSimulator, client: HilinkClient, wait: Wait) -> None:
    """Long texts that were there before are whole; one that has just come may not be."""
    modem.lab.inject_sms(ANN, "Old and long", parts=2, part_seconds=1)
    wait(70)
    modem.lab.inject_sms(ANN, "New and long", parts=2, part_seconds=1)
    assert await texts(modem, client) == ["Old and long"]
    wait(11)
    assert await texts(modem, client) == ["Old and long"]
    wait(11)
    assert await texts(modem, client) == ["New and long", "Old and long"]


async def test_known_long_text_stays(
    modem: HilinkSimulator, client: HilinkClient, wait: Wait
) -> None:
    """A long text that was whole once is not held back again when others come."""
    await texts(modem, client)
    modem.lab.inject_sms(ANN, "Long", parts=2, part_seconds=1)
    await texts(modem, client)
    wait(30)
    await texts(modem, client)
    wait(30)
    modem.lab.inject_sms(ANN, "Other")
    assert sorted(await texts(modem, client)) == ["Long", "Other"]


@pytest.mark.parametrize("style", list(SmsStyle))
async def test_firmware_that_does_not_count(
    start_modem: StartModem, new_client: NewClient, style: SmsStyle
) -> None:
    """Where there are no counts, the newest page shows whether there is news."""
    modem = await start_modem(sms_counts=False, sms_style=style)
    modem.lab.clear_messages()
    client = new_client(modem)
    now = modem.modem.clock.date()
    assert await client.sms.inbox.messages(now) == ()
    modem.lab.inject_sms(ANN, "One")
    for _ in range(3):
        [message] = await client.sms.inbox.messages(now)
        assert message.text == "One"
    assert gets(modem, COUNT) == 1


async def test_firmware_without_messages(
    start_modem: StartModem, new_client: NewClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked a few times, and then once an hour."""
    now = 1000.0
    monkeypatch.setattr(inbox_module, "monotonic", lambda: now)
    modem = await start_modem(sms_enabled=False)
    client = new_client(modem)
    date = modem.modem.clock.date()
    await client.log_in()
    modem.lab.reset_counts()
    for _ in range(10):
        with pytest.raises(NotSupported):
            await client.sms.inbox.messages(date)
    asked = len(modem.requests)
    assert asked < 10
    for _ in range(10):
        with pytest.raises(NotSupported):
            await client.sms.inbox.messages(date)
    assert len(modem.requests) == asked
    now += 3601
    modem.lab.set_options(sms_enabled=True)
    assert await client.sms.inbox.messages(date)


async def test_message_on_the_sim_card(modem: HilinkSimulator, client: HilinkClient) -> None:
    """What the device keeps on the SIM card is received, too."""
    modem.lab.inject_sms(ANN, "One")
    modem.lab.advance(1)
    modem.lab.inject_sms(ANN, "Two")
    modem.lab.advance(1)
    modem.lab.inject_sms(ANN, "Three")
    modem.modem.messages.all(modem.modem.now)[1].box = Box.SIM_INBOX
    assert await texts(modem, client) == ["Three", "Two", "One"]


async def test_list_that_is_not_ready(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A device that counts more than it lists is asked again, but not for ever."""
    modem.lab.inject_sms(ANN, "One")
    modem.lab.set_field("sms/sms-count", "LocalInbox", "2")
    for _ in range(6):
        assert await texts(modem, client) == ["One"]
    assert posts(modem, LIST) == 3
    modem.lab.reset_fields()
    assert await texts(modem, client) == ["One"]


async def test_encrypted_list(device: ScriptedDevice, open_session: OpenSession) -> None:
    """What newer firmware has encrypted is no empty inbox."""
    device.answer("/api/sms/sms-count", "<response><LocalInbox>1</LocalInbox></response>")
    device.answer(
        f"/api/{LIST}", "<response><pwd>00ff</pwd><hash>00ff</hash><iter>100</iter></response>"
    )
    client = HilinkClient(open_session(), device.url)
    with pytest.raises(InvalidReply):
        await client.sms.inbox.messages(datetime(2026, 9, 1))  # noqa: DTZ001 - no zone
