"""The clients of the router: who is at home, in reach, connected, blocked."""

from collections.abc import Callable
from dataclasses import dataclass, field
import math
from typing import Final

from simulators.hiwifi.traffic import Load, TrafficMeter

WIRE: Final = "wire"


@dataclass(frozen=True, kw_only=True)
class Period:
    """A time for which a client was connected."""

    begin: float
    end: float | None = None


@dataclass(kw_only=True)
class Client:
    """One device in the house."""

    mac: str
    name: str
    kind: str
    ifname: str = WIRE
    ip: str
    rssi: int = 0
    load: Load
    present: bool = True
    ready_at: float = math.inf
    counted_to: float = 0
    periods: list[Period] = field(default_factory=list)

    @property
    def online(self) -> bool:
        """Return whether it is connected."""
        return bool(self.periods) and self.periods[-1].end is None

    @property
    def wired(self) -> bool:
        """Return whether it has a cable."""
        return self.ifname == WIRE

    def signal(self, now: float) -> int:
        """Return the strength of its signal in dBm."""
        return 0 if self.wired else self.rssi + round(2 * math.sin(now / 30 + self.load.phase))


class Household:
    """All clients ever seen, by MAC address."""

    def __init__(self, clients: list[Client], meter: TrafficMeter) -> None:
        """Let those who are at home connect soon."""
        self.clients = {each.mac: each for each in clients}
        self.blocked: set[str] = set()
        """Addresses kept from the internet."""
        self.most: dict[str, int] = {}
        """The most clients that were connected at once, by way."""
        self._meter = meter

    def online(self) -> list[Client]:
        """Return who is connected."""
        return [each for each in self.clients.values() if each.online]

    def count(self, ifname: str) -> int:
        """Return how many are connected in one way."""
        return sum(1 for each in self.online() if each.ifname == ifname)

    def block(self, mac: str, *, blocked: bool) -> None:
        """Keep an address from the internet, or no longer."""
        if blocked:
            self.blocked.add(mac)
        else:
            self.blocked.discard(mac)

    def settle(
        self, now: float, running: Callable[[str], bool], rejoin_seconds: float, *, internet: bool
    ) -> None:
        """Count traffic up to now, then let clients come and go."""
        for each in self.clients.values():
            if each.online:
                self._count(each, now, internet=internet)
            reachable = each.present and (each.wired or running(each.ifname))
            if not reachable:
                self.disconnect(each, now)
                each.ready_at = math.inf
            elif not each.online:
                if each.ready_at == math.inf:
                    each.ready_at = now + (0 if each.wired else rejoin_seconds)
                if now >= each.ready_at:
                    self._connect(each, each.ready_at)
                    self._count(each, now, internet=internet)

    def _count(self, client: Client, now: float, *, internet: bool) -> None:
        """Count what a client has moved since it was last counted."""
        if internet and client.mac not in self.blocked:
            self._meter.count(client.mac, client.load, client.counted_to, now)
        client.counted_to = now

    def _connect(self, client: Client, moment: float) -> None:
        """Note that a client came."""
        client.periods.append(Period(begin=moment))
        client.counted_to = moment
        self.most[client.ifname] = max(self.most.get(client.ifname, 0), self.count(client.ifname))

    def disconnect(self, client: Client, moment: float) -> None:
        """Note that a client went."""
        if client.online:
            begin = client.periods[-1].begin
            client.periods[-1] = Period(begin=begin, end=max(begin, moment))

    def kick(self, client: Client, now: float, rejoin_seconds: float) -> None:
        """Drop a client once."""
        self.disconnect(client, now)
        client.ready_at = now + rejoin_seconds

    def restart(self, moment: float, up_at: float, rejoin_seconds: float) -> None:
        """Drop everybody, and let them come back after the router."""
        for each in self.clients.values():
            self.disconnect(each, moment)
            each.ready_at = up_at + (0 if each.wired else rejoin_seconds)
