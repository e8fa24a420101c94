"""The two ways to the internet, and failover between them."""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any

from simulators.gl_s20.ethernet import DHCP, Ethernet, EthernetStatus
from simulators.gl_s20.options import GlS20Options, Reach
from simulators.gl_s20.wifi import Wifi, WifiStatus

MAX_CHECKED = 3


class Uplink(StrEnum):
    """The interfaces, by their names in the API."""

    ETH = "eth"
    WIFI = "wifi"


class WanStatus(IntEnum):
    """States of the way to the internet."""

    NO_NETWORK = 0
    NO_INTERNET = 1
    ONLINE = 2


@dataclass(kw_only=True)
class Check:
    """How an interface is watched; an interval is in minutes."""

    enable: bool = False
    priority: int
    interval: int = 1
    success_time: int = 3
    fail_time: int = 3
    ipv4: list[str] = field(default_factory=lambda: ["192.0.2.53", "198.51.100.53"])
    ipv6: list[str] = field(default_factory=lambda: ["2001:db8::53"])

    def fields(self) -> dict[str, Any]:
        """Return what configurations have in common."""
        return {
            "check_interval": self.interval,
            "check_success_time": self.success_time,
            "check_fail_time": self.fail_time,
            "check_ipv4": list(self.ipv4),
            "check_ipv6": list(self.ipv6),
        }


class Uplinks:
    """Ethernet, Wi-Fi and which of them is in use."""

    def __init__(self, options: GlS20Options) -> None:
        """Start as the options say."""
        self.ethernet = Ethernet(options)
        self.wifi = Wifi(options)
        self.checks = _factory_checks()
        self.active: Uplink | None = None
        self._offline_since: dict[Uplink, float] = {}
        self.follow()

    def follow(self) -> None:
        """Let the client know the present addresses."""
        self._known = {name: self._ip(name) for name in Uplink}

    def _ip(self, uplink: Uplink) -> str:
        """Return the IPv4 address an interface has once connected."""
        return (self.ethernet if uplink is Uplink.ETH else self.wifi).address.ip

    @property
    def moved(self) -> set[Uplink]:
        """Return the interfaces with another address than the client knows."""
        return {name for name, ip in self._known.items() if ip != self._ip(name)}

    def load_factory(self, moment: float) -> None:
        """Take the state of a new device, connected from a moment on."""
        self.ethernet.addressing = DHCP
        self.wifi.load_factory()
        self.checks = _factory_checks()
        self.restart(moment)

    def restart(self, moment: float) -> None:
        """Connect again from a moment on, by priority."""
        self.ethernet.restart(moment)
        self.wifi.restart(moment)
        self.active = None

    def set_internet(self, uplink: Uplink, now: float, *, available: bool) -> None:
        """Let the internet behind an interface come or go."""
        if available:
            self._offline_since.pop(uplink, None)
        else:
            self._offline_since.setdefault(uplink, now)

    def connected(self, uplink: Uplink, now: float, options: GlS20Options) -> bool:
        """Return whether an interface has an address."""
        if uplink is Uplink.ETH:
            return self.ethernet.status(now, options) is EthernetStatus.CONNECTED
        return self.wifi.status(now, options) is WifiStatus.CONNECTED

    def _failed(self, uplink: Uplink, now: float) -> bool:
        """Return whether the checks have found an interface without internet."""
        check = self.checks[uplink]
        since = self._offline_since.get(uplink)
        return (
            check.enable
            and since is not None
            and now - since >= 60 * check.interval * check.fail_time
        )

    def settle(self, now: float, options: GlS20Options) -> None:
        """Change over where the interface in use does not serve; never back without need."""
        self.wifi.settle(now, options)
        usable = [each for each in Uplink if self.connected(each, now, options)]
        good = [each for each in usable if not self._failed(each, now)]
        if self.active in good:
            return
        candidates = good or ([] if self.active in usable else usable)
        if candidates or self.active not in usable:
            self.active = min(candidates, key=lambda each: self.checks[each].priority, default=None)

    def wan_status(self, now: float) -> WanStatus:
        """Return what the device believes of its way to the internet."""
        if self.active is None:
            return WanStatus.NO_NETWORK
        return WanStatus.NO_INTERNET if self._failed(self.active, now) else WanStatus.ONLINE

    def internet(self) -> bool:
        """Return whether there really is internet."""
        return self.active is not None and self.active not in self._offline_since

    def reachable(self, now: float, options: GlS20Options) -> bool:
        """Return whether the client still finds the device where it was."""
        if options.reached_over is Reach.ANY:
            return True
        uplink = Uplink(options.reached_over)
        return uplink not in self.moved and self.connected(uplink, now, options)


def _factory_checks() -> dict[Uplink, Check]:
    """Return how a new device watches its interfaces."""
    return {Uplink.ETH: Check(priority=1), Uplink.WIFI: Check(priority=2)}
