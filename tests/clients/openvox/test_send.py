"""A message is given to the gateway once, and what became of it is said honestly."""

import asyncio
from collections.abc import Mapping

from aiohttp import ClientTimeout
import pytest
from yarl import URL

from custom_components.gatehouse.clients.errors import (
    CannotConnect,
    CommandRefused,
    ConnectionLost,
    DeviceBusy,
    GatehouseError,
    InvalidReply,
    NotPermitted,
    NotSupported,
    OutcomeUnknown,
)
from custom_components.gatehouse.clients.openvox import client as client_module
from custom_components.gatehouse.clients.openvox.client import OpenVoxClient
from custom_components.gatehouse.clients.openvox.models import DeliveryStatus
from simulators.faults import FaultKind
from simulators.openvox import OpenVoxSimulator
from tests.clients.conftest import Answer, OpenSession, ScriptedDevice
from tests.clients.openvox.conftest import (
    CHANNELS,
    LOGIN,
    NUMBER,
    SEND,
    TEXT,
    NewClient,
    StartGateway,
    count,
    form,
    logins,
    ok,
    refused,
    status,
)

ID = "319162de-d23a-9f6a-167c-294c9b062f24"
ITEM: Mapping[str, object] = {
    "type": "asyncsms",
    "msg": TEXT,
    "num": NUMBER,
    "flash": "0",
    "id": ID,
    "port": "1",
}
BROKEN = (
    FaultKind.DROP,
    FaultKind.CUT,
    FaultKind.EMPTY,
    FaultKind.GARBAGE,
    FaultKind.HTML,
    FaultKind.TRUNCATED,
)


async def test_accepted(gateway: OpenVoxSimulator, client: OpenVoxClient) -> None:
    """The gateway has it, once, and gives it an id."""
    result = await client.send(2, NUMBER, TEXT)
    assert result.id
    assert result.port == 2
    assert not result.rejected
    assert count(gateway, SEND) == 1
    assert len(gateway.lab.sent) == 1


async def test_turn(gateway: OpenVoxSimulator, client: OpenVoxClient) -> None:
    """Whoever wants to know is told when only the message is left to be sent, and may object."""
    seen: list[tuple[int, int]] = []

    async def note() -> None:
        """Look at what was asked so far."""
        seen.append((logins(gateway), count(gateway, SEND)))

    await client.send(2, NUMBER, TEXT, on_turn=note)
    assert seen == [(1, 0)]

    async def object_() -> None:
        """Object."""
        raise LookupError

    with pytest.raises(LookupError):
        await client.send(2, NUMBER, TEXT, on_turn=object_)
    assert len(gateway.lab.sent) == 1


async def test_synchronous(device: ScriptedDevice, scripted: OpenVoxClient) -> None:
    """The gateway is told to wait for the end."""
    device.answer(SEND, ok({"send_list": {**ITEM, "type": "syncsms", "result": "success"}}))
    result = await scripted.send(1, NUMBER, TEXT, synchronous=True)
    assert result.status is DeliveryStatus.SENT
    assert form(device.last(SEND))["mode"] == "1"


@pytest.mark.parametrize(
    ("data", "identifier", "port", "rejected"),
    [
        ({"send_list": ITEM, "reject_list": ""}, ID, 1, False),
        ({"send_list": [ITEM], "reject_list": []}, ID, 1, False),
        ({"send_list": {"3": {**ITEM, "port": ["3"]}}, "reject_list": {}}, ID, 3, False),
        ({"send_list": {"3": {"id": ID}}}, ID, 3, False),
        ({"send_list": [{"id": ID}]}, ID, None, False),
        ({"send_list": [ID], "reject_list": None}, None, None, False),
        ({"id": ID, "port": 1, "type": "syncsms"}, ID, 1, False),
        ({"send_list": "", "reject_list": ITEM}, ID, 1, True),
        ({"send_list": [], "reject_list": [ITEM]}, ID, 1, True),
        ({"send_list": {}, "reject_list": {"1": {**ITEM}}}, ID, 1, True),
        ({"reject_list": [NUMBER]}, None, None, True),
        ({"reject_list": NUMBER}, None, None, True),
    ],
)
async def test_forms_of_the_result(
    device: ScriptedDevice,
    scripted: OpenVoxClient,
    data: object,
    identifier: str | None,
    port: int | None,
    *,
    rejected: bool,
) -> None:
    """One object, a list, an object by port; the rejected in a list of their own."""
    device.answer(SEND, ok(data))
    result = await scripted.send(1, NUMBER, TEXT)
    assert (result.id, result.port, result.rejected) == (identifier, port, rejected)
    assert result.raw == data
    assert NUMBER not in repr(result)
    assert TEXT not in repr(result)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"result": "success"}, DeliveryStatus.SENT),
        ({"result": "fail"}, DeliveryStatus.FAILED),
        ({"status": "FAILED"}, DeliveryStatus.FAILED),
        ({"status": "", "result": "SENT"}, DeliveryStatus.SENT),
        ({"status": "DELIVERD(0)"}, DeliveryStatus.DELIVERED),
        ({"status": "sending"}, DeliveryStatus.UNKNOWN),
        ({}, DeliveryStatus.UNKNOWN),
    ],
)
async def test_end_of_a_synchronous_sending(
    device: ScriptedDevice,
    scripted: OpenVoxClient,
    told: dict[str, str],
    expected: DeliveryStatus,
) -> None:
    """Its form is not documented: what can be understood is."""
    device.answer(SEND, ok({"send_list": {**ITEM, **told}, "reject_list": ""}))
    assert (await scripted.send(1, NUMBER, TEXT, synchronous=True)).status is expected


@pytest.mark.parametrize(
    "answer",
    [
        ok([]),
        ok(""),
        ok(),
        ok("sent"),
        ok({"send_list": "", "reject_list": ""}),
        ok({"send_list": ITEM, "reject_list": ITEM}),
        refused(0),
        "<html>",
        "",
        ok({"send_list": ITEM})[:-9],
        status(500),
        status(502),
        Answer(body=ok({"send_list": ITEM}), status=500),
        "[" * 100_000,
    ],
)
async def test_outcome_unknown(
    device: ScriptedDevice, scripted: OpenVoxClient, answer: Answer | str
) -> None:
    """Neither accepted nor refused: nobody knows, and nobody tries again."""
    device.answer(SEND, answer)
    with pytest.raises(OutcomeUnknown):
        await scripted.send(1, NUMBER, TEXT)
    assert device.counts()[SEND] == 1
    assert device.counts()[LOGIN] == 1


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refused(1001, "port is not ready"), CommandRefused),
        (refused(1001, "SIM authentication failed"), CommandRefused),
        (refused(403, "no right to send"), NotPermitted),
        (status(404), NotSupported),
        (status(503), DeviceBusy),
    ],
)
async def test_definite_refusal(
    device: ScriptedDevice,
    scripted: OpenVoxClient,
    answer: Answer | str,
    error: type[GatehouseError],
) -> None:
    """Not sent, for sure, and not tried again: the login holds."""
    device.answer(SEND, answer)
    await scripted.channels()
    with pytest.raises(error):
        await scripted.send(1, NUMBER, TEXT)
    assert device.counts()[SEND] == 1
    assert device.counts()[LOGIN] == 1


@pytest.mark.parametrize("executed", [False, True])
@pytest.mark.parametrize("kind", BROKEN)
async def test_lost_answer(
    gateway: OpenVoxSimulator, client: OpenVoxClient, kind: FaultKind, *, executed: bool
) -> None:
    """Accepted or not, it reached the gateway once."""
    gateway.lab.break_replies("sms/send", kind, times=None, executed=executed)
    with pytest.raises(OutcomeUnknown):
        await client.send(1, NUMBER, TEXT)
    assert count(gateway, SEND) == 1
    assert len(gateway.lab.sent) == int(executed)
    gateway.lab.repair()
    gateway.lab.advance(60)
    outbox = await client.outbox()
    assert [each.text for each in outbox.messages] == [TEXT] * int(executed)


async def test_late_answer(
    gateway: OpenVoxSimulator, client: OpenVoxClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The gateway takes the message, and its answer comes after we stopped waiting."""
    monkeypatch.setattr(client_module, "_SEND_TIMEOUT", ClientTimeout(total=0.3))
    await client.log_in()
    gateway.lab.break_replies("sms/send", FaultKind.TIMEOUT, times=None, executed=True)
    with pytest.raises(OutcomeUnknown) as caught:
        await client.send(1, NUMBER, TEXT)
    assert isinstance(caught.value.__cause__, ConnectionLost)
    assert count(gateway, SEND) == 1
    assert len(gateway.lab.sent) == 1
    gateway.lab.repair()
    await client.channels()
    assert len(gateway.lab.sent) == 1


@pytest.mark.parametrize("kind", BROKEN)
async def test_lost_login_before_a_message(
    gateway: OpenVoxSimulator, client: OpenVoxClient, kind: FaultKind
) -> None:
    """Where the login failed the message was not sent: there is no doubt about it."""
    gateway.lab.break_replies("auth/login", kind)
    with pytest.raises((CannotConnect, InvalidReply)):
        await client.send(1, NUMBER, TEXT)
    assert count(gateway, SEND) == 0


@pytest.mark.parametrize("kind", BROKEN)
async def test_lost_login_in_the_middle(
    gateway: OpenVoxSimulator, client: OpenVoxClient, kind: FaultKind
) -> None:
    """Refused for its token, and then no login: it was not sent either."""
    await client.channels()
    gateway.lab.steal_tokens()
    gateway.lab.break_replies("auth/login", kind)
    with pytest.raises((CannotConnect, InvalidReply)):
        await client.send(1, NUMBER, TEXT)
    assert count(gateway, SEND) == 1
    assert len(gateway.lab.sent) == 0


async def test_dead_token(gateway: OpenVoxSimulator, client: OpenVoxClient) -> None:
    """Refused before it was looked at, so it is given again and accepted once."""
    await client.channels()
    gateway.lab.steal_tokens()
    assert (await client.send(1, NUMBER, TEXT)).id
    assert count(gateway, SEND) == 2
    assert logins(gateway) == 2
    assert len(gateway.lab.sent) == 1


async def test_dead_token_and_lost_answer(gateway: OpenVoxSimulator, client: OpenVoxClient) -> None:
    """The repetition is a message like any other."""
    await client.channels()
    gateway.lab.steal_tokens()
    gateway.lab.break_replies("sms/send", FaultKind.DROP, executed=True)
    with pytest.raises(OutcomeUnknown):
        await client.send(1, NUMBER, TEXT)
    assert count(gateway, SEND) == 1


async def test_first_request_is_a_message(
    start_gateway: StartGateway, new_client: NewClient
) -> None:
    """How to write the header is found out by a reading, not with it."""
    gateway = await start_gateway(bearer=True)
    assert (await new_client(gateway).send(1, NUMBER, TEXT)).id
    assert count(gateway, SEND) == 1
    assert len(gateway.lab.sent) == 1


async def test_canceled(gateway: OpenVoxSimulator, client: OpenVoxClient) -> None:
    """Whoever gives up leaves no second message behind and blocks nobody."""
    await client.channels()
    gateway.lab.break_replies("sms/send", FaultKind.TIMEOUT, executed=True)
    sending = asyncio.create_task(client.send(1, NUMBER, TEXT))
    while not gateway.lab.sent:  # noqa: ASYNC110 - the simulator has no event for it
        await asyncio.sleep(0.01)
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    async with asyncio.timeout(5):
        await client.channels()
    assert len(gateway.lab.sent) == 1


async def test_nobody_there(open_session: OpenSession) -> None:
    """What could not be sent at all was not sent."""
    client = OpenVoxClient(
        open_session(), URL("http://127.0.0.1:1"), username="admin", password="x"
    )
    with pytest.raises(CannotConnect) as caught:
        await client.send(1, NUMBER, TEXT)
    assert not isinstance(caught.value, ConnectionLost)


async def test_send_connects_anew(device: ScriptedDevice, scripted: OpenVoxClient) -> None:
    """A connection that has been used may be dead by now."""
    device.answer(SEND, ok({"send_list": ITEM}))
    await scripted.channels()
    await scripted.send(1, NUMBER, TEXT)
    await scripted.send(1, NUMBER, TEXT)
    assert len({each.peer for each in device.seen}) == len(device.seen) == 4
    assert device.counts() == {LOGIN: 1, CHANNELS: 1, SEND: 2}
