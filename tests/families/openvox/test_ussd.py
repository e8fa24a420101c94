"""USSD codes: what the ports say at once, and what the network answers by push."""

import asyncio
from typing import Any
from urllib.parse import urlencode

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
import voluptuous as vol

from custom_components.gatehouse.const import DOMAIN
from custom_components.gatehouse.push import ussd
from simulators.openvox import OpenVoxSimulator
from simulators.openvox.options import DEFAULT_USSD_PASSWORD, UssdFormat
from tests.conftest import state_of, until

from .conftest import StartGateway
from .message_helpers import Events, local_options, set_up
from .push_helpers import Web, address_of, set_push, start_web

EVENT = "event.sms_gateway_ussd_answer"
USER = {"ussd_username": "ussduser", "ussd_password": DEFAULT_USSD_PASSWORD}
BALANCE = "Your balance is 12.34"


@pytest.fixture
async def gateway(start_gateway: StartGateway) -> OpenVoxSimulator:
    """Return a gateway whose network answers when it is told to."""
    return await start_gateway(**local_options(ussd_seconds=None))


@pytest.fixture
async def web(hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator) -> Web:
    """Return the web server of Home Assistant."""
    return await start_web(hass, hass_client_no_auth)


async def set_up_ussd(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, **options: object
) -> MockConfigEntry:
    """Set up an entry, and let the gateway's page push to where the owner is told."""
    entry = await set_up(hass, gateway, push_address=address_of(web), **{**USER, **options})
    response = await set_push(hass, enabled=True)
    gateway.lab.set_options(ussd_push_url=response["ussd_address"])
    await set_push(hass, enabled=False)
    return entry


def ask(hass: HomeAssistant, port: object = 3, **data: Any) -> asyncio.Task[Any]:
    """Send a code; the task returns the response."""
    fields = {"port": port, "code": "*100#", **data}
    return asyncio.create_task(
        hass.services.async_call(DOMAIN, "send_ussd", fields, blocking=True, return_response=True)
    )


def asked(gateway: OpenVoxSimulator) -> list[int]:
    """Return the ports that have sent a code."""
    return [question.port for question in gateway.gateway.ussd.asked]


def identifier(gateway: OpenVoxSimulator) -> str:
    """Return the id of the latest question."""
    return gateway.gateway.ussd.asked[-1].identifier


def hook(gateway: OpenVoxSimulator) -> str:
    """Return the path to which answers are pushed."""
    return "/api/webhook/" + gateway.gateway.options.ussd_push_url.rpartition("/")[2]


@pytest.mark.parametrize("form", list(UssdFormat))
async def test_answer(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, form: UssdFormat
) -> None:
    """The answer is in the response and an event, in whatever form the gateway reports."""
    gateway.lab.set_options(ussd_format=form)
    await set_up_ussd(hass, gateway, web)
    assert state_of(hass, EVENT) == "unknown"
    events = Events(hass, EVENT)
    task = ask(hass)
    await until(lambda: asked(gateway))
    gateway.lab.answer_ussd(3, BALANCE)
    result = None if form is UssdFormat.NULL else "sent"
    assert await task == {"results": {"3": {"result": result, "reply": BALANCE}}}
    assert events.kinds == ["answered"]
    attributes = events.states[0].attributes
    assert (attributes["port"], attributes["text"]) == (3, BALANCE)
    assert attributes["id"] == int(identifier(gateway))


async def test_several_ports(hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web) -> None:
    """Each port tells its own; only those that sent the code are waited for."""
    gateway.lab.set_port(2, up=False)
    await set_up_ussd(hass, gateway, web)
    events = Events(hass, EVENT)
    task = ask(hass, ["1", "2", 4, 4])
    await until(lambda: asked(gateway) == [1, 4])
    gateway.lab.answer_ussd(4, "Four")
    gateway.lab.answer_ussd(1, "One")
    assert await task == {
        "results": {
            "1": {"result": "sent", "reply": "One"},
            "2": {"result": "not_ready", "reply": None},
            "4": {"result": "sent", "reply": "Four"},
        }
    }
    assert events.all("port") == [4, 1]


async def test_no_port_is_ready(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """Where no code was sent, nobody waits."""
    gateway.lab.set_port(2, up=False)
    await set_up(hass, gateway, **USER)
    async with asyncio.timeout(5):
        found = await ask(hass, 2)
    assert found == {"results": {"2": {"result": "not_ready", "reply": None}}}


async def test_no_answer(hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web) -> None:
    """Without an answer in time there is none in the response; a late one is an event still."""
    await set_up_ussd(hass, gateway, web)
    events = Events(hass, EVENT)
    expected = {"results": {"3": {"result": "sent", "reply": None}}}
    assert await ask(hass, timeout=0) == expected
    gateway.lab.answer_ussd(3, BALANCE)
    await until(lambda: events.all("text") == [BALANCE])
    task = ask(hass, timeout=1)
    assert await task == expected


async def test_forged_answers(hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web) -> None:
    """An answer that nobody asked for, to another port, or a second one, is none."""
    entry = await set_up_ussd(hass, gateway, web)
    events = Events(hass, EVENT)
    task = ask(hass)
    await until(lambda: asked(gateway))
    known = identifier(gateway)
    forged: list[dict[str, str]] = [
        {},
        {"port": "3", "message": "Forged"},
        {"port": "3", "message": "Forged", "id": "1"},
        {"port": "3", "message": "Forged", "id": f"{int(known) + 1}"},
        {"port": "3", "message": "Forged", "id": "x"},
        {"port": "3", "message": "Forged", "id": "-1"},
        {"port": "3", "message": "Forged", "id": "9" * 5000},
        {"port": "4", "message": "Forged", "id": known},
        {"port": "3", "id": known},
    ]
    gateway.requests.clear()
    for fields in forged:
        reply = await web.get(f"{hook(gateway)}?{urlencode(fields)}")
        assert reply.status == 200
    reply = await web.post(hook(gateway), data={"port": "3", "message": "Forged", "id": known})
    assert reply.status == 405
    assert not task.done()
    gateway.lab.answer_ussd(3, BALANCE)
    assert (await task)["results"]["3"]["reply"] == BALANCE
    await web.get(f"{hook(gateway)}?{urlencode({'port': 3, 'message': 'Again', 'id': known})}")
    await hass.async_block_till_done()
    assert events.all("text") == [BALANCE]
    assert gateway.requests == []
    counts = entry.runtime_data.push.report()["ussd"]
    assert counts == {"asked": 1, "answered": 1, "ignored": len(forged) + 1}


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("\ufeffGuthaben: 12,34 € + Bonus\ufeff bis 1.1.", "Guthaben: 12,34 € + Bonus bis 1.1."),
        ("余额 12元", "余额 12元"),
        ("{{ states('lock.door') }}\x1b[31m\x00 red", "{{ states('lock.door') }}[31m red"),
        ("", ""),
        ("x" * 5000, "x" * 1000),
    ],
    ids=["marks", "chinese", "odd", "empty", "long"],
)
async def test_text(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, told: str, shown: str
) -> None:
    """The text is only shown, and only as much of it as makes sense."""
    await set_up_ussd(hass, gateway, web)
    events = Events(hass, EVENT)
    task = ask(hass)
    await until(lambda: asked(gateway))
    gateway.lab.answer_ussd(3, told)
    assert (await task)["results"]["3"]["reply"] == shown
    assert events.all("text") == [shown]


async def test_several_lines(hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web) -> None:
    """Home Assistant itself turns away an address that has line breaks, which does no harm."""
    await set_up_ussd(hass, gateway, web)
    events = Events(hass, EVENT)
    task = ask(hass, timeout=1)
    await until(lambda: asked(gateway))
    gateway.lab.answer_ussd(3, "1 Balance\n2 Top up")
    await gateway.lab.pushed()
    assert gateway.lab.pushes[-1].outcome == "400"
    assert (await task)["results"]["3"] == {"result": "sent", "reply": None}
    assert len(events) == 0


async def test_answer_without_port(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web
) -> None:
    """An answer that names no port belongs to the only one that there can be."""
    gateway.lab.set_options(ussd_push_names=("", "message", "time", "status", "code", "id"))
    await set_up_ussd(hass, gateway, web)
    events = Events(hass, EVENT)
    task = ask(hass)
    await until(lambda: asked(gateway))
    gateway.lab.answer_ussd(3, BALANCE)
    assert (await task)["results"]["3"]["reply"] == BALANCE
    assert events.all("port") == [3]
    task = ask(hass, [1, 2], timeout=1)
    await until(lambda: len(asked(gateway)) == 3)
    gateway.lab.answer_ussd(1, BALANCE)
    assert (await task)["results"]["1"]["reply"] is None
    assert len(events) == 1


async def test_old_question(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    web: Web,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody believes an answer to a question of long ago."""
    await set_up_ussd(hass, gateway, web)
    events = Events(hass, EVENT)
    await ask(hass, timeout=0)
    monkeypatch.setattr(ussd, "KNOWN_FOR", 0)
    gateway.lab.answer_ussd(3, BALANCE)
    await gateway.lab.pushed()
    await hass.async_block_till_done()
    assert len(events) == 0


async def test_reload_while_waiting(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web
) -> None:
    """A reload does not wait for the network."""
    entry = await set_up_ussd(hass, gateway, web)
    task = ask(hass, timeout=60)
    await until(lambda: asked(gateway))
    async with asyncio.timeout(10):
        await hass.config_entries.async_reload(entry.entry_id)
        assert (await task)["results"]["3"] == {"result": "sent", "reply": None}


async def test_not_configured(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """Without user and password there is nothing to ask with, and no event that never comes."""
    await set_up(hass, gateway, ussd_username="ussduser")
    gateway.requests.clear()
    with pytest.raises(ServiceValidationError) as refused:
        await ask(hass)
    assert refused.value.translation_key == "ussd_not_configured"
    assert gateway.requests == []
    assert er.async_get(hass).async_get(EVENT) is None


async def test_wrong_password(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """A wrong password for USSD is not that of the gateway, and is sent once."""
    entry = await set_up(hass, gateway, ussd_username="ussduser", ussd_password="wrong")
    with pytest.raises(HomeAssistantError) as refused:
        await ask(hass)
    assert refused.value.translation_key == "ussd_login_refused"
    assert gateway.lab.state()["refused_ussd_logins"] == 1
    assert "credentials_refused" not in entry.data
    assert hass.config_entries.flow.async_progress() == []


@pytest.mark.parametrize("code", ["Hello", "", "*100", "#" * 183, "*100#;rm"])
async def test_code(hass: HomeAssistant, gateway: OpenVoxSimulator, code: str) -> None:
    """What is no code is not sent."""
    await set_up(hass, gateway, **USER)
    if code == "*100":
        assert (await ask(hass, code=" *100 ", timeout=0))["results"]["3"]["result"] == "sent"
        return
    with pytest.raises(ServiceValidationError) as refused:
        await ask(hass, code=code)
    assert refused.value.translation_key == "invalid_ussd_code"
    assert asked(gateway) == []


async def test_port(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """A port that the gateway does not have is not asked."""
    await set_up(hass, gateway, **USER)
    with pytest.raises(ServiceValidationError) as refused:
        await ask(hass, [1, 9])
    assert refused.value.translation_key == "unknown_port"
    impossible: list[object] = [0, 33, [], "one"]
    for port in impossible:
        with pytest.raises(vol.Invalid):
            await ask(hass, port)
    with pytest.raises(ServiceValidationError) as refused:
        await hass.services.async_call(DOMAIN, "send_ussd", {"code": "*100#"}, blocking=True)
    assert refused.value.translation_key == "ussd_port_missing"
    assert asked(gateway) == []


async def test_lost_reply(hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web) -> None:
    """A code whose reply gets lost is not sent again; its answer is an event all the same."""
    await set_up_ussd(hass, gateway, web)
    events = Events(hass, EVENT)
    gateway.lab.break_replies("service/sendussd", "drop", executed=True)
    with pytest.raises(HomeAssistantError) as unknown:
        await ask(hass)
    assert unknown.value.translation_key == "outcome_unknown"
    assert asked(gateway) == [3]
    gateway.lab.answer_ussd(3, BALANCE)
    await until(lambda: events.all("text") == [BALANCE])


async def test_nothing_in_the_log(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither code nor answer nor password is written down."""
    caplog.set_level("DEBUG", "custom_components.gatehouse")
    await set_up_ussd(hass, gateway, web)
    task = ask(hass)
    await until(lambda: asked(gateway))
    gateway.lab.answer_ussd(3, BALANCE)
    await task
    logged = "\n".join(
        each.getMessage() for each in caplog.records if each.name.startswith("custom_components")
    )
    for private in ("*100#", BALANCE, DEFAULT_USSD_PASSWORD):
        assert private not in logged
