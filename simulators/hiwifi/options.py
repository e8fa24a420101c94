"""What kind of router to simulate."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from simulators.hiwifi import identity
from simulators.hiwifi.firmware import FIRMWARES, Firmware, Generation, LoginKind, Traits

SYSTEM_PERMISSIONS: Final = ("system.*", "wan.*", "wireless.*", "device.*", "network.*")


class Cloud(StrEnum):
    """What comes back from the vendor's cloud, to which the router hands foreign requests."""

    BAD_GATEWAY = "bad_gateway"
    GATEWAY_TIMEOUT = "gateway_timeout"
    SILENT = "silent"
    PAGE = "page"
    """A web page with status 200."""


class SessionLoss(StrEnum):
    """How a call without a live session is answered."""

    PROXY_CODE = "proxy_code"
    REDIRECT = "redirect"
    PAGE = "page"
    FORBIDDEN = "forbidden"


class CodeStyle(StrEnum):
    """How the code of a reply is written."""

    MIXED = "mixed"
    """Text from the framework, numbers from functions."""
    STRING = "string"
    NUMBER = "number"


class CodePlace(StrEnum):
    """Where a refused OpenAPI call has its code."""

    APP = "app"
    """In app_code, while code is "0"."""
    OUTER = "outer"
    """In code, while app_code is "0"."""
    BOTH = "both"


class MacStyle(StrEnum):
    """How methods write a MAC address."""

    MIXED = "mixed"
    """Upper case with colons, but lower case in lists of radio stations."""
    BARE = "bare"
    LOWER = "lower"


class WanType(StrEnum):
    """How the router gets its address."""

    DHCP = "dhcp"
    PPPOE = "pppoe"


class UpgradeServer(StrEnum):
    """What the vendor's server says about firmware."""

    DEAD = "dead"
    CURRENT = "current"
    NEWER = "newer"


@dataclass(frozen=True, kw_only=True)
class HiwifiOptions:
    """A simulated router."""

    firmware: Firmware = Firmware.V1_4_8
    version: str | None = None
    board: str | None = None
    five_ghz: bool | None = None
    login: LoginKind | None = None
    generations: tuple[Generation, ...] | None = None
    proxy_call: bool | None = None
    multi_call: bool | None = None
    luci_api: bool | None = None
    proxy_router_info: bool | None = None
    local_parameter: bool | None = None
    shell_signature: bool | None = None
    """From version to here: as the firmware has it, unless given."""

    mac: str = identity.MAC
    client_host: str = "client.openapi.hiwifi.com"
    """Name of the virtual host with the OpenAPI; every other one has the web pages."""
    cloud: Cloud = Cloud.BAD_GATEWAY
    checks_body_dev_id: bool = True
    needs_data: bool = True
    """Whether a call without data raises inside the function."""

    app_id: str = identity.APP_ID
    client_id: str = identity.CLIENT_ID
    client_secret: str = identity.CLIENT_SECRET
    permissions: tuple[str, ...] = SYSTEM_PERMISSIONS
    """What the bound client may call beside its own plug-in's methods."""
    bound: bool = True
    refused_methods: tuple[str, ...] = ()
    """Methods nobody may call."""
    missing_methods: tuple[str, ...] = ()
    """Methods this firmware does not have."""

    admin_password: str = identity.ADMIN_PASSWORD
    max_failed_logins: int = 10
    lock_seconds: float = 600
    login_code: int = 10102
    """Error for a wrong password."""
    session_seconds: float = 1800
    """Seconds without a request after which an administrator's session ends."""
    exclusive_session: bool = True
    """Whether a login ends the session before it."""
    session_loss: SessionLoss = SessionLoss.PROXY_CODE
    session_code: int = 99999
    """Proxy code of a call without a live session."""

    latency_seconds: float = 0
    """Real time each request takes."""
    reboot_delay_seconds: float = 5
    """Time between the command and going away."""
    reboot_seconds: float = 60
    wan_connect_seconds: float = 3
    wifi_restart_seconds: float = 5
    """Time for which an interface is away after a change."""
    rejoin_seconds: float = 10
    """Time after which a client is back."""
    wan_type: WanType = WanType.DHCP
    upgrade_server: UpgradeServer = UpgradeServer.DEAD
    upgrade_version: str = "1.4.9.30001s"
    upgrade_seconds: float = 60

    code_style: CodeStyle = CodeStyle.MIXED
    code_place: CodePlace = CodePlace.APP
    mac_style: MacStyle = MacStyle.MIXED
    numbers_as_text: bool = False
    """Whether integers in data are written as text."""
    data_as_text: bool = False
    """Whether data is JSON within a text."""
    numeric_booleans: bool = False
    """Whether booleans are written as 0 and 1."""
    empty_list_as_object: bool = False
    """Whether an empty list is written as {}, as Lua's tables may be."""
    content_type: str = "application/json"

    utc_offset_hours: int = 8
    start: datetime = datetime(2026, 9, 1, 12, 0, 0)  # noqa: DTZ001 - the router's local time
    """The local date when the router is created."""

    @property
    def traits(self) -> Traits:
        """Return what the firmware can do, with what was given instead."""
        own = {
            name: value
            for name in Traits.__dataclass_fields__
            if (value := getattr(self, name)) is not None
        }
        return replace(FIRMWARES[self.firmware], **own)

    def converted(self) -> HiwifiOptions:
        """Return these options with every choice that was given as plain text made proper."""
        return self.changed({name: getattr(self, name) for name in _CONVERTERS})

    def changed(self, changes: Mapping[str, Any]) -> HiwifiOptions:
        """Return these options with changes, whose values may be plain text and lists."""
        return replace(
            self,
            **{name: _CONVERTERS.get(name, _same)(value) for name, value in changes.items()},
        )


def _same(value: Any) -> Any:
    """Return a value as it is."""
    return value


def _login(value: Any) -> LoginKind | None:
    """Return a kind of login, or none to have the firmware's."""
    return None if value is None else LoginKind(value)


def _generations(value: Any) -> tuple[Generation, ...] | None:
    """Return generations of methods, or none to have the firmware's."""
    return None if value is None else tuple(Generation(each) for each in value)


_CONVERTERS: dict[str, Callable[[Any], Any]] = {
    "firmware": Firmware,
    "login": _login,
    "generations": _generations,
    "cloud": Cloud,
    "permissions": tuple,
    "refused_methods": tuple,
    "missing_methods": tuple,
    "session_loss": SessionLoss,
    "wan_type": WanType,
    "upgrade_server": UpgradeServer,
    "code_style": CodeStyle,
    "code_place": CodePlace,
    "mac_style": MacStyle,
}
