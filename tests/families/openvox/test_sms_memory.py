"""What is remembered of messages that were sent, over restarts and crashes."""

import asyncio
from collections.abc import Awaitable, Callable
from copy import deepcopy
from typing import Any

from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE, EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.gatehouse.const import CONF_PORT_POLICY, DOMAIN
from custom_components.gatehouse.messaging import dispatch
from custom_components.gatehouse.messaging.store import BoxStore
from simulators.openvox import OpenVoxSimulator
from tests.conftest import state_of, until
from tests.families.openvox.conftest import StartGateway
from tests.families.openvox.message_helpers import (
    ANN,
    BEN,
    STATUS,
    Events,
    local_options,
    restart,
    send,
    set_up,
    taken,
)

CEM = "+15550100202"

type NextRound = Callable[..., Awaitable[None]]


@pytest.fixture(autouse=True)
def quick_look_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for lost messages without a pause, which frozen time would never end."""
    monkeypatch.setattr(dispatch, "LOOK_UP_INTERVAL", 0)


@pytest.fixture
async def gateway(start_gateway: StartGateway) -> OpenVoxSimulator:
    """Return a gateway whose clock is right, and that sends in turn."""
    return await start_gateway(**local_options())


async def send_and_keep(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    storage: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    **data: Any,
) -> dict[str, Any]:
    """Send a message, unload, and return what was on the disk by the state of the message."""
    disk: dict[str, Any] = {}
    save = BoxStore.save

    async def spy(store: BoxStore, document: dict[str, Any]) -> None:
        """Remember what is on the disk."""
        await save(store, document)
        if entries := document.get("entries"):
            disk[entries[-1]["state"]] = deepcopy(storage[outbox_file(entry)])

    with monkeypatch.context() as patch:
        patch.setattr(BoxStore, "save", spy)
        await send(hass, **data)
    await hass.config_entries.async_unload(entry.entry_id)
    return disk


def outbox_file(entry: MockConfigEntry) -> str:
    """Return the name of the file with the journal."""
    return f"{DOMAIN}.{entry.entry_id}.outbox"


async def sending_to(
    hass: HomeAssistant, gateway: OpenVoxSimulator, *numbers: str
) -> asyncio.Task[dict[str, Any]]:
    """Return a task that sends to several numbers, once the gateway is asked for the first."""
    gateway.lab.set_options(latency_seconds=0.2)
    gateway.lab.reset_counts()
    sending = asyncio.create_task(send(hass, numbers=[*numbers]))
    await until(lambda: "/sms/send" in gateway.lab.counts())
    return sending


async def test_crash_while_sending(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    next_round: NextRound,
    storage: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A message that was under way in a crash is told to be unknown, looked for, and not resent."""
    entry = await set_up(hass, gateway)
    disk = await send_and_keep(hass, entry, storage, monkeypatch, idempotency_key="x")
    storage[outbox_file(entry)] = disk["sending"]
    events = Events(hass, STATUS)
    await restart(hass, entry)
    assert events.kinds == ["unknown"]
    assert events.all("number") == [ANN]
    await restart(hass, entry)
    assert (await send(hass, idempotency_key="x"))["results"] == {ANN: "unknown"}
    gateway.lab.advance(3)
    await next_round()
    assert events.kinds == ["unknown", "sent"]
    assert len(set(events.all("id"))) == 1
    assert taken(gateway) == [(1, ANN, "Hello")]


async def test_crash_of_an_earlier_version(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    storage: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What an earlier version of Gatehouse was sending in a crash is told, too."""
    entry = await set_up(hass, gateway)
    disk = await send_and_keep(hass, entry, storage, monkeypatch)
    document = disk["sending"]["data"]["document"]
    document["version"] = 1
    del document["entries"][0]["untold"]
    storage[outbox_file(entry)] = disk["sending"]
    events = Events(hass, STATUS)
    await restart(hass, entry)
    assert events.kinds == ["unknown"]


async def test_crash_while_the_gateway_is_away(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    storage: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is not known is told although nobody can look for it."""
    entry = await set_up(hass, gateway)
    disk = await send_and_keep(hass, entry, storage, monkeypatch)
    storage[outbox_file(entry)] = disk["sending"]
    events = Events(hass, STATUS)
    gateway.lab.break_replies("smsinbox/get", "drop", None)
    gateway.lab.break_replies("smsoutbox/get", "drop", None)
    await restart(hass, entry)
    assert events.kinds == ["unknown"]


async def test_nothing_told_before_automations_are_armed(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    storage: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What a crash has cut off is told when somebody can hear it, though time has passed."""
    entry = await set_up(hass, gateway)
    disk = await send_and_keep(hass, entry, storage, monkeypatch)
    storage[outbox_file(entry)] = disk["sending"]
    events = Events(hass, STATUS)
    hass.set_state(CoreState.starting)
    await restart(hass, entry)
    assert len(events) == 0
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await hass.async_block_till_done()
    assert events.kinds == ["unknown"]


async def test_crash_while_waiting(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    next_round: NextRound,
    storage: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A message that waited for its turn in a crash was not sent, and can be sent again."""
    entry = await set_up(hass, gateway)
    disk = await send_and_keep(hass, entry, storage, monkeypatch, idempotency_key="x")
    storage[outbox_file(entry)] = disk["queued"]
    events = Events(hass, STATUS)
    await restart(hass, entry)
    assert events.kinds == ["failed"]
    await restart(hass, entry)
    gateway.lab.advance(3)
    await next_round()
    assert events.kinds == ["failed"]
    assert (await send(hass, idempotency_key="x"))["results"] == {ANN: "accepted"}


async def test_crash_before_the_last_numbers(
    hass: HomeAssistant, gateway: OpenVoxSimulator, storage: dict[str, Any]
) -> None:
    """Whose turn never came in a crash is told, too; the gateway gets one number at a time."""
    entry = await set_up(hass, gateway)
    sending = await sending_to(hass, gateway, ANN, BEN)
    disk = deepcopy(storage[outbox_file(entry)])
    await sending
    await hass.config_entries.async_unload(entry.entry_id)
    storage[outbox_file(entry)] = disk
    events = Events(hass, STATUS)
    await restart(hass, entry)
    assert [*zip(events.all("number"), events.kinds, strict=True)] == [
        (ANN, "unknown"),
        (BEN, "failed"),
    ]


async def test_crash_after_an_error(
    hass: HomeAssistant, gateway: OpenVoxSimulator, storage: dict[str, Any]
) -> None:
    """Who got an error for all numbers is not told of them once more."""
    entry = await set_up(hass, gateway)
    with pytest.raises(HomeAssistantError):
        await send(hass, numbers=[ANN, BEN], port=99)
    gateway.lab.break_replies("sms/send", "error", None)
    with pytest.raises(HomeAssistantError):
        await send(hass, numbers=[ANN, BEN])
    disk = deepcopy(storage.get(outbox_file(entry)))
    await hass.config_entries.async_unload(entry.entry_id)
    if disk is not None:
        storage[outbox_file(entry)] = disk
    events = Events(hass, STATUS)
    await restart(hass, entry)
    assert events.kinds == []


async def test_stop_between_numbers(
    hass: HomeAssistant, gateway: OpenVoxSimulator, storage: dict[str, Any]
) -> None:
    """Numbers that were left when Home Assistant stopped are answered for, and not told again."""
    entry = await set_up(hass, gateway)
    sending = await sending_to(hass, gateway, ANN, BEN, CEM)
    hass.set_state(CoreState.stopping)
    results = (await sending)["results"]
    assert results[CEM] == "failed"
    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done()
    assert storage[outbox_file(entry)]["data"]["document"]["planned"] == []


async def test_message_that_comes_again(
    hass: HomeAssistant, gateway: OpenVoxSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was sent is not saved as something that may fail because it is to be sent once more."""
    await set_up(hass, gateway)
    planned: list[list[str]] = []
    save = BoxStore.save

    async def spy(store: BoxStore, document: dict[str, Any]) -> None:
        """Note to whom messages are still to go."""
        planned.append([each["number"] for each in document.get("planned", ())])
        await save(store, document)

    monkeypatch.setattr(BoxStore, "save", spy)
    await send(hass, numbers=[ANN, BEN], idempotency_key="x")
    assert [BEN] in planned
    planned.clear()
    await send(hass, numbers=[ANN, BEN], idempotency_key="x")
    assert not any(planned)
    assert len(taken(gateway)) == 2


async def test_journal_while_a_message_waits(
    hass: HomeAssistant, gateway: OpenVoxSimulator, storage: dict[str, Any]
) -> None:
    """On the disk a message is being sent only when the gateway can have got it, and then always.

    It waits while the gateway answers something else, as it is asked one thing at a time.
    """
    entry = await set_up(hass, gateway)

    def state() -> str:
        """Return what the disk says of the message."""
        [found] = storage[outbox_file(entry)]["data"]["document"]["entries"]
        return str(found["state"])

    await hass.async_block_till_done()
    gateway.lab.set_options(latency_seconds=0.2)
    gateway.lab.reset_counts()
    reading = asyncio.create_task(entry.runtime_data.client.inbox())
    await until(lambda: "/smsinbox/get" in gateway.lab.counts())
    sending = asyncio.create_task(send(hass))
    await until(lambda: outbox_file(entry) in storage)
    assert state() == "queued"
    assert not reading.done()
    await until(lambda: "/sms/send" in gateway.lab.counts())
    assert state() == "sending"
    await reading
    assert (await sending)["results"] == {ANN: "accepted"}
    assert state() == "accepted"


async def test_restart_keeps_what_is_known(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """Keys, counts, turns and pending messages survive a restart."""
    entry = await set_up(hass, gateway, **{CONF_PORT_POLICY: "round_robin"})
    await send(hass, idempotency_key="x")
    await restart(hass, entry)
    assert state_of(hass, "sensor.sms_gateway_pending_messages") == "1"
    await send(hass)
    await send(hass, idempotency_key="x")
    assert [port for port, _, _ in taken(gateway)] == [1, 2]
    events = Events(hass, STATUS)
    gateway.lab.advance(2)
    await next_round()
    assert events.kinds == ["sent", "sent"]


async def test_damaged_journal(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    storage: dict[str, Any],
    issue_registry: ir.IssueRegistry,
) -> None:
    """A journal that makes no sense is put aside; the owner is told, and messages can be sent."""
    entry = await set_up(hass, gateway)
    await send(hass)
    await hass.config_entries.async_unload(entry.entry_id)
    storage[f"{DOMAIN}.{entry.entry_id}.outbox"]["data"]["document"]["entries"] = [{"key": 1}]
    await restart(hass, entry)
    assert issue_registry.async_get_issue(DOMAIN, f"{entry.entry_id}_outbox_damaged")
    await send(hass)
    assert len(taken(gateway)) == 2
    await hass.config_entries.async_remove(entry.entry_id)
    assert not issue_registry.async_get_issue(DOMAIN, f"{entry.entry_id}_outbox_damaged")


async def test_long_outbox(
    hass: HomeAssistant, start_gateway: StartGateway, next_round: NextRound
) -> None:
    """A message is found among many others, and no round takes more than two pages."""
    gateway = await start_gateway(**local_options(send_seconds=0))
    await set_up(hass, gateway)
    events = Events(hass, STATUS)
    await send(hass, message="The first")
    for number in range(70):
        await send(hass, message=f"Other {number}", port=1 + number % 8)
    gateway.lab.reset_counts()
    await next_round()
    assert gateway.lab.counts()["/smsoutbox/get"] == 2
    assert events.kinds == ["sent"] * 71
    assert sum(gateway.lab.counts().values()) <= 5
