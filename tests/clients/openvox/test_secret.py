"""Numbers, texts, IMSIs, passwords and tokens show themselves to nobody."""

from collections.abc import Callable
import json
import logging
import traceback
from typing import Any

import pytest

from custom_components.gatehouse.clients.errors import AuthenticationFailed, GatehouseError
from custom_components.gatehouse.clients.openvox.client import OpenVoxClient
from custom_components.gatehouse.clients.openvox.login import password_hash
from custom_components.gatehouse.clients.openvox.models import PushConfiguration
from custom_components.gatehouse.clients.secret import Secret
from simulators.faults import FaultKind
from simulators.openvox import OpenVoxSimulator
from tests.clients.conftest import ScriptedDevice
from tests.clients.openvox.conftest import (
    LOGIN,
    NUMBER,
    SEND,
    SIMS,
    TEXT,
    TOKEN,
    NewClient,
    refused,
)

HIDDEN = "5up3r-s3cr3t"


@pytest.mark.parametrize(
    "show", [repr, str, "{}".format, "{!r}".format, "{!s:>20}".format, lambda each: f"{each}"]
)
def test_secret_is_masked(show: Callable[[object], str]) -> None:
    """In no form of text, alone or within something else."""
    for holder in (Secret(HIDDEN), [Secret(HIDDEN)], {"a": Secret(HIDDEN)}, (Secret(HIDDEN),)):
        assert HIDDEN not in show(holder)
    assert show(Secret("a")).strip() == show(Secret("b" * 99)).strip()


def test_secret_cannot_be_serialized_by_accident() -> None:
    """JSON wants to be told."""
    with pytest.raises(TypeError):
        json.dumps(Secret(HIDDEN))


def test_secrets_are_compared_by_value() -> None:
    """A change can be noticed without looking at it."""
    assert Secret(HIDDEN) == Secret(HIDDEN)
    assert hash(Secret(HIDDEN)) == hash(Secret(HIDDEN))
    assert Secret(HIDDEN) != Secret("other")
    assert Secret(HIDDEN) != HIDDEN
    assert Secret(HIDDEN).reveal() == HIDDEN


async def test_nothing_is_ever_shown(
    gateway: OpenVoxSimulator,
    client: OpenVoxClient,
    new_client: NewClient,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """All readings and commands, answered and refused, with logs as talkative as they can be."""
    caplog.set_level(logging.DEBUG)
    shown: list[str] = []
    seen_data = 0
    incoming = "Your code is 998877, welcome"
    code, wrong = "*100*5512#", "A-wr0ng-one"
    sender = "+4915112345678"
    webhook = "api/webhook/d34db33f"
    push = PushConfiguration(
        enabled=True, host="127.0.0.1", port="1", path=webhook, user_defined="key=h1dd3n-k3y"
    )
    hidden = {
        gateway.password,
        password_hash(gateway.username, gateway.password),
        gateway.gateway.options.ussd_password,
        NUMBER,
        TEXT,
        incoming,
        code,
        sender,
        webhook,
        "h1dd3n-k3y",
        *(port.imsi for port in gateway.gateway.ports.values()),
    }
    gateway.lab.receive_sms(1, sender, incoming)

    async def show(call: Any) -> None:
        """Note what a call returns or raises."""
        nonlocal seen_data
        try:
            result = await call
        except GatehouseError as err:
            shown.extend((repr(err), str(err), "".join(traceback.format_exception(err))))
            return
        seen_data += result not in (None, ())
        shown.extend((repr(result), str(result)))

    async def everything() -> None:
        """Read and command what has to do with secrets."""
        options = gateway.gateway.options
        await show(client.send(1, NUMBER, TEXT))
        await show(client.send(1, NUMBER, TEXT, synchronous=True))
        await show(client.outbox(number=NUMBER))
        await show(client.inbox(number=sender))
        await show(client.sims())
        await show(client.set_push_configuration(push))
        await show(client.push_configuration())
        await show(client.send_ussd(options.ussd_username, options.ussd_password, [1], code, 30, 1))

    gateway.lab.set_options(send_seconds=0.01)
    await everything()
    assert seen_data == 7
    assert client._session._token is not None
    hidden.add(client._session._token.value.reveal())
    shown.extend((repr(vars(client._session)), repr(client._session._login)))
    shown.append(repr(client._session._token))
    for kind in (FaultKind.ERROR, FaultKind.GARBAGE, FaultKind.DROP):
        gateway.lab.break_replies("*", kind, times=None)
        await everything()
        gateway.lab.repair()
    with pytest.raises(AuthenticationFailed) as caught:
        await new_client(gateway, password=wrong).log_in()
    shown.append("".join(traceback.format_exception(caught.value)))
    whole = "\n".join((*shown, caplog.text))
    for secret in (*hidden, wrong):
        assert len(secret) > 5
        assert secret not in whole


async def test_gateway_that_repeats_what_it_is_told(
    device: ScriptedDevice, scripted: OpenVoxClient
) -> None:
    """Its error texts are cleaned of it, those about the login too."""
    digest = password_hash("admin", "admin")
    device.answer(SEND, refused(7, f"SMS {TEXT} to {NUMBER} with {TOKEN}"))
    device.answer(SIMS, refused(7, "IMSI 460001234567890 denied"))
    for call in (scripted.send(1, NUMBER, TEXT), scripted.sims()):
        with pytest.raises(GatehouseError) as caught:
            await call
        for secret in (TEXT, NUMBER, NUMBER[1:], "460001234567890"):
            assert secret not in str(caught.value)
    device.answer(LOGIN, refused(401, f"bad hash {digest}"))
    await scripted.release()
    with pytest.raises(AuthenticationFailed) as denied:
        await scripted.log_in()
    assert digest not in "".join(traceback.format_exception(denied.value))
