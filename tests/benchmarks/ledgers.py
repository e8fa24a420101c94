"""Ledgers of a soak, made up for tests."""

from collections.abc import Iterable, Mapping
import json
from pathlib import Path
from typing import Any

from benchmarks.support.evidence import Evidence
from benchmarks.support.sending import AWAY, Answer, Order
from benchmarks.support.verdict import Row


def received(text: str, identifier: str, **changes: Any) -> dict[str, Any]:
    """Return the line of a received message."""
    line = {"kind": "received", "text": text, "id": identifier, "event_type": "received"}
    return {**line, "redelivered": False, **changes}


def status(event_type: str, identifier: str = "a", number: str = "1") -> dict[str, Any]:
    """Return the line of news about a message that was to be sent."""
    return {"kind": "status", "event_type": event_type, "id": identifier, "number": number}


def evidence(path: Path, lines: Iterable[Mapping[str, Any]]) -> Evidence:
    """Return evidence from a file with these lines."""
    file = path / "messages.jsonl"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    found = Evidence(file=file)
    found.update()
    return found


def state(word: str, identifier: str = "a") -> Answer:
    """Return the answer that a message has this state."""
    return Answer(word=word, id=identifier)


def error(key: str) -> Answer:
    """Return the answer that the action failed."""
    return Answer(word=key, error=True)


GONE = Answer(word=AWAY)


def order(*answers: Answer, number: str = "1", key: str | None = "key") -> Order:
    """Return a message to a number, and what was answered."""
    return Order(number=number, text="text", port=None, key=key, answers=list(answers))


def entry(word: str, identifier: str = "a", number: str = "1") -> dict[str, Any]:
    """Return an entry of the journal."""
    return {"key": identifier, "number": number, "state": word}


def wrong(rows: Iterable[Row]) -> dict[str, int]:
    """Return what is wrong."""
    return {row.name: row.count for row in rows if row.failed}


def counts(rows: Iterable[Row]) -> dict[str, int]:
    """Return everything that was counted."""
    return {row.name: row.count for row in rows}
