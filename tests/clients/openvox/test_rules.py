"""What cannot be given to the gateway is not sent, and not repeated in the error."""

from dataclasses import replace
from typing import Any

import pytest

from custom_components.gatehouse.clients.openvox import rules
from custom_components.gatehouse.clients.openvox.client import OpenVoxClient
from custom_components.gatehouse.clients.openvox.models import PushConfiguration
from tests.clients.conftest import ScriptedDevice
from tests.clients.openvox.conftest import NUMBER, TEXT

PUSH = PushConfiguration(
    enabled=True,
    scheme="http",
    host="192.168.1.5",
    port="8123",
    path="api/webhook/0123456789",
    from_number_name="from",
    to_number_name="to",
    message_name="message",
    status_name="status",
    user_defined="id=id&x=",
)


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (rules.check_port, 1),
        (rules.check_port, 32),
        (rules.check_ports, [3, 4]),
        (rules.check_number, "10086"),
        (rules.check_number, NUMBER),
        (rules.check_number, "*100#"),
        (rules.check_text, TEXT),
        (rules.check_text, " "),
        (rules.check_text, "x" * 5000),
        (rules.check_ussd_code, "*#301"),
        (rules.check_push, PUSH),
        (rules.check_push, replace(PUSH, user_defined="", host="ha.local", scheme="https")),
        (rules.check_push, replace(PUSH, host="[fd00::1]")),
    ],
)
def test_accepted(check: Any, value: object) -> None:
    """What the gateway takes."""
    check(value)


@pytest.mark.parametrize(
    ("check", "value"),
    [
        (rules.check_port, 0),
        (rules.check_port, -3),
        (rules.check_ports, []),
        (rules.check_ports, [1, 0]),
        (rules.check_number, ""),
        (rules.check_number, "+"),
        (rules.check_number, "0800 SECRET"),
        (rules.check_number, "123,456"),
        (rules.check_number, "1+2"),
        (rules.check_number, "1\n"),
        (rules.check_number, "٠١٢"),
        (rules.check_number, "1" * 21),
        (rules.check_text, ""),
        (rules.check_text, "SECRET \ud83d"),
        (rules.check_ussd_code, ""),
        (rules.check_ussd_code, "*100#SECRET"),
        (rules.check_ussd_code, "1" * 183),
        (rules.check_push, replace(PUSH, scheme="ftp")),
        (rules.check_push, replace(PUSH, host="")),
        (rules.check_push, replace(PUSH, host="a b")),
        (rules.check_push, replace(PUSH, host="SECRET/x")),
        (rules.check_push, replace(PUSH, port="")),
        (rules.check_push, replace(PUSH, port="0")),
        (rules.check_push, replace(PUSH, port="65536")),
        (rules.check_push, replace(PUSH, port="٨٠")),
        (rules.check_push, replace(PUSH, path="")),
        (rules.check_push, replace(PUSH, path="/SECRET")),
        (rules.check_push, replace(PUSH, path="SECRET?a=b")),
        (rules.check_push, replace(PUSH, time_name="message")),
        (rules.check_push, replace(PUSH, imsi_name="a&b")),
        (rules.check_push, replace(PUSH, user_defined="SECRET")),
        (rules.check_push, replace(PUSH, user_defined="a=b&")),
        (rules.check_push, replace(PUSH, user_defined="a=b c")),
    ],
)
def test_refused(check: Any, value: object) -> None:
    """What it does not, in words that repeat nothing."""
    with pytest.raises(ValueError, match=r"\w") as caught:
        check(value)
    assert not isinstance(caught.value, UnicodeError)
    assert "SECRET" not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


async def test_nothing_is_sent(device: ScriptedDevice, scripted: OpenVoxClient) -> None:
    """Not even a login."""
    calls = (
        scripted.send(0, NUMBER, TEXT),
        scripted.send(1, "", TEXT),
        scripted.send(1, NUMBER, ""),
        scripted.outbox(0),
        scripted.inbox(1, 0),
        scripted.set_push_configuration(replace(PUSH, host="")),
        scripted.send_ussd("u", "p", [], "*1#", 10, 1),
        scripted.send_ussd("u", "p", [1], "balance", 10, 1),
    )
    for call in calls:
        with pytest.raises(ValueError, match=r"\w"):
            await call
    assert device.seen == []
