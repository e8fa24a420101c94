"""What the recorder wrote down."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
import json
from pathlib import Path
from typing import Any


@dataclass(kw_only=True)
class Evidence:
    """The lines of the recorder, read as they come."""

    file: Path
    received: defaultdict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """Events of received messages, by text."""

    status: list[dict[str, Any]] = field(default_factory=list)
    """Events of messages that were sent."""

    automated: Counter[str] = field(default_factory=Counter)
    """How often the automation ran, by id of the message."""

    _position: int = 0

    def update(self) -> None:
        """Read what is new."""
        with self.file.open("rb") as lines:
            lines.seek(self._position)
            for line in lines:
                if not line.endswith(b"\n"):
                    break
                self._position += len(line)
                self._take(json.loads(line))

    def _take(self, line: dict[str, Any]) -> None:
        """Take in a line."""
        match line["kind"]:
            case "received":
                self.received[line["text"]].append(line)
            case "status":
                self.status.append(line)
            case "automation":
                self.automated[line["id"]] += 1

    def missing(self, expected: Counter[str]) -> int:
        """Return how many of the messages with these texts nobody was told of yet."""
        self.update()
        return sum(
            max(0, count - len({line["id"] for line in self.received[text]}))
            for text, count in expected.items()
        )
