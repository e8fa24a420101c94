"""The Wi-Fi client."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from simulators.gl_s20.air import ACCESS_POINTS, AccessPoint
from simulators.gl_s20.ethernet import DHCP, Address, Addressing
from simulators.gl_s20.options import GlS20Options

MAX_SAVED: Final = 3
AUTH_MODES: Final = 10
WPA2_ENTERPRISE: Final = 5
LEASE: Final = Address(ip="192.0.2.21", netmask="255.255.255.0", gateway="192.0.2.1")
IPV6: Final = "2001:db8::21"


class WifiStatus(IntEnum):
    """States of the client; 1 and 2 are the other way round than those of Ethernet."""

    IDLE = 0
    CONNECTING = 1
    CONNECTED = 2
    FAILED = 3


@dataclass(frozen=True, kw_only=True)
class WifiNetwork:
    """A Wi-Fi network to connect to."""

    ssid: str
    password: str
    auth_mode: int
    lock_bssid: bool = False
    bssid: str = ""
    addressing: Addressing = DHCP

    @property
    def key(self) -> tuple[str, int]:
        """Return what tells saved networks apart."""
        return (self.ssid, self.auth_mode)


class Wifi:
    """The client: what it is connected to, and the networks it has saved."""

    def __init__(self, options: GlS20Options) -> None:
        """Start connected if the options say so."""
        self.access_points: dict[str, AccessPoint] = {each.bssid: each for each in ACCESS_POINTS}
        self.load_factory()
        if options.wifi_connected:
            first = ACCESS_POINTS[0]
            home = WifiNetwork(ssid=first.ssid, password=first.password, auth_mode=first.auth_mode)
            self.save(home)
            self.start(home, -options.wifi_connect_seconds)

    def load_factory(self) -> None:
        """Take the state of a new device."""
        self.saved: list[WifiNetwork] = []
        self.reconnect = False
        self.wanted: WifiNetwork | None = None
        self._tried: set[tuple[str, int]] = set()
        self._began = 0.0

    def save(self, network: WifiNetwork) -> None:
        """Keep a network; the oldest gives way when there are too many."""
        others = [each for each in self.saved if each.key != network.key]
        self.saved = [*others, network][-MAX_SAVED:]

    def forget(self, ssid: str, auth_mode: int) -> bool:
        """Return whether a network was saved, and is no longer."""
        rest = [each for each in self.saved if each.key != (ssid, auth_mode)]
        found = len(rest) < len(self.saved)
        self.saved = rest
        return found

    def start(self, network: WifiNetwork, moment: float) -> None:
        """Connect to a network from a moment on."""
        self.wanted = network
        self._began = moment
        self._tried = {network.key}

    def stop(self) -> None:
        """Disconnect."""
        self.wanted = None

    def restart(self, moment: float) -> None:
        """Connect again from a moment on."""
        if self.wanted is not None:
            self.start(self.wanted, moment)

    def settle(self, now: float, options: GlS20Options) -> None:
        """Turn to a saved network when the wanted one cannot be had."""
        while self.reconnect and self.status(now, options) is WifiStatus.FAILED:
            others = [each for each in self.saved if each.key not in self._tried]
            if not others:
                return
            self.wanted = others[0]
            self._tried.add(others[0].key)
            self._began = now

    def status(self, now: float, options: GlS20Options) -> WifiStatus:
        """Return the state at a moment."""
        if self.wanted is None:
            return WifiStatus.IDLE
        if now - self._began < options.wifi_connect_seconds:
            return WifiStatus.CONNECTING
        return WifiStatus.CONNECTED if self.access_point else WifiStatus.FAILED

    @property
    def access_point(self) -> AccessPoint | None:
        """Return the strongest access point that lets the device in."""
        wanted = self.wanted
        if wanted is None:
            return None
        fitting = [
            each
            for each in self._heard(wanted)
            if each.auth_mode == wanted.auth_mode and each.password == wanted.password
        ]
        return max(fitting, key=lambda each: each.rssi, default=None)

    @property
    def failure(self) -> str:
        """Return why the device is not in its network."""
        if self.wanted is None or self.access_point is not None:
            return ""
        return "Authentication failed" if self._heard(self.wanted) else "AP not found"

    def _heard(self, wanted: WifiNetwork) -> list[AccessPoint]:
        """Return the access points of a network."""
        return [
            each
            for each in self.access_points.values()
            if each.ssid == wanted.ssid
            and (not wanted.lock_bssid or each.bssid == wanted.bssid.lower())
        ]

    @property
    def address(self) -> Address:
        """Return the address the device has once connected."""
        return (self.wanted.addressing.static if self.wanted else None) or LEASE
