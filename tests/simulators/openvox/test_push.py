"""Pushes, as real requests."""

import asyncio
from typing import Any
from urllib.parse import urlsplit

import pytest

from simulators.openvox import OpenVoxOptions, OpenVoxSimulator
from tests.simulators.openvox.caller import NUMBER, Caller
from tests.simulators.openvox.conftest import Listener

SETTINGS = {
    "enable": "1",
    "reports_enable": "1",
    "results_enable": "1",
    "url_http": "http",
    "url_host": "127.0.0.1",
    "url_path": "test.php",
    "url_from_num": "phone_number",
    "url_to_num": "port",
    "url_portname": "portname",
    "url_message": "message",
    "url_time": "time",
    "url_imsi": "imsi",
    "url_status": "status",
    "url_user_defined": "id=id",
}


async def switch_on(caller: Caller, listener: Listener, **changes: Any) -> None:
    """Have everything pushed, or as changed."""
    settings = SETTINGS | {"url_port": str(listener.port)} | changes
    await caller.call("smsoutbox/set_config", **settings)


async def test_received(gateway: OpenVoxSimulator, caller: Caller, listener: Listener) -> None:
    """A received message is pushed at once, though time stands still."""
    await switch_on(caller, listener)
    gateway.lab.receive_sms(3, NUMBER, "5 + 5 = 10 & grün\n", when="2024/10/28 16:18:22")
    await gateway.lab.pushed()
    assert listener.receiver.paths == ["/test.php"]
    assert listener.receiver.queries == [
        {
            "phone_number": NUMBER,
            "port": "3",
            "portname": "lte-3",
            "message": "5 + 5 = 10 & grün\n",
            "time": "2024/10/28 16:18:22",
            "imsi": "001010000000003",
            "status": "",
            "id": "id",
        }
    ]
    (push,) = gateway.lab.pushes
    assert (push.kind, push.outcome) == ("received", "200")


async def test_result_and_report(
    gateway: OpenVoxSimulator, caller: Caller, listener: Listener
) -> None:
    """How a message fared is pushed twice, at the times it was found out."""
    await switch_on(caller, listener)
    await caller.send("Hello", span=2)
    await gateway.lab.pushed()
    assert listener.receiver.queries == []
    gateway.lab.advance(2)
    await gateway.lab.pushed()
    gateway.lab.advance(60)
    await gateway.lab.pushed()
    assert [(query["status"], query["time"]) for query in listener.receiver.queries] == [
        ("SENT", "2026-09-01 12:00:02"),
        ("DELIVERD(0)", "2026-09-01 12:00:07"),
    ]
    for query in listener.receiver.queries:
        assert (query["phone_number"], query["port"], query["message"]) == (NUMBER, "2", "Hello")
    assert [push.kind for push in gateway.lab.pushes] == ["result", "report"]


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        ({"enable": "0"}, []),
        ({"results_enable": "0"}, ["received", "report"]),
        ({"reports_enable": "0"}, ["received", "result"]),
        ({"url_host": ""}, []),
    ],
)
async def test_switches(
    gateway: OpenVoxSimulator, caller: Caller, listener: Listener, changes: Any, kinds: list[str]
) -> None:
    """Only what is switched on is pushed."""
    await switch_on(caller, listener, **changes)
    gateway.lab.receive_sms(3, NUMBER, "Hello")
    await caller.send("Hello")
    gateway.lab.advance(60)
    await gateway.lab.pushed()
    assert [push.kind for push in gateway.lab.pushes] == kinds
    assert len(listener.receiver.queries) == len(kinds)


@pytest.mark.parametrize(
    ("escapes", "shown", "taken"), [(True, "%2B15550100200", "+"), (False, "+15550100200", " ")]
)
async def test_plus_sign(
    gateway: OpenVoxSimulator,
    caller: Caller,
    listener: Listener,
    *,
    escapes: bool,
    shown: str,
    taken: str,
) -> None:
    """An unescaped plus sign arrives as a space; fields without a name are left out."""
    gateway.lab.set_options(push_escapes_plus=escapes)
    names = {
        name: ""
        for name in SETTINGS
        if name.startswith("url_")
        and name not in {"url_http", "url_host", "url_path", "url_from_num"}
    }
    await switch_on(caller, listener, **names)
    gateway.lab.receive_sms(3, NUMBER, "Hello")
    await gateway.lab.pushed()
    assert listener.receiver.raw == [f"/test.php?phone_number={shown}"]
    assert listener.receiver.queries == [{"phone_number": NUMBER.replace("+", taken)}]


async def test_late_parts(gateway: OpenVoxSimulator, caller: Caller, listener: Listener) -> None:
    """A message in parts is pushed once, when it is complete."""
    await switch_on(caller, listener)
    gateway.lab.receive_sms(1, NUMBER, "abcd", parts=2, part_seconds=5)
    await gateway.lab.pushed()
    assert listener.receiver.queries == []
    gateway.lab.advance(5)
    await gateway.lab.pushed()
    assert [query["message"] for query in listener.receiver.queries] == ["abcd"]


async def test_lost(gateway: OpenVoxSimulator, caller: Caller, listener: Listener) -> None:
    """Pushes can be lost, and none is tried again."""
    await switch_on(caller, listener)
    gateway.lab.lose_pushes(2)
    for text in ("first", "second", "third"):
        gateway.lab.receive_sms(1, NUMBER, text)
    gateway.lab.set_options(pushes_lost=True)
    gateway.lab.receive_sms(1, NUMBER, "fourth")
    gateway.lab.set_options(pushes_lost=False)
    await gateway.lab.pushed()
    listener.receiver.status = 500
    gateway.lab.receive_sms(1, NUMBER, "fifth")
    await gateway.lab.pushed()
    assert [push.outcome for push in gateway.lab.pushes] == ["lost", "lost", "200", "lost", "500"]
    assert [query["message"] for query in listener.receiver.queries] == ["third", "fifth"]


async def test_nobody_listens(
    gateway: OpenVoxSimulator, caller: Caller, listener: Listener
) -> None:
    """A push to nobody fails, and the next one goes its way."""
    await switch_on(caller, listener)
    await listener.receiver.stop()
    gateway.lab.receive_sms(1, NUMBER, "first")
    await gateway.lab.pushed()
    await switch_on(caller, Listener(listener.receiver, await listener.receiver.start()))
    gateway.lab.receive_sms(1, NUMBER, "second")
    await gateway.lab.pushed()
    assert [push.outcome for push in gateway.lab.pushes] == ["failed", "200"]


async def test_real_time(socket_enabled: None, listener: Listener) -> None:
    """With a running clock results are pushed though nobody asks; stop ends that."""
    gateway = OpenVoxSimulator(OpenVoxOptions(send_seconds=0.1, delivery_seconds=0.1))
    await gateway.start()
    caller = Caller(gateway.url)
    await caller.log_in(gateway.username, gateway.password)
    await switch_on(caller, listener)
    await caller.send("Hello")
    async with asyncio.timeout(5):
        while len(listener.receiver.queries) < 2:
            listener.receiver.arrived.clear()
            await listener.receiver.arrived.wait()
    assert [query["status"] for query in listener.receiver.queries] == ["SENT", "DELIVERD(0)"]
    await caller.close()
    before = asyncio.all_tasks()
    await gateway.stop()
    assert len(before - asyncio.all_tasks()) >= 2


async def test_url(gateway: OpenVoxSimulator, caller: Caller, listener: Listener) -> None:
    """The address is put together from its parts."""
    await switch_on(caller, listener, url_http="https", url_path="/api/webhook/abc")
    gateway.lab.receive_sms(1, NUMBER, "Hello")
    await gateway.lab.pushed()
    (push,) = gateway.lab.pushes
    parts = urlsplit(push.url)
    assert (parts.scheme, parts.port, parts.path) == ("https", listener.port, "/api/webhook/abc")
    assert push.outcome == "failed"
