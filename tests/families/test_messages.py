"""Text messages: the same promises, whatever carries them."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from homeassistant.config_entries import ConfigEntryState, ConfigSubentryData
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import CoreState, HomeAssistant, State
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    mock_restore_cache_with_extra_data,
)
from yarl import URL

from custom_components.gatehouse.const import CONF_HIDE_SMS_TEXT, DOMAIN
from custom_components.gatehouse.messaging import dispatch
from custom_components.gatehouse.messaging.store import BoxStore
from tests.conftest import state_of
from tests.families.openvox.message_helpers import Events, contact, restart

from .carriers import CARRIERS, Carrier

type NextRound = Callable[..., Awaitable[None]]
type SetUp = Callable[..., Awaitable[MockConfigEntry]]

ANN = "+15550100200"
BEN = "+15550100201"
RECEIVED = "event.box_message_received"
STATUS = "event.box_message_status"
LAST = "sensor.box_last_message"


@pytest.fixture(params=CARRIERS, ids=lambda kind: kind.__name__)
async def carrier(
    request: pytest.FixtureRequest, hass: HomeAssistant, socket_enabled: None
) -> AsyncGenerator[Carrier[Any]]:
    """Return each kind of device in turn."""
    carrier: Carrier[Any] = request.param.build()
    await carrier.simulator.start()
    yield carrier
    await carrier.simulator.stop()


@pytest.fixture
def set_up(hass: HomeAssistant, carrier: Carrier[Any]) -> SetUp:
    """Return a function that sets up an entry; its keywords are options."""

    async def set_up(*contacts: ConfigSubentryData, **options: object) -> MockConfigEntry:
        """Set up an entry."""
        entry = MockConfigEntry(
            domain=DOMAIN,
            title="Box",
            data=carrier.data(),
            options=options,
            subentries_data=list(contacts),
        )
        entry.add_to_hass(hass)
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
        assert entry.state is ConfigEntryState.LOADED
        return entry

    return set_up


@pytest.fixture
def quick_look_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for lost messages without a pause."""
    monkeypatch.setattr(dispatch, "LOOK_UP_INTERVAL", 0)


def attributes(hass: HomeAssistant, entity_id: str) -> dict[str, Any]:
    """Return the attributes of an entity."""
    state = hass.states.get(entity_id)
    assert state is not None
    return dict(state.attributes)


async def call(hass: HomeAssistant, action: str, **fields: Any) -> Any:
    """Call an action and return the response."""
    return await hass.services.async_call(
        DOMAIN, action, fields, blocking=True, return_response=True
    )


async def test_message(
    hass: HomeAssistant, carrier: Carrier[Any], set_up: SetUp, next_round: NextRound
) -> None:
    """A message is one event in the next round; what was there at the set-up is none."""
    carrier.receive(ANN, "Before")
    await set_up(contact("Ann", ANN))
    assert state_of(hass, RECEIVED) == "unknown"
    events = Events(hass, RECEIVED)
    carrier.receive(ANN, "Näher ✓ <b>")
    await next_round()
    assert events.kinds == ["received"]
    told = events.states[0].attributes
    expected = {"sender": ANN, "contact": "Ann", "text": "Näher ✓ <b>", "redelivered": False}
    assert told.items() >= expected.items()
    time = datetime.fromisoformat(told["time"])
    assert abs(dt_util.utcnow() - time) < timedelta(minutes=2)
    for _ in range(3):
        await next_round()
    assert len(events) == 1


async def test_many_at_once(
    hass: HomeAssistant, carrier: Carrier[Any], set_up: SetUp, next_round: NextRound
) -> None:
    """More messages than a page holds come in their order, also equal ones, each once."""
    await set_up()
    events = Events(hass, RECEIVED)
    texts = [f"Alarm {number}" for number in range(43)] + ["Same", "Same"]
    for text in texts:
        carrier.receive(ANN, text)
    await next_round()
    await next_round()
    assert events.all("text") == texts
    assert len(set(events.all("id"))) == len(texts)


async def test_late_message(
    hass: HomeAssistant, carrier: Carrier[Any], set_up: SetUp, next_round: NextRound
) -> None:
    """A message that has waited for long is another kind of event."""
    await set_up()
    events = Events(hass, RECEIVED)
    carrier.receive(ANN, "Long ago")
    await next_round(3600)
    assert events.kinds == ["received_late"]


async def test_place_that_is_used_again(
    hass: HomeAssistant, carrier: Carrier[Any], set_up: SetUp, next_round: NextRound
) -> None:
    """A message that takes the place of a deleted one is told."""
    await set_up()
    events = Events(hass, RECEIVED)
    for text in ("One", "Two"):
        carrier.receive(ANN, text)
        await next_round()
    carrier.simulator.lab.advance(5)
    carrier.forget(0)
    carrier.receive(ANN, "Three")
    await next_round()
    assert events.all("text") == ["One", "Two", "Three"]


async def test_message_during_a_restart(
    hass: HomeAssistant, carrier: Carrier[Any], set_up: SetUp, next_round: NextRound
) -> None:
    """What comes while Home Assistant is away is told afterwards, and only that."""
    entry = await set_up()
    carrier.receive(ANN, "First")
    await next_round()
    events = Events(hass, RECEIVED)
    carrier.receive(ANN, "Second")
    await restart(hass, entry)
    assert events.all("text") == ["Second"]
    assert events.all("redelivered") == [False]
    await restart(hass, entry)
    await next_round()
    assert events.all("text") == ["Second"]


async def test_crash_before_an_event(
    hass: HomeAssistant,
    carrier: Carrier[Any],
    set_up: SetUp,
    next_round: NextRound,
    storage: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After a crash between saving and telling, a message is told, marked and once."""
    entry = await set_up()
    key = f"{DOMAIN}.{entry.entry_id}.inbox"
    disk: list[Any] = []
    save = BoxStore.save

    async def spy(store: BoxStore, document: dict[str, Any]) -> None:
        """Remember what is on the disk when a message is claimed."""
        await save(store, document)
        if document.get("claims"):
            disk.append(deepcopy(storage[key]))

    monkeypatch.setattr(BoxStore, "save", spy)
    carrier.receive(ANN, "Open")
    await next_round()
    events = Events(hass, RECEIVED)
    await hass.config_entries.async_unload(entry.entry_id)
    storage[key] = disk[-1]
    await restart(hass, entry)
    assert events.all("text") == ["Open"]
    assert events.all("redelivered") == [True]
    await restart(hass, entry)
    assert len(events) == 1


async def test_nothing_before_automations_are_armed(
    hass: HomeAssistant, carrier: Carrier[Any], set_up: SetUp, next_round: NextRound
) -> None:
    """While Home Assistant starts nobody would hear an event, so there is none until it has."""
    entry = await set_up()
    carrier.receive(ANN, "Early")
    events = Events(hass, RECEIVED)
    hass.set_state(CoreState.starting)
    await restart(hass, entry)
    await next_round()
    assert len(events) == 0
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await hass.async_block_till_done()
    assert events.all("text") == ["Early"]


async def test_outage(
    hass: HomeAssistant, carrier: Carrier[Any], set_up: SetUp, next_round: NextRound
) -> None:
    """The event stays available, and the first message after an outage is one."""
    await set_up()
    events = Events(hass, RECEIVED)
    port = URL(carrier.simulator.url).port
    await carrier.simulator.stop()
    await next_round()
    assert state_of(hass, RECEIVED) == "unknown"
    carrier.receive(ANN, "Meanwhile")
    await carrier.simulator.start(port or 0)
    await next_round(120)
    assert events.all("text") == ["Meanwhile"]


@pytest.mark.usefixtures("quick_look_up")
async def test_lost_answer(hass: HomeAssistant, carrier: Carrier[Any], set_up: SetUp) -> None:
    """A message whose answer was lost is looked up, and never sent again."""
    await set_up()
    carrier.simulator.lab.break_replies(carrier.sends, "cut", 1)
    response = await call(hass, "send_sms", numbers=[ANN], message="Hello")
    assert response["results"][ANN] in {"sent", "delivered"}
    assert carrier.sent() == [(ANN, "Hello")]


@pytest.mark.usefixtures("quick_look_up")
async def test_message_that_is_not_found(
    hass: HomeAssistant, carrier: Carrier[Any], set_up: SetUp
) -> None:
    """One that the device never had stays unknown, which is an event, and is not sent either."""
    await set_up()
    events = Events(hass, STATUS)
    carrier.simulator.lab.break_replies(carrier.sends, "drop", 1)
    response = await call(hass, "send_sms", numbers=[ANN], message="Hello")
    assert response["results"] == {ANN: "unknown"}
    assert events.kinds == ["unknown"]
    assert carrier.sent() == []


async def test_list(
    hass: HomeAssistant, carrier: Carrier[Any], set_up: SetUp, next_round: NextRound
) -> None:
    """Messages are listed newest first, page by page, and by number; nobody is told of them."""
    for sender, text in ((ANN, "One"), (BEN, "Two"), ("Operator", "Three")):
        carrier.receive(sender, text)
        carrier.simulator.lab.advance(1)
    await set_up(contact("Ann", ANN))
    events = Events(hass, RECEIVED)
    first = await call(hass, "list_sms", page_size=2)
    assert [each["text"] for each in first["messages"]] == ["Three", "Two"]
    assert (first["page"], first["pages"]) == (1, 2)
    second = await call(hass, "list_sms", page_size=2, page=2)
    [message] = second["messages"]
    assert (message["text"], message["number"], message["contact"]) == ("One", ANN, "Ann")
    assert (await call(hass, "list_sms", page=7))["messages"] == []
    found = await call(hass, "list_sms", number="+1 (555) 0100-201", filter="unread")
    assert [each["text"] for each in found["messages"]] == ["Two"]
    assert (await call(hass, "list_sms", filter="read"))["messages"] == []
    hours = timedelta(hours=1)
    now = dt_util.now()
    assert len((await call(hass, "list_sms", since=now - hours))["messages"]) == 3
    assert (await call(hass, "list_sms", until=now - hours))["messages"] == []
    await next_round()
    assert len(events) == 0


async def test_list_of_sent(hass: HomeAssistant, carrier: Carrier[Any], set_up: SetUp) -> None:
    """So are those that were sent, with what became of them."""
    await set_up()
    await call(hass, "send_sms", numbers=[ANN], message="Answer")
    carrier.simulator.lab.advance(10)
    [message] = (await call(hass, "list_sms", box="outbox"))["messages"]
    assert (message["number"], message["text"]) == (ANN, "Answer")
    assert message["status"] in {"sent", "delivered"}


async def test_last_message(
    hass: HomeAssistant, carrier: Carrier[Any], set_up: SetUp, next_round: NextRound
) -> None:
    """A sensor shows the last message, also while the device is away."""
    await set_up(contact("Ann", ANN))
    assert state_of(hass, LAST) == "unknown"
    carrier.receive(ANN, "First")
    carrier.receive(BEN, "Second")
    await next_round()
    shown = datetime.fromisoformat(state_of(hass, LAST))
    assert abs(dt_util.utcnow() - shown) < timedelta(minutes=2)
    assert (
        attributes(hass, LAST).items()
        >= {
            "sender": BEN,
            "contact": None,
            "text": "Second",
        }.items()
    )
    before = state_of(hass, LAST)
    await carrier.simulator.stop()
    await next_round()
    assert state_of(hass, LAST) == before


@pytest.mark.parametrize("hidden", [False, True])
async def test_last_message_after_a_restart(
    hass: HomeAssistant,
    carrier: Carrier[Any],
    set_up: SetUp,
    next_round: NextRound,
    *,
    hidden: bool,
) -> None:
    """It is still shown, and its text only if the owner has not chosen to hide it."""
    old = {"sender": ANN, "contact": "Ann", "text": "Private"}
    time = dt_util.utcnow().replace(microsecond=0) - timedelta(hours=3)
    mock_restore_cache_with_extra_data(
        hass,
        [
            (
                State(LAST, time.isoformat(), old),
                {
                    "native_value": {
                        "__type": "<class 'datetime.datetime'>",
                        "isoformat": time.isoformat(),
                    },
                    "native_unit_of_measurement": None,
                },
            )
        ],
    )
    await set_up(**{CONF_HIDE_SMS_TEXT: hidden})
    assert datetime.fromisoformat(state_of(hass, LAST)) == time
    assert attributes(hass, LAST)["sender"] == ANN
    assert attributes(hass, LAST).get("text") == (None if hidden else "Private")
    carrier.receive(BEN, "Secret")
    await next_round()
    assert attributes(hass, LAST)["sender"] == BEN
    assert attributes(hass, LAST).get("text") == (None if hidden else "Secret")
