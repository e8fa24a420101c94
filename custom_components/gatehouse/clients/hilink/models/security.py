"""Models of the firewall: switches, forwarded ports, filters."""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from ..values import address, count, elements, flag, text
from .reply import Fields, Reply, derive, read

PROTOCOLS: Final = {"tcp_udp": 0, "tcp": 6, "udp": 17}
"""Protocols that a port can be forwarded for, with the code that the devices use."""

_PROTOCOL_NAMES: Final = {code: name for name, code in PROTOCOLS.items()} | {1: "icmp"}


@dataclass(frozen=True, kw_only=True)
class Upnp(Reply):
    """Whether clients may open ports by themselves."""

    ENDPOINT: ClassVar[str] = "security/upnp"

    enabled: bool | None = read(flag, "UpnpStatus")


@dataclass(frozen=True, kw_only=True)
class SipAlg(Reply):
    """The helper for internet telephony (SIP application layer gateway)."""

    ENDPOINT: ClassVar[str] = "security/sip"

    enabled: bool | None = read(flag, "SipStatus")

    port: int | None = read(count, "SipPort")
    """UDP port that it listens to."""


@dataclass(frozen=True, kw_only=True)
class Firewall(Reply):
    """The switches of the firewall; old firmware has the first three."""

    ENDPOINT: ClassVar[str] = "security/firewall-switch"

    enabled: bool | None = read(flag, "FirewallMainSwitch")
    ip_filter: bool | None = read(flag, "FirewallIPFilterSwitch")

    block_ping: bool | None = read(flag, "FirewallWanPortPingSwitch")
    """Whether pings from the internet are dropped."""

    url_filter: bool | None = read(flag, "firewallurlfilterswitch")
    mac_filter: bool | None = read(flag, "firewallmacfilterswitch")


@dataclass(frozen=True, kw_only=True)
class Nat(Reply):
    """How addresses are translated."""

    ENDPOINT: ClassVar[str] = "security/nat"

    nat_type: int | None = read(count, "NATType")
    """0 symmetric, 1 full cone."""


@dataclass(frozen=True, kw_only=True)
class Dmz(Reply):
    """The client that gets everything that nobody asked for."""

    ENDPOINT: ClassVar[str] = "security/dmz"

    enabled: bool | None = read(flag, "DmzStatus")
    address: str | None = read(address, "DmzIPAddress")


@dataclass(frozen=True, kw_only=True)
class PortForward:
    """A port, or as many in a row, that leads from the internet to a client."""

    name: str | None
    enabled: bool | None
    protocol: str | None
    ports: str | None
    """`80`, or a range such as `8000-8010`."""

    address: str | None
    address_ports: str | None
    """Ports of the client; the first belongs to the first of `ports`."""


@dataclass(frozen=True, kw_only=True)
class PortForwards(Reply):
    """Forwarded ports (virtual servers)."""

    ENDPOINT: ClassVar[str] = "security/virtual-servers"

    entries: tuple[PortForward, ...] = derive(
        lambda fields: tuple(
            PortForward(
                name=text(row.get("VirtualServerIPName")),
                enabled=flag(row.get("VirtualServerStatus")),
                protocol=_protocol(row.get("VirtualServerProtocol")),
                ports=_ports(row, "VirtualServerWanPort", "VirtualServerWanEndPort"),
                address=address(row.get("VirtualServerIPAddress")),
                address_ports=_ports(row, "VirtualServerLanPort", "VirtualServerLanEndPort"),
            )
            for row in rows(fields, "Servers", "Server")
        ),
        default=(),
    )


@dataclass(frozen=True, kw_only=True)
class PortTrigger:
    """Ports that open for whoever uses another one."""

    name: str | None
    enabled: bool | None
    trigger_protocol: str | None
    trigger_ports: str | None
    open_protocol: str | None
    open_ports: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PortTriggers(Reply):
    """Port triggers (special applications)."""

    ENDPOINT: ClassVar[str] = "security/special-applications"

    entries: tuple[PortTrigger, ...] = derive(
        lambda fields: tuple(_trigger(row) for row in rows(fields, "LanPorts", "LanPort")),
        default=(),
    )


@dataclass(frozen=True, kw_only=True)
class IpFilter:
    """What the firewall treats by address and port."""

    enabled: bool | None
    protocol: str | None
    lan_addresses: str | None
    lan_ports: str | None
    wan_addresses: str | None
    wan_ports: str | None


@dataclass(frozen=True, kw_only=True)
class IpFilters(Reply):
    """Filters by address."""

    ENDPOINT: ClassVar[str] = "security/lan-ip-filter"

    entries: tuple[IpFilter, ...] = derive(
        lambda fields: tuple(_ip_filter(row) for row in rows(fields, "IPFilters", "IPFilter")),
        default=(),
    )


@dataclass(frozen=True, kw_only=True)
class UrlFilter:
    """A web address that is blocked."""

    url: str | None
    enabled: bool | None


@dataclass(frozen=True, kw_only=True)
class UrlFilters(Reply):
    """Blocked web addresses."""

    ENDPOINT: ClassVar[str] = "security/url-filter"

    entries: tuple[UrlFilter, ...] = derive(
        lambda fields: tuple(
            UrlFilter(url=text(row.get("value")), enabled=flag(row.get("status")))
            for row in rows(fields, "urlfilters", "urlfilter")
        ),
        default=(),
    )


def rows(fields: Fields, *path: str) -> list[dict[str, Any]]:
    """Return the rows of a list as the device gave them."""
    return [row for row in elements(fields, *path) if isinstance(row, dict)]


def _protocol(raw: object) -> str | None:
    """Return the name of a protocol."""
    return _PROTOCOL_NAMES.get(-1 if (code := count(raw)) is None else code)


def _ports(row: Fields, first: str, last: str) -> str | None:
    """Return a port or a range of them; 0 stands for none."""
    begin, end = count(row.get(first)), count(row.get(last))
    return _range(begin or None, end or None)


def _range(begin: object, end: object) -> str | None:
    """Return a range; one that begins where it ends is a single thing."""
    if begin is None:
        return None
    return str(begin) if end in {None, begin} else f"{begin}-{end}"


def _trigger(row: Fields) -> PortTrigger:
    """Read a port trigger; up to five ranges can be opened."""
    name = "SpecialApplication"
    opened = (
        _ports(row, f"{name}StartOpenPort{each}", f"{name}EndOpenPort{each}") for each in range(5)
    )
    return PortTrigger(
        name=text(row.get(f"{name}TriggerName")),
        enabled=flag(row.get(f"{name}TriggerStatus")),
        trigger_protocol=_protocol(row.get(f"{name}TriggerProtocol")),
        trigger_ports=_ports(row, f"{name}TriggerPort", f"{name}TriggerPortEnd"),
        open_protocol=_protocol(row.get(f"{name}OpenProtocol")),
        open_ports=tuple(each for each in opened if each),
    )


def _ip_filter(row: Fields) -> IpFilter:
    """Read a filter."""

    def addresses(side: str) -> str | None:
        """Return the addresses of a side."""
        first = address(row.get(f"LanIPFilter{side}StartAddress"))
        return _range(first, address(row.get(f"LanIPFilter{side}EndAddress")))

    def ports(side: str) -> str | None:
        """Return the ports of a side."""
        return _ports(row, f"LanIPFilter{side}StartPort", f"LanIPFilter{side}EndPort")

    return IpFilter(
        enabled=flag(row.get("LanIPFilterStatus")),
        protocol=_protocol(row.get("LanIPFilterProtocol")),
        lan_addresses=addresses("Lan"),
        lan_ports=ports("Lan"),
        wan_addresses=addresses("Wan"),
        wan_ports=ports("Wan"),
    )
