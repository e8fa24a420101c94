"""Models of the devices that may join the Thread network."""

# ruff: noqa: RUF009 - the calls declare fields, as field() itself does

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import ClassVar, Final

from ...secret import Secret
from ..values import ANY_DEVICE, chosen, count, joiner_eui64, moment, secret, text
from .reply import Part, Reply, read, read_parts


class JoinerStatus(StrEnum):
    """How far a joiner got."""

    READY = "ready"
    JOINING = "joining"
    JOINED = "joined"
    TIMED_OUT = "timed_out"


_STATUSES: Final[Mapping[int | str, JoinerStatus]] = dict(enumerate(JoinerStatus))


class RejoinKind(IntEnum):
    """Which joiners get another chance."""

    TIMED_OUT = 1
    JOINED = 2
    ALL = 3


@dataclass(frozen=True, kw_only=True)
class JoinerCredential(Part):
    """A device that may join, and the password with which it does."""

    eui64: str | None = read(joiner_eui64, "EUI64")
    """16 hexadecimal digits in lower case, or `*` for any device."""

    told_eui64: str | None = read(text, "EUI64")
    """The same as the device writes it, which may be the only way that it understands."""

    pskd: Secret[str] | None = read(secret, "PSKd")
    """Joiner credential."""

    @property
    def any_device(self) -> bool:
        """Tell whether the password alone decides."""
        return self.eui64 == ANY_DEVICE


@dataclass(frozen=True, kw_only=True)
class Joiner(JoinerCredential):
    """A device that may join, and how far it got."""

    status: JoinerStatus | None = read(chosen(_STATUSES), "Status")

    timeout: int | None = read(count, "Timeout")
    """Seconds."""

    added_at: int | None = read(moment, "AddTime")
    """Seconds since 1970 by the device's clock, which may be wrong; None where not told."""

    joined_at: int | None = read(moment, "JoinedTime")
    """Seconds since 1970 by the device's clock; None before."""


@dataclass(frozen=True, kw_only=True)
class JoinerList(Reply):
    """All joiners that the device knows, those of the past too."""

    ENDPOINT: ClassVar[str] = "/otbr/get_joiner_list"

    joiners: tuple[Joiner, ...] = read_parts(Joiner, "DeviceList", "result")


@dataclass(frozen=True, kw_only=True)
class JoinerExport(Reply):
    """Joiners and their passwords, to be given to another border router."""

    ENDPOINT: ClassVar[str] = "/otbr/export_joiner_list"

    version: str | None = read(text, "joiner_list_version")
    """Version of the format, which the import wants back."""

    joiners: tuple[JoinerCredential, ...] = read_parts(JoinerCredential, "DeviceList")
