"""The login: its hash, one attempt, and a refusal that is remembered."""

import pytest

from custom_components.gatehouse.clients.errors import (
    AuthenticationFailed,
    CannotConnect,
    DeviceBusy,
    GatehouseError,
    InvalidReply,
    NotSupported,
)
from custom_components.gatehouse.clients.openvox.client import OpenVoxClient
from custom_components.gatehouse.clients.openvox.login import password_hash
from simulators.faults import FaultKind
from simulators.openvox import OpenVoxSimulator
from tests.clients.conftest import Answer, ScriptedDevice
from tests.clients.openvox.conftest import (
    CHANNELS,
    LOGIN,
    TOKEN,
    NewClient,
    StartGateway,
    form,
    logins,
    ok,
    refused,
    status,
)

HASH = "32ff9ee7e841b26a966870c144fdcaec"


def test_vector() -> None:
    """The example of the manufacturer's description: admin, admin."""
    assert password_hash("admin", "admin") == HASH


def test_order_matters() -> None:
    """The password comes first, in UTF-8."""
    assert password_hash("user", "päss") == "be55dba7a99b880f8d34efb4493ec1cd"
    assert password_hash("päss", "user") != password_hash("user", "päss")


async def test_request(device: ScriptedDevice, scripted: OpenVoxClient) -> None:
    """The name as it is, the password as its hash, no token, and once."""
    await scripted.log_in()
    await scripted.log_in()
    assert device.counts() == {LOGIN: 1}
    seen = device.last(LOGIN)
    assert form(seen) == {"username": "admin", "password": HASH}
    assert seen.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert "authorization" not in {name.lower() for name in seen.headers}


async def test_token_is_bare(device: ScriptedDevice, scripted: OpenVoxClient) -> None:
    """The header has the token and nothing before it."""
    await scripted.channels()
    assert device.last(CHANNELS).headers["authorization"] == TOKEN


@pytest.mark.parametrize(
    "refusal",
    [
        refused(401, "Incorrect username or password"),
        refused(1002, "no"),
        refused(500, "no"),
        refused("1002"),
        Answer(body=refused(1), status=401),
        status(401),
        status(403),
    ],
)
async def test_refused_password_is_not_tried_again(
    device: ScriptedDevice, scripted: OpenVoxClient, refusal: Answer | str
) -> None:
    """One attempt, whichever call it was for."""
    device.answer(LOGIN, refusal, ok({"access_token": TOKEN}))
    for call in (scripted.log_in, scripted.channels, scripted.valid_spans, scripted.log_in):
        with pytest.raises(AuthenticationFailed):
            await call()
    await scripted.release()
    with pytest.raises(AuthenticationFailed):
        await scripted.channels()
    assert device.counts() == {LOGIN: 1}


async def test_wrong_password(gateway: OpenVoxSimulator, new_client: NewClient) -> None:
    """The gateway counts one attempt."""
    client = new_client(gateway, password="wrong")
    for _ in range(3):
        with pytest.raises(AuthenticationFailed):
            await client.channels()
    assert logins(gateway) == 1


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (status(500), InvalidReply),
        (status(404), NotSupported),
        (status(503), DeviceBusy),
        ("<html>", InvalidReply),
        ("", InvalidReply),
        (ok([]), InvalidReply),
        (ok({"access_token": ""}), InvalidReply),
        (ok({"access_token": "a\r\nb"}), InvalidReply),
        (ok({"access_token": "ключ"}), InvalidReply),
        (ok({"access_token": ["x"]}), InvalidReply),
        (ok("text"), InvalidReply),
        (refused(0), InvalidReply),
    ],
)
async def test_no_answer_to_the_password(
    device: ScriptedDevice, scripted: OpenVoxClient, answer: Answer | str, error: type[Exception]
) -> None:
    """Says nothing about the password: it is good for another attempt."""
    device.answer(LOGIN, answer, ok({"access_token": TOKEN}))
    with pytest.raises(error):
        await scripted.channels()
    await scripted.channels()
    assert device.counts() == {LOGIN: 2, CHANNELS: 1}


@pytest.mark.parametrize(
    "data", [{"access_token": TOKEN, "expires_time": "1733131658"}, [{"access_token": TOKEN}]]
)
async def test_forms_of_the_token(
    device: ScriptedDevice, scripted: OpenVoxClient, data: object
) -> None:
    """The description has an array in the table and an object in the example."""
    device.answer(LOGIN, ok(data))
    await scripted.channels()
    assert device.last(CHANNELS).headers["authorization"] == TOKEN


@pytest.mark.parametrize("kind", [FaultKind.DROP, FaultKind.GARBAGE, FaultKind.HTML])
async def test_lost_login(
    gateway: OpenVoxSimulator, new_client: NewClient, kind: FaultKind
) -> None:
    """A broken answer is not a refusal."""
    client = new_client(gateway)
    gateway.lab.break_replies("auth/login", kind)
    with pytest.raises((CannotConnect, InvalidReply)):
        await client.log_in()
    await client.log_in()
    assert logins(gateway) == 2


async def test_factory_password(start_gateway: StartGateway, new_client: NewClient) -> None:
    """A gateway fresh from its box lets admin in."""
    gateway = await start_gateway(username="admin", password="admin")
    await new_client(gateway).log_in()
    with pytest.raises(GatehouseError):
        await new_client(gateway, password="Admin").log_in()
