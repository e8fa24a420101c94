"""The phone books of the modem and of its SIM card."""

from typing import Final

from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.modem import Modem
from simulators.hilink.phone_entries import NAMES, Store
from simulators.hilink.router import Command
from simulators.hilink.shapes import Request
from simulators.hilink.wire import OK, Fields, Value

COUNT: Final = "pb/pb-count"
_MOST_READ: Final = 50


def count(modem: Modem) -> Fields:
    """Return pb/pb-count."""
    book = modem.phone_book
    live: Fields = {
        "LocalUsed": str(len(book.entries(Store.DEVICE))),
        "SimUsed": str(len(book.entries(Store.SIM))),
    }
    return modem.overlay(COUNT, live)


def page(modem: Modem, request: Request) -> Value:
    """Return one page of a phone book, by name."""
    modem.record(COUNT)
    store = Store(request.choice("SaveType", *Store))
    index, size = request.number("PageIndex"), request.number("ReadCount")
    if index < 1 or not 1 <= size <= _MOST_READ:
        raise DeviceError(Code.FORMAT)
    wanted = request.text("KeyWord").lower()
    found = [each for each in modem.phone_book.entries(store) if wanted in each.name.lower()]
    found.sort(key=lambda each: each.name.lower())
    shown = found[(index - 1) * size : index * size]
    return {
        "SumSize": str(len(found)),
        "Phonebooks": {"Phonebook": [each.fields() for each in shown]} if shown else None,
    }


def add(modem: Modem, request: Request) -> Value:
    """Add an entry, unless the phone book is full."""
    store = Store(request.choice("SaveType", *Store))
    rows = request.fields["Field"]
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and list(row) == ["Name", "Value"] for row in rows
    ):
        raise DeviceError(Code.FORMAT)
    values = {row["Name"]: row["Value"] or "" for row in rows}
    if tuple(values) != NAMES or not values["FormattedName"]:
        raise DeviceError(Code.PHONE_BOOK)
    most = modem.record(COUNT)["LocalMax" if store is Store.DEVICE else "SimMax"]
    if len(modem.phone_book.entries(store)) >= int(str(most)):
        raise DeviceError(Code.PHONE_BOOK_FULL)
    modem.phone_book.add(store, values)
    return OK


def delete(modem: Modem, request: Request) -> Value:
    """Delete an entry."""
    modem.record(COUNT)
    modem.phone_book.delete(request.number("Index"))
    return OK


PHONE_BOOK_COMMANDS: Final[dict[str, Command]] = {
    "pb/pb-list": page,
    "pb/pb-new": add,
    "pb/pb-delete": delete,
}
