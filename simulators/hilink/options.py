"""What kind of modem to simulate."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from simulators.hilink.errors import Code

DEFAULT_PROFILE = "h165-383"
DEFAULT_USERNAME = "admin"
DEFAULT_PASSWORD = "gatehouse"  # noqa: S105 - the simulator's published password
FACTORY_PASSWORD = "admin"  # noqa: S105 - the password after a simulated factory reset


class LoginKind(StrEnum):
    """How a password is proved."""

    NONE = "none"
    BASE64 = "base64"
    BASE64_CHANGED = "base64_changed"
    SHA256 = "sha256"
    SCRAM = "scram"


class SessionPolicy(StrEnum):
    """What a login does while somebody else is logged in."""

    TOLERATE = "tolerate"
    REPLACE = "replace"
    REFUSE = "refuse"


class TokenStyle(StrEnum):
    """Where a client finds its first request verification token."""

    META = "meta"
    TOKEN = "token"  # noqa: S105 - the name of an endpoint
    SES_TOK_INFO = "ses_tok_info"
    NONE = "none"


class TokenRotation(StrEnum):
    """How tokens come back after a login."""

    SINGLE = "single"
    PAIR = "pair"
    POOL = "pool"


class SmsOutcome(StrEnum):
    """What becomes of a text message in the send queue."""

    DELIVER = "deliver"
    FAIL = "fail"
    NEVER = "never"


class SmsStyle(StrEnum):
    """How a firmware lists messages."""

    BOX = "box"
    CONVERSATION = "conversation"


class SmsEncryption(StrEnum):
    """How a firmware keeps messages from those who listen."""

    NONE = "none"
    SEALED = "sealed"
    """Posts come encrypted, and lists go sealed for whoever asks."""
    UNREADABLE = "unreadable"
    """Lists are encrypted in a way that nobody knows."""


@dataclass(frozen=True, kw_only=True)
class HilinkOptions:
    """A simulated modem. None means: as the profile's model does it."""

    profile: str = DEFAULT_PROFILE
    """Name of a profile in this package, or the path of a JSON file."""
    login: LoginKind | None = None
    username: str = DEFAULT_USERNAME
    password: str = DEFAULT_PASSWORD
    username_optional: bool | None = None
    """Whether an empty user name is as good as the right one."""
    session_policy: SessionPolicy | None = None
    idle_timeout: float = 300
    """Seconds without a request after which a login ends."""
    token_style: TokenStyle | None = None
    token_rotation: TokenRotation | None = None
    spent_token_code: int | None = None
    """Error for a token that was used before; firmwares answer 125001, 125002 or 125003."""
    parallel_posts_conflict: bool = True
    """Whether a POST that overlaps another one of its session is refused with 125003."""
    latency_seconds: float = 0
    """Real time each request takes."""
    hide_information: bool | None = None
    """Whether device/information needs a login."""
    max_failed_logins: int = 3
    lock_minutes: int = 1
    precise_login_errors: bool = False
    """Whether a refused login says which of name (108001) and password (108002) is wrong."""
    require_password_change: bool = False
    sms_send_seconds: float = 3
    """Time one number takes in the send queue."""
    sms_outcome: SmsOutcome = SmsOutcome.DELIVER
    sms_enabled: bool = True
    sms_style: SmsStyle = SmsStyle.BOX
    sms_counts: bool = True
    """Whether sms/sms-count is offered."""
    sms_encryption: SmsEncryption = SmsEncryption.NONE
    sms_capacity: int | None = None
    """Messages the device holds; by default what the profile says."""
    failed_sms_to_drafts: bool = False
    """Whether a message that could not be sent ends in the drafts instead of the sent box."""
    mms_swallows_next: bool = False
    """Whether the text after an MMS notification is merged into that record."""
    ussd_seconds: float = 2
    """Time the network takes to answer a USSD code."""
    ussd_in_network: bool = True
    """Whether the network has USSD."""
    reboot_seconds: float = 30
    update_check_seconds: float = 3
    """Time the update server takes to answer."""
    download_seconds: float = 60
    """Time new firmware takes to come."""
    battery_low: bool = False
    """Whether the battery is too low for new firmware."""
    register_seconds: float = 5
    """Time the radio needs to find its network after a restart or a change of mode."""
    connect_seconds: float = 2
    """Time a data connection takes to come up."""
    net_mode_reply_lost: bool = False
    """Whether a change of network mode is applied but answered with -1."""
    sim_present: bool = True
    demands_encryption: bool | None = None
    """Whether posts that hold secrets are refused unless they are encrypted."""
    missing_modes: tuple[str, ...] = ()
    """Single network modes, such as `01`, in which there is no network here."""
    lte_bands: tuple[int, ...] | None = None
    """LTE bands on which there is a network here; by default all."""
    nr_bands: tuple[int, ...] | None = None
    """5G bands on which there is a network here; by default all."""
    locks_bands: bool = False
    """Whether bands are chosen by net/lock-freq and no longer by net/net-mode."""
    lock_ends_session: bool = False
    """Whether nobody is logged in any more after bands were chosen."""
    start: datetime = datetime(2026, 9, 1, 12, 0, 0)  # noqa: DTZ001 - the device knows no zone
    """The date the device shows when it is created."""

    def resolved(self, settings: Mapping[str, Any]) -> HilinkOptions:
        """Return these options with every open choice made as the model makes it."""
        chosen = {
            name: settings.get(name, fallback)
            for name, fallback in _MODEL_CHOICES.items()
            if getattr(self, name) is None
        }
        # Choices may have been given as plain text.
        given = {name: getattr(self, name) for name in _CONVERTERS}
        return self.changed(given | chosen)

    def changed(self, changes: Mapping[str, Any]) -> HilinkOptions:
        """Return these options with changes, whose values may be plain text."""
        return replace(
            self,
            **{name: _CONVERTERS.get(name, _same)(value) for name, value in changes.items()},
        )


def _same(value: Any) -> Any:
    """Return a value as it is."""
    return value


_MODEL_CHOICES: dict[str, Any] = {
    "login": LoginKind.SCRAM,
    "username_optional": False,
    "session_policy": SessionPolicy.TOLERATE,
    "token_style": TokenStyle.TOKEN,
    "token_rotation": TokenRotation.PAIR,
    "hide_information": True,
    "demands_encryption": False,
    "spent_token_code": Code.TOKEN_SPENT,
}
_CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "login": LoginKind,
    "session_policy": SessionPolicy,
    "token_style": TokenStyle,
    "token_rotation": TokenRotation,
    "sms_outcome": SmsOutcome,
    "sms_style": SmsStyle,
    "sms_encryption": SmsEncryption,
}
