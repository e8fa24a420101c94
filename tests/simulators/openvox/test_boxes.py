"""Pages, filters and flags of inbox and outbox."""

from typing import Any

import pytest

from simulators.openvox import OpenVoxSimulator
from tests.simulators.openvox.caller import NUMBER, Caller
from tests.simulators.openvox.conftest import MakeGateway, OpenCaller

OTHER = "1065813919"
MARK = "\ufeff"


async def pages(caller: Caller, path: str, size: int, **form: Any) -> list[list[Any]]:
    """Return the ids or texts of every page there is."""
    first = await caller.call(path, current_page=1, current_counts=size, **form)
    replies = [
        await caller.call(path, current_page=number, current_counts=size, **form)
        for number in range(1, first["counts"] + 1)
    ]
    return [[row.get("id", row["message"]) for row in reply["sms"]] for reply in replies]


async def test_documented_arithmetic(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """Ten read messages are five pages of two, newest first, as in the description."""
    for number in range(13):
        gateway.lab.receive_sms(6, "10086", str(number))
    for identifier in (1, 5, 9):
        assert gateway.lab.delete_sms(identifier)
    gateway.lab.mark_read()
    reply = await caller.call("smsinbox/get", current_page=1, current_counts=2, flag="all")
    assert (reply["read"], reply["unread"], reply["counts"]) == (10, 0, 5)
    assert [row["id"] for row in reply["sms"]] == [13, 12]
    assert await pages(caller, "smsinbox/get", 2) == [[13, 12], [11, 10], [8, 7], [6, 4], [3, 2]]


@pytest.mark.parametrize(
    ("count", "size", "expected"), [(0, 10, 0), (1, 10, 1), (10, 10, 1), (11, 10, 2), (5, 2, 3)]
)
async def test_page_count(
    gateway: OpenVoxSimulator, caller: Caller, count: int, size: int, expected: int
) -> None:
    """Both boxes count pages, of ten unless told otherwise."""
    gateway.lab.set_options(send_seconds=0)
    for number in range(count):
        gateway.lab.receive_sms(1, NUMBER, str(number))
        await caller.send(str(number))
    form = {} if size == 10 else {"current_counts": size}
    for path in ("smsinbox/get", "smsoutbox/get"):
        reply = await caller.call(path, **form)
        assert (reply["counts"], reply["current_page"]) == (expected, 1)
        assert reply["current_counts"] == size
        assert len(reply["sms"]) == min(size, count)
    assert await pages(caller, "smsoutbox/get", size) == [
        [str(each) for each in reversed(range(max(0, end - size), end))]
        for end in range(count, 0, -size)
    ]


@pytest.mark.parametrize(("behavior", "ids"), [("empty", []), ("repeat", [1])])
async def test_past_the_last_page(
    gateway: OpenVoxSimulator, caller: Caller, behavior: str, ids: list[int]
) -> None:
    """Behind the last page there is nothing, or the last page again."""
    gateway.lab.set_options(past_last_page=behavior)
    assert await caller.inbox(current_page=3) == []
    for number in range(3):
        gateway.lab.receive_sms(1, NUMBER, str(number))
    rows = await caller.inbox(current_page=9, current_counts=2)
    assert [row["id"] for row in rows] == ids


async def test_inbox_filters(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """Number, time and flag leave messages out, of the counts as well."""
    times = ["2024/10/27 14:34:32", "2024/10/28 16:18:22", "2024/10/29 00:00:00"]
    for time, number in zip(times, (OTHER, "10086", OTHER), strict=True):
        gateway.lab.receive_sms(1, number, "Hello", when=time)
    for form, ids in [
        ({"phone_number_filter": OTHER}, [3, 1]),
        ({"phone_number_filter": "1008"}, []),
        ({"start_datetime_filter": times[1]}, [3, 2]),
        ({"end_datetime_filter": times[1]}, [2, 1]),
        ({"start_datetime_filter": "24/10/28 00:00:00", "end_datetime_filter": times[2]}, [3, 2]),
        ({"phone_number_filter": OTHER, "end_datetime_filter": times[1]}, [1]),
        ({"flag": "read"}, []),
        ({"flag": "unread"}, [3, 2, 1]),
    ]:
        reply = await caller.call("smsinbox/get", **form)
        assert [row["id"] for row in reply["sms"]] == ids, form
        assert (reply["read"], reply["unread"]) == (0, len(ids))
        assert [row["time"] for row in reply["sms"]] == [times[each - 1] for each in ids]


async def test_outbox_filters(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """The outbox is filtered by number and time, written with dashes."""
    await caller.send("first")
    gateway.lab.advance(60)
    await caller.send("second", number="10086")
    gateway.lab.advance(60)
    assert [row["time"] for row in await caller.outbox()] == [
        "2026-09-01 12:01:02",
        "2026-09-01 12:00:02",
    ]
    for form, texts in [
        ({"phone_number_filter": NUMBER}, ["first"]),
        ({"start_datetime_filter": "2026-09-01 12:01:02"}, ["second"]),
        ({"end_datetime_filter": "26-09-01 12:01:01"}, ["first"]),
    ]:
        assert [row["message"] for row in await caller.outbox(**form)] == texts


@pytest.mark.parametrize("marks", [False, True])
async def test_reading(gateway: OpenVoxSimulator, caller: Caller, *, marks: bool) -> None:
    """Showing a message may or may not mark it as read."""
    gateway.lab.set_options(reading_marks_read=marks)
    for number in range(3):
        gateway.lab.receive_sms(1, NUMBER, str(number))
    for _ in range(2):
        await caller.inbox(current_counts=2)
    reply = await caller.call("smsinbox/get", flag="unread")
    assert (reply["unread"], len(reply["sms"])) == ((1, 1) if marks else (3, 3))
    assert gateway.lab.state()["unread"] == (0 if marks else 3)


async def test_local_time(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """Both boxes show the device's local time, each in its own form."""
    gateway.lab.set_options(utc_offset_hours=5.5, send_seconds=0)
    gateway.lab.receive_sms(1, NUMBER, "Hello")
    await caller.send("Hello")
    assert (await caller.inbox())[0]["time"] == "2026/09/01 17:30:00"
    assert (await caller.outbox())[0]["time"] == "2026-09-01 17:30:00"


@pytest.mark.parametrize(
    ("text", "arguments", "shown"),
    [
        ("Hello", {}, "Hello"),
        ("x" * 161, {}, "x" * 161),
        ("Привет", {}, MARK + "Привет"),
        ("я" * 71, {}, MARK + "я" * 67 + MARK + "я" * 4),
        ("1\ufeff39".replace(MARK, ""), {"ucs2": True, "parts": 3}, f"{MARK}1{MARK}3{MARK}9"),
        ("Hello", {"parts": 2}, "Hello"),
        ("", {}, ""),
    ],
)
async def test_parts(
    gateway: OpenVoxSimulator, caller: Caller, text: str, arguments: Any, shown: str
) -> None:
    """Each part in UCS-2 brings a byte order mark, also within the text."""
    gateway.lab.receive_sms(1, NUMBER, text, **arguments)
    assert (await caller.inbox())[0]["message"] == shown
    gateway.lab.set_options(bom_in_parts=False)
    gateway.lab.receive_sms(1, NUMBER, text, **arguments)
    assert (await caller.inbox())[0]["message"] == text


async def test_late_parts(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """A part that comes later is added to the same message."""
    identifier = gateway.lab.receive_sms(1, NUMBER, "abcdef", parts=3, part_seconds=10)
    for seconds, text in [(0, "ab"), (10, "abcd"), (10, "abcdef")]:
        gateway.lab.advance(seconds)
        (row,) = await caller.inbox()
        assert (row["id"], row["message"]) == (identifier, text)


async def test_late_parts_after_reboot(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """Parts that come while the device is away wait for it, and stay in order."""
    gateway.lab.receive_sms(1, NUMBER, "abcdefgh", parts=4, part_seconds=2)
    gateway.lab.advance(3)
    gateway.lab.reboot(20)
    gateway.lab.advance(20)
    await caller.log_in(gateway.username, gateway.password)
    assert [row["message"] for row in await caller.inbox()] == ["abcdefgh"]


async def test_ids(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """Ids go on after the box was emptied, and begin anew after a reset."""

    async def ids() -> list[int]:
        return [row["id"] for row in await caller.inbox()]

    for number in range(3):
        gateway.lab.receive_sms(1, NUMBER, str(number))
    gateway.lab.delete_sms(1)
    assert gateway.lab.delete_sms(1) is False
    gateway.lab.reset_inbox_ids()
    assert await ids() == [2, 1]
    gateway.lab.clear_inbox()
    assert gateway.lab.state()["unread"] == 0
    assert gateway.lab.receive_sms(1, NUMBER, "next") == 3
    assert await ids() == [3]
    gateway.lab.clear_inbox()
    gateway.lab.reset_inbox_ids()
    assert gateway.lab.receive_sms(1, NUMBER, "first again") == 1


async def test_full_inbox(make_gateway: MakeGateway, open_caller: OpenCaller) -> None:
    """A full inbox deletes the oldest message; one switched off keeps none."""
    gateway = await make_gateway(inbox_capacity=2)
    caller = await open_caller(gateway)
    for number in range(4):
        gateway.lab.receive_sms(1, NUMBER, str(number))
    assert [row["message"] for row in await caller.inbox()] == ["3", "2"]
    assert gateway.lab.state()["unread"] == 2
    gateway.lab.set_options(store_received=False)
    assert gateway.lab.receive_sms(1, NUMBER, "lost") is None
    assert [row["message"] for row in await caller.inbox()] == ["3", "2"]


async def test_network_keeps_messages(gateway: OpenVoxSimulator, caller: Caller) -> None:
    """A message for a port that is not there comes when it is there again."""
    gateway.lab.set_port(2, up=False)
    gateway.lab.set_sim(3, "absent")
    assert gateway.lab.receive_sms(2, NUMBER, "for 2") is None
    assert gateway.lab.receive_sms(3, NUMBER, "for 3") is None
    gateway.lab.reboot(10)
    assert gateway.lab.receive_sms(1, NUMBER, "for 1") is None
    assert gateway.lab.state()["held"] == 3
    gateway.lab.set_port(2, up=True)
    assert gateway.lab.state()["inbox"] == 0
    gateway.lab.advance(10)
    assert gateway.lab.state()["held"] == 1
    gateway.lab.set_sim(3, "roaming")
    await caller.log_in(gateway.username, gateway.password)
    assert [row["message"] for row in await caller.inbox()] == ["for 3", "for 1", "for 2"]
    assert gateway.lab.state()["held"] == 0
