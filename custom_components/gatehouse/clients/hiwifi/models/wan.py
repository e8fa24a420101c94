"""Models of the way out: connection, rates, amounts."""

from dataclasses import dataclass
from typing import Self

from ..values import byte_rate, count, flag, mac_address, megabits, members, text
from .reply import Part, read, read_all, read_parts


@dataclass(frozen=True, kw_only=True)
class Ipv6Address(Part):
    """An IPv6 address of the router."""

    address: str | None = read(text, "address")
    prefix_length: int | None = read(count, "mask")


@dataclass(frozen=True, kw_only=True)
class Wan(Part):
    """The connection to the provider."""

    type: str | None = read(text, "wan_type")
    """`dhcp`, `pppoe`, `static` or `wisp`."""

    connected: bool | None = read(flag, "up", "is_up")
    linked: bool | None = read(flag, "dev_link")
    """Whether the cable is plugged in."""

    connecting: bool | None = read(flag, "pending")

    internet: bool | None = read(flag, "inet_status")
    """Whether the internet is reached."""

    uptime: int | None = read(count, "uptime")
    """Seconds since the connection came up."""

    ip: str | None = read(text, "wan_ip")
    netmask: str | None = read(text, "wan_mask")
    gateway: str | None = read(text, "gateway")
    mac: str | None = read(mac_address, "wan_mac")
    dns: tuple[str, ...] = read_all(text, "dns")
    ipv6: tuple[Ipv6Address, ...] = read_parts(Ipv6Address, "ipv6_address")

    speed: int | None = read(megabits, "speed")
    """Mbit/s, of the link."""

    duplex: str | None = read(text, "duplex")


@dataclass(frozen=True, kw_only=True)
class Internet(Part):
    """Whether the internet is reached."""

    reachable: bool | None = read(flag, "status", "inet_status")


@dataclass(frozen=True, kw_only=True)
class ClientRates(Part):
    """The rates of one client, in bit/s."""

    mac: str | None = read(mac_address, "mac")
    download: int | None = read(count, "download_speed")
    upload: int | None = read(count, "upload_speed")


@dataclass(frozen=True, kw_only=True)
class Rates(Part):
    """The present rates, in bit/s whatever the generation."""

    download: int | None = read(count, "total/download_speed")
    upload: int | None = read(count, "total/upload_speed")

    clients: tuple[ClientRates, ...] = read_parts(ClientRates, "details")
    """Empty in the older generation."""

    @classmethod
    def from_byte_rates(cls, data: object) -> Self:
        """Take the values from a reply of the older generation, which gives byte/s."""
        content = members(data)
        return cls(download=byte_rate(content.get("down")), upload=byte_rate(content.get("up")))


@dataclass(frozen=True, kw_only=True)
class ClientTraffic(Part):
    """What one client has moved today, in bytes."""

    mac: str | None = read(mac_address, "mac")
    download: int | None = read(count, "download")
    upload: int | None = read(count, "upload")


@dataclass(frozen=True, kw_only=True)
class Traffic(Part):
    """What has been moved today, in bytes; starts anew at midnight and with the router."""

    download: int | None = read(count, "total/download")
    upload: int | None = read(count, "total/upload")
    clients: tuple[ClientTraffic, ...] = read_parts(ClientTraffic, "details")
