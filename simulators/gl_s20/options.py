"""What kind of border router to simulate."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from simulators.gl_s20.errors import Code

DEFAULT_PASSWORD = "gatehouse-2026"  # noqa: S105 - the simulator's published password


class FirmwareCategory(StrEnum):
    """The two firmwares of the device; only the first has a border router."""

    THREAD = "2c"
    BLE = "2b"


class ExpiredToken(StrEnum):
    """How a request with an unknown or expired token is answered."""

    CODE = "code"
    HTTP_401 = "http_401"


class FullSessions(StrEnum):
    """What a login does when there are as many sessions as there may be."""

    EVICT = "evict"
    REFUSE = "refuse"


class Reach(StrEnum):
    """Over which interface the client reaches the device."""

    ANY = "any"
    ETH = "eth"
    WIFI = "wifi"


class UpgradeOutcome(StrEnum):
    """What becomes of a firmware upgrade."""

    SUCCEED = "succeed"
    FAIL = "fail"
    NEVER = "never"


class ResultShape(StrEnum):
    """Where the fields of a reply are."""

    WRAPPED = "wrapped"
    FLAT = "flat"


class CodeStyle(StrEnum):
    """How the code of a reply is written."""

    NUMBER = "number"
    STRING = "string"
    MISSING = "missing"


class PanIdStyle(StrEnum):
    """How otbr/get_status writes a PAN ID."""

    HEX_STRING = "hex_string"
    DECIMAL_STRING = "decimal_string"
    NUMBER = "number"


class PanIdInput(StrEnum):
    """How commands want a PAN ID."""

    NUMBER = "number"
    STRING = "string"


class LogShape(StrEnum):
    """How sys/get_log hands over the log."""

    FIELD = "field"
    STRING = "string"
    LIST = "list"
    RAW_TEXT = "raw_text"


@dataclass(frozen=True, kw_only=True)
class GlS20Options:
    """A simulated border router."""

    password: str = DEFAULT_PASSWORD
    initialized: bool = True
    """Whether somebody has given the device a password yet."""
    firmware_category: FirmwareCategory = FirmwareCategory.THREAD
    firmware_version: str = "2.0.1"

    sid_seconds: float = 35
    """Seconds without a request after which a session ends."""
    nonce_seconds: float = 2
    """Seconds for which the nonce of a challenge is good."""
    max_sids: int = 5
    full_sessions: FullSessions = FullSessions.EVICT
    expired_token: ExpiredToken = ExpiredToken.CODE
    token_code: int = Code.TOKEN
    login_code: int = Code.LOGIN
    """Error for a wrong password, and likewise for a nonce that is too old."""
    unknown_endpoint_status: int = 404
    """HTTP status for a path the firmware does not have; 200 answers with a code instead."""
    max_header_bytes: int = 1024
    """Size of the request headers from which the server answers 431."""

    latency_seconds: float = 0
    """Real time each request takes."""
    scan_seconds: float = 4
    """Device time of a Thread scan, during which nothing else is answered."""
    wifi_scan_seconds: float = 2
    online_check_seconds: float = 1
    """Device time of asking the vendor's server for firmware."""
    restart_seconds: float = 15

    thread_enabled: bool = True
    """Whether the device leads a Thread network when it is created."""
    attach_seconds: float = 5
    """Time from starting Thread to being leader, or child in an existing network."""
    router_seconds: float = 60
    """Time after which a child becomes a router."""
    commissioner_seconds: float = 1
    join_seconds: float = 5
    """Time of one joining, of the device itself or of one it lets in."""
    own_pskd: str = "J01NME"
    """The PSKd under which a commissioner in the neighborhood expects this device."""
    tx_power_limit: int = 20
    """Highest transmit power of the radio; a higher one is accepted and clamped."""
    generate_applies: bool = True
    """Whether a generated network is taken at once, or only proposed in the reply."""

    reached_over: Reach = Reach.ANY
    """With one interface only, losing its address makes the device unreachable."""
    wifi_connected: bool = True
    """Whether the device is in a Wi-Fi network when it is created."""
    eth_connect_seconds: float = 3
    wifi_connect_seconds: float = 4

    online_firmware: tuple[tuple[str, str], ...] = (
        ("GL-S20-OTBR", "2.1.0"),
        ("GL-S20-BLE", "1.3.0"),
    )
    """Types and versions on the vendor's server."""
    upgrade_seconds: float = 60
    upgrade_outcome: UpgradeOutcome = UpgradeOutcome.SUCCEED
    idle_upgrade_status: int | None = None
    """Status while nothing is upgraded; None refuses the question."""

    otbr_rest: bool = False
    """Whether the firmware has the border router's own API, which wants no password. A real one
    has it on port 8081, this one on any free port."""

    clock_error_seconds: float = 0
    """How much the device's clock is fast."""

    result_shape: ResultShape = ResultShape.WRAPPED
    code_style: CodeStyle = CodeStyle.NUMBER
    content_type: str = "application/json"
    pan_id_style: PanIdStyle = PanIdStyle.HEX_STRING
    pan_id_input: PanIdInput = PanIdInput.NUMBER
    on_mesh_prefix_list: bool = False
    """Whether OnMeshPrefix is a list."""
    numeric_booleans: bool = False
    """Whether booleans are written as 0 and 1."""
    numeric_api_version: bool = False
    """Whether OpenThreadVersionAPI is a number."""
    active_commissioner: int = 1
    """State of an active commissioner; OpenThread itself counts to 2."""
    bbr_state_names: bool = False
    """Whether the backbone router's state is a word."""
    log_shape: LogShape = LogShape.FIELD

    start: datetime = datetime(2026, 9, 1, 12, 0, 0)  # noqa: DTZ001 - the clock counts in UTC
    """The date, in UTC, when the device is created."""

    def converted(self) -> GlS20Options:
        """Return these options with every choice that was given as plain text made proper."""
        return self.changed({name: getattr(self, name) for name in _CONVERTERS})

    def changed(self, changes: Mapping[str, Any]) -> GlS20Options:
        """Return these options with changes, whose values may be plain text and lists."""
        return replace(
            self,
            **{name: _CONVERTERS.get(name, _same)(value) for name, value in changes.items()},
        )


def _same(value: Any) -> Any:
    """Return a value as it is."""
    return value


def _pairs(value: Any) -> tuple[tuple[str, str], ...]:
    """Return pairs of type and version."""
    return tuple((str(kind), str(version)) for kind, version in value)


_CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "firmware_category": FirmwareCategory,
    "full_sessions": FullSessions,
    "expired_token": ExpiredToken,
    "reached_over": Reach,
    "online_firmware": _pairs,
    "upgrade_outcome": UpgradeOutcome,
    "result_shape": ResultShape,
    "code_style": CodeStyle,
    "pan_id_style": PanIdStyle,
    "pan_id_input": PanIdInput,
    "log_shape": LogShape,
}
