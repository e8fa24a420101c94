"""A simulated HiLink modem that tells what went wrong with it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
import re
from typing import Final, override

from aiohttp import web

from simulators.hilink import HilinkOptions, HilinkSimulator, encryption
from simulators.hilink.messages import Box, Message

from .sent_verdict import Fate
from .unreliable import Unreliable
from .verdict import Row

CAPACITY: Final = 500
"""Messages that the modem holds, be they received or sent."""

_PHONE: Final = re.compile(rb"<Phone>([^<]+)</Phone>")


class UnreliableModem(Unreliable, HilinkSimulator):
    """A modem, and what its owner has deleted in it."""

    SEND = "sms/send-sms"

    def __init__(self, options: HilinkOptions) -> None:
        """Begin with an empty memory."""
        super().__init__(options)
        self.lab.clear_messages()
        self._deletions = 0
        self._free: set[int] = set()
        """Indexes of deleted messages."""

        self._reused = 0

    @override
    def _restart(self, seconds: float) -> None:
        self.lab.reboot(seconds)

    @override
    async def _number(self, request: web.Request) -> str:
        body = await request.read()
        if encryption.HEADER in request.headers:
            body = encryption.decrypt(body, oaep=self.modem.options.login in encryption.OAEP)
        found = _PHONE.search(body)
        return found[1].decode() if found else ""

    @override
    def fates(self) -> Mapping[str, Sequence[Fate]]:
        found: defaultdict[str, list[Fate]] = defaultdict(list)
        for number, fate in self.lab.fates():
            found[number].append(Fate(fate))
        return found

    @property
    def room(self) -> int:
        """Return how many more messages the memory can hold."""
        return CAPACITY - len(self.modem.messages.all(self.modem.now))

    def box(self, box: Box) -> list[Message]:
        """Return the messages of a box."""
        self.modem.settle()
        return self.modem.messages.box(box, self.modem.now)

    def receive(
        self, sender: str, text: str, *, parts: int, pause: float = 0, when: str | None = None
    ) -> None:
        """Let a text arrive, with so many seconds between its parts."""
        self._note(self.lab.inject_sms(sender, text, parts=parts, part_seconds=pause, when=when))

    def receive_notice(self, sender: str, *, markup: bool) -> None:
        """Let the notification of a picture message arrive."""
        self._note(self.lab.inject_mms(sender, markup=markup))

    def _note(self, index: int | None) -> None:
        """Count the messages whose index another one had before."""
        self._reused += index in self._free
        self._free -= {index}

    def delete(self, messages: Collection[Message]) -> None:
        """Delete messages on the modem's own page."""
        indexes = {message.index for message in messages}
        self.lab.delete_sms(*indexes)
        self._free |= indexes
        self._deletions += len(indexes)

    @override
    def rows(self) -> Iterator[Row]:
        yield Row(name="messages deleted by the owner", count=self._deletions)
        yield Row(name="messages received with an index that was used before", count=self._reused)
        lost = self.modem.messages.lost
        yield Row(name="messages for which the modem had no room", count=lost, wrong=True)
