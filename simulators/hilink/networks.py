"""The networks in reach: which modes, bands and operators find one."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from simulators.hilink import band_locks
from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.shapes import Request
from simulators.hilink.wire import OK, Fields, Value

if TYPE_CHECKING:
    from simulators.hilink.modem import Modem

MANUAL: Final = "1"
_AUTOMATIC: Final = "00"
_LTE: Final = "03"
_NR: Final = "08"
_AVAILABLE, _CURRENT, _FORBIDDEN = "1", "2", "3"
_OTHERS: Final[tuple[Fields, ...]] = (
    {
        "State": _AVAILABLE,
        "FullName": "Other Network",
        "ShortName": "Other",
        "Numeric": "00102",
        "Rat": "7",
    },
    {
        "State": _FORBIDDEN,
        "FullName": "Closed Network",
        "ShortName": "Closed",
        "Numeric": "00103",
        "Rat": "2",
    },
)


def modes(code: str) -> set[str]:
    """Return the single modes of a combination such as `0302`."""
    return {code[at : at + 2] for at in range(0, len(code), 2)}


def offered(modem: Modem) -> set[str]:
    """Return the single modes that the model lists, empty where it has no list."""
    listed = _stored(modem, "net/net-mode-list").get("AccessList")
    codes = listed.get("Access") if isinstance(listed, Mapping) else None
    if not codes or isinstance(codes, Mapping):
        return set()
    found = [codes] if isinstance(codes, str) else codes
    return set().union(*(modes(str(code)) for code in found)) - {_AUTOMATIC}


def in_reach(modem: Modem) -> bool:
    """Return whether a network is in reach that settings and SIM card permit."""
    if modem.sim.locked or _chosen(modem).get("State") == _FORBIDDEN:
        return False
    options = modem.options
    settings = modem.profile.fields("net/net-mode") | _stored(modem, "net/net-mode")
    wanted = modes(str(settings.get("NetworkMode") or _AUTOMATIC))
    if _AUTOMATIC in wanted:
        wanted = offered(modem) or {_LTE}
    found = wanted - set(options.missing_modes)
    if options.lte_bands is not None and not options.locks_bands:
        mask = int(str(settings["LTEBand"]), 16)
        if not any(mask >> (band - 1) & 1 for band in options.lte_bands):
            found.discard(_LTE)
    if not band_locks.permits(modem, band_locks.LTE, options.lte_bands):
        found.discard(_LTE)
    if not band_locks.permits(modem, band_locks.NR, options.nr_bands):
        found.discard(_NR)
    return bool(found)


def _stored(modem: Modem, endpoint: str) -> Fields:
    """Return a stored reply, empty where there is none."""
    value = modem.records.get(endpoint)
    return dict(value) if isinstance(value, dict) else {}


def _chosen(modem: Modem) -> Fields:
    """Return the foreign network that somebody has chosen, empty for the own one."""
    register = _stored(modem, "net/register")
    if register.get("Mode") != MANUAL:
        return {}
    return next((each for each in _OTHERS if each["Numeric"] == register["Plmn"]), {})


def visited(modem: Modem) -> Fields:
    """Return what net/current-plmn says of a network that somebody has chosen."""
    chosen = dict(_chosen(modem))
    chosen.pop("State", None)
    return chosen


def register(modem: Modem, request: Request) -> Value:
    """Choose a network, or leave that to the device."""
    modem.record("net/register")
    if request.choice("Mode", "0", MANUAL) == MANUAL and not request.text("Plmn").isdecimal():
        raise DeviceError(Code.PARAMETER)
    modem.records["net/register"] = dict(request.fields)
    modem.register()
    return OK


def plmn_list(modem: Modem) -> Fields:
    """Return net/plmn-list, for which the radio leaves its network."""
    modem.record("net/register")
    if not modem.options.sim_present:
        raise DeviceError(Code.FAILED)
    home = modem.profile.fields("net/current-plmn")
    chosen = _chosen(modem).get("Numeric")
    own: Fields = {name: home.get(name) for name in ("FullName", "ShortName", "Numeric", "Rat")}
    listed: list[Fields] = [{"State": _AVAILABLE if chosen else _CURRENT, **own}]
    listed += (
        each | ({"State": _CURRENT} if each["Numeric"] == chosen else {}) for each in _OTHERS
    )
    modem.register()
    networks = [{"Index": str(at), **each} for at, each in enumerate(listed)]
    return {"Networks": {"Network": networks}}
