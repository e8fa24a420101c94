"""The soak's judgment notices what it is there to notice."""

from collections import Counter
from collections.abc import Iterable
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.support.evidence import Evidence
from benchmarks.support.traffic import Order
from benchmarks.support.verdict import Row, received_rows, sent_rows
from simulators.openvox.outbox import SentMessage


def received(text: str, identifier: str, **changes: Any) -> dict[str, Any]:
    """Return the line of a received message."""
    line = {"kind": "received", "text": text, "id": identifier, "event_type": "received"}
    return {**line, "redelivered": False, **changes}


def evidence(path: Path, lines: Iterable[dict[str, Any]]) -> Evidence:
    """Return evidence from a file with these lines."""
    file = path / "messages.jsonl"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    found = Evidence(file=file)
    found.update()
    return found


def wrong(rows: Iterable[Row]) -> dict[str, int]:
    """Return what is wrong."""
    return {row.name: row.count for row in rows if row.wrong and row.count}


@pytest.mark.parametrize(
    ("lines", "outcome"),
    [
        ([received("a", "1"), received("a", "2"), received("b", "3")], {}),
        ([received("a", "1"), received("b", "3")], {"lost": 1}),
        ([received("a", "1"), received("a", "2")], {"lost": 1}),
        (
            [received("a", "1"), received("a", "2"), received("b", "3"), received("b", "4")],
            {"duplicates not marked redelivered": 1},
        ),
        (
            [received("a", "1"), received("a", "2"), received("b", "3"), received("b", "3")],
            {"duplicates not marked redelivered": 1},
        ),
        (
            [
                *(received("a", "1"), received("a", "2"), received("b", "3")),
                received("b", "3", redelivered=True),
            ],
            {},
        ),
        # Two messages, one of them twice: the other one is lost all the same.
        (
            [
                *(received("a", "1"), received("a", "1", redelivered=True)),
                received("b", "3"),
            ],
            {"lost": 1},
        ),
        (
            [
                *(received("a", "1"), received("a", "2")),
                received("b", "3", event_type="received_late"),
            ],
            {"late or not, and marked wrongly": 1},
        ),
        (
            [
                *(received("a", "1"), received("a", "2"), received("b", "3")),
                *(received("old", "4"), received("invented", "5")),
            ],
            {"older than the set-up, told of": 1, "never received, told of": 1},
        ),
    ],
)
def test_received(tmp_path: Path, lines: list[dict[str, Any]], outcome: dict[str, int]) -> None:
    """Two equal messages and another one: each has to be told of, and once."""
    rows = received_rows(
        evidence(tmp_path, lines), Counter({"a": 2, "b": 1}), old=set(), baseline={"old"}
    )
    assert wrong(rows) == outcome


def test_an_old_message_has_to_be_late(tmp_path: Path) -> None:
    """An old message that is told of like a new one is a mistake."""
    rows = received_rows(
        evidence(tmp_path, [received("a", "1")]), Counter({"a": 1}), old={"a"}, baseline=set()
    )
    assert wrong(rows) == {"late or not, and marked wrongly": 1}


def sent(*numbers: str) -> list[SentMessage]:
    """Return messages that the gateway has sent."""
    return [SentMessage(number, 1, number, "text", synchronous=False) for number in numbers]


def order(answer: str | None = "accepted", *, interruptions: int = 0) -> Order:
    """Return a message to number 1."""
    return Order(
        number="1", text="text", port=None, key="key", answer=answer, interruptions=interruptions
    )


@pytest.mark.parametrize(
    ("message", "taken", "outcome"),
    [
        (order(), sent("1"), {}),
        (order(), sent("1", "1"), {"sent twice": 1}),
        (order(), [], {"said to be sent, and was not": 1}),
        (order("rejected"), [], {}),
        (order("rejected"), sent("1"), {"said not to be sent, and was": 1}),
        (order("unknown"), [], {}),
        (order("unknown"), sent("1"), {}),
        (order(None, interruptions=1), sent("1"), {}),
        (order(None, interruptions=2), sent("1", "1"), {"sent twice": 1}),
    ],
)
def test_sent(
    tmp_path: Path, message: Order, taken: list[SentMessage], outcome: dict[str, int]
) -> None:
    """What was said of a message has to be true, and none may be sent twice."""
    rows = sent_rows([message], taken, evidence=evidence(tmp_path, []), unanswered={}, journal=[])
    assert wrong(rows) == outcome


@pytest.mark.parametrize(("state", "found"), [("delivered", 1), ("unknown", 0)])
def test_lost_replies(tmp_path: Path, state: str, found: int) -> None:
    """A message whose reply got lost is found by looking, or stays unknown."""
    rows = sent_rows(
        [order("unknown", interruptions=1)],
        sent("1"),
        evidence=evidence(tmp_path, []),
        unanswered={"1": "drop"},
        journal=[{"number": "1", "state": "rejected"}, {"number": "1", "state": state}],
    )
    counts = {row.name: row.count for row in rows}
    assert counts["taken, and no reply came"] == 1
    assert counts["of these found by looking"] == found
    assert counts["of these unknown to the end"] == 1 - found


def test_a_report_told_of_twice(tmp_path: Path) -> None:
    """A delivery report counts once."""
    line = {"kind": "status", "number": "1", "event_type": "delivered", "id": "a"}
    rows = sent_rows(
        [order()],
        sent("1"),
        evidence=evidence(tmp_path, [line, line]),
        unanswered={},
        journal=[],
    )
    assert wrong(rows) == {"delivery reports told of twice": 1}


def test_half_a_line_is_read_later(tmp_path: Path) -> None:
    """What is still being written is not taken for a line."""
    found = evidence(tmp_path, [received("a", "1")])
    line = json.dumps(received("a", "2"))
    with found.file.open("a") as file:
        file.write(line[:10])
    assert found.missing(Counter({"a": 2})) == 1
    with found.file.open("a") as file:
        file.write(f"{line[10:]}\n")
    assert found.missing(Counter({"a": 2})) == 0
