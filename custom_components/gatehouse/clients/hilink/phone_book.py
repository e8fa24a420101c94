"""The phone books of a device and of its SIM card (seed "PB Module")."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from ..errors import InvalidReply
from .models import PhoneBookPage
from .models.phone_book import FIELD_NAMES, PhoneBookEntry
from .records import Requests

_PAGE_SIZE: Final = 50
_MOST_PAGES: Final = 40
_ALL_GROUPS: Final = 0
_BY_NAME: Final = 1
_ASCENDING: Final = 1


class Store(IntEnum):
    """Where entries are kept."""

    DEVICE = 0
    SIM = 1


class PhoneBook:
    """Entries with names and numbers.

    All methods raise what those of HilinkClient raise; NotSupported without a phone book.
    """

    def __init__(self, client: Requests) -> None:
        """Use a client's requests."""
        self._client = client

    async def entries(self, store: Store, search: str = "") -> tuple[PhoneBookEntry, ...]:
        """Read all entries, or those whose name holds a text, by name."""
        found: dict[int, PhoneBookEntry] = {}
        for page in range(1, _MOST_PAGES + 1):
            reply = await self._page(store, page, search)
            new = {each.index: each for each in reply.entries if each.index not in found}
            found |= new
            if not new or len(found) >= (reply.total or 0):
                break
        return tuple(found.values())

    async def add(self, store: Store, values: Mapping[str, str]) -> None:
        """Add an entry, by the names that `PhoneBookEntry` gives to its fields."""
        fields = [{"Name": field, "Value": values.get(name)} for name, field in FIELD_NAMES.items()]
        await self._client.command(
            "pb/pb-new", {"GroupID": _ALL_GROUPS, "SaveType": int(store), "Field": fields}
        )

    async def delete(self, index: int) -> None:
        """Delete an entry."""
        await self._client.command("pb/pb-delete", {"Index": index})

    async def _page(self, store: Store, page: int, search: str) -> PhoneBookPage:
        """Read a page; firmware insists on the order of the fields."""
        content = await self._client.ask(
            PhoneBookPage.ENDPOINT,
            {
                "GroupID": _ALL_GROUPS,
                "PageIndex": page,
                "ReadCount": _PAGE_SIZE,
                "SaveType": int(store),
                "SortType": _BY_NAME,
                "Ascending": _ASCENDING,
                "KeyWord": search,
            },
        )
        if not isinstance(content, dict):
            # Also what firmware has encrypted: it must not look like an empty phone book.
            raise InvalidReply(f"{PhoneBookPage.ENDPOINT} has no fields")
        return PhoneBookPage.from_fields(content)
