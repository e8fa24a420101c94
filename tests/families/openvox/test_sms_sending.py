"""Sending by a gateway with several ports: once, by the right port, and nothing said in vain."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from homeassistant.core import CoreState, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.storage import Store
from homeassistant.util.file import WriteError
import pytest

from custom_components.gatehouse.const import (
    CONF_FIXED_PORT,
    CONF_MAX_SMS_PARTS,
    CONF_PORT,
    CONF_PORT_POLICY,
)
from custom_components.gatehouse.messaging import dispatch
from simulators.openvox import OpenVoxSimulator
from tests.conftest import state_of
from tests.families.openvox.conftest import StartGateway
from tests.families.openvox.message_helpers import (
    ANN,
    BEN,
    STATUS,
    Events,
    contact,
    local_options,
    send,
    set_up,
    taken,
)

type NextRound = Callable[..., Awaitable[None]]

SEND = "sms/send"
OUTBOX = "smsoutbox/get"


@pytest.fixture(autouse=True)
def quick_look_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for lost messages without a pause, which frozen time would never end."""
    monkeypatch.setattr(dispatch, "LOOK_UP_INTERVAL", 0)


@pytest.fixture
async def gateway(start_gateway: StartGateway) -> OpenVoxSimulator:
    """Return a gateway whose clock is right."""
    return await start_gateway(**local_options())


async def refused(call: Awaitable[Any]) -> HomeAssistantError:
    """Return the error of an action that fails."""
    with pytest.raises(HomeAssistantError) as error:
        await call
    return error.value


async def test_response(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """The response tells of each number how far its message got, by which port, and its ids."""
    await set_up(hass, gateway)
    response = await send(hass, ANN, BEN, message="Grüße")
    messages = response.pop("messages")
    assert response == {
        "results": {ANN: "accepted", BEN: "accepted"},
        "segments": 1,
        "coding": "gsm7",
    }
    assert [
        (each["number"], each["state"], each["port"], each["device_id"]) for each in messages
    ] == [
        (ANN, "accepted", 1, gateway.lab.sent[0].id),
        (BEN, "accepted", 1, gateway.lab.sent[1].id),
    ]
    assert len({each["id"] for each in messages}) == 2
    assert taken(gateway) == [(1, ANN, "Grüße"), (1, BEN, "Grüße")]


async def test_what_becomes_of_a_message(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """A message is pending, then sent, then delivered; each is an event, without the text."""
    await set_up(hass, gateway, contact("Ann", ANN))
    events = Events(hass, STATUS)
    response = await send(hass)
    pending = "sensor.sms_gateway_pending_messages"
    assert state_of(hass, pending) == "1"
    await next_round()
    assert state_of(hass, pending) == "1"
    gateway.lab.advance(2)
    await next_round()
    assert state_of(hass, pending) == "0"
    assert state_of(hass, "sensor.sms_gateway_port_1_sent_messages_last_day") == "1"
    assert events.kinds == ["sent"]
    gateway.lab.advance(5)
    await next_round()
    assert events.kinds == ["sent", "delivered"]
    attributes = events.states[1].attributes
    assert {key: attributes[key] for key in ("id", "number", "contact", "port")} == {
        "id": response["messages"][0]["id"],
        "number": ANN,
        "contact": "Ann",
        "port": 1,
    }
    assert "Hello" not in str(attributes)
    gateway.lab.reset_counts()
    await next_round()
    assert f"/{OUTBOX}" not in gateway.lab.counts(), "what is settled is not asked for again"


async def test_message_that_fails(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """A message that the gateway took and could not send is an event and counted."""
    await set_up(hass, gateway)
    events = Events(hass, STATUS)
    gateway.lab.fail_sends()
    await send(hass)
    gateway.lab.advance(2)
    await next_round()
    assert events.kinds == ["failed"]
    assert state_of(hass, "sensor.sms_gateway_failed_messages_last_day") == "1"
    assert state_of(hass, "sensor.sms_gateway_port_1_failed_messages_last_day") == "1"
    await next_round(86400)
    assert state_of(hass, "sensor.sms_gateway_failed_messages_last_day") == "0"


@pytest.mark.parametrize("kind", ["drop", "cut", "html", "garbage", "empty"])
async def test_lost_reply(hass: HomeAssistant, start_gateway: StartGateway, kind: str) -> None:
    """If the reply gets lost, the message is found in the outbox and not sent again."""
    gateway = await start_gateway(**local_options(send_seconds=0))
    await set_up(hass, gateway)
    events = Events(hass, STATUS)
    gateway.lab.break_replies(SEND, kind, 1, executed=True)
    assert (await send(hass))["results"] == {ANN: "sent"}
    assert taken(gateway) == [(1, ANN, "Hello")]
    assert events.kinds == ["sent"]


async def test_message_that_is_nowhere(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """A message that is not found is called unknown; if it turns up later, that is told."""
    await set_up(hass, gateway)
    events = Events(hass, STATUS)
    gateway.lab.break_replies(SEND, "drop", 2, executed=True)
    gateway.lab.break_replies(OUTBOX, "drop", 1)
    assert (await send(hass))["results"] == {ANN: "unknown"}
    assert gateway.lab.counts()[f"/{OUTBOX}"] == 12
    assert events.kinds == ["unknown"]
    error = await refused(
        hass.services.async_call(
            "gatehouse", "send_sms", {"numbers": [BEN], "message": "Hello"}, blocking=True
        )
    )
    assert error.translation_key == "sms_outcome_unknown"
    assert [number for _, number, _ in taken(gateway)] == [ANN, BEN]
    gateway.lab.advance(4)
    await next_round()
    assert events.kinds == ["unknown", "unknown", "sent", "sent"]
    assert len(taken(gateway)) == 2


async def test_rejected_by_a_port(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """A message that a port definitely does not take goes by the next one."""
    await set_up(hass, gateway)
    gateway.lab.reject_sends(2)
    response = await send(hass)
    assert response["results"] == {ANN: "accepted"}
    assert [each["port"] for each in response["messages"]] == [3]
    assert taken(gateway) == [(3, ANN, "Hello")]
    assert state_of(hass, "sensor.sms_gateway_port_1_failed_messages_last_day") == "1"


async def test_refused_with_a_code(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """So does one that is refused in other words; what all refuse is an error."""
    await set_up(hass, gateway)
    gateway.lab.break_replies(SEND, "error", 1)
    assert [each["port"] for each in (await send(hass))["messages"]] == [2]
    gateway.lab.break_replies(SEND, "error", None)
    gateway.lab.reset_counts()
    error = await refused(send(hass))
    assert error.translation_key == "command_refused"
    assert gateway.lab.counts()[f"/{SEND}"] == 4, "not all of the ports are tried"
    assert len(taken(gateway)) == 1


async def test_rejected_number(hass: HomeAssistant, start_gateway: StartGateway) -> None:
    """A number that no port takes has failed; the others get the message."""
    gateway = await start_gateway(**local_options(rejected_numbers=(ANN,)))
    await set_up(hass, gateway)
    response = await send(hass, ANN, BEN)
    assert response["results"] == {ANN: "failed", BEN: "accepted"}
    assert [each["state"] for each in response["messages"]] == ["rejected", "accepted"]
    error = await refused(
        hass.services.async_call(
            "gatehouse", "send_sms", {"numbers": [ANN, BEN], "message": "Hi"}, blocking=True
        )
    )
    assert error.translation_key == "sms_failed"
    assert error.translation_placeholders == {"failed": "1", "total": "2"}


async def test_gateway_that_goes_away_between_two_numbers(
    hass: HomeAssistant, gateway: OpenVoxSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was sent before is told; the others did not come to their turn."""
    entry = await set_up(hass, gateway)
    client = entry.runtime_data.client
    transmit = client.send

    async def and_away(*args: Any, **kwargs: Any) -> Any:
        """Send one message and vanish."""
        result = await transmit(*args, **kwargs)
        await gateway.stop()
        return result

    monkeypatch.setattr(client, "send", and_away)
    response = await send(hass, ANN, BEN)
    assert response["results"] == {ANN: "accepted", BEN: "failed"}
    assert [number for _, number, _ in taken(gateway)] == [ANN]
    assert (await refused(send(hass, BEN))).translation_key == "cannot_connect"


async def test_port_that_is_not_registered(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """A port without network is skipped, not asked."""
    await set_up(hass, gateway)
    gateway.lab.set_port(1, up=False)
    await next_round()
    gateway.lab.reset_counts()
    await send(hass)
    assert gateway.lab.counts()[f"/{SEND}"] == 1
    assert taken(gateway) == [(2, ANN, "Hello")]


async def test_no_port_at_all(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """Without any network that is the error; a port that has come back is seen at once."""
    await set_up(hass, gateway)
    for number in range(1, 9):
        gateway.lab.set_port(number, up=False)
    await next_round(300)
    error = await refused(send(hass))
    assert error.translation_key == "no_usable_port"
    assert f"/{SEND}" not in gateway.lab.counts()
    gateway.lab.set_port(5, up=True)
    await send(hass)
    assert taken(gateway) == [(5, ANN, "Hello")]


async def test_port_of_choice(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """A port that is asked for is the only one; if it cannot send, nothing is sent."""
    await set_up(hass, gateway)
    await send(hass, port=4)
    assert taken(gateway) == [(4, ANN, "Hello")]
    gateway.lab.reject_sends()
    assert (await send(hass, port=4))["results"] == {ANN: "failed"}
    gateway.lab.set_port(4, up=False)
    await next_round()
    error = await refused(send(hass, port=4))
    assert error.translation_key == "port_not_usable"
    assert error.translation_placeholders == {"port": "4"}
    error = await refused(send(hass, port=9))
    assert error.translation_key == "unknown_port"
    assert error.translation_placeholders == {"port": "9", "count": "8"}
    assert len(taken(gateway)) == 1


async def test_port_of_a_contact(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """A contact's messages go by its port if that can send, and by another one if not."""
    await set_up(hass, gateway, contact("Ann", ANN, **{CONF_PORT: 6}))

    async def notify() -> None:
        """Send a message to the contact."""
        await hass.services.async_call(
            "notify", "send_message", {"entity_id": "notify.ann", "message": "Hi"}, blocking=True
        )

    await notify()
    await send(hass, BEN)
    await send(hass, ANN)
    await send(hass, ANN, port=2)
    gateway.lab.set_port(6, up=False)
    await next_round()
    await notify()
    assert [port for port, _, _ in taken(gateway)] == [6, 1, 6, 2, 1]
    gateway.lab.reject_sends(8)
    assert (await refused(notify())).translation_key == "sms_failed"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({CONF_PORT_POLICY: "first_available"}, [1, 1, 1, 1]),
        ({CONF_PORT_POLICY: "round_robin"}, [1, 2, 4, 1]),
        ({CONF_PORT_POLICY: "fixed", CONF_FIXED_PORT: 4}, [4, 4, 4, 4]),
    ],
)
async def test_policies(
    hass: HomeAssistant,
    start_gateway: StartGateway,
    options: dict[str, object],
    expected: list[int],
) -> None:
    """The owner decides how a port is chosen."""
    gateway = await start_gateway(**local_options(ports=4, ports_without_sim=(3,)))
    await set_up(hass, gateway, **options)
    for _ in expected:
        await send(hass)
    assert [port for port, _, _ in taken(gateway)] == expected


async def test_least_used_port(hass: HomeAssistant, start_gateway: StartGateway) -> None:
    """The port with the fewest messages of the last day comes first, also after a restart."""
    gateway = await start_gateway(**local_options(ports=3))
    await set_up(hass, gateway, **{CONF_PORT_POLICY: "least_used"})
    for port in (1, 1, 2, 3, 3):
        await send(hass, port=port)
    await send(hass)
    await send(hass)
    assert [port for port, _, _ in taken(gateway)][-2:] == [2, 1]


async def test_fixed_port_that_cannot_send(
    hass: HomeAssistant, start_gateway: StartGateway
) -> None:
    """No other port takes its place."""
    gateway = await start_gateway(**local_options(ports=4, ports_without_sim=(3,)))
    await set_up(hass, gateway, **{CONF_PORT_POLICY: "fixed", CONF_FIXED_PORT: 3})
    error = await refused(send(hass))
    assert error.translation_key == "port_not_usable"
    assert error.translation_placeholders == {"port": "3"}
    assert taken(gateway) == []


async def test_idempotency_key(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """A repetition with the same key sends nothing, and tells what became of the message."""
    await set_up(hass, gateway)
    first = await send(hass, ANN, BEN, idempotency_key="door\n1")
    gateway.lab.advance(4)
    await next_round()
    second = await send(hass, BEN, ANN, idempotency_key="door\n1")
    assert second["results"] == {BEN: "sent", ANN: "sent"}
    ids = [{each["id"] for each in response["messages"]} for response in (first, second)]
    assert ids[0] == ids[1]
    for number in range(1, 9):
        gateway.lab.set_port(number, up=False)
    await next_round(150)
    third = await send(hass, ANN, BEN, idempotency_key="door\n1")
    assert set(third["results"]) == {ANN, BEN}, "also if nothing could be sent now"
    assert len(taken(gateway)) == 2
    await next_round(86400)
    for number in range(1, 9):
        gateway.lab.set_port(number, up=True)
    await send(hass, ANN, BEN, idempotency_key="door\n1")
    assert len(taken(gateway)) == 4


@pytest.mark.parametrize(
    ("numbers", "text"), [((ANN,), "Other"), ((BEN,), "Hello"), ((ANN, BEN), "Hello")]
)
async def test_reused_key(
    hass: HomeAssistant, gateway: OpenVoxSimulator, numbers: tuple[str, ...], text: str
) -> None:
    """The key of a message is not good for another one."""
    await set_up(hass, gateway)
    await send(hass, ANN, idempotency_key="door")
    error = await refused(send(hass, *numbers, message=text, idempotency_key="door"))
    assert isinstance(error, ServiceValidationError)
    assert error.translation_key == "idempotency_key_reused"
    assert len(taken(gateway)) == 1


async def test_same_key_at_the_same_time(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """Two automations that send the same message at once send it once."""
    await set_up(hass, gateway)
    responses = await asyncio.gather(*(send(hass, ANN, BEN, idempotency_key="x") for _ in "12345"))
    assert len(taken(gateway)) == 2
    assert all(response == responses[0] for response in responses)


async def test_key_of_a_message_that_was_not_sent(
    hass: HomeAssistant, gateway: OpenVoxSimulator
) -> None:
    """A refused message may be tried again with its key."""
    await set_up(hass, gateway)
    gateway.lab.reject_sends(4)
    assert (await send(hass, idempotency_key="x"))["results"] == {ANN: "failed"}
    assert (await send(hass, idempotency_key="x"))["results"] == {ANN: "accepted"}
    assert len(taken(gateway)) == 1


async def test_duplicate_window(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """The same text to the same number is sent again only after the window."""
    await set_up(hass, gateway)
    await send(hass, duplicate_window=60)
    await send(hass, duplicate_window=60)
    await send(hass, BEN, duplicate_window=60)
    await send(hass, message="Other", duplicate_window=60)
    assert len(taken(gateway)) == 3
    await next_round(61)
    await send(hass, duplicate_window=60)
    await send(hass)
    assert len(taken(gateway)) == 5


async def test_many_at_the_same_time(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """Rapid messages do not collide, and are spread over the ports in turn."""
    await set_up(hass, gateway, **{CONF_PORT_POLICY: "round_robin"})
    texts = [f"Message {number}" for number in range(16)]
    responses = await asyncio.gather(*(send(hass, message=text) for text in texts))
    assert all(response["results"] == {ANN: "accepted"} for response in responses)
    assert sorted(text for _, _, text in taken(gateway)) == sorted(texts)
    assert set(Counter(port for port, _, _ in taken(gateway)).values()) == {2}


async def test_stolen_login(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """When somebody else's login ends ours, the message is sent after a new one, once."""
    await set_up(hass, gateway)
    gateway.lab.steal_tokens()
    assert (await send(hass))["results"] == {ANN: "accepted"}
    assert taken(gateway) == [(1, ANN, "Hello")]


async def test_longest_message(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """The owner decides what a message may cost at most."""
    await set_up(hass, gateway, **{CONF_MAX_SMS_PARTS: 1})
    assert (await refused(send(hass, message="a" * 161))).translation_key == "message_too_long"
    assert taken(gateway) == []


async def test_home_assistant_stops(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """Nothing is sent that could not be recorded any more."""
    await set_up(hass, gateway)
    hass.set_state(CoreState.stopping)
    error = await refused(send(hass))
    hass.set_state(CoreState.running)
    assert error.translation_key == "home_assistant_stopping"
    assert taken(gateway) == []


async def test_full_disk(
    hass: HomeAssistant, gateway: OpenVoxSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be recorded is not sent."""

    async def fail(*_: object) -> None:
        """Write nothing."""
        raise WriteError("no space left")

    await set_up(hass, gateway)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "_async_write_data", fail)
        error = await refused(send(hass))
    assert error.translation_key == "message_not_recorded"
    assert taken(gateway) == []
    await send(hass)
    assert len(taken(gateway)) == 1


async def test_frozen_time_is_no_matter(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """Two equal messages without key or window are two messages."""
    await set_up(hass, gateway)
    await send(hass)
    await send(hass, duplicate_window=int(timedelta().total_seconds()))
    assert len(taken(gateway)) == 2
