"""Models of what a device is besides a modem: clock, voice, memory card, cradle."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from ..values import Parser, address, count, elements, flag, text
from .reply import Fields, Reply, derive, read


@dataclass(frozen=True, kw_only=True)
class Sntp(Reply):
    """Whether the clock is set by the internet."""

    ENDPOINT: ClassVar[str] = "sntp/sntpswitch"

    enabled: bool | None = read(flag, "SntpSwitch")


@dataclass(frozen=True, kw_only=True)
class Dlna(Reply):
    """The media server for what is on the memory card."""

    ENDPOINT: ClassVar[str] = "sdcard/dlna-setting"

    enabled: bool | None = read(flag, "enabled")


@dataclass(frozen=True, kw_only=True)
class Samba(Reply):
    """The file server for what is on the memory card."""

    ENDPOINT: ClassVar[str] = "sdcard/sdcardsamba"

    enabled: bool | None = read(flag, "enabled")


def _in_card[T](parser: Parser[T], name: str) -> Callable[[Fields], T | None]:
    """Return the reading of a field that some firmware wraps once more."""

    def reading(fields: Fields) -> T | None:
        """Read it."""
        inner = fields.get("sdcard")
        return parser((inner if isinstance(inner, dict) else fields).get(name))

    return reading


@dataclass(frozen=True, kw_only=True)
class MemoryCard(Reply):
    """The memory card."""

    ENDPOINT: ClassVar[str] = "sdcard/sdcard"

    present: bool | None = derive(_in_card(flag, "SDCardStatus"), default=None)

    shared: bool | None = derive(_in_card(flag, "SDCardShareStatus"), default=None)
    """Whether the device's own page shows its files."""


@dataclass(frozen=True, kw_only=True)
class Volte(Reply):
    """Calls over LTE."""

    ENDPOINT: ClassVar[str] = "voice/volte"

    enabled: bool | None = read(flag, "volte_enable")


@dataclass(frozen=True, kw_only=True)
class AutorunVersion(Reply):
    """The software that a stick installs on a computer."""

    ENDPOINT: ClassVar[str] = "device/autorun-version"

    version: str | None = read(text, "Version")


@dataclass(frozen=True, kw_only=True)
class Cradle(Reply):
    """The cradle with an Ethernet socket; what the modes mean differs by firmware."""

    ENDPOINT: ClassVar[str] = "cradle/basic-info"

    poecat: int | None = read(count, "poecat")
    multipmcat: int | None = read(count, "multipmcat")
    eth_wan_mode: int | None = read(count, "eth_wan_mode")
    eth_wan_status: int | None = read(count, "eth_wan_status")
    present: bool | None = read(flag, "cradle_status")


@dataclass(frozen=True, kw_only=True)
class CradleStatus(Reply):
    """The connection by the socket of the cradle."""

    ENDPOINT: ClassVar[str] = "cradle/status-info"

    present: bool | None = read(flag, "cradlestatus")

    connection_status: int | None = read(count, "connectstatus")
    """As in monitoring/status: 901 connected, 902 not."""

    gateway: str | None = read(address, "gateway")
    address: str | None = read(address, "ipaddress")


def _language(raw: object) -> str | None:
    """Return the code of a language, which firmware writes `en-us` or `en_us`."""
    found = text(raw)
    return None if found is None else found.replace("-", "_").lower()


@dataclass(frozen=True, kw_only=True)
class Language(Reply):
    """The language of the device's own page."""

    ENDPOINT: ClassVar[str] = "language/current-language"

    code: str | None = read(_language, "CurrentLanguage")
    """Such as `en_us`."""


@dataclass(frozen=True, kw_only=True)
class Languages(Reply):
    """The languages of the device's own page."""

    ENDPOINT: ClassVar[str] = "global/languagelist.xml"
    """Below `/config/`, and not `/api/`."""

    codes: tuple[str, ...] = derive(
        lambda fields: tuple(
            code
            for code in map(_language, elements(fields, "languages", "language"))
            if code is not None
        ),
        default=(),
    )
