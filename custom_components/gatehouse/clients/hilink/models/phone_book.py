"""Models of the phone books of the device and of its SIM card."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final

from ..values import count, text
from .reply import Fields, Reply, derive, read
from .security import rows

FIELD_NAMES: Final[Mapping[str, str]] = {
    "name": "FormattedName",
    "number": "MobilePhone",
    "home_number": "HomePhone",
    "work_number": "WorkPhone",
    "email": "WorkEmail",
}
"""What a device calls the fields of an entry, in the order in which it wants them."""


@dataclass(frozen=True, kw_only=True)
class PhoneBookEntry:
    """One person; the index is used again after the entry is gone."""

    index: int
    name: str | None = field(default=None, repr=False)
    number: str | None = field(default=None, repr=False)
    home_number: str | None = field(default=None, repr=False)
    work_number: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)


def _entries(fields: Fields) -> Iterator[PhoneBookEntry]:
    """Yield the entries of a page."""
    for row in rows(fields, "Phonebooks", "Phonebook"):
        values = {str(each.get("Name")): text(each.get("Value")) for each in rows(row, "Field")}
        if (index := count(row.get("Index"))) is not None:
            yield PhoneBookEntry(
                index=index, **{name: values.get(field) for name, field in FIELD_NAMES.items()}
            )


@dataclass(frozen=True, kw_only=True)
class PhoneBookPage(Reply):
    """Some of the entries of a phone book."""

    ENDPOINT: ClassVar[str] = "pb/pb-list"

    total: int | None = read(count, "SumSize")
    """Entries on all pages."""

    entries: tuple[PhoneBookEntry, ...] = derive(lambda fields: tuple(_entries(fields)), default=())
