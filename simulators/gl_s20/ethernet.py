"""The Ethernet port."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

from simulators.gl_s20.options import GlS20Options


@dataclass(frozen=True, kw_only=True)
class Address:
    """An IPv4 address with what belongs to it."""

    ip: str
    netmask: str
    gateway: str

    def fields(self) -> dict[str, Any]:
        """Return the address as configurations have it."""
        return {"ip": self.ip, "netmask": self.netmask, "gateway": self.gateway}


@dataclass(frozen=True, kw_only=True)
class Addressing:
    """How an interface gets its address."""

    static: Address | None = None
    """None asks a DHCP server."""

    @property
    def protocol(self) -> str:
        """Return the name of the way."""
        return "dhcp" if self.static is None else "static"


DHCP: Final = Addressing()


class EthernetStatus(IntEnum):
    """States of the port; 1 and 2 are the other way round than those of Wi-Fi."""

    NOT_CONNECTED = 0
    CONNECTED = 1
    CONNECTING = 2
    NO_CABLE = 3


LEASE: Final = Address(ip="192.0.2.20", netmask="255.255.255.0", gateway="192.0.2.1")
IPV6: Final = "2001:db8::20"


class Ethernet:
    """The port, its cable and its address."""

    def __init__(self, options: GlS20Options) -> None:
        """Start plugged in and connected."""
        self.plugged = True
        self.dhcp_answers = True
        self.addressing = DHCP
        self._changed = -options.eth_connect_seconds

    def configure(self, addressing: Addressing, now: float) -> None:
        """Take another address."""
        self.addressing = addressing
        self._changed = now

    def plug(self, now: float, *, plugged: bool) -> None:
        """Plug the cable in or pull it."""
        if plugged and not self.plugged:
            self._changed = now
        self.plugged = plugged

    def restart(self, moment: float) -> None:
        """Connect again from a moment on."""
        self._changed = moment

    def status(self, now: float, options: GlS20Options) -> EthernetStatus:
        """Return the state at a moment."""
        if not self.plugged:
            return EthernetStatus.NO_CABLE
        if now - self._changed < options.eth_connect_seconds:
            return EthernetStatus.CONNECTING
        if self.addressing.static is None and not self.dhcp_answers:
            return EthernetStatus.NOT_CONNECTED
        return EthernetStatus.CONNECTED

    @property
    def address(self) -> Address:
        """Return the address the port has once connected."""
        return self.addressing.static or LEASE
