"""The message boxes of a HiLink device, in both ways in which firmware lists them."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from enum import IntEnum
from functools import partial
from time import monotonic
from typing import Any, Final, Protocol

from ..errors import CommandRefused, InvalidReply, NotPermitted, NotSupported
from . import xml
from .models import MessageStatus, SmsList, StoredMessage
from .salvage import salvage
from .sealed import EncryptedReply, is_sealed
from .xml import MalformedReply

PAGE_SIZE: Final = 20
"""Messages; what the devices' own pages ask for. None gives more than 50."""

_PROBE_SECONDS: Final = 3600
"""After which a list that could not be decrypted is asked for again so that it might be."""

_MOST_PAGES: Final = 200
"""Of a list; no device holds as many messages."""

_LIST_ELEMENTS: Final = frozenset({"Count", "count", "Messages", "messages"})

_SEAL_WANTED: Final = frozenset({100005, 100006})
"""Errors of firmware that wants to know with what to seal its reply."""

_CONVERSATIONS: Final = "sms/sms-list-contact"
_CONVERSATION: Final = "sms/sms-list-phone"


class BoxType(IntEnum):
    """Boxes by their number in a request."""

    INBOX = 1
    SENT = 2
    DRAFTS = 3
    SIM_INBOX = 5
    """On the SIM card, whose messages the inbox does not have."""


_STATUSES: Final[Mapping[BoxType, frozenset[int]]] = {
    BoxType.INBOX: frozenset({MessageStatus.UNREAD, MessageStatus.READ}),
    BoxType.SENT: frozenset({MessageStatus.SENT, MessageStatus.FAILED}),
    BoxType.DRAFTS: frozenset({MessageStatus.DRAFT}),
    BoxType.SIM_INBOX: frozenset(),
}
"""Of the messages that a box has, where a list has those of all boxes."""


class Requests(Protocol):
    """What is needed of the client."""

    async def ask(
        self, path: str, fields: Mapping[str, Any], *, sealed: bool = False
    ) -> xml.Fields | str:
        """Ask for something that takes a description."""


class Boxes:
    """Lists of messages, newest first (seed "SMS Module": sms/sms-list)."""

    def __init__(self, client: Requests) -> None:
        """Use the session of a client."""
        self._client = client
        self._by_conversation = False
        self._sealed: bool | None = None
        self._unreadable_until = 0.0

    async def sealed(self) -> bool:
        """Tell whether the firmware encrypts messages, which the first list shows.

        Raises what keeps the list from being read for a moment.
        """
        if self._sealed is None:
            with suppress(NotSupported, NotPermitted, CommandRefused, InvalidReply):
                await self.newest()
        return bool(self._sealed)

    async def newest(self) -> SmsList:
        """Read the first page of the inbox; of the conversations, where there are only those."""
        if not self._by_conversation:
            with suppress(NotSupported):
                return await self._box_page(BoxType.INBOX, 1)
        return await self._conversations_page(1)

    async def received(self, *, on_sim: bool) -> tuple[StoredMessage, ...]:
        """Read what was received; `on_sim`: also onto the SIM card."""
        inbox = await self.all(BoxType.INBOX)
        if not on_sim or self._by_conversation:
            return inbox
        return _newest_first((*inbox, *await self.all(BoxType.SIM_INBOX)))

    async def all(self, box: BoxType) -> tuple[StoredMessage, ...]:
        """Read a box to its end. NotSupported: the firmware has no messages."""
        if not self._by_conversation:
            with suppress(NotSupported):
                return await _read_through(partial(self._box_page, box))
        messages = await self._from_conversations(box)
        self._by_conversation = True
        return messages

    async def _from_conversations(self, box: BoxType) -> tuple[StoredMessage, ...]:
        """Read all conversations, and put together what belongs into a box."""
        heads = await _read_through(self._conversations_page)
        found: list[StoredMessage] = []
        for number in dict.fromkeys(head.number for head in heads if head.number):
            found += await _read_through(partial(self._conversation_page, number))
        return _newest_first(message for message in found if message.status in _STATUSES[box])

    async def _box_page(self, box: BoxType, number: int) -> SmsList:
        """Read a page of a box."""
        return await self._ask(
            SmsList.ENDPOINT,
            {
                "PageIndex": number,
                "ReadCount": PAGE_SIZE,
                "BoxType": int(box),
                "SortType": 0,
                "Ascending": 0,
                "UnreadPreferred": 0,
            },
        )

    async def _conversations_page(self, number: int) -> SmsList:
        """Read a page of the newest message of each conversation."""
        return await self._ask(_CONVERSATIONS, {"pageindex": number, "readcount": PAGE_SIZE})

    async def _conversation_page(self, phone: str, number: int) -> SmsList:
        """Read a page of what was written to and by one number."""
        return await self._ask(
            _CONVERSATION, {"phone": phone, "pageindex": number, "readcount": PAGE_SIZE}
        )

    async def _ask(self, path: str, fields: Mapping[str, Any]) -> SmsList:
        """Read a page. Raises EncryptedReply where it cannot be decrypted."""
        content = await (self._sealed_content if self._sealed else self._content)(path, fields)
        if not (isinstance(content, dict) and content.keys() & _LIST_ELEMENTS):
            raise InvalidReply(f"{path} is no list")
        return SmsList.from_fields(content)

    async def _content(self, path: str, fields: Mapping[str, Any]) -> xml.Fields | str:
        """Read what a page holds; firmware that seals its lists refuses the question, or does."""
        try:
            content = await self._readable(path, fields, sealed=False)
        except CommandRefused as err:
            if err.code not in _SEAL_WANTED:
                raise
            with suppress(EncryptedReply, CommandRefused):
                return await self._sealed_content(path, fields)
            raise
        if is_sealed(content):
            if monotonic() < self._unreadable_until:
                raise EncryptedReply(f"{path} is encrypted")
            return await self._sealed_content(path, fields)
        self._sealed = False
        return content

    async def _sealed_content(self, path: str, fields: Mapping[str, Any]) -> xml.Fields | str:
        """Read what a sealed page holds; once the firmware is another one, it may not be."""
        try:
            content = await self._readable(path, fields, sealed=True)
        except EncryptedReply:
            self._sealed = None
            self._unreadable_until = monotonic() + _PROBE_SECONDS
            raise
        except CommandRefused as err:
            if err.code in _SEAL_WANTED:
                self._sealed = None
            raise
        self._sealed = True
        return content

    async def _readable(
        self, path: str, fields: Mapping[str, Any], *, sealed: bool
    ) -> xml.Fields | str:
        """Read a page, also one that a picture message has spoiled."""
        try:
            return await self._client.ask(path, fields, sealed=sealed)
        except MalformedReply as err:
            return salvage(err)


def _newest_first(messages: Iterable[StoredMessage]) -> tuple[StoredMessage, ...]:
    """Return messages of several lists as one."""
    return tuple(sorted(messages, key=lambda each: (each.date or "", each.index), reverse=True))


async def _read_through(
    read_page: Callable[[int], Awaitable[SmsList]],
) -> tuple[StoredMessage, ...]:
    """Read page by page, until there is nothing new or as much as the device says that it has."""
    found: dict[str, StoredMessage] = {}
    for number in range(1, _MOST_PAGES + 1):
        page = await read_page(number)
        before = len(found)
        found |= {message.key: message for message in page.messages}
        if len(found) == before or (page.total and len(found) >= page.total):
            break
    return tuple(found.values())
