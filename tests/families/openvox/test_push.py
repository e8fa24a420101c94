"""A push makes Home Assistant look for messages at once, and can do nothing else."""

import asyncio
from collections.abc import Callable
import logging
import time
from urllib.parse import urlencode

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.gatehouse.push import pace
from simulators.openvox import OpenVoxSimulator
from tests.conftest import until

from .conftest import StartGateway
from .message_helpers import ANN, RECEIVED, STATUS, Events, contact, local_options, send, set_up
from .push_helpers import (
    GET_CONFIG,
    INBOX,
    NextRound,
    Web,
    count,
    hook_of,
    pass_real_time,
    set_up_push,
    settings,
    start_web,
)


@pytest.fixture
async def gateway(start_gateway: StartGateway) -> OpenVoxSimulator:
    """Return a gateway whose clock is right."""
    return await start_gateway(**local_options())


@pytest.fixture
async def web(hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator) -> Web:
    """Return the web server of Home Assistant."""
    return await start_web(hass, hass_client_no_auth)


async def test_message_at_once(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    web: Web,
    caplog: pytest.LogCaptureFixture,
    record_property: Callable[[str, object], None],
) -> None:
    """A pushed message is an event although no time of a poll has passed."""
    caplog.set_level(logging.DEBUG, "custom_components.gatehouse")
    entry = await set_up_push(hass, gateway, web)
    events = Events(hass, RECEIVED)
    started = time.monotonic()
    gateway.lab.receive_sms(3, ANN, "The door is open")
    await until(lambda: len(events))
    record_property("seconds", time.monotonic() - started)
    assert events.all("text") == ["The door is open"]
    assert events.all("sender") == [ANN]
    # No round was due meanwhile: nothing but the inbox was read.
    assert set(gateway.requests) == {("POST", INBOX)}
    (push,) = gateway.lab.pushes
    assert push.outcome == "200"
    # Nothing of the message travels in the address.
    assert push.url == f"http://127.0.0.1:{web.port}{hook_of(gateway)}?"
    report = entry.runtime_data.push.report()
    assert (report["state"], report["nudges"], report["looks"]) == ("on", 1, 1)
    ours = [each for each in caplog.records if each.name == "custom_components.gatehouse"]
    logged = "\n".join(each.getMessage() for each in ours)
    assert hook_of(gateway).rpartition("/")[2] not in logged
    assert "door is open" not in logged


@pytest.mark.parametrize("text", ["Two\nlines", "../../etc", "<script>1</script>"])
async def test_message_with_an_odd_text(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, text: str
) -> None:
    """Texts for which Home Assistant would turn an address away come at once like any other."""
    await set_up_push(hass, gateway, web)
    assert (await web.get(f"{hook_of(gateway)}?{urlencode({'message': text})}")).status == 400
    events = Events(hass, RECEIVED)
    gateway.lab.receive_sms(3, ANN, text)
    await until(lambda: events.all("text") == [text])
    assert gateway.lab.pushes[-1].outcome == "200"


async def test_without_push(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """Without pushes, which nobody has asked for, a message is an event in the next round."""
    before = settings(gateway)
    await set_up(hass, gateway)
    events = Events(hass, RECEIVED)
    gateway.lab.receive_sms(3, ANN, "The door is open")
    await next_round(30)
    assert events.all("text") == ["The door is open"]
    await next_round(3600)
    assert settings(gateway) == before
    assert count(gateway, GET_CONFIG) == 0
    assert gateway.lab.pushes == []


async def test_lost_push(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, next_round: NextRound
) -> None:
    """A push that gets lost is no loss: the next round reads the message, once."""
    await set_up_push(hass, gateway, web)
    events = Events(hass, RECEIVED)
    gateway.lab.lose_pushes()
    gateway.lab.receive_sms(1, ANN, "First")
    await gateway.lab.pushed()
    assert len(events) == 0
    await next_round()
    assert events.all("text") == ["First"]
    await next_round()
    assert len(events) == 1


async def test_delivery_at_once(hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web) -> None:
    """What became of a message that was sent shows at once too."""
    await set_up_push(hass, gateway, web)
    events = Events(hass, STATUS)
    await send(hass)
    gateway.lab.advance(2)
    await until(lambda: events.kinds == ["sent"])
    gateway.lab.advance(10)
    await until(lambda: events.kinds == ["sent", "delivered"])


async def test_wrong_hook(hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web) -> None:
    """Who does not know the webhook does not even make Home Assistant look."""
    await set_up_push(hass, gateway, web)
    path = hook_of(gateway)
    wrong = path[:-1] + ("0" if path[-1] != "0" else "1")
    for guess in (wrong, f"{path}0", path[:-1], "/api/webhook/", "/api/webhook/gatehouse"):
        await web.get(guess)
        await web.post(guess, data={"message": "Open the door"})
    await pass_real_time(pace.SETTLE_TIME + 0.2)
    assert gateway.requests == []


async def test_flood(hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web) -> None:
    """However many pushes come within a moment, the gateway is asked once."""
    await set_up_push(hass, gateway, web)
    events = Events(hass, RECEIVED)
    path = hook_of(gateway)
    await asyncio.gather(*(web.get(path) for _ in range(100)))
    await pass_real_time(pace.SETTLE_TIME + 0.3)
    assert count(gateway, INBOX) == 1
    assert len(gateway.requests) == 1
    assert len(events) == 0


async def test_endless_flood(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    web: Web,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A flood that does not end makes Home Assistant look now and then, and never faster."""
    monkeypatch.setattr(pace, "SETTLE_TIME", 0.01)
    monkeypatch.setattr(pace, "SPACING", 0.1)
    await set_up_push(hass, gateway, web)
    path = hook_of(gateway)
    end = time.monotonic() + 1
    while time.monotonic() < end:
        await web.get(path)
    assert 2 <= count(gateway, INBOX) <= 11

    entry = hass.config_entries.async_entries("gatehouse")[0]
    monkeypatch.setattr(pace, "SPACING", 0.001)
    while entry.runtime_data.push.report()["looks"] < pace.MOST_IN_WINDOW:
        await web.get(path)
    await pass_real_time(0.1)
    gateway.requests.clear()
    for _ in range(20):
        await web.get(path)
    await pass_real_time(0.3)
    assert gateway.requests == []


@pytest.mark.parametrize(
    "query",
    [
        "?phonenumber=%2B15550100200&message=Open+the+door&port=1&status=",
        "?phonenumber=&message=&status=DELIVERD(0)&id=1",
        "?message=%FF%FE%00%C3%28&%00=%00",
        "?" + "&".join(f"a{number}=b" for number in range(300)),
        "?message=" + "x" * 7000,
        "?=&&&==;;%%%",
    ],
    ids=["message", "report", "garbage", "many", "long", "odd"],
)
async def test_forged_push(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, query: str
) -> None:
    """Whatever a push says, Home Assistant looks and finds nothing."""
    await set_up_push(hass, gateway, web)
    events, news = Events(hass, RECEIVED), Events(hass, STATUS)
    reply = await web.get(hook_of(gateway) + query)
    assert (reply.status, await reply.read()) == (200, b"")
    await until(lambda: count(gateway, INBOX))
    await hass.async_block_till_done()
    assert gateway.requests == [("POST", INBOX)]
    assert len(events) == len(news) == 0


async def test_huge_push(hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web) -> None:
    """What no server takes does nothing, and a body is not read."""
    await set_up_push(hass, gateway, web)
    reply = await web.get(f"{hook_of(gateway)}?message={'x' * 100_000}")
    assert reply.status == 400
    await pass_real_time(pace.SETTLE_TIME + 0.2)
    assert gateway.requests == []
    reply = await web.post(hook_of(gateway), data=b"x" * 1_000_000)
    assert reply.status == 200
    await until(lambda: gateway.requests == [("POST", INBOX)])


async def test_push_from_elsewhere(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    web: Web,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody outside of the house can make Home Assistant look."""
    await set_up_push(hass, gateway, web)
    monkeypatch.setattr("homeassistant.util.network.is_local", lambda _: False)
    reply = await web.get(hook_of(gateway))
    assert reply.status == 200
    await pass_real_time(pace.SETTLE_TIME + 0.2)
    assert gateway.requests == []


async def test_push_during_a_look(
    hass: HomeAssistant, start_gateway: StartGateway, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes while Home Assistant looks is looked for once more."""
    monkeypatch.setattr(pace, "SPACING", 0.01)
    gateway = await start_gateway(**local_options(latency_seconds=0.2))
    entry = await set_up_push(hass, gateway, web)
    events = Events(hass, RECEIVED)
    await web.get(hook_of(gateway))
    await until(lambda: count(gateway, INBOX) == 1)
    gateway.lab.receive_sms(1, ANN, "Meanwhile")
    await until(lambda: entry.runtime_data.push.report()["looks"] == 2)
    await until(lambda: events.all("text") == ["Meanwhile"])


async def test_push_while_paused_or_unloaded(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web
) -> None:
    """A device that is left alone is not disturbed, and one that is not set up does not listen."""
    entry = await set_up_push(hass, gateway, web)
    path = hook_of(gateway)
    switch = {"entity_id": "switch.sms_gateway_pause_polling"}
    await hass.services.async_call("switch", "turn_on", switch, blocking=True)
    gateway.requests.clear()
    await web.get(path)
    await pass_real_time(pace.SETTLE_TIME + 0.2)
    assert gateway.requests == []
    await hass.services.async_call("switch", "turn_off", switch, blocking=True)
    await web.get(path)
    await hass.config_entries.async_unload(entry.entry_id)
    gateway.requests.clear()
    reply = await web.get(path)
    assert reply.status == 200
    await pass_real_time(pace.SETTLE_TIME + 0.2)
    assert gateway.requests == []


async def test_contact_by_push(hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web) -> None:
    """Only the gateway says who a message is from; the push may say anything."""
    entry = await set_up(
        hass,
        gateway,
        contact("Ann", ANN),
        push=True,
        push_address=f"http://127.0.0.1:{web.port}",
    )
    await until(lambda: entry.runtime_data.push.report()["state"] == "on")
    events = Events(hass, RECEIVED)
    gateway.lab.lose_pushes()
    gateway.lab.receive_sms(1, "+15550109999", "Open")
    await web.get(f"{hook_of(gateway)}?phonenumber=%2B15550100200&message=Open")
    await until(lambda: len(events))
    assert events.all("contact") == [None]
    assert events.all("sender") == ["+15550109999"]
