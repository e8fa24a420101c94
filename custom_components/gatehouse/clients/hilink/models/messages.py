"""Models of the messages in the boxes, and of what the device does with messages."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import ClassVar, Final

from ..values import body, count, elements, text, timestamp
from .reply import Fields, Reply, derive, read

_PICTURE: Final = "\u00be\u00af"
"""How the content of a picture message's notification begins, before bytes that are no text."""

_NO_CHARACTER: Final = "\ufffd"
"""What stands for bytes that are no text."""


class MessageStatus(IntEnum):
    """What a message is, also which kind of box it is in."""

    UNREAD = 0
    READ = 1
    DRAFT = 2
    SENT = 3
    FAILED = 4


class MessageKind(IntEnum):
    """What a message is made of; kinds that are not named here are plain texts."""

    JOINED = 2
    """A long text whose parts the device joins as they come."""

    DELIVERED = 7
    NOT_DELIVERED = 8


_REPORTS: Final = frozenset({MessageKind.DELIVERED, MessageKind.NOT_DELIVERED})


@dataclass(frozen=True, kw_only=True)
class StoredMessage(Reply):
    """A message in a box; newer firmware writes the names of its elements in lower case."""

    index: int | None = read(count, "Index", "index")
    """Used again once the message is deleted."""

    status: int | None = read(count, "Smstat", "smstat")
    """By `MessageStatus`."""

    kind: int | None = read(count, "SmsType", "smstype")
    """By `MessageKind`."""

    number: str | None = read(text, "Phone", "phone", secret=True)
    """Of the other, or the name of a service; a draft may have several."""

    content: str | None = read(body, "Content", "content", secret=True)

    date: str | None = read(text, "Date", "date")
    """By the device's clock, without time zone."""

    unread: int | None = read(count, "unreadcount")
    """Unread messages of the same conversation, in a list of conversations."""

    @property
    def key(self) -> str:
        """Return what no other message has. It contains the number."""
        return f"{self.index} {self.date} {self.number}"

    @property
    def time(self) -> datetime | None:
        """Return the date without time zone, None where it makes no sense."""
        return timestamp(self.date)

    @property
    def text(self) -> str:
        """Return the text; of a picture message's notification, what of it is one."""
        content = self.content or ""
        if not content.startswith(_PICTURE):
            return content
        return content.removeprefix(_PICTURE).replace(_NO_CHARACTER, "").strip()

    @property
    def is_report(self) -> bool:
        """Tell whether it only says what became of a message that was sent."""
        return self.kind in _REPORTS


def _messages(fields: Fields) -> tuple[StoredMessage, ...]:
    """Return the messages of a list, of which there are none, one or many."""
    found = [
        *elements(fields.get("Messages"), "Message"),
        *elements(fields.get("messages"), "message"),
    ]
    messages = (StoredMessage.from_fields(each) for each in found if isinstance(each, dict))
    return tuple(each for each in messages if each.index is not None)


@dataclass(frozen=True, kw_only=True)
class SmsList(Reply):
    """A page of a box, or of one or all conversations."""

    ENDPOINT: ClassVar[str] = "sms/sms-list"

    total: int | None = read(count, "Count", "count")
    """Messages in the whole box; past the end some devices say 0."""

    messages: tuple[StoredMessage, ...] = derive(_messages, default=())
