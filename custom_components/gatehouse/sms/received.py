"""A received message, as a device lists it and as it is handed over."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from hashlib import sha256
import json
from typing import Any, Self

from .completeness import may_lack_parts


@dataclass(frozen=True, kw_only=True)
class Received:
    """What somebody sent. Raises ValueError for a time without time zone."""

    sender: str = field(repr=False)
    """A number, or the name of a service."""

    text: str = field(repr=False)

    time: datetime | None
    """By the clock of the device or the network; None where the device does not tell."""

    port: str | None
    """None for a device with a single one."""

    def __post_init__(self) -> None:
        """Refuse a time that cannot be compared."""
        if self.time is not None and self.time.utcoffset() is None:
            raise ValueError("the time of a message needs a time zone")

    @cached_property
    def fingerprint(self) -> str:
        """What the message says, from whom and when, beyond recovery."""
        # As the clock showed it: another choice of time zone does not make the message another one.
        shown = self.time and self.time.replace(tzinfo=None).isoformat()
        content = json.dumps([self.port, self.sender, shown, self.text])
        return sha256(content.encode()).hexdigest()[:32]

    @cached_property
    def may_lack_parts(self) -> bool:
        """Tell whether parts of the text may still be on their way."""
        return may_lack_parts(self.text)

    def continues(self, earlier: Received) -> bool:
        """Tell whether this may be an earlier message, with or without more parts than it had."""
        return self.text.startswith(earlier.text) and earlier == replace(self, text=earlier.text)

    def dump(self) -> dict[str, Any]:
        """Return the message for JSON."""
        return {
            "sender": self.sender,
            "text": self.text,
            "time": self.time and self.time.isoformat(),
            "port": self.port,
        }

    @classmethod
    def parse(cls, fields: Mapping[str, Any]) -> Self:
        """Return the message that was dumped."""
        return cls(
            sender=fields["sender"],
            text=fields["text"],
            time=datetime.fromisoformat(fields["time"]) if fields["time"] else None,
            port=fields["port"],
        )


@dataclass(frozen=True, kw_only=True)
class InboxRow:
    """A message in the list of a device."""

    order: int | None
    """Grows from message to message until the numbering restarts; None where nothing does."""

    key: str = field(repr=False)
    """Tells the row from all others of the list; not empty. May contain a number."""

    message: Received

    @property
    def identity(self) -> tuple[str, str]:
        """What a row keeps as long as the device neither moves nor changes it."""
        return self.key, self.message.fingerprint


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A message that is handed over."""

    id: str
    """The same whenever this message is handed over again."""

    message: Received

    late: bool
    """Whether it is too old to be news."""

    redelivered: bool
    """Whether it may have been handed over before: after a crash or an error, or because nothing
    tells it from an earlier one."""
