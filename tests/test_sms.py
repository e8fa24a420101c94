"""Sending text messages, as users do it: by action and by notify entity."""

import asyncio
from dataclasses import replace
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import device_registry as dr
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from yarl import URL

from custom_components.gatehouse.clients.hilink import sms
from custom_components.gatehouse.const import CONF_MAX_SMS_PARTS, DOMAIN
from custom_components.gatehouse.messaging import dispatch
from simulators.hilink.simulator import HilinkSimulator

from .conftest import SetUpModem, StartModem, state_of, until

NUMBER = "+15550100"
OTHER = "+15550101"


async def send(hass: HomeAssistant, **data: Any) -> Any:
    """Send a message and ask for the response."""
    return await hass.services.async_call(
        DOMAIN,
        "send_sms",
        {"numbers": [NUMBER], "message": "Hello", **data},
        blocking=True,
        return_response=True,
    )


async def send_blindly(hass: HomeAssistant) -> None:
    """Send a message without asking for the response."""
    await hass.services.async_call(
        DOMAIN, "send_sms", {"numbers": NUMBER, "message": "Also private"}, blocking=True
    )


def sent(modem: HilinkSimulator) -> list[tuple[tuple[str, ...], str]]:
    """Return the messages that the modem took, each with its recipients."""
    return [(tuple(message.phones), message.text) for message in modem.lab.sent]


async def test_response(hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem) -> None:
    """The response tells what happened to each number, and what it cost."""
    entry = await set_up(modem)
    response = await send(
        hass,
        config_entry_id=entry.entry_id,
        numbers=["+1 (555) 0100", OTHER, NUMBER],
        message="Grüße <b>&</b> 😀",
    )
    assert response == {
        "results": {NUMBER: "sent", OTHER: "sent"},
        "segments": 1,
        "coding": "ucs2",
    }
    assert sent(modem) == [((NUMBER, OTHER), "Grüße <b>&</b> 😀")]


async def test_long_message(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem
) -> None:
    """A long text arrives whole and is counted in parts."""
    await set_up(modem)
    response = await send(hass, message="a" * 612)
    assert response["segments"] == 4
    assert response["coding"] == "gsm7"
    assert sent(modem) == [((NUMBER,), "a" * 612)]


@pytest.mark.parametrize(
    ("data", "key", "placeholders"),
    [
        ({"numbers": ["+1555ALARM"]}, "invalid_number", {"position": "1"}),
        ({"numbers": [NUMBER, "12"]}, "invalid_number", {"position": "2"}),
        ({"numbers": []}, "no_numbers", {}),
        (
            {"numbers": [f"+155501{n:02}" for n in range(51)]},
            "too_many_numbers",
            {"count": "51", "limit": "50"},
        ),
        ({"message": ""}, "empty_message", {}),
        ({"message": " \n "}, "empty_message", {}),
        ({"message": "a" * 613}, "message_too_long", {"segments": "5", "limit": "4"}),
        ({"message": "ł" * 269}, "message_too_long", {"segments": "5", "limit": "4"}),
    ],
)
async def test_bad_input_sends_nothing(
    data: dict[str, Any],
    key: str,
    placeholders: dict[str, str],
    hass: HomeAssistant,
    modem: HilinkSimulator,
    set_up: SetUpModem,
) -> None:
    """Bad input is refused with a reason before the modem hears of it."""
    await set_up(modem)
    modem.requests.clear()
    with pytest.raises(ServiceValidationError) as error:
        await send(hass, **data)
    assert error.value.translation_domain == DOMAIN
    assert error.value.translation_key == key
    assert error.value.translation_placeholders == placeholders
    assert modem.requests == []


async def test_limit_is_an_option(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem
) -> None:
    """The owner decides what a message may cost at most."""
    await set_up(modem, options={CONF_MAX_SMS_PARTS: 1})
    with pytest.raises(ServiceValidationError) as error:
        await send(hass, message="a" * 161)
    assert error.value.translation_placeholders == {"segments": "2", "limit": "1"}
    assert sent(modem) == []


@pytest.mark.parametrize("options", [{"sms_outcome": "fail"}, {"sim_present": False}])
async def test_message_that_does_not_leave(
    options: dict[str, Any], hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem
) -> None:
    """What the network refused is an error, or in the response of who asks; never a success."""
    modem = await start_modem(**options)
    await set_up(modem)
    assert (await send(hass))["results"] == {NUMBER: "failed"}
    with pytest.raises(HomeAssistantError) as error:
        await send_blindly(hass)
    assert error.value.translation_key == "sms_failed"
    assert error.value.translation_placeholders == {"failed": "1", "total": "1"}
    assert len(sent(modem)) == 2


async def test_message_that_never_gets_anywhere(
    hass: HomeAssistant,
    start_modem: StartModem,
    set_up: SetUpModem,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """When the modem does not come to an end, the wait does, and the outcome is unknown."""
    monkeypatch.setattr(dispatch, "LOOK_UP_INTERVAL", 0)
    monkeypatch.setattr(sms, "_STATUS_LOOKS", 3)
    monkeypatch.setattr(sms, "_STATUS_LOOKS_PER_NUMBER", 0)
    modem = await start_modem(sms_outcome="never")
    await set_up(modem)
    with pytest.raises(HomeAssistantError) as error:
        await send_blindly(hass)
    assert error.value.translation_key == "sms_outcome_unknown"
    assert len(sent(modem)) == 1


async def test_lost_answer_is_not_sent_again(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    set_up: SetUpModem,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """If the answer to a message is lost, it is not sent again, but looked for among the sent."""
    monkeypatch.setattr(dispatch, "LOOK_UP_INTERVAL", 0)
    await set_up(modem)
    modem.lab.break_replies("sms/send-sms", "cut", 1)
    assert (await send(hass))["results"] == {NUMBER: "sent"}
    assert sent(modem) == [((NUMBER,), "Hello")]
    modem.lab.break_replies("sms/send-sms", "drop", 1, executed=False)
    assert (await send(hass, message="Never taken"))["results"] == {NUMBER: "unknown"}
    assert len(sent(modem)) == 1


async def test_spent_token_is_renewed_for_a_message(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem
) -> None:
    """A refused token is no refused message: it leaves, once."""
    await set_up(modem)
    modem.lab.break_replies("sms/send-sms", "error", 1, code=125003)
    assert (await send(hass))["results"] == {NUMBER: "sent"}
    assert sent(modem) == [((NUMBER,), "Hello")]


async def test_journal_while_a_message_waits(
    hass: HomeAssistant,
    start_modem: StartModem,
    set_up: SetUpModem,
    storage: dict[str, Any],
) -> None:
    """On the disk a message is being sent only when the modem can have got it, and then always."""
    modem = await start_modem(sms_send_seconds=10)
    entry = await set_up(modem)
    key = f"{DOMAIN}.{entry.entry_id}.outbox"

    def state() -> str:
        """Return what the disk says of the message."""
        [found] = storage[key]["data"]["document"]["entries"]
        return str(found["state"])

    async with entry.runtime_data.client._session.lock:
        sending = asyncio.create_task(send(hass))
        await until(lambda: key in storage)
        assert state() == "queued"
    await until(lambda: modem.lab.sent)
    assert state() == "sending"
    modem.lab.advance(11)
    assert (await sending)["results"] == {NUMBER: "sent"}
    assert state() == "sent"


async def test_busy_modem(hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem) -> None:
    """While other clients' messages are on their way, ours is refused with that reason."""
    await set_up(modem)
    modem.lab.break_replies("sms/send-sms", "error", None, code=113004)
    with pytest.raises(HomeAssistantError) as error:
        await send(hass)
    assert error.value.translation_key == "device_busy"


async def test_offline_modem(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem
) -> None:
    """A modem that is away is named as the reason, and nothing is kept for later."""
    await set_up(modem)
    port = URL(modem.url).port
    assert port is not None
    await modem.stop()
    with pytest.raises(HomeAssistantError) as error:
        await send(hass)
    assert error.value.translation_key == "cannot_connect"
    await modem.start(port)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert sent(modem) == []


async def test_no_entry(hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem) -> None:
    """An entry that is not loaded is an error message, not a missing action."""
    entry = await set_up(modem)
    await hass.config_entries.async_unload(entry.entry_id)
    with pytest.raises(ServiceValidationError) as error:
        await send(hass, config_entry_id=entry.entry_id)
    assert error.value.translation_key == "service_config_entry_not_loaded"


async def test_without_asking_for_the_response(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem
) -> None:
    """A message that leaves needs no response."""
    await set_up(modem)
    await send_blindly(hass)
    assert len(sent(modem)) == 1


async def test_device_that_carries_no_messages(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem
) -> None:
    """A device of a family without messages says so."""
    entry = await set_up(modem)
    coordinator = entry.runtime_data
    coordinator.family = replace(coordinator.family, sms=None)
    with pytest.raises(ServiceValidationError) as error:
        await send(hass)
    assert error.value.translation_key == "sms_not_supported"
    assert error.value.translation_placeholders == {"device": "Modem"}


@pytest.mark.parametrize("numbers", [15550100, [NUMBER, 15550101], [2.5], [None], [["+15550100"]]])
async def test_number_that_is_no_text(
    numbers: Any, hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem
) -> None:
    """Digits that YAML or a template made a number of have lost their + or zeros: not sent."""
    await set_up(modem)
    with pytest.raises(ServiceValidationError) as error:
        await send(hass, numbers=numbers)
    assert error.value.translation_key == "number_not_text"
    assert sent(modem) == []


@pytest.mark.parametrize("text", ["a\x00b", "a\x0cb", "half \ud83d emoji"])
async def test_characters_that_cannot_be_sent(
    text: str, hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem
) -> None:
    """What is no character for a phone is refused."""
    await set_up(modem)
    with pytest.raises(ServiceValidationError) as error:
        await send(hass, message=text)
    assert error.value.translation_key == "invalid_character"
    assert sent(modem) == []


async def test_reload_waits_for_a_message(
    hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem
) -> None:
    """Whoever changes the set-up while a message is on its way still learns what became of it."""
    modem = await start_modem(sms_send_seconds=10)
    entry = await set_up(modem, contacts={"Front desk": NUMBER})
    sending = asyncio.create_task(send(hass))
    await until(lambda: modem.lab.sent)
    reloading = hass.async_create_task(hass.config_entries.async_reload(entry.entry_id))
    await until(lambda: entry.state is not ConfigEntryState.LOADED)
    with pytest.raises(ServiceValidationError) as error:
        await send(hass, config_entry_id=entry.entry_id)
    assert error.value.translation_key == "service_config_entry_not_loaded"
    with pytest.raises(ServiceValidationError) as error:
        await notify(hass, "Hello")
    assert error.value.translation_key == "device_reloading"
    modem.lab.advance(11)
    assert (await sending)["results"] == {NUMBER: "sent"}
    await reloading
    assert entry.state is ConfigEntryState.LOADED
    assert len(sent(modem)) == 1


async def test_pause_waits_for_a_message(
    hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem
) -> None:
    """A pause begins at once, but logs out only after the message that is under way."""
    modem = await start_modem(sms_send_seconds=10)
    await set_up(modem)
    sending = asyncio.create_task(send(hass))
    await until(lambda: modem.lab.sent)
    pausing = asyncio.create_task(
        hass.services.async_call(
            "switch", "turn_on", {"entity_id": "switch.modem_pause_polling"}, blocking=True
        )
    )
    await until(lambda: state_of(hass, "switch.modem_pause_polling") == "on")
    modem.lab.advance(11)
    assert (await sending)["results"] == {NUMBER: "sent"}
    await pausing
    assert modem.requests[-1] == ("POST", "/api/user/logout")


@pytest.fixture
async def contact(modem: HilinkSimulator, set_up: SetUpModem) -> MockConfigEntry:
    """Return a set-up entry with a contact."""
    return await set_up(modem, contacts={"Front desk": NUMBER})


async def notify(hass: HomeAssistant, message: str) -> None:
    """Send a message to the contact."""
    await hass.services.async_call(
        "notify",
        "send_message",
        {"entity_id": "notify.front_desk", "message": message},
        blocking=True,
    )


async def test_contact(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    contact: MockConfigEntry,
    device_registry: dr.DeviceRegistry,
) -> None:
    """A contact is a device behind the modem with a notify entity that sends to its number."""
    [subentry_id] = contact.subentries
    device = device_registry.async_get_device_by_identifier(
        (DOMAIN, f"SERIAL_{subentry_id}"), contact.entry_id
    )
    box = device_registry.async_get_device_by_identifier((DOMAIN, "SERIAL"), contact.entry_id)
    assert device is not None
    assert box is not None
    assert device.name == "Front desk"
    assert device.via_device_id == box.id
    await notify(hass, "The garage is open.")
    assert sent(modem) == [((NUMBER,), "The garage is open.")]
    state = hass.states.get("notify.front_desk")
    assert state is not None
    assert state.state not in {"unknown", "unavailable"}


@pytest.mark.usefixtures("contact")
async def test_contact_never_fails_in_silence(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """A message to a contact that cannot be sent is an error, also while the modem is away."""
    modem.lab.set_options(sms_outcome="fail")
    with pytest.raises(HomeAssistantError) as error:
        await notify(hass, "Hello")
    assert error.value.translation_key == "sms_failed"
    assert error.value.translation_placeholders == {"failed": "1", "total": "1"}
    await modem.stop()
    with pytest.raises(HomeAssistantError) as error:
        await notify(hass, "Hello")
    assert error.value.translation_key == "cannot_connect"


async def test_texts_and_numbers_stay_out_of_the_log(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    set_up: SetUpModem,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """At the finest log level there is neither text nor number nor password."""
    caplog.set_level("DEBUG", "custom_components.gatehouse")
    await set_up(modem)
    await send(hass, message="A very private message")
    modem.lab.set_options(sms_outcome="fail")
    with pytest.raises(HomeAssistantError):
        await send_blindly(hass)
    ours = [record.getMessage() for record in caplog.records if "gatehouse" in record.name]
    for secret in ("private", "5550100", modem.password):
        assert not [line for line in ours if secret in line]
