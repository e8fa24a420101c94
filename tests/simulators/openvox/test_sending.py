"""From a request to a delivered message, or none."""

import asyncio
from collections.abc import Iterator
from typing import Any, override

import aiohttp
import pytest

from simulators.openvox import OpenVoxSimulator
from tests.simulators.openvox.caller import NUMBER, Caller, Refused
from tests.simulators.openvox.conftest import MakeGateway, OpenCaller


async def statuses(caller: Caller) -> dict[str, str]:
    """Return the status of each text in the outbox."""
    return {row["message"]: row["status"] for row in await caller.outbox()}


async def test_life_cycle(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """A message is accepted, sent and delivered, and is in the outbox once."""
    reply = await caller.send("ye", span=3)
    entry = reply["send_list"]
    assert reply["reject_list"] == ""
    assert entry | {"id": ""} == {
        "type": "asyncsms",
        "msg": "ye",
        "num": NUMBER,
        "flash": "0",
        "id": "",
        "port": "3",
    }
    assert [len(each) for each in entry["id"].split("-")] == [8, 4, 4, 4, 12]
    assert await caller.outbox() == []
    gateway.lab.advance(2)
    row = {
        "port_name": "lte-3",
        "phonenumber": NUMBER,
        "time": "2026-09-01 12:00:02",
        "status": "SENT",
        "message": "ye",
    }
    assert await caller.outbox() == [row]
    gateway.lab.advance(5)
    assert await caller.outbox() == [row | {"status": "DELIVERD(0)"}]
    (sent,) = gateway.lab.sent
    assert sent == (entry["id"], 3, NUMBER, "ye", False)


async def test_posted_twice_is_sent_twice(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """The device does not recognize a repetition."""
    first = await caller.send("same")
    second = await caller.send("same")
    assert first["send_list"]["id"] != second["send_list"]["id"]
    gateway.lab.advance(60)
    assert len(await caller.outbox()) == len(gateway.lab.sent) == 2


async def test_one_after_the_other(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """A port sends one message at a time, different ports at the same time."""
    for span, text in [(1, "a"), (1, "b"), (2, "c")]:
        await caller.send(text, span=span)
    gateway.lab.advance(2)
    assert (await statuses(caller)).keys() == {"a", "c"}
    assert gateway.lab.state()["sending"] == 1
    gateway.lab.advance(2)
    assert (await statuses(caller)).keys() == {"a", "b", "c"}


async def test_reject_list(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """What is rejected is named, has no id and is not sent."""
    gateway.lab.reject_sends()
    reply = await caller.send("no")
    assert reply["send_list"] == ""
    assert reply["reject_list"].keys() == {"type", "msg", "num", "flash", "port"}
    gateway.lab.set_options(rejected_numbers=["110"])
    assert (await caller.send("no", number="110"))["send_list"] == ""
    gateway.lab.set_port(4, up=False)
    assert (await caller.send("no", span=4))["reject_list"]["port"] == "4"
    gateway.lab.advance(60)
    assert gateway.lab.sent == []
    assert await caller.outbox() == []
    assert (await caller.send("yes"))["reject_list"] == ""


async def test_failures(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """A message fails when told to, or when its port has gone in the meantime."""
    gateway.lab.fail_sends(2)
    for text in ("first", "second", "third"):
        await caller.send(text)
    await caller.send("gone", span=2)
    gateway.lab.set_port(2, up=False)
    gateway.lab.advance(60)
    assert await statuses(caller) == {
        "first": "FAILED",
        "second": "FAILED",
        "third": "DELIVERD(0)",
        "gone": "FAILED",
    }
    gateway.lab.set_options(send_outcome="failed")
    await caller.send("all")
    gateway.lab.advance(60)
    assert (await statuses(caller))["all"] == "FAILED"


async def test_never_sent(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """A message can stay on its way for good."""
    gateway.lab.set_options(send_outcome="never")
    await caller.send("Hello")
    gateway.lab.advance(86400)
    assert gateway.lab.state()["sending"] == 1
    await caller.log_in(gateway.username, gateway.password)
    assert await caller.outbox() == []


async def test_reports(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """Reports come when and with what they are told; a second one changes nothing."""
    gateway.lab.set_options(delivery_reports=False, send_seconds=0)
    await caller.send("first")
    await caller.send("second", number="10086")
    gateway.lab.advance(3600)
    await caller.log_in(gateway.username, gateway.password)
    assert await statuses(caller) == {"first": "SENT", "second": "SENT"}
    assert gateway.lab.deliver(NUMBER, 64) == 1
    assert gateway.lab.deliver() == 1
    assert gateway.lab.deliver() == 0
    assert await statuses(caller) == {"first": "DELIVERD(64)", "second": "DELIVERD(0)"}
    gateway.lab.set_options(delivery_reports=True, delivered_word="DELIVERED", delivery_status=32)
    await caller.send("third")
    gateway.lab.advance(5)
    assert (await statuses(caller))["third"] == "DELIVERED(32)"


async def test_synchronous(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """In synchronous mode the reply comes once the message is through."""
    gateway.lab.fail_sends()
    for result, status in [("fail", "FAILED"), ("success", "SENT")]:
        sending = asyncio.create_task(caller.send(result, mode="1"))
        done, _ = await asyncio.wait({sending}, timeout=0.2)
        assert not done
        assert gateway.lab.state()["sending"] == 1
        gateway.lab.advance(2)
        entry = (await sending)["send_list"]
        assert (entry["type"], entry["result"]) == ("syncsms", result)
        assert (await statuses(caller))[result] == status


async def test_synchronous_client_gives_up(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """A message is sent, also when the client no longer waits for the reply."""
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await caller.send("Hello", mode="1")
    gateway.lab.advance(2)
    assert await statuses(caller) == {"Hello": "SENT"}
    assert len(gateway.lab.sent) == 1


@pytest.mark.parametrize(("several", "ports"), [("first", ["2"]), ("all", ["2", "3"])])
async def test_several_spans(
    gateway: OpenVoxSimulator, caller: Caller, several: str, ports: list[str]
) -> None:
    """Of several ports the first one that can send does, or all that can."""
    gateway.lab.set_options(several_spans=several)
    gateway.lab.set_port(1, up=False)
    form = [("spans[]", "1"), ("spans[]", "2"), ("spans[1]", "3"), ("spans[]", "3")]
    reply = await caller.envelope("sms/send", [*form, ("dest_num", NUMBER), ("msg", "Hi")])
    accepted = reply["data"]["send_list"]
    entries = accepted if isinstance(accepted, list) else [accepted]
    assert [entry["port"] for entry in entries] == ports
    assert [str(message.port) for message in gateway.lab.sent] == ports


@pytest.mark.parametrize("kind", ["drop", "timeout"])
@pytest.mark.parametrize("executed", [None, True])
async def test_lost_reply(
    gateway: OpenVoxSimulator, caller: Caller, kind: str, *, executed: bool | None
) -> None:
    """The reply can be lost before or after the message was accepted; either way once."""
    gateway.lab.break_replies("sms/send", kind, executed=executed)
    with pytest.raises((aiohttp.ServerDisconnectedError, TimeoutError)):
        async with asyncio.timeout(0.3):
            await caller.send("Hello")
    gateway.lab.advance(2)
    assert await statuses(caller) == ({"Hello": "SENT"} if executed else {})
    assert len(gateway.lab.sent) == (1 if executed else 0)


@pytest.mark.parametrize("kind", ["garbage", "html", "empty", "truncated"])
async def test_unreadable_reply(gateway: OpenVoxSimulator, caller: Caller, kind: str) -> None:
    """A reply that cannot be read does not mean that nothing was sent."""
    gateway.lab.break_replies("sms/send", kind)
    with pytest.raises(ValueError, match=r".*"):
        await caller.send("Hello")
    assert [message.text for message in gateway.lab.sent] == ["Hello"]


async def test_refused(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """An error means that nothing was done, and says what it is the answer to."""
    gateway.lab.break_replies("sms/send", "error", code=1234)
    gateway.lab.break_replies("service/chan_state", "error")
    with pytest.raises(Refused, match="1234"):
        await caller.send("Hello")
    with pytest.raises(Refused, match="500"):
        await caller.call("service/chan_state")
    assert gateway.lab.sent == []


async def test_reboot(make_gateway: MakeGateway, open_caller: OpenCaller) -> None:
    """A restart ends the tokens and loses what is still on its way; the boxes stay."""
    gateway = await make_gateway()
    caller = await open_caller(gateway)
    await caller.send("sent")
    gateway.lab.advance(2)
    gateway.lab.receive_sms(1, NUMBER, "received")
    await caller.send("lost")
    assert list(gateway.lab.fates().values()) == ["SENT", "pending"]
    gateway.lab.reboot()
    with pytest.raises(aiohttp.ClientConnectionError):
        await caller.outbox()
    gateway.lab.advance(60)
    with pytest.raises(Refused):
        await caller.outbox()
    await caller.log_in(gateway.username, gateway.password)
    assert await statuses(caller) == {"sent": "DELIVERD(0)"}
    assert len(await caller.inbox()) == 1
    assert [message.text for message in gateway.lab.sent] == ["sent", "lost"]
    ids = [message.id for message in gateway.lab.sent]
    assert gateway.lab.fates() == dict(zip(ids, ["DELIVERD(0)", "lost"], strict=True))


async def test_report_after_reboot(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """A report that comes while the device is away waits for it."""
    await caller.send("Hello")
    gateway.lab.advance(3)
    gateway.lab.reboot(10)
    gateway.lab.advance(9)
    assert list(gateway.lab.fates().values()) == ["SENT"]
    gateway.lab.advance(1)
    assert list(gateway.lab.fates().values()) == ["DELIVERD(0)"]


async def test_clear_outbox(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """An outbox that was emptied stays empty when reports come."""
    await caller.send("Hello")
    gateway.lab.advance(2)
    gateway.lab.clear_outbox()
    gateway.lab.advance(60)
    assert await caller.outbox() == []


class CountedRows(list[Any]):
    """Rows that count how many of them were looked at."""

    looked_at = 0

    @override
    def __iter__(self) -> Iterator[Any]:
        self.looked_at += len(self)
        return super().__iter__()

    @override
    def __getitem__(self, which: Any) -> Any:
        found = super().__getitem__(which)
        self.looked_at += len(found) if isinstance(which, slice) else 1
        return found


async def test_many(make_gateway: MakeGateway, open_caller: OpenCaller) -> None:
    """Of thousands of messages on 32 ports a page looks at its own only."""
    gateway = await make_gateway(ports=32)
    caller = await open_caller(gateway)
    for number in range(5000):
        gateway.lab.receive_sms(number % 32 + 1, NUMBER, f"message {number}")
    entries = [
        (await caller.send(str(number), span=number % 32 + 1))["send_list"] for number in range(500)
    ]
    gateway.lab.advance(600)
    assert len({entry["id"] for entry in entries}) == 500
    inbox = gateway.gateway.inbox.rows = CountedRows(gateway.gateway.inbox.rows)
    outbox = gateway.gateway.outbox.rows = CountedRows(gateway.gateway.outbox.rows)
    await caller.log_in(gateway.username, gateway.password)
    assert [row["id"] for row in await caller.inbox(current_page=100, current_counts=20)] == list(
        range(3020, 3000, -1)
    )
    assert len({row["message"] for row in await caller.outbox(current_counts=30)}) == 30
    assert (inbox.looked_at, outbox.looked_at) == (20, 30)
    state = gateway.lab.state()
    assert (state["inbox"], state["outbox"], state["sending"]) == (5000, 500, 0)
