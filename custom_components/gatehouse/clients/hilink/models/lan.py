"""Models of the DHCP server, fixed addresses and dynamic DNS."""

from dataclasses import dataclass, field
from typing import ClassVar

from ...secret import Secret
from ..values import address, count, flag, mac_address, text
from .reply import Fields, Reply, derive, read
from .security import rows


@dataclass(frozen=True, kw_only=True)
class DhcpSettings(Reply):
    """The network of the device and what it tells its clients."""

    ENDPOINT: ClassVar[str] = "dhcp/settings"

    enabled: bool | None = read(flag, "DhcpStatus")

    router_address: str | None = read(address, "DhcpIPAddress")
    """Address of the device itself; old firmware does not tell it."""

    netmask: str | None = read(address, "DhcpLanNetmask")
    first_address: str | None = read(address, "DhcpStartIPAddress")
    last_address: str | None = read(address, "DhcpEndIPAddress")

    lease_time: int | None = read(count, "DhcpLeaseTime")
    """Seconds."""

    automatic_dns: bool | None = read(flag, "DnsStatus")
    """Whether clients get the device or the operator as their name server."""

    primary_dns: str | None = read(address, "PrimaryDns")
    secondary_dns: str | None = read(address, "SecondaryDns")


@dataclass(frozen=True, kw_only=True)
class StaticLease:
    """A client that always gets the same address."""

    mac: str | None
    address: str | None
    enabled: bool | None


@dataclass(frozen=True, kw_only=True)
class StaticLeases(Reply):
    """Fixed addresses."""

    ENDPOINT: ClassVar[str] = "dhcp/static-addr-info"

    entries: tuple[StaticLease, ...] = derive(
        lambda fields: tuple(
            StaticLease(
                mac=mac_address(row.get("HostHw")),
                address=address(row.get("HostIp")),
                enabled=flag(row.get("HostEnabled")),
            )
            for row in rows(fields, "Hosts", "Host")
        ),
        default=(),
    )


@dataclass(frozen=True, kw_only=True)
class DdnsAccount:
    """A name in the internet that follows the address of the device."""

    provider: str | None
    domain: str | None
    enabled: bool | None
    username: str | None = field(default=None, repr=False)
    password: Secret[str] | None = None
    """Needed to write; what a device tells of it may be a mask."""

    index: int = 0


def _accounts(fields: Fields) -> tuple[DdnsAccount, ...]:
    """Return the accounts of either form of the reply, without empty ones."""
    found = (
        DdnsAccount(
            provider=text(row.get("provider")) or text(row.get("server")),
            domain=text(row.get("domainname")) or text(row.get("domain")),
            enabled=flag(row.get("status") or row.get("enable")),
            username=text(row.get("username")),
            index=count(row.get("index")) or 0,
        )
        for row in (*rows(fields, "ddnss", "ddns"), *rows(fields, "ddnslist"))
    )
    return tuple(account for account in found if account.domain is not None)


@dataclass(frozen=True, kw_only=True)
class Ddns(Reply):
    """Dynamic DNS."""

    ENDPOINT: ClassVar[str] = "ddns/ddns-list"

    accounts: tuple[DdnsAccount, ...] = derive(_accounts, default=())
