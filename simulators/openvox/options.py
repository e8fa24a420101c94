"""What kind of SMS gateway to simulate."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from simulators.openvox.errors import Code

DEFAULT_USERNAME = "admin"
DEFAULT_PASSWORD = "gatehouse-sms"  # noqa: S105 - the simulator's published password
DEFAULT_USSD_PASSWORD = "gatehouse-ussd"  # noqa: S105 - likewise
MAX_PORTS = 32


class PortStyle(StrEnum):
    """What the names of the ports begin with."""

    LTE = "lte"
    GSM = "gsm"


class ExpiredToken(StrEnum):
    """How a request without a live token is answered."""

    CODE = "code"
    HTTP_401 = "http_401"


class SendOutcome(StrEnum):
    """What becomes of a message that was accepted."""

    SENT = "sent"
    FAILED = "failed"
    NEVER = "never"


class SeveralSpans(StrEnum):
    """What is done with a message for several ports."""

    FIRST = "first"
    ALL = "all"


class PastLastPage(StrEnum):
    """What is behind the last page."""

    EMPTY = "empty"
    REPEAT = "repeat"


class UssdFormat(StrEnum):
    """What service/sendussd answers with, chosen on the device's web page."""

    JSON = "json"
    TEXT = "string"
    NULL = "null"


class CodeStyle(StrEnum):
    """How the code of a reply is written."""

    NUMBER = "number"
    STRING = "string"


class ListShape(StrEnum):
    """How lists and maps are written."""

    DOCUMENTED = "documented"
    LIST = "list"
    DICT = "dict"


class EmptyShape(StrEnum):
    """How an empty list or map is written."""

    DOCUMENTED = "documented"
    TEXT = "text"
    LIST = "list"
    NULL = "null"


@dataclass(frozen=True, kw_only=True)
class OpenVoxOptions:
    """A simulated SMS gateway."""

    username: str = DEFAULT_USERNAME
    password: str = DEFAULT_PASSWORD
    prefix: str = ""
    """What every path of the API begins with, for example /index.php."""
    unknown_path_status: int = 404
    """HTTP status outside the API; 200 shows the home page, 302 leads to it."""
    ports: int = 8
    """How many ports there are, 1 to 32."""
    port_style: PortStyle = PortStyle.LTE
    ports_without_sim: tuple[int, ...] = ()

    bearer: bool = False
    """Whether the token has to follow the word Bearer."""
    token_seconds: float = 600
    """Seconds without a request after which a token ends."""
    exclusive_login: bool = False
    """Whether a login ends every other token."""
    expired_token: ExpiredToken = ExpiredToken.CODE
    token_code: int = Code.UNAUTHORIZED
    token_message: str = "Invalid token"  # noqa: S105 - a sentence
    login_code: int = Code.UNAUTHORIZED
    login_message: str = "Incorrect username or password"

    latency_seconds: float = 0
    """Real time each request takes."""
    restart_seconds: float = 60

    send_seconds: float = 2
    """Device time a port takes for one message."""
    send_outcome: SendOutcome = SendOutcome.SENT
    several_spans: SeveralSpans = SeveralSpans.FIRST
    rejected_numbers: tuple[str, ...] = ()
    """Numbers that are always in the list of the rejected."""
    delivery_reports: bool = True
    """Whether reports arrive by themselves."""
    delivery_seconds: float = 5
    """Time from a message being sent to its report."""
    delivery_status: int = 0
    """TP-Status of the reports; 0 is received by the handset."""
    delivered_word: str = "DELIVERD"

    store_received: bool = True
    """Whether received messages are kept in the inbox."""
    inbox_capacity: int = 100_000
    """Number of received messages from which on the oldest is deleted."""
    bom_in_parts: bool = True
    """Whether each UCS-2 part of a received message begins with U+FEFF."""
    reading_marks_read: bool = False
    """Whether messages count as read once the API has shown them."""
    past_last_page: PastLastPage = PastLastPage.EMPTY

    pushes_lost: bool = False
    """Whether no push ever arrives."""
    push_escapes_plus: bool = True
    """Whether a plus sign in a push is escaped."""
    push_timeout_seconds: float = 5
    """Real time after which a push is given up."""

    ussd_username: str = "ussduser"
    ussd_password: str = DEFAULT_USSD_PASSWORD
    ussd_format: UssdFormat = UssdFormat.JSON
    ussd_answer: str = "Your balance is 12.34"
    """What the network answers."""
    ussd_seconds: float | None = 3
    """Time until it does; None leaves that to the lab."""
    ussd_push_url: str = ""
    """Where its answers are pushed to; empty is nowhere."""
    ussd_push_names: tuple[str, ...] = ("port", "message", "time", "status", "code", "id")
    """Names of the fields of such a push, in the order param1 to param6."""
    ussd_push_user_defined: str = ""

    code_style: CodeStyle = CodeStyle.NUMBER
    content_type: str = "application/json"
    notice: str = ""
    """Text before the JSON of every reply, as PHP writes warnings."""
    bom: bool = False
    """Whether every reply begins with a byte order mark."""
    list_shape: ListShape = ListShape.DOCUMENTED
    empty_shape: EmptyShape = EmptyShape.DOCUMENTED
    text_expiry: bool = False
    """Whether expires_time is text."""

    utc_offset_hours: float = 0
    """By how much the local time of the device is ahead of UTC."""
    start: datetime = datetime(2026, 9, 1, 12, 0, 0)  # noqa: DTZ001 - the clock counts in UTC
    """The date, in UTC, when the device is created."""

    def __post_init__(self) -> None:
        """Refuse a gateway that is not built."""
        if not 1 <= self.ports <= MAX_PORTS:
            raise ValueError(f"ports must be 1 to {MAX_PORTS}")
        if self.inbox_capacity < 1:
            raise ValueError("inbox_capacity must be 1 or more")
        if self.prefix and (not self.prefix.startswith("/") or self.prefix.endswith("/")):
            raise ValueError("prefix must begin with a slash and end without one")

    def converted(self) -> OpenVoxOptions:
        """Return these options with every choice that was given as plain text made proper."""
        return self.changed({each.name: getattr(self, each.name) for each in fields(self)})

    def changed(self, changes: Mapping[str, Any]) -> OpenVoxOptions:
        """Return these options with changes, whose values may be plain text and lists."""
        return replace(
            self,
            **{name: _CONVERTERS.get(name, _same)(value) for name, value in changes.items()},
        )


def _same(value: Any) -> Any:
    """Return a value as it is."""
    return value


_CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "port_style": PortStyle,
    "ports_without_sim": tuple,
    "expired_token": ExpiredToken,
    "send_outcome": SendOutcome,
    "several_spans": SeveralSpans,
    "rejected_numbers": tuple,
    "past_last_page": PastLastPage,
    "ussd_format": UssdFormat,
    "ussd_push_names": tuple,
    "code_style": CodeStyle,
    "list_shape": ListShape,
    "empty_shape": EmptyShape,
}
