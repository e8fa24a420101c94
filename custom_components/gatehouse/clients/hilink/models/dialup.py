"""Models of the data connection."""

from dataclasses import dataclass
from typing import ClassVar

from ..values import count, elements, flag, text
from .reply import Fields, Reply, derive, read


@dataclass(frozen=True, kw_only=True)
class ConnectionSettings(Reply):
    """When the device connects, and how large its packets are."""

    ENDPOINT: ClassVar[str] = "dialup/connection"

    roaming: bool | None = read(flag, "RoamAutoConnectEnable")
    """Whether it connects while roaming."""

    idle_time: int | None = read(count, "MaxIdelTime")
    """Seconds without traffic after which a connection by demand ends."""

    connect_mode: int | None = read(count, "ConnectMode")
    """0 automatic, 1 by hand."""

    mtu: int | None = read(count, "MTU")
    """Bytes."""


@dataclass(frozen=True, kw_only=True)
class ApnProfile(Reply):
    """Access point of the data connection; what its password is, nobody is told."""

    index: int | None = read(count, "Index")
    name: str | None = read(text, "Name")
    apn: str | None = read(text, "ApnName")
    username: str | None = read(text, "Username", secret=True)
    authentication: int | None = read(count, "AuthMode")
    """0 automatic, 1 PAP, 2 CHAP."""

    ip_type: int | None = read(count, "iptype")
    """0 IPv4, 1 IPv6, 2 both."""

    read_only: int | None = read(count, "ReadOnly")
    """0 where it can be changed and deleted."""


def _profiles(fields: Fields) -> tuple[ApnProfile, ...]:
    """Return the profiles of a list, by index."""
    found = elements(fields.get("Profiles"), "Profile")
    profiles = [ApnProfile.from_fields(each) for each in found if isinstance(each, dict)]
    return tuple(sorted(profiles, key=lambda each: each.index or 0))


@dataclass(frozen=True, kw_only=True)
class ApnProfiles(Reply):
    """All access points, and which one is used."""

    ENDPOINT: ClassVar[str] = "dialup/profiles"

    current: int | None = read(count, "CurrentProfile")
    """Index."""

    profiles: tuple[ApnProfile, ...] = derive(_profiles, default=())
