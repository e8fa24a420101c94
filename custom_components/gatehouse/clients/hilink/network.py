"""What the codes of a HiLink device mean: connection, network type, SIM card."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from .models import (
    LTE_MODES,
    ConvergedStatus,
    Operator,
    PinStatus,
    RadioMode,
    Signal,
    Status,
)


class ConnectionState(StrEnum):
    """State of the mobile connection, or why there is none."""

    CONNECTING = "connecting"
    CONNECTED = "connected"
    DISCONNECTING = "disconnecting"
    DISCONNECTED = "disconnected"
    FAILED = "failed"
    NO_SERVICE = "no_service"
    ERROR = "error"
    WRONG_PROFILE = "wrong_profile"
    ACCESS_DENIED = "access_denied"
    ROAMING_FORBIDDEN = "roaming_forbidden"
    LIMIT_EXCEEDED = "limit_exceeded"
    AUTOMATIC_OFF = "automatic_off"
    AUTOMATIC_OFF_ROAMING = "automatic_off_roaming"
    REDIAL_OFF = "redial_off"
    REDIAL_OFF_ROAMING = "redial_off_roaming"


_WRONG_PROFILE: Final = (2, 3, 5, 8, 20, 21, 23, *range(27, 34), 65538, 131073)

_ACCESS_DENIED: Final = (7, 11, 14, 37, 131079)

_CONNECTION_STATES: Final[Mapping[int, ConnectionState]] = {
    **dict.fromkeys(_WRONG_PROFILE, ConnectionState.WRONG_PROFILE),
    **dict.fromkeys(_ACCESS_DENIED, ConnectionState.ACCESS_DENIED),
    **dict.fromkeys((12, 13), ConnectionState.ROAMING_FORBIDDEN),
    112: ConnectionState.AUTOMATIC_OFF,
    113: ConnectionState.AUTOMATIC_OFF_ROAMING,
    114: ConnectionState.REDIAL_OFF,
    115: ConnectionState.REDIAL_OFF_ROAMING,
    201: ConnectionState.LIMIT_EXCEEDED,
    900: ConnectionState.CONNECTING,
    901: ConnectionState.CONNECTED,
    902: ConnectionState.DISCONNECTED,
    903: ConnectionState.DISCONNECTING,
    904: ConnectionState.FAILED,
    905: ConnectionState.NO_SERVICE,
    906: ConnectionState.ERROR,
}


def connection_state(status: Status) -> ConnectionState | None:
    """Return the state of the mobile connection; None for a code that nobody has explained."""
    return _looked_up(_CONNECTION_STATES, status.connection_status)


class NetworkType(StrEnum):
    """Radio technology, as fine as people know it from their phones."""

    NONE = "none"
    GSM = "gsm"
    GPRS = "gprs"
    EDGE = "edge"
    UMTS = "umts"
    HSDPA = "hsdpa"
    HSUPA = "hsupa"
    HSPA = "hspa"
    HSPA_PLUS = "hspa_plus"
    DC_HSPA_PLUS = "dc_hspa_plus"
    TD_SCDMA = "td_scdma"
    CDMA = "cdma"
    WIMAX = "wimax"
    LTE = "lte"
    LTE_PLUS = "lte_plus"
    NR_NSA = "nr_nsa"
    NR_SA = "nr_sa"


_TYPES: Final[Mapping[int, NetworkType]] = {
    0: NetworkType.NONE,
    1: NetworkType.GSM,
    2: NetworkType.GPRS,
    3: NetworkType.EDGE,
    4: NetworkType.UMTS,
    5: NetworkType.HSDPA,
    6: NetworkType.HSUPA,
    7: NetworkType.HSPA,
    8: NetworkType.TD_SCDMA,
    **dict.fromkeys((9, 17, 18), NetworkType.HSPA_PLUS),
    **dict.fromkeys(range(10, 17), NetworkType.CDMA),
    19: NetworkType.LTE,
    20: NetworkType.NR_SA,
}
"""By `CurrentNetworkType`."""

_TYPES_EX: Final[Mapping[int, NetworkType]] = {
    0: NetworkType.NONE,
    1: NetworkType.GSM,
    2: NetworkType.GPRS,
    3: NetworkType.EDGE,
    **dict.fromkeys(range(21, 37), NetworkType.CDMA),
    41: NetworkType.UMTS,
    42: NetworkType.HSDPA,
    43: NetworkType.HSUPA,
    44: NetworkType.HSPA,
    45: NetworkType.HSPA_PLUS,
    46: NetworkType.DC_HSPA_PLUS,
    **dict.fromkeys(range(61, 66), NetworkType.TD_SCDMA),
    81: NetworkType.WIMAX,
    101: NetworkType.LTE,
    111: NetworkType.NR_SA,
    1011: NetworkType.LTE_PLUS,
}
"""By `CurrentNetworkTypeEx`."""

_TYPES_RAT: Final[Mapping[int, NetworkType]] = {
    0: NetworkType.GSM,
    2: NetworkType.UMTS,
    5: NetworkType.HSPA,
    7: NetworkType.LTE,
    12: NetworkType.NR_SA,
}
"""By `Rat` of the operator."""

_TYPES_MODE: Final[Mapping[int, NetworkType]] = {
    RadioMode.GSM: NetworkType.GSM,
    RadioMode.UMTS: NetworkType.UMTS,
    **dict.fromkeys(LTE_MODES, NetworkType.LTE),
    RadioMode.NR: NetworkType.NR_SA,
}
"""By `mode` of the signal."""

_MAY_CARRY_NR: Final = frozenset(
    {None, NetworkType.LTE, NetworkType.LTE_PLUS, NetworkType.NR_SA, NetworkType.NR_NSA}
)
"""Types beside which 5G can be; some firmware calls both kinds of 5G by the same code."""


def network_type(
    status: Status, signal: Signal | None = None, operator: Operator | None = None
) -> NetworkType | None:
    """Return the radio technology, from the best of the several places that tell it.

    Firmware reports 5G beside an LTE anchor as LTE, so that is seen from the 5G carrier itself.
    """
    told = _known(
        _looked_up(_TYPES_EX, status.network_type_ex),
        _looked_up(_TYPES, status.network_type),
    )
    seen = _known(
        _looked_up(_TYPES_RAT, operator.rat) if operator else None,
        _looked_up(_TYPES_MODE, signal.mode) if signal else None,
    )
    if told and all(kind is NetworkType.NONE for kind in told):
        return NetworkType.NONE
    # "None" in one of the two lists beside a type in the other: the list is not maintained.
    named = next((kind for kind in (*told, *seen) if kind is not NetworkType.NONE), None)
    if named not in _MAY_CARRY_NR:
        return named
    if _is_nr_beside_lte(status, signal):
        return NetworkType.NR_NSA
    return NetworkType.NR_SA if NetworkType.NR_SA in {named, *seen} else named


def _known(*kinds: NetworkType | None) -> list[NetworkType]:
    """Return the types that are known."""
    return [kind for kind in kinds if kind is not None]


def _is_nr_beside_lte(status: Status, signal: Signal | None) -> bool:
    """Tell whether 5G carries data beside an LTE anchor.

    The 5G fields of the signal count only while the device does not deny it: they may be of a
    carrier that is measured but not used.
    """
    if status.endc is False:
        return False
    if status.endc and status.signal_icon_nr:
        return True
    return signal is not None and signal.has_nr and _is_on_lte(signal)


def _is_on_lte(signal: Signal) -> bool:
    """Tell whether the serving cell is one of LTE."""
    return signal.rsrp is not None if signal.mode is None else signal.mode in LTE_MODES


_GENERATIONS: Final[Mapping[NetworkType, str]] = {
    **dict.fromkeys((NetworkType.GSM, NetworkType.GPRS, NetworkType.EDGE), "2G"),
    **dict.fromkeys(
        (
            NetworkType.UMTS,
            NetworkType.HSDPA,
            NetworkType.HSUPA,
            NetworkType.HSPA,
            NetworkType.HSPA_PLUS,
            NetworkType.DC_HSPA_PLUS,
            NetworkType.TD_SCDMA,
            NetworkType.CDMA,
        ),
        "3G",
    ),
    **dict.fromkeys((NetworkType.WIMAX, NetworkType.LTE, NetworkType.LTE_PLUS), "4G"),
    **dict.fromkeys((NetworkType.NR_NSA, NetworkType.NR_SA), "5G"),
}


def generation(kind: NetworkType) -> str | None:
    """Return `2G` to `5G`; None without a network."""
    return _GENERATIONS.get(kind)


class SimState(StrEnum):
    """State of the SIM card."""

    READY = "ready"
    NONE = "none"
    PIN_REQUIRED = "pin_required"
    PUK_REQUIRED = "puk_required"
    INVALID = "invalid"
    LOCKED = "locked"


_SIM_STATES: Final[Mapping[int, SimState]] = {
    255: SimState.NONE,
    256: SimState.INVALID,
    **dict.fromkeys((257, 258, 259), SimState.READY),
    260: SimState.PIN_REQUIRED,
    261: SimState.PUK_REQUIRED,
}
"""By `SimState` of `monitoring/converged-status` and `pin/status`."""

_SIM_STATUSES: Final[Mapping[int, SimState]] = {
    0: SimState.INVALID,
    1: SimState.READY,
    **dict.fromkeys((2, 3, 4), SimState.INVALID),
    240: SimState.READY,
    255: SimState.NONE,
}
"""By `SimStatus` of `monitoring/status`, which does not tell a card that waits for its PIN."""


def sim_state(
    converged: ConvergedStatus | PinStatus | None, status: Status | None = None
) -> SimState | None:
    """Return the state of the SIM card, from the finer list where there is one.

    A card that is fine but bound to another network is `LOCKED`.
    """
    fine = _looked_up(_SIM_STATES, converged.sim_state if converged else None)
    coarse = _looked_up(_SIM_STATUSES, status.sim_status if status else None)
    # The status is read more often, so it is the first to know that a card came or went.
    if coarse is SimState.NONE or (coarse is SimState.READY and fine is SimState.NONE):
        found: SimState | None = coarse
    else:
        found = fine or coarse
    bound_elsewhere = status is not None and status.sim_locked is True
    return SimState.LOCKED if bound_elsewhere and found in {SimState.READY, None} else found


def _looked_up[T](table: Mapping[int, T], code: int | None) -> T | None:
    """Return the meaning of a code that may be missing or new."""
    return None if code is None else table.get(code)
