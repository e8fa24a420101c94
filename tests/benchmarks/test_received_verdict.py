"""The soak notices what is wrong with messages that were received."""

from collections import Counter
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.support.received_verdict import MARKED_PER_KILL, ReceivedVerdict

from .ledgers import counts, evidence, received, wrong

LATE = "late or not, and marked wrongly"
UNMARKED = "duplicates not marked redelivered"


@pytest.mark.parametrize(
    ("lines", "outcome"),
    [
        ([received("a", "1"), received("a", "2"), received("b", "3")], {}),
        ([received("a", "1"), received("b", "3")], {"lost": 1}),
        ([received("a", "1"), received("a", "2")], {"lost": 1}),
        (
            [received("a", "1"), received("a", "2"), received("b", "3"), received("b", "4")],
            {UNMARKED: 1},
        ),
        (
            [received("a", "1"), received("a", "2"), received("b", "3"), received("b", "3")],
            {UNMARKED: 1},
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
            {LATE: 1},
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
    verdict = ReceivedVerdict(
        evidence=evidence(tmp_path, lines),
        expected=Counter({"a": 2, "b": 1}),
        baseline={"old"},
        kills=1,
    )
    assert wrong(verdict.rows()) == outcome


def test_an_old_message_has_to_be_late(tmp_path: Path) -> None:
    """An old message that is told of like a new one is a mistake."""
    verdict = ReceivedVerdict(
        evidence=evidence(tmp_path, [received("a", "1")]), expected=Counter("a"), old={"a"}
    )
    assert wrong(verdict.rows()) == {LATE: 1}


@pytest.mark.parametrize(
    ("lines", "halves", "outcome"),
    [
        ([received("abc", "1")], 0, {}),
        # What was told too early is mended by the whole, if that says that it is a repetition.
        ([received("a", "1"), received("abc", "1", redelivered=True)], 1, {}),
        ([received("a", "1"), received("abc", "2", redelivered=True)], 1, {}),
        ([received("a", "1"), received("abc", "2")], 1, {UNMARKED: 1}),
        ([received("a", "1"), received("ab", "2"), received("abc", "3")], 2, {UNMARKED: 2}),
        ([received("a", "1")], 1, {"lost": 1}),
        ([received("ac", "1"), received("abc", "2")], 0, {"never received, told of": 1}),
    ],
)
def test_parts(
    tmp_path: Path, lines: list[dict[str, Any]], halves: int, outcome: dict[str, int]
) -> None:
    """A message of three parts: the whole of it has to be told of, once."""
    verdict = ReceivedVerdict(
        evidence=evidence(tmp_path, lines),
        expected=Counter({"abc": 1}),
        beginnings={"a": "abc", "ab": "abc"},
    )
    rows = list(verdict.rows())
    assert wrong(rows) == outcome
    assert counts(rows)["told of while parts were missing"] == halves


@pytest.mark.parametrize(
    ("needless", "kills", "excess"),
    [
        (MARKED_PER_KILL, 1, 0),
        (MARKED_PER_KILL + 1, 1, 1),
        (MARKED_PER_KILL + 1, 2, 0),
        (1, 0, 1),
    ],
)
def test_marks_without_need(tmp_path: Path, needless: int, kills: int, excess: int) -> None:
    """Of what had not been told of, a kill excuses the marks of one batch."""
    texts = [str(number) for number in range(needless)]
    verdict = ReceivedVerdict(
        evidence=evidence(tmp_path, [received(text, text, redelivered=True) for text in texts]),
        expected=Counter(texts),
        kills=kills,
    )
    name = f"of these more than {MARKED_PER_KILL} for each kill"
    assert wrong(verdict.rows()) == ({name: excess} if excess else {})


def test_marks_with_need(tmp_path: Path) -> None:
    """What had been told of may be marked as often as it comes."""
    lines = [received("a", "1"), *[received("a", "1", redelivered=True)] * 3]
    rows = list(ReceivedVerdict(evidence=evidence(tmp_path, lines), expected=Counter("a")).rows())
    assert not wrong(rows)
    assert counts(rows)["events of messages that had been told of"] == 3
    assert counts(rows)["marked, and had not been told of"] == 0


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
