"""Received messages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
import string
from typing import Final

BYTE_ORDER_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
UCS2_SIZES: Final = (70, 67)
"""Characters of a message by itself, and of a part of a longer one."""
GSM_SIZES: Final = (160, 153)
GSM_ALPHABET: Final = frozenset(
    string.ascii_letters
    + string.digits
    + "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà\f^{}\\[~]|€"
)


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A message as the network hands it over."""

    port: int
    number: str
    text: str
    parts: int | None = None
    """How many equal parts it comes in; None is as many as it takes."""
    part_seconds: float = 0
    """Time between the arrivals of the parts."""
    sent: datetime | None = None
    """Local time the network says it was sent; None is when it arrives."""
    ucs2: bool | None = None
    """Whether it is in UCS-2; None is where it has to be."""

    def pieces(self, *, marked: bool) -> Iterator[str]:
        """Return the text of each part, with the byte order mark of UCS-2 if wanted."""
        ucs2 = not GSM_ALPHABET.issuperset(self.text) if self.ucs2 is None else self.ucs2
        mark = BYTE_ORDER_MARK if ucs2 and marked else ""
        alone, together = UCS2_SIZES if ucs2 else GSM_SIZES
        length = len(self.text)
        size = alone if length <= alone else together
        if self.parts is not None:
            size = -(-length // self.parts)
        for start in range(0, max(length, 1), max(size, 1)):
            yield mark + self.text[start : start + size]


@dataclass(kw_only=True, slots=True)
class Received:
    """A message in the inbox."""

    identifier: int
    port: int
    number: str
    text: str
    time: datetime
    read: bool = False


class Inbox:
    """The messages, oldest first."""

    def __init__(self) -> None:
        """Start empty."""
        self.rows: list[Received] = []
        self.unread = 0
        self._next_identifier = 1

    def add(self, port: int, number: str, text: str, time: datetime, capacity: int) -> Received:
        """Keep a message, for which the oldest may have to go."""
        row = Received(
            identifier=self._next_identifier, port=port, number=number, text=text, time=time
        )
        self._next_identifier += 1
        self.rows.append(row)
        self.unread += 1
        for oldest in self.rows[:-capacity]:
            self._forget(oldest)
        return row

    def _forget(self, row: Received) -> None:
        """Delete a message."""
        self.rows.remove(row)
        self.unread -= not row.read

    def mark_read(self, rows: Iterable[Received]) -> None:
        """Let messages count as read."""
        for row in rows:
            self.unread -= not row.read
            row.read = True

    def delete(self, identifier: int) -> bool:
        """Return whether there was such a message, which is gone now."""
        found = next((row for row in self.rows if row.identifier == identifier), None)
        if found is not None:
            self._forget(found)
        return found is not None

    def clear(self) -> None:
        """Forget every message; identifiers go on."""
        self.rows.clear()
        self.unread = 0

    def renumber(self) -> None:
        """Count identifiers from 1 anew, also those of the messages that are there."""
        for identifier, row in enumerate(self.rows, start=1):
            row.identifier = identifier
        self._next_identifier = len(self.rows) + 1
