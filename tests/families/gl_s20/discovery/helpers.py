"""Ways in which a GL-S20 shows itself, and something that is none."""

from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

from homeassistant.config_entries import SOURCE_DHCP, SOURCE_ZEROCONF
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo
import pytest

from ..conftest import MAC

HERE = "127.0.0.1"
ELSEWHERE = "127.0.0.2"
MESH_ADDRESS = "fd00::ff:fe00:fc10"

WIFI_MAC = "94:83:c4:a0:51:a3"
MODEM_MAC = "02:00:00:00:00:01"

type Shown = Callable[[str], tuple[str, Any]]
"""Gives the source and the content of a discovery at an IPv4 address."""


def announcement(*addresses: str) -> ZeroconfServiceInfo:
    """Return what a border router announces."""
    found = [ip_address(address) for address in addresses]
    return ZeroconfServiceInfo(
        ip_address=found[0],
        ip_addresses=found,
        port=49152,
        hostname="gl-s20-otbr.local.",
        type="_meshcop._udp.local.",
        name="GL-S20-1a2._meshcop._udp.local.",
        properties={"vn": "GL.iNET Inc.", "nn": "GL-S20-1a2"},
    )


def lease(
    address: str, mac_address: str = WIFI_MAC, hostname: str = "gl-s20-otbr"
) -> DhcpServiceInfo:
    """Return what a DHCP server was told."""
    return DhcpServiceInfo(ip=address, hostname=hostname, macaddress=mac_address.replace(":", ""))


def over_zeroconf(address: str) -> tuple[str, Any]:
    """Show a router by its announcement."""
    return SOURCE_ZEROCONF, announcement(MESH_ADDRESS, address, "fe80::1")


def over_dhcp(address: str) -> tuple[str, Any]:
    """Show a router by its lease."""
    return SOURCE_DHCP, lease(address)


both_ways = pytest.mark.parametrize("shown", [over_zeroconf, over_dhcp])


@dataclass(kw_only=True)
class Stranger:
    """Something that answers to nothing that is asked, and remembers the requests."""

    port: int = 0
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)


def tells_nothing(stranger: Stranger) -> None:
    """Check that the requests have nothing in their bodies, and nothing of a login."""
    assert set(stranger.bodies) <= {b"", b"{}"}
    for headers in stranger.headers:
        assert not headers.keys() & {"token", "cookie", "authorization"}
        assert not any(MAC in value for value in headers.values())
