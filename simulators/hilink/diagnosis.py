"""Ping and route tracing by the modem itself."""

from collections.abc import Callable
from ipaddress import ip_address
from typing import Final

from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.modem import Modem
from simulators.hilink.router import Command
from simulators.hilink.shapes import Request
from simulators.hilink.wire import OK, Fields, Value

OLD_PING: Final = "diagnosis/ping"
PING: Final = "diagnosis/diagnose_ping"
TRACEROUTE: Final = "diagnosis/diagnose_traceroute"
HOPS: Final = "diagnosis/tracerouteresult"

_UNKNOWN: Final = ".invalid"
"""What no name server knows."""

_FAR: Final = "192.0.2.99"
"""An address that never answers."""

_ROUTE: Final = ("10.64.0.1", "198.51.100.7", "203.0.113.1")
_REPETITIONS: Final = 4
_NONE: Final[Fields] = {
    "SuccessCount": "0",
    "FailureCount": "0",
    "AverageResponseTime": "0",
    "MinimumResponseTime": "0",
    "MaximumResponseTime": "0",
}


def old_ping(modem: Modem, request: Request) -> Value:
    """Ping at once, as the oldest firmware does."""
    modem.record(OLD_PING)
    request.number("timeout")
    request.number("count")
    reached = modem.connected_since is not None and _answers(request.text("host"))
    return {"result": "success" if reached else "fail"}


def _begin(endpoint: str) -> Command:
    """Return the command that begins a diagnosis, which takes a while."""

    def command(modem: Modem, request: Request) -> Value:
        """Begin it; what came of the last one is forgotten."""
        stored = modem.record(endpoint)
        if not request.text("Host") or request.number("Timeout") <= 0:
            raise DeviceError(Code.PARAMETER)
        kept = {name: value for name, value in _NONE.items() if name in stored}
        modem.records[endpoint] = (
            stored | kept | dict(request.fields) | {"DiagnosticsState": "Requested"}
        )
        return OK

    return command


def ping_status(modem: Modem) -> Fields:
    """Return diagnosis/diagnose_ping; it ends after somebody has looked once."""
    told = modem.record(PING)
    if told["DiagnosticsState"] == "Requested":
        ended = _ended(modem, str(told["Host"]))
        if ended == "Complete":
            reached = _answers(str(told["Host"]))
            good = _REPETITIONS - 1 if reached else 0
            result: Fields = {
                "SuccessCount": str(good),
                "FailureCount": str(_REPETITIONS - good),
                "AverageResponseTime": "31" if reached else "0",
                "MinimumResponseTime": "28" if reached else "0",
                "MaximumResponseTime": "40" if reached else "0",
            }
            modem.records[PING] = told | result | {"DiagnosticsState": ended}
        else:
            modem.records[PING] = told | {"DiagnosticsState": ended}
    return told


def traceroute_status(modem: Modem) -> Fields:
    """Return diagnosis/diagnose_traceroute; it ends after somebody has looked once."""
    told = modem.record(TRACEROUTE)
    if told["DiagnosticsState"] == "Requested":
        host = str(told["Host"])
        ended = _ended(modem, host)
        most = int(str(told["MaxHopCount"]))
        route = [*_ROUTE, host][:most] if ended == "Complete" else []
        modem.records[HOPS] = {"RouteHops": {"RouteHop": [_hop(hop) for hop in route]}}
        modem.records[TRACEROUTE] = told | {
            "DiagnosticsState": "Error_MaxHopCountExceeded"
            if route and route[-1] != host
            else ended,
            "NumberOfRouteHops": str(len(route)),
        }
    return told


def _hop(host: str) -> Fields:
    """Return one hop; the second never answers in time."""
    silent = host == _ROUTE[1]
    return {
        "HopHost": None if silent else host,
        "HopHostAddress": None,
        "HopErrorCode": "0",
        "HopRTTimes": None if silent else "12,13,15",
    }


def _ended(modem: Modem, host: str) -> str:
    """Return how a diagnosis ends."""
    if host.endswith(_UNKNOWN) or modem.connected_since is None:
        return "Error_CannotResolveHostName"
    return "Complete"


def _answers(host: str) -> bool:
    """Tell whether a host is there."""
    try:
        return str(ip_address(host)) != _FAR
    except ValueError:
        return not host.endswith(_UNKNOWN)


DIAGNOSIS_COMMANDS: Final[dict[str, Command]] = {
    OLD_PING: old_ping,
    PING: _begin(PING),
    TRACEROUTE: _begin(TRACEROUTE),
}
DIAGNOSIS_READINGS: Final[dict[str, Callable[[Modem], Value]]] = {
    PING: ping_status,
    TRACEROUTE: traceroute_status,
}
