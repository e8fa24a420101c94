"""Models of the router itself: who it is, lights, ports, firmware."""

from dataclasses import dataclass
from typing import Self

from ..values import (
    count,
    elements,
    exact_text,
    flag,
    mac_address,
    megabits,
    members,
    moment,
    percentage,
    text,
)
from .reply import Part, read


@dataclass(frozen=True, kw_only=True)
class RouterInfo(Part):
    """What a router tells everybody."""

    mac: str | None = read(mac_address, "mac")
    """In lower case with colons; without them and in capitals it is the device id."""

    version: str | None = read(text, "version", "rom_version")
    """Of the firmware."""

    board: str | None = read(text, "board", "model")
    """Name of the hardware, such as `HC5962`."""

    name: str | None = read(text, "name")


@dataclass(frozen=True, kw_only=True)
class SystemInfo(Part):
    """Who the router is and for how long it has been running."""

    mac: str | None = read(mac_address, "mac")
    model: str | None = read(text, "model", "board")
    submodel: str | None = read(text, "submodel")
    version: str | None = read(text, "version")

    type: str | None = read(text, "type")
    """`router`, `ap` or `star`."""

    uptime: int | None = read(count, "uptime")
    """Seconds."""

    time: int | None = read(moment, "systime")
    """The router's clock, in seconds since 1970."""

    has_2_4_ghz: bool | None = read(flag, "wireless/2.4G/available")
    has_5_ghz: bool | None = read(flag, "wireless/5G/available")


@dataclass(frozen=True, kw_only=True)
class Led(Part):
    """The lights at the front."""

    on: bool | None = read(flag, "status")


@dataclass(frozen=True, kw_only=True)
class WanPort(Part):
    """What is plugged into the WAN port."""

    linked: bool | None = read(flag, "link")

    speed: int | None = read(megabits, "speed")
    """Mbit/s."""

    duplex: str | None = read(text, "duplex")


@dataclass(frozen=True, kw_only=True)
class LanPorts:
    """What is plugged into the LAN ports, one value for each."""

    linked: tuple[bool | None, ...] = ()

    @classmethod
    def from_data(cls, data: object) -> Self:
        """Take the values from the data of a reply; each may be an object of its own."""
        ports = elements(members(data).get("link"))
        return cls(linked=tuple(flag(members(port).get("link", port)) for port in ports))


@dataclass(frozen=True, kw_only=True)
class Firmware(Part):
    """What the vendor's server offers."""

    update_available: bool | None = read(flag, "need_upgrade")
    version: str | None = read(text, "version")

    size: int | None = read(count, "size")
    """Bytes."""

    changelog: str | None = read(exact_text, "changelog")


@dataclass(frozen=True, kw_only=True)
class UpgradeProgress(Part):
    """How far an upgrade is."""

    state: str | None = read(text, "state")
    """`downloading` or `finish`."""

    percent: int | None = read(percentage, "percent")
