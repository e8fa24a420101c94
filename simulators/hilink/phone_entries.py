"""What the phone books hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.wire import Fields

NAMES: Final = ("FormattedName", "MobilePhone", "HomePhone", "WorkPhone", "WorkEmail")


class Store(StrEnum):
    """Where an entry is kept."""

    DEVICE = "0"
    SIM = "1"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One person."""

    index: int
    store: Store
    values: Mapping[str, str]

    @property
    def name(self) -> str:
        """Return the person's name."""
        return self.values["FormattedName"]

    def fields(self) -> Fields:
        """Return the entry as the device tells it."""
        return {
            "GroupID": "0",
            "Index": str(self.index),
            "SaveType": self.store.value,
            "Field": [{"Name": name, "Value": self.values[name]} for name in NAMES],
        }


class PhoneBook:
    """All entries."""

    def __init__(self) -> None:
        """Begin with two people, one of them on the SIM card."""
        self._entries: dict[int, Entry] = {}
        self._next = 1
        self.add(Store.DEVICE, {"FormattedName": "Ann", "MobilePhone": "+15550100200"})
        self.add(Store.SIM, {"FormattedName": "Operator", "MobilePhone": "+15550100900"})

    def entries(self, store: Store) -> list[Entry]:
        """Return the entries of a phone book."""
        return [each for each in self._entries.values() if each.store is store]

    def add(self, store: Store, values: Mapping[str, str]) -> None:
        """Add an entry."""
        complete = {name: values.get(name, "") for name in NAMES}
        self._entries[self._next] = Entry(index=self._next, store=store, values=complete)
        self._next += 1

    def delete(self, index: int) -> None:
        """Delete an entry."""
        if self._entries.pop(index, None) is None:
            raise DeviceError(Code.PHONE_BOOK)
