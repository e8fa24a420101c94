"""Messages that the gateway receives become events, each exactly once."""

from collections.abc import Awaitable, Callable
from copy import deepcopy
from typing import Any

from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er, issue_registry as ir
import pytest
from yarl import URL

from custom_components.gatehouse.const import CONF_OWN_EVENT, DOMAIN
from custom_components.gatehouse.messaging.store import BoxStore
from simulators.openvox import OpenVoxSimulator
from tests.conftest import state_of
from tests.families.openvox.conftest import StartGateway
from tests.families.openvox.message_helpers import (
    ANN,
    BEN,
    RECEIVED,
    Events,
    ago,
    contact,
    local_options,
    restart,
    set_up,
)

type NextRound = Callable[..., Awaitable[None]]

INBOX = "smsinbox/get"


@pytest.fixture
async def gateway(start_gateway: StartGateway) -> OpenVoxSimulator:
    """Return a gateway whose clock is right."""
    return await start_gateway(**local_options())


async def test_message(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """A message is an event in the next round; what was there at the set-up is none."""
    gateway.lab.receive_sms(1, ANN, "Before")
    await set_up(hass, gateway, contact("Ann", ANN))
    assert state_of(hass, RECEIVED) == "unknown"
    events = Events(hass, RECEIVED)
    gateway.lab.receive_sms(2, ANN, "Näher 🚪")
    await next_round()
    assert events.kinds == ["received"]
    attributes = events.states[0].attributes
    time = attributes["time"]
    expected = {
        "sender": ANN,
        "contact": "Ann",
        "text": "Näher 🚪",
        "port": 2,
        "redelivered": False,
    }
    assert attributes.items() >= expected.items()
    assert time.startswith(f"{gateway.gateway.local():%Y-%m-%dT%H:%M:%S}-0")
    await next_round()
    assert len(events) == 1
    assert state_of(hass, "sensor.sms_gateway_unread_messages") == "2"
    assert state_of(hass, "sensor.sms_gateway_port_2_received_messages_last_day") == "1"
    assert state_of(hass, "sensor.sms_gateway_port_1_received_messages_last_day") == "0"
    await next_round(86400)
    assert state_of(hass, "sensor.sms_gateway_port_2_received_messages_last_day") == "0"


async def test_many_at_once(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """More messages than a page holds come in their order, also equal ones."""
    await set_up(hass, gateway)
    events = Events(hass, RECEIVED)
    texts = [f"Alarm {number}" for number in range(43)] + ["Same", "Same"]
    for text in texts:
        gateway.lab.receive_sms(1, ANN, text)
    await next_round()
    assert events.all("text") == texts
    assert len(set(events.all("id"))) == len(texts)


async def test_late_message(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """A message that is older than ten minutes is another kind of event."""
    await set_up(hass, gateway)
    events = Events(hass, RECEIVED)
    gateway.lab.receive_sms(1, ANN, "Long ago", when=ago(minutes=11))
    gateway.lab.receive_sms(1, ANN, "Just now", when=ago(minutes=9))
    await next_round()
    assert list(zip(events.kinds, events.all("text"), strict=True)) == [
        ("received_late", "Long ago"),
        ("received", "Just now"),
    ]


async def test_message_during_a_restart(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """What comes while Home Assistant is away is told afterwards, and only that."""
    entry = await set_up(hass, gateway)
    gateway.lab.receive_sms(1, ANN, "First")
    await next_round()
    events = Events(hass, RECEIVED)
    gateway.lab.receive_sms(1, ANN, "Second")
    await restart(hass, entry)
    assert events.all("text") == ["Second"]
    assert events.all("redelivered") == [False]
    await restart(hass, entry)
    assert events.all("text") == ["Second"]
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert events.all("text") == ["Second"]


async def test_crash_before_an_event(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    next_round: NextRound,
    storage: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After a crash between saving and telling, a message is told and marked as repeated."""
    entry = await set_up(hass, gateway)
    key = f"{DOMAIN}.{entry.entry_id}.inbox"
    disk: list[Any] = []
    save = BoxStore.save

    async def spy(store: BoxStore, document: dict[str, Any]) -> None:
        """Remember what is on the disk when a message is claimed."""
        await save(store, document)
        if document.get("claims"):
            disk.append(deepcopy(storage[key]))

    monkeypatch.setattr(BoxStore, "save", spy)
    gateway.lab.receive_sms(1, ANN, "Open")
    await next_round()
    events = Events(hass, RECEIVED)
    await hass.config_entries.async_unload(entry.entry_id)
    [storage[key]] = disk
    await restart(hass, entry)
    assert events.all("text") == ["Open"]
    assert events.all("redelivered") == [True]
    await restart(hass, entry)
    assert len(events) == 1


async def test_nothing_before_automations_are_armed(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """While Home Assistant starts nobody would hear an event, so there is none until it has."""
    entry = await set_up(hass, gateway)
    gateway.lab.receive_sms(1, ANN, "Early")
    events = Events(hass, RECEIVED)
    hass.set_state(CoreState.starting)
    await restart(hass, entry)
    await next_round()
    assert len(events) == 0
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await hass.async_block_till_done()
    assert events.all("text") == ["Early"]


async def test_nothing_while_home_assistant_stops(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """While nothing is saved any more, no message is taken."""
    entry = await set_up(hass, gateway)
    events = Events(hass, RECEIVED)
    gateway.lab.receive_sms(1, ANN, "Last")
    hass.set_state(CoreState.stopping)
    await entry.runtime_data.messaging.async_collect()
    assert len(events) == 0
    hass.set_state(CoreState.running)
    await next_round()
    assert events.all("text") == ["Last"]


async def test_outage(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """The event entity stays available, and the first message after an outage is an event."""
    await set_up(hass, gateway)
    events = Events(hass, RECEIVED)
    port = URL(gateway.url).port
    await gateway.stop()
    await next_round()
    assert state_of(hass, "sensor.sms_gateway_unread_messages") == "unavailable"
    assert state_of(hass, RECEIVED) == "unknown"
    gateway.lab.receive_sms(1, ANN, "Meanwhile")
    await gateway.start(port or 0)
    await next_round(120)
    assert events.all("text") == ["Meanwhile"]


async def test_numbering_restarts(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """When the gateway numbers its messages anew, old ones are not told again."""
    await set_up(hass, gateway)
    for text in ("One", "Two", "Three"):
        gateway.lab.receive_sms(1, ANN, text)
    await next_round()
    events = Events(hass, RECEIVED)
    gateway.lab.delete_sms(1)
    gateway.lab.reset_inbox_ids()
    gateway.lab.receive_sms(1, ANN, "Four")
    await next_round()
    assert events.all("text") == ["Four"]
    gateway.lab.clear_inbox()
    gateway.lab.reset_inbox_ids()
    await next_round()
    gateway.lab.receive_sms(1, ANN, "Five")
    await next_round()
    assert events.all("text") == ["Four", "Five"]


async def test_event_of_a_contact(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    next_round: NextRound,
    entity_registry: er.EntityRegistry,
    device_registry: dr.DeviceRegistry,
) -> None:
    """A contact may have an event for what comes from its number, and only that."""
    entry = await set_up(
        hass, gateway, contact("Ann", ANN, **{CONF_OWN_EVENT: True}), contact("Ben", BEN)
    )
    assert hass.states.get("event.ben_message_received") is None
    own = entity_registry.async_get("event.ann_message_received")
    notify = entity_registry.async_get("notify.ann")
    assert own is not None
    assert notify is not None
    assert own.device_id == notify.device_id
    assert own.config_subentry_id in entry.subentries
    events, all_events = Events(hass, "event.ann_message_received"), Events(hass, RECEIVED)
    gateway.lab.receive_sms(1, BEN, "From Ben")
    gateway.lab.receive_sms(1, ANN, "From Ann")
    gateway.lab.receive_sms(1, "Bank", "TAN 4711")
    gateway.lab.receive_sms(1, ANN, "Old", when=ago(hours=1))
    await next_round()
    assert list(zip(events.kinds, events.all("text"), strict=True)) == [
        ("received", "From Ann"),
        ("received_late", "Old"),
    ]
    assert all_events.all("contact") == ["Ben", "Ann", None, "Ann"]
    assert all_events.all("sender")[2] == "Bank"


@pytest.mark.parametrize(
    "damaged",
    [
        {"version": 1, "data": {"document": {"version": 99}, "notes": []}},
        {"version": 1, "data": {"document": {"version": 1, "ledger": 5}, "notes": []}},
        {"version": 1, "data": {"something": "else"}},
        {"version": 9, "data": {"document": {}, "notes": []}},
    ],
)
async def test_damaged_memory(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    next_round: NextRound,
    storage: dict[str, Any],
    issue_registry: ir.IssueRegistry,
    damaged: dict[str, Any],
) -> None:
    """When it is not known any more what was told, nothing old is told, and the owner is."""
    entry = await set_up(hass, gateway)
    gateway.lab.receive_sms(1, ANN, "Old")
    await next_round()
    events = Events(hass, RECEIVED)
    await hass.config_entries.async_unload(entry.entry_id)
    storage[f"{DOMAIN}.{entry.entry_id}.inbox"] = damaged
    gateway.lab.receive_sms(1, ANN, "Unnoticed")
    await restart(hass, entry)
    issue = issue_registry.async_get_issue(DOMAIN, f"{entry.entry_id}_inbox_damaged")
    assert issue is not None
    assert issue.translation_placeholders is not None
    assert issue.translation_placeholders["device"] == "SMS gateway"
    assert ".inbox.damaged." in issue.translation_placeholders["file"]
    gateway.lab.receive_sms(1, ANN, "New")
    await next_round()
    assert events.all("text") == ["New"]


async def test_pause(hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound) -> None:
    """During a pause nothing is asked, and afterwards everything is told."""
    entry = await set_up(hass, gateway)
    events = Events(hass, RECEIVED)
    switch = {"entity_id": "switch.sms_gateway_pause_polling"}
    await hass.services.async_call("switch", "turn_on", switch, blocking=True)
    gateway.requests.clear()
    gateway.lab.receive_sms(1, ANN, "Meanwhile")
    await entry.runtime_data.messaging.async_collect()
    await next_round()
    assert gateway.requests == []
    await hass.services.async_call("switch", "turn_off", switch, blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert events.all("text") == ["Meanwhile"]


async def test_cost(hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound) -> None:
    """A round without news reads the inbox once, and nothing of what was sent."""
    await set_up(hass, gateway)
    for _ in range(20):
        gateway.lab.reset_counts()
        await next_round()
        counts = gateway.lab.counts()
        assert counts["/smsinbox/get"] == 1
        assert "/smsoutbox/get" not in counts
        assert sum(counts.values()) <= 5


async def test_cost_of_a_message(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """A message above a known one is found by the one look that each round takes."""
    gateway.lab.receive_sms(1, ANN, "Before")
    await set_up(hass, gateway)
    events = Events(hass, RECEIVED)
    gateway.lab.reset_counts()
    gateway.lab.receive_sms(1, ANN, "One")
    await next_round()
    assert events.all("text") == ["One"]
    assert gateway.lab.counts()["/smsinbox/get"] == 1


async def test_unreadable_inbox(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    next_round: NextRound,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """When only the inbox cannot be read, the gateway is not gone, and it heals."""
    caplog.set_level("DEBUG", "custom_components.gatehouse")
    entry = await set_up(hass, gateway)
    events = Events(hass, RECEIVED)
    gateway.lab.receive_sms(1, ANN, "Patience")
    gateway.lab.break_replies(INBOX, "html", 2)
    await next_round()
    await next_round()
    assert state_of(hass, "binary_sensor.sms_gateway_connection") == "on"
    assert state_of(hass, "sensor.sms_gateway_unread_messages") == "unknown"
    assert entry.runtime_data.messaging.report()["errors"] == {"inbox": "InvalidReply"}
    assert caplog.text.count("Reading the inbox of SMS gateway failed: InvalidReply") == 1
    await next_round()
    assert events.all("text") == ["Patience"]
    assert entry.runtime_data.messaging.report()["errors"] == {}
    assert state_of(hass, "sensor.sms_gateway_unread_messages") == "1"


async def test_mistake_of_ours(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    next_round: NextRound,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An error that nobody thought of is in the log once, and costs the gateway nothing."""
    entry = await set_up(hass, gateway)
    client = entry.runtime_data.client
    with monkeypatch.context() as patch:
        patch.setattr(client, "inbox", None)
        await next_round()
        await next_round()
    assert state_of(hass, "binary_sensor.sms_gateway_connection") == "on"
    assert caplog.text.count("Reading the inbox of SMS gateway failed: TypeError") == 1


async def test_removal(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound, storage: dict[str, Any]
) -> None:
    """With the entry goes what was remembered of its messages."""
    entry = await set_up(hass, gateway)
    gateway.lab.receive_sms(1, ANN, "Private")
    await next_round()
    assert f"{DOMAIN}.{entry.entry_id}.inbox" in storage
    await hass.config_entries.async_remove(entry.entry_id)
    assert not [key for key in storage if entry.entry_id in key]
