"""Keeping clients out of the Wi-Fi of a HiLink device. Not in the seed."""

from typing import Any, Final

from ..errors import NotPermitted, NotSupported
from . import xml
from .models import MacFilter
from .models.mac_filter import filters_in
from .records import Requests
from .values import count, mac_address

_EXTENDED: Final = "wlan/multi-macfilter-settings-ex"
_ONE_NETWORK: Final = "wlan/mac-filter"

_OFF: Final = 0
_BLOCK_LIST: Final = 2

_SLOTS: Final = 10
"""What every known device has for each network."""


class MacFilters:
    """Who is kept out, in all networks alike.

    A list that only lets in who stands in it is never touched: its owner has to decide.
    """

    def __init__(self, client: Requests) -> None:
        """Use the session of a client."""
        self._client = client
        self._page = MacFilter.ENDPOINT

    async def read(self) -> MacFilter:
        """Read who is kept out. NotSupported: the device cannot do that."""
        return MacFilter.from_fields(await self._fields())

    async def block(self, mac: str, name: str | None = None) -> bool:
        """Keep a client out; return False where the list is full or is one of who may come in.

        A list that is switched off is begun anew, so that nobody else is kept out by it.
        """
        filters = filters_in(await self._fields())
        changed = [_with(each, mac, name) for each in filters]
        if not changed or None in changed:
            return False
        await self._write([each for each in changed if each is not None])
        return True

    async def unblock(self, mac: str) -> None:
        """Let a client in again; the last one switches the list off."""
        filters = filters_in(await self._fields())
        found = [_without(each, mac) for each in filters]
        if found != filters:
            await self._write(found)

    async def _fields(self) -> xml.Fields:
        """Read the page that this firmware has."""
        for page in dict.fromkeys((self._page, MacFilter.ENDPOINT, _EXTENDED)):
            try:
                found = await self._client.fields(page)
            except NotSupported, NotPermitted:
                continue
            self._page = page
            return found
        found = await self._client.fields(_ONE_NETWORK)
        self._page = _ONE_NETWORK
        return found

    async def _write(self, filters: list[dict[str, Any]]) -> None:
        """Write the lists of all networks; some firmware has one list for all."""
        if self._page == _ONE_NETWORK:
            await self._client.command(_ONE_NETWORK, filters[0])
            return
        wanted = filters[:1] if self._page == _EXTENDED else filters
        await self._client.command(MacFilter.ENDPOINT, {"Ssids": {"Ssid": wanted}})


def _with(entry: dict[str, Any], mac: str, name: str | None) -> dict[str, Any] | None:
    """Return a list with a client; None where that cannot be."""
    mode = count(entry.get("WifiMacFilterStatus"))
    if mode not in {_OFF, _BLOCK_LIST}:
        return None
    slots = [] if mode == _OFF else _slots(entry)
    if any(mac_address(each) == mac for each, _ in slots):
        return entry
    slots = [*slots, (mac.upper(), name or "")]
    return _list_of(entry, _BLOCK_LIST, slots) if len(slots) <= _SLOTS else None


def _without(entry: dict[str, Any], mac: str) -> dict[str, Any]:
    """Return a list without a client."""
    slots = _slots(entry)
    left = [each for each in slots if mac_address(each[0]) != mac]
    if count(entry.get("WifiMacFilterStatus")) != _BLOCK_LIST or left == slots:
        return entry
    return _list_of(entry, _BLOCK_LIST if left else _OFF, left)


def _slots(entry: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the slots in use: addresses and names."""
    found = (
        (entry.get(f"WifiMacFilterMac{slot}"), entry.get(f"wifihostname{slot}"))
        for slot in range(_SLOTS)
    )
    return [(str(mac), str(name or "")) for mac, name in found if mac]


def _list_of(entry: dict[str, Any], mode: int, slots: list[tuple[str, str]]) -> dict[str, Any]:
    """Return a list with other slots."""
    padded = [*slots, *[("", "")] * (_SLOTS - len(slots))]
    written: dict[str, Any] = {"Index": entry["Index"]} if "Index" in entry else {}
    written["WifiMacFilterStatus"] = mode
    for slot, (mac, name) in enumerate(padded):
        written |= {f"WifiMacFilterMac{slot}": mac, f"wifihostname{slot}": name}
    return written
