"""Actions on the phone books of a HiLink device and of its SIM card."""

from hashlib import sha256
from typing import Any, Final

from homeassistant.core import SupportsResponse
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models.phone_book import FIELD_NAMES, PhoneBookEntry
from ...clients.hilink.phone_book import Store
from ...errors import input_error
from ...sms.numbers import normalize_number
from ..actions import ActionCall, ActionResult, GatehouseAction
from .validation import chosen

_STORES: Final = {each.name.lower(): each for each in Store}
_STORE: Final[VolDictType] = {vol.Optional("store", default="device"): cv.string}
_NUMBERS: Final = ("number", "home_number", "work_number")
_ID_LENGTH: Final = 8
_LONGEST: Final = 60
"""Characters; devices take fewer of some alphabets, and say so."""


async def _list(call: ActionCall[HilinkClient]) -> ActionResult:
    """Return the entries of a phone book."""
    store = chosen(call.fields, "store", _STORES)
    found = await call.client.phone_book.entries(store, call.fields.get("search", "").strip())
    return ActionResult(response={"entries": [_row(entry) for entry in found]})


async def _add(call: ActionCall[HilinkClient]) -> None:
    """Add an entry."""
    store = chosen(call.fields, "store", _STORES)
    values = {name: call.fields[name].strip() for name in FIELD_NAMES if name in call.fields}
    if not values["name"] or max(map(len, values.values())) > _LONGEST:
        raise input_error("invalid_phone_book_entry")
    for name in _NUMBERS:
        if name in values:
            if (bare := normalize_number(values[name])) is None:
                raise input_error("invalid_phone_book_number", field=name)
            values[name] = bare
    await call.client.phone_book.add(store, values)


async def _delete(call: ActionCall[HilinkClient]) -> ActionResult:
    """Delete entries, each only if it still is the one that was listed."""
    store = chosen(call.fields, "store", _STORES)
    wanted = list(dict.fromkeys(call.fields["ids"]))
    there = {_entry_id(entry): entry for entry in await call.client.phone_book.entries(store)}
    deleted = [key for key in wanted if key in there]
    for key in deleted:
        await call.client.phone_book.delete(there[key].index)
    return ActionResult(
        response={
            "deleted": deleted,
            "not_found": [key for key in wanted if key not in there],
        }
    )


def _row(entry: PhoneBookEntry) -> dict[str, Any]:
    """Return an entry for somebody who wants to see it."""
    return {"id": _entry_id(entry), **{name: getattr(entry, name) for name in FIELD_NAMES}}


def _entry_id(entry: PhoneBookEntry) -> str:
    """Return what names an entry, also once its index is used again."""
    key = "\n".join(str(getattr(entry, name)) for name in FIELD_NAMES)
    return f"{entry.index}-{sha256(key.encode()).hexdigest()[:_ID_LENGTH]}"


PHONE_BOOK_ACTIONS: Final = (
    GatehouseAction[HilinkClient](
        name="list_phone_book",
        fields={**_STORE, vol.Optional("search"): cv.string},
        run=_list,
        supports_response=SupportsResponse.ONLY,
        admin=True,
    ),
    GatehouseAction[HilinkClient](
        name="add_phone_book_entry",
        fields={
            **_STORE,
            vol.Required("name"): cv.string,
            vol.Required("number"): cv.string,
            vol.Optional("home_number"): cv.string,
            vol.Optional("work_number"): cv.string,
            vol.Optional("email"): cv.string,
        },
        run=_add,
        admin=True,
    ),
    GatehouseAction[HilinkClient](
        name="delete_phone_book_entry",
        fields={
            **_STORE,
            vol.Required("ids"): vol.All(cv.ensure_list, vol.Length(min=1), [cv.string]),
        },
        run=_delete,
        supports_response=SupportsResponse.OPTIONAL,
        admin=True,
        alone=True,
    ),
)
