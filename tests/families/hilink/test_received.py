"""What is particular about messages that a modem receives."""

from collections.abc import Awaitable, Callable

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.gatehouse.const import CONF_AFTER_RECEIVING, CONF_KEEP_LAST
from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import SetUpModem
from tests.families.hilink.conftest import ANN, BEN, StartEmpty, contents, unread
from tests.families.openvox.message_helpers import Events

type NextRound = Callable[..., Awaitable[None]]

RECEIVED = "event.modem_message_received"
STATUS = "event.modem_message_status"
LIST = ("POST", "/api/sms/sms-list")


async def test_parts_that_come_one_by_one(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem, next_round: NextRound
) -> None:
    """A long text is told once, whole, and soon after its last part; others do not wait."""
    await set_up(modem)
    events = Events(hass, RECEIVED)
    modem.lab.inject_sms(ANN, "One two three", parts=3, part_seconds=3)
    modem.lab.inject_sms(BEN, "Short")
    await next_round()
    assert events.all("text") == ["Short"]
    modem.lab.advance(10)
    await next_round(12)
    assert len(events) == 1
    await next_round(12)
    assert events.all("text") == ["Short", "One two three"]
    for _ in range(3):
        await next_round()
    assert len(events) == 2


async def test_long_text_from_just_before(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem, next_round: NextRound
) -> None:
    """A long text that came a moment before the modem was added is old, as all the others."""
    modem.lab.inject_sms(ANN, "Old and long", parts=2, part_seconds=1)
    modem.lab.advance(5)
    await set_up(modem)
    events = Events(hass, RECEIVED)
    for _ in range(4):
        await next_round()
    assert len(events) == 0


@pytest.mark.parametrize("markup", [False, True])
async def test_picture_message(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    set_up: SetUpModem,
    next_round: NextRound,
    *,
    markup: bool,
) -> None:
    """A picture message spoils the list of the device, and nothing else."""
    await set_up(modem)
    events = Events(hass, RECEIVED)
    modem.lab.inject_sms(ANN, "Before")
    modem.lab.inject_mms(BEN, markup=markup)
    modem.lab.inject_sms(ANN, "After & on")
    await next_round()
    await next_round()
    assert events.all("sender") == [ANN, BEN, ANN]
    assert [events.all("text")[at] for at in (0, 2)] == ["Before", "After & on"]


@pytest.mark.parametrize("text", ["Smile 😀", "Two\r\nlines"])
async def test_known_text_beside_a_picture_message(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    set_up: SetUpModem,
    next_round: NextRound,
    text: str,
) -> None:
    """A message is told once, whether or not a picture message spoils the list afterwards."""
    await set_up(modem)
    events = Events(hass, RECEIVED)
    modem.lab.inject_sms(ANN, text)
    await next_round()
    modem.lab.inject_mms(BEN, markup=True)
    await next_round()
    assert events.all("sender") == [ANN, BEN]


async def test_delivery_report(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem, next_round: NextRound
) -> None:
    """What the network says of a message that was sent is no message."""
    await set_up(modem)
    events = Events(hass, RECEIVED)
    modem.modem.messages.report(ANN)
    modem.lab.inject_sms(ANN, "Text")
    await next_round()
    assert events.all("text") == ["Text"]


async def test_status_of_a_message(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem
) -> None:
    """What became of a message is an event, too."""
    await set_up(modem, contacts={"Ann": ANN})
    events = Events(hass, STATUS)
    await hass.services.async_call(
        "notify", "send_message", {"entity_id": "notify.ann", "message": "Hello"}, blocking=True
    )
    assert events.kinds == ["sent"]
    assert events.all("contact") == ["Ann"]


async def test_entities_of_the_counts_may_be_disabled(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    set_up: SetUpModem,
    next_round: NextRound,
    entity_registry: er.EntityRegistry,
) -> None:
    """Messages are received whatever entities there are, with one reading of the counts."""
    entry = await set_up(modem)
    for name in ("unread_messages", "stored_messages"):
        entity_registry.async_update_entity(
            f"sensor.modem_{name}", disabled_by=er.RegistryEntryDisabler.USER
        )
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    events = Events(hass, RECEIVED)
    modem.lab.reset_counts()
    await next_round()
    assert modem.lab.counts()["/api/sms/sms-count"] == 1
    modem.lab.inject_sms(ANN, "Hello")
    await next_round()
    assert events.all("text") == ["Hello"]


async def test_firmware_without_messages(
    hass: HomeAssistant, start_empty: StartEmpty, set_up: SetUpModem, next_round: NextRound
) -> None:
    """It has no entities of messages, and is not asked for any again and again."""
    modem = await start_empty(sms_enabled=False)
    await set_up(modem)
    assert hass.states.get(RECEIVED) is None
    assert hass.states.get(STATUS) is None
    assert hass.states.get("sensor.modem_last_message") is None
    for _ in range(4):
        await next_round()
    modem.lab.reset_counts()
    for _ in range(10):
        await next_round()
    assert not [path for path in modem.lab.counts() if "/sms/" in path]


async def test_marked_as_read(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem, next_round: NextRound
) -> None:
    """What was told may be marked as read; what was there before stays as it is."""
    modem.lab.inject_sms(ANN, "Before")
    await set_up(modem, options={CONF_AFTER_RECEIVING: "mark_read"})
    events = Events(hass, RECEIVED)
    modem.lab.advance(60)
    modem.lab.inject_sms(ANN, "Hello")
    await next_round()
    assert events.all("text") == ["Hello"]
    assert contents(modem) == ["Before", "Hello"]
    assert unread(modem) == ["Before"]
    await next_round()
    assert len(events) == 1


async def test_nothing_is_touched(
    modem: HilinkSimulator, set_up: SetUpModem, next_round: NextRound
) -> None:
    """Unless its owner wants it, the device keeps what it has as it is."""
    await set_up(modem)
    modem.lab.inject_sms(ANN, "Hello")
    for _ in range(2):
        await next_round()
    assert unread(modem) == ["Hello"]


async def test_deleted(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem, next_round: NextRound
) -> None:
    """What was told is deleted but for the newest; what nobody was told of or has read stays."""
    modem.lab.inject_sms(ANN, "Before")
    await set_up(modem, options={CONF_AFTER_RECEIVING: "delete", CONF_KEEP_LAST: 2})
    events = Events(hass, RECEIVED)
    texts = ["One", "Two", "Three", "Four"]
    for text in texts:
        modem.lab.advance(1)
        modem.lab.inject_sms(ANN, text)
        await next_round()
    assert events.all("text") == texts
    assert contents(modem) == ["Before", "Three", "Four"]
    assert unread(modem) == ["Before"]


async def test_all_deleted(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem, next_round: NextRound
) -> None:
    """An inbox that is always empty loses and repeats nothing, though places are used again."""
    await set_up(modem, options={CONF_AFTER_RECEIVING: "delete"})
    events = Events(hass, RECEIVED)
    for number in range(6):
        modem.lab.advance(1)
        modem.lab.inject_sms(ANN, f"Text {number // 2}")
        await next_round()
        assert contents(modem) == []
    assert events.all("text") == ["Text 0", "Text 0", "Text 1", "Text 1", "Text 2", "Text 2"]
    assert events.all("redelivered") == [False] * 6


async def test_deleted_later(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem, next_round: NextRound
) -> None:
    """What cannot be deleted at once is deleted in the next round."""
    await set_up(modem, options={CONF_AFTER_RECEIVING: "delete"})
    modem.lab.break_replies("sms/delete-sms", "error", 1, code=100004)
    modem.lab.inject_sms(ANN, "Hello")
    await next_round()
    assert contents(modem) == ["Hello"]
    await next_round()
    assert contents(modem) == []
    modem.requests.clear()
    await next_round()
    await next_round()
    assert modem.requests.count(LIST) <= 1


async def test_part_of_a_message_is_not_deleted(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem, next_round: NextRound
) -> None:
    """A message that is not whole is neither told nor deleted nor marked."""
    await set_up(modem, options={CONF_AFTER_RECEIVING: "delete"})
    events = Events(hass, RECEIVED)
    modem.lab.inject_sms(ANN, "Long text", parts=2, part_seconds=5)
    modem.lab.inject_sms(BEN, "Short")
    await next_round()
    assert events.all("text") == ["Short"]
    assert len(contents(modem)) == 1
    modem.lab.advance(10)
    for _ in range(3):
        await next_round()
    assert events.all("text") == ["Short", "Long text"]
    assert contents(modem) == []
