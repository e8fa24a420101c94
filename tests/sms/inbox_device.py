"""A device that receives messages and treats its list of them as badly as real ones do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from custom_components.gatehouse.sms.received import InboxRow, Received

from .fakes import NOW, pause

STORAGE: Final = 60
"""Messages."""


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A message in the device."""

    serial: int
    """Counts all that ever arrived, which the device does not show."""

    number: int
    message: Received


class InboxDevice:
    """Lists messages newest first, in pages."""

    def __init__(self, *, page_size: int, counts: bool, repeats_last_page: bool) -> None:
        """Start empty; `counts`: rows have an order."""
        self.page_size = page_size
        self.counts = counts
        self.repeats_last_page = repeats_last_page
        self.clock: datetime = NOW
        self.stored: list[Stored] = []
        self.next_number = 1
        self.arrivals = 0

    def arrive(self, text: str, sender: str, gap: int) -> Stored | None:
        """Receive a message unless the storage is full; `gap` numbers are left out."""
        if len(self.stored) >= STORAGE:
            return None
        used = {stored.number for stored in self.stored}
        if self.counts:
            number = self.next_number + gap
            self.next_number = number + 1
        else:
            number = min(set(range(40000, 40000 + len(used) + 1)) - used)
        self.arrivals += 1
        message = Received(sender=sender, text=text, time=self.clock, port="1")
        stored = Stored(serial=self.arrivals, number=number, message=message)
        self.stored.append(stored)
        return stored

    def pass_time(self, seconds: int = 1) -> None:
        """Let time pass; nothing that changes the list is done within a second of an arrival."""
        self.clock += timedelta(seconds=seconds)

    def grow(self, serial: int, more: str) -> Stored | None:
        """Let more of a message come, if it is still there."""
        self.pass_time()
        for at, stored in enumerate(self.stored):
            if stored.serial == serial:
                message = replace(stored.message, text=f"{stored.message.text}{more}")
                self.stored[at] = replace(stored, message=message)
                return self.stored[at]
        return None

    def delete_oldest(self, count: int) -> None:
        """Make room."""
        self.pass_time()
        del self.stored[:count]

    def delete(self, position: int) -> None:
        """Delete any message, as somebody does at the device's own page."""
        self.pass_time()
        if self.stored:
            del self.stored[position % len(self.stored)]

    def clear(self, *, restart: bool) -> None:
        """Delete all, and forget how many there were."""
        self.pass_time()
        self.stored.clear()
        if restart:
            self.next_number = 1

    def renumber(self, first: int) -> None:
        """Give all messages new numbers without gaps."""
        self.pass_time()
        if self.counts:
            self.stored = [
                replace(stored, number=number)
                for number, stored in enumerate(self.stored, start=first)
            ]
            self.next_number = first + len(self.stored)

    async def page(self, number: int) -> Sequence[InboxRow]:
        """Return a page of the list as it is now."""
        await pause()
        listed = self.stored[::-1]
        if self.repeats_last_page and listed:
            number = min(number, (len(listed) - 1) // self.page_size + 1)
        start = (number - 1) * self.page_size
        return [self._row(stored) for stored in listed[start : start + self.page_size]]

    def _row(self, stored: Stored) -> InboxRow:
        """Return a message as it is listed."""
        message = stored.message
        if self.counts:
            return InboxRow(order=stored.number, key=str(stored.number), message=message)
        key = f"{stored.number}|{message.time}|{message.sender}"
        return InboxRow(order=None, key=key, message=message)
