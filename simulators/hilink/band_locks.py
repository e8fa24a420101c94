"""Locks of bands, as 5G firmware 4.x and 10.x has them.

By the description of its web page in github.com/Esi-Abolfazl/cpe-band-scan
(`skills/bandscan`), for H153, H155 and H158.
"""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Final

from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.shapes import LOCKS, Request
from simulators.hilink.wire import OK, Fields, Value

if TYPE_CHECKING:
    from simulators.hilink.modem import Modem

ENDPOINT: Final = "net/lock-freq"
LTE, NR = LOCKS
_OFFERED: Final = {LTE: (1, 3, 5, 7, 8, 20, 28, 32, 38, 40, 41, 42, 43), NR: (1, 28, 41, 78)}
_NONE: Final = "0"
_BANDS: Final = "3"
_UNLOCKED: Final[Fields] = {"lock_mode": _NONE, "freq_infos": None, "all_bands": None}
_ABSENT: Final = {"03": NR, "08": LTE}
"""By the network mode: what a web page does not send, and the firmware does not take."""

PAGES: Final[dict[str, Value]] = {
    ENDPOINT: {LTE: _UNLOCKED, NR: _UNLOCKED},
    "config/network/bandfreqlist.xml": {
        "lte_support_band_list": ",".join(map(str, _OFFERED[LTE])),
        "nr_support_band_list": ",".join(map(str, _OFFERED[NR])),
    },
}


def permits(modem: Modem, part: str, served: Collection[int] | None) -> bool:
    """Return whether one of the bands on which there is a network is permitted."""
    locks = modem.records.get(ENDPOINT)
    permitted = set(_bands(locks.get(part))) if isinstance(locks, Mapping) else set()
    return served is None or not permitted or not permitted.isdisjoint(served)


def lock(modem: Modem, request: Request) -> Value:
    """Replace locks, after which the radio registers again."""
    stored = modem.record(ENDPOINT)
    mode = str(modem.record("net/net-mode").get("NetworkMode"))
    for part, wanted in request.fields.items():
        if part == _ABSENT.get(mode) or not isinstance(wanted, Mapping):
            raise DeviceError(Code.PARAMETER)
        _check(part, wanted)
        stored[part] = dict(wanted)
    modem.records[ENDPOINT] = stored
    modem.register()
    if modem.options.lock_ends_session:
        modem.sessions.expire(forget=False)
    return OK


def _check(part: str, wanted: Mapping[str, Any]) -> None:
    """Refuse a lock that the web page would not send."""
    if list(wanted) != list(_UNLOCKED):
        raise DeviceError(Code.FORMAT)
    bands = _bands(wanted)
    listed = [int(band) for band in str(wanted["all_bands"] or "").split(",") if band]
    allowed = {_NONE: not bands and not listed, _BANDS: bool(bands) and set(listed) >= set(bands)}
    if not allowed.get(str(wanted["lock_mode"])) or not set(listed) <= set(_OFFERED[part]):
        raise DeviceError(Code.PARAMETER)


def _bands(found: Any) -> list[int]:
    """Return the bands that a lock permits."""
    rows = found.get("freq_infos") if isinstance(found, Mapping) else None
    rows = rows.get("freq_info") if isinstance(rows, Mapping) else None
    return [int(row["band"]) for row in (rows if isinstance(rows, list) else [rows]) if row]
