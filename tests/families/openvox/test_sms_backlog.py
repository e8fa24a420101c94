"""Many messages that have waited: none is lost, and they hold nothing up."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import CoreState, Event, HomeAssistant, callback
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.gatehouse import messaging
from custom_components.gatehouse.families.openvox.readings import CHANNELS
from custom_components.gatehouse.messaging import paging
from simulators.openvox import OpenVoxSimulator
from tests.conftest import state_of, until
from tests.families.openvox.conftest import StartGateway
from tests.families.openvox.message_helpers import (
    ANN,
    RECEIVED,
    Events,
    local_options,
    restart,
    send,
    set_up,
)
from tests.families.openvox.push_helpers import set_up_push, start_web

type NextRound = Callable[..., Awaitable[None]]

INBOX = "/smsinbox/get"


@pytest.fixture
async def gateway(start_gateway: StartGateway) -> OpenVoxSimulator:
    """Return a gateway whose clock is right, and that has received a message."""
    gateway = await start_gateway(**local_options(inbox_capacity=5000))
    gateway.lab.receive_sms(1, ANN, "Before")
    return gateway


def receive(gateway: OpenVoxSimulator, count: int) -> list[str]:
    """Let the gateway receive messages, and return their texts."""
    texts = [f"Text {number}" for number in range(count)]
    for text in texts:
        gateway.lab.receive_sms(1, ANN, text)
    return texts


async def begin_to_collect(gateway: OpenVoxSimulator, entry: MockConfigEntry) -> asyncio.Task[None]:
    """Let the inbox be read up to its third page, and return what goes on."""
    gateway.lab.set_options(latency_seconds=0.02)
    gateway.lab.reset_counts()
    collecting = asyncio.create_task(entry.runtime_data.messaging.async_collect())
    await until(lambda: gateway.lab.counts().get(INBOX, 0) > 2)
    return collecting


async def test_backlog(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """However many messages came while Home Assistant was away, all are told, oldest first."""
    entry = await set_up(hass, gateway)
    await hass.config_entries.async_unload(entry.entry_id)
    texts = receive(gateway, 1050)
    events = Events(hass, RECEIVED)
    await restart(hass, entry)
    assert events.all("text") == texts
    assert not any(events.all("redelivered"))
    assert len(set(events.all("id"))) == len(texts)
    await next_round()
    assert len(events) == len(texts)


async def test_others_have_their_turn(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """While a long list is read, a message is sent between two of its pages."""
    entry = await set_up(hass, gateway)
    texts = receive(gateway, 400)
    events = Events(hass, RECEIVED)
    collecting = await begin_to_collect(gateway, entry)
    assert (await send(hass))["results"] == {ANN: "accepted"}
    assert not collecting.done()
    assert len(events) == 0
    await collecting
    assert events.all("text") == texts


@pytest.mark.parametrize("fault", ["drop", "garbage"])
async def test_page_that_gets_lost(
    hass: HomeAssistant, gateway: OpenVoxSimulator, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """A long reading goes on where a reply got lost, and does not begin anew."""
    entry = await set_up(hass, gateway)
    texts = receive(gateway, 400)
    events = Events(hass, RECEIVED)
    monkeypatch.setattr(paging, "PAUSE", 0)
    collecting = await begin_to_collect(gateway, entry)
    gateway.lab.break_replies("smsinbox/get", fault, 2)
    await collecting
    assert events.all("text") == texts
    assert gateway.lab.counts()[INBOX] <= 2 * (len(texts) // 20 + 1) + 2


async def test_page_that_stays_away(
    hass: HomeAssistant, gateway: OpenVoxSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A gateway that answers no more is left alone until the next round, and nothing is lost."""
    entry = await set_up(hass, gateway)
    texts = receive(gateway, 400)
    events = Events(hass, RECEIVED)
    monkeypatch.setattr(paging, "PAUSE", 0)
    collecting = await begin_to_collect(gateway, entry)
    gateway.lab.break_replies("smsinbox/get", "drop", None)
    asked = gateway.lab.counts()[INBOX]
    await collecting
    assert len(events) == 0
    assert gateway.lab.counts()[INBOX] <= asked + 4
    gateway.lab.repair()
    await entry.runtime_data.messaging.async_collect()
    assert events.all("text") == texts


async def test_round_does_not_wait(
    hass: HomeAssistant, gateway: OpenVoxSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a long list is read, the rounds go on and show what else is read."""
    entry = await set_up(hass, gateway)
    texts = receive(gateway, 400)
    events = Events(hass, RECEIVED)
    monkeypatch.setattr(messaging, "ROUND_PATIENCE", 0)
    gateway.lab.set_options(latency_seconds=0.02)
    gateway.lab.reset_counts()
    await entry.runtime_data.async_refresh()
    gateway.lab.set_port(1, up=False)
    await entry.runtime_data.async_read((CHANNELS,))
    assert state_of(hass, "binary_sensor.sms_gateway_port_1_registered") == "off"
    assert len(events) == 0
    await until(lambda: len(events) == len(texts))
    assert events.all("text") == texts
    await hass.async_block_till_done()
    assert state_of(hass, "sensor.sms_gateway_unread_messages") == str(len(texts) + 1)
    # One reading at a time, twice over, as nothing else tells that it has missed nothing.
    assert gateway.lab.counts()[INBOX] <= 2 * (len(texts) // 20 + 1)


async def test_push_while_a_message_is_sent(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    """What comes while the gateway lets a sender wait is told after that, at once."""
    web = await start_web(hass, hass_client_no_auth)
    await set_up_push(hass, gateway, web)
    events = Events(hass, RECEIVED)
    gateway.lab.set_options(latency_seconds=1)
    gateway.lab.reset_counts()
    sending = asyncio.create_task(send(hass))
    await until(lambda: "/sms/send" in gateway.lab.counts())
    gateway.lab.receive_sms(1, ANN, "Meanwhile")
    await gateway.lab.pushed()
    assert not sending.done()
    await sending
    gateway.lab.set_options(latency_seconds=0)
    await until(lambda: events.all("text") == ["Meanwhile"])


async def test_stop_while_messages_are_told(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """What is not told any more before Home Assistant stops is told afterwards, unmarked."""
    entry = await set_up(hass, gateway)
    texts = receive(gateway, 35)
    events = Events(hass, RECEIVED)

    @callback
    def stop(event: Event[Any]) -> None:
        """Begin to stop at the fifth message."""
        if event.data["entity_id"] == RECEIVED and len(events) == 5:
            hass.set_state(CoreState.stopping)

    hass.bus.async_listen(EVENT_STATE_CHANGED, stop)
    await entry.runtime_data.messaging.async_collect()
    assert events.all("text") == texts[:10]
    hass.set_state(CoreState.running)
    await entry.runtime_data.messaging.async_collect()
    assert events.all("text") == texts
    assert not any(events.all("redelivered"))
