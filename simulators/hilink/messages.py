"""The message memory."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
import re
from typing import Final

from simulators.clock import DeviceClock
from simulators.hilink.wire import Fields, spoiled

FIRST_INDEX: Final = 40000
OWN_PRIORITY: Final = "4"
_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")
_MMS_CONTENT: Final = b"\xc2\xbe\xc2\xaf\xbe\xaf\x84\xff\x8d".decode("utf-8", "surrogateescape")


class Box(StrEnum):
    """Boxes by their number in a list request."""

    INBOX = "1"
    SENT = "2"
    DRAFTS = "3"
    TRASH = "4"
    SIM_INBOX = "5"


class Smstat(StrEnum):
    """States of a message."""

    UNREAD = "0"
    READ = "1"
    DRAFT = "2"
    SENT = "3"
    FAILED = "4"


class SmsType(StrEnum):
    """Kinds of message."""

    SINGLE = "1"
    MULTIPART = "2"
    REPORT = "7"


@dataclass(kw_only=True)
class Message:
    """One message in the memory."""

    index: int
    box: Box
    smstat: Smstat
    phone: str
    content: str
    date: str
    priority: str = "0"
    sms_type: SmsType = SmsType.SINGLE
    mms: bool = False
    markup: bool = False
    """Whether the content has signs of markup that are not escaped."""

    def fields(self) -> Fields:
        """Return the message as a list shows it."""
        return {
            "Smstat": self.smstat,
            "Index": str(self.index),
            "Phone": self.phone,
            "Content": spoiled(self.content) if self.markup else self.content,
            "Date": self.date,
            "Sca": None,
            "SaveType": "0",
            "Priority": self.priority,
            "SmsType": self.sms_type,
        }

    def conversation_fields(self) -> Fields:
        """Return the message as a list by conversation shows it."""
        return {name.lower(): value for name, value in self.fields().items()}


@dataclass(frozen=True, kw_only=True)
class LatePart:
    """A part of a long message that is still on its way."""

    due: float
    index: int
    phone: str
    content: str


class Messages:
    """All messages of the device, up to its capacity."""

    def __init__(self, clock: DeviceClock, capacity: Callable[[], int]) -> None:
        """Start empty."""
        self._clock = clock
        self._capacity = capacity
        self._messages: list[Message] = []
        self._late: list[LatePart] = []
        self.arrived = 0
        self.lost = 0

    def all(self, now: float) -> list[Message]:
        """Return every message that is there at a moment."""
        self._settle(now)
        return self._messages

    def box(self, box: str, now: float) -> list[Message]:
        """Return the messages of a box."""
        return [message for message in self.all(now) if message.box == box]

    def conversations(self, now: float) -> dict[str, list[Message]]:
        """Return the messages by number, those with the newest first, each newest first."""
        by_phone: dict[str, list[Message]] = {}
        for message in sorted(
            self.all(now), key=lambda each: (each.date, each.index), reverse=True
        ):
            by_phone.setdefault(message.phone, []).append(message)
        return by_phone

    def unread(self, now: float) -> int:
        """Return the number of unread messages."""
        return sum(message.smstat is Smstat.UNREAD for message in self.all(now))

    def full(self, now: float) -> bool:
        """Return whether there is no room left."""
        return len(self.all(now)) >= self._capacity()

    def add(self, message: Message) -> int:
        """Keep a message under the lowest index that is free."""
        used = {each.index for each in self._messages}
        message.index = next(
            index for index in range(FIRST_INDEX, FIRST_INDEX + len(used) + 1) if index not in used
        )
        self._messages.append(message)
        return message.index

    def receive(
        self,
        phone: str,
        text: str,
        *,
        parts: int = 1,
        part_seconds: float = 2,
        when: str | None = None,
        merge_mms: bool = False,
    ) -> int | None:
        """Take in a text, whose further parts come later; None when it is lost.

        Emoji do not survive the reception.
        """
        now = self._clock.now
        content = _ASTRAL.sub("", text)
        newest = next(reversed(self.box(Box.INBOX, now)), None)
        if merge_mms and newest is not None and newest.mms:
            newest.content += content
            return newest.index
        size = -(-len(content) // parts) or 1
        pieces = [content[at : at + size] for at in range(0, len(content), size)] or [""]
        sms_type = SmsType.MULTIPART if parts > 1 else SmsType.SINGLE
        index = self._take(phone, pieces[0], sms_type=sms_type, when=when)
        if index is not None:
            self._late += [
                LatePart(due=now + number * part_seconds, index=index, phone=phone, content=piece)
                for number, piece in enumerate(pieces[1:], start=1)
            ]
        return index

    def receive_mms(self, phone: str, *, markup: bool = False) -> int | None:
        """Take in an MMS notification, whose broken bytes spoil every list it is in."""
        return self._take(phone, _MMS_CONTENT, mms=True, markup=markup)

    def _take(
        self,
        phone: str,
        content: str,
        *,
        sms_type: SmsType = SmsType.SINGLE,
        when: str | None = None,
        mms: bool = False,
        markup: bool = False,
    ) -> int | None:
        """Put an incoming message into the inbox, or lose it when the memory is full."""
        now = self._clock.now
        if self.full(now):
            self.lost += 1
            return None
        self.arrived += 1
        return self.add(
            Message(
                index=0,
                box=Box.INBOX,
                smstat=Smstat.UNREAD,
                phone=phone,
                content=content,
                date=when or self._clock.text(now),
                sms_type=sms_type,
                mms=mms,
                markup=markup,
            )
        )

    def _settle(self, now: float) -> None:
        """Join parts that have arrived; a message already read stays as it is."""
        due = [part for part in self._late if part.due <= now]
        self._late = [part for part in self._late if part.due > now]
        for part in due:
            target = next((each for each in self._messages if each.index == part.index), None)
            if target is not None and target.smstat is Smstat.UNREAD:
                target.content += part.content
            else:
                self._take(part.phone, part.content, sms_type=SmsType.MULTIPART)

    def report(self, phone: str) -> None:
        """Take in a delivery report."""
        self._take(phone, "", sms_type=SmsType.REPORT)

    def delete(self, indexes: Iterable[int]) -> None:
        """Delete messages; an unknown index is no error."""
        doomed = set(indexes)
        self._messages = [each for each in self.all(self._clock.now) if each.index not in doomed]

    def set_read(self, indexes: Iterable[int]) -> None:
        """Mark incoming messages as read."""
        marked = set(indexes)
        for message in self.all(self._clock.now):
            if message.index in marked and message.smstat is Smstat.UNREAD:
                message.smstat = Smstat.READ

    def clear(self) -> None:
        """Forget everything."""
        self._messages.clear()
        self._late.clear()
