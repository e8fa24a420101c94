"""Models of a USSD session."""

from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

from ..values import body, count
from .reply import Reply, read


class UssdState(IntEnum):
    """How a USSD session stands."""

    NONE = 0
    ACTIVE = 1
    WAITING = 2
    """The network has asked something."""


@dataclass(frozen=True, kw_only=True)
class UssdContent(Reply):
    """What the network says."""

    ENDPOINT: ClassVar[str] = "ussd/get"

    content: str | None = read(body, "content", secret=True)


@dataclass(frozen=True, kw_only=True)
class UssdStatus(Reply):
    """Whether there is a session."""

    ENDPOINT: ClassVar[str] = "ussd/status"

    result: int | None = read(count, "result")
    """By `UssdState`."""
