"""Traffic of the clients: rates that swing, and what they add up to."""

from collections import defaultdict
from dataclasses import dataclass, field
import math
from typing import Final

from simulators.clock import DeviceClock

SLOT_SECONDS: Final = 300
SLOTS: Final = 288
NO_VALUE: Final = -1
BITS: Final = 8
SWING: Final = 0.6
PERIOD_SECONDS: Final = 840.0
_OMEGA: Final = 2 * math.pi / PERIOD_SECONDS


@dataclass(frozen=True, kw_only=True)
class Load:
    """What a client asks for on average, in bit/s, and where its swing begins."""

    download: int
    upload: int
    phase: float

    def speeds(self, now: float) -> tuple[int, int]:
        """Return the rates of a moment, down and up."""
        factor = 1 + SWING * math.sin(_OMEGA * now + self.phase)
        return int(self.download * factor), int(self.upload * factor)

    def bytes_between(self, begin: float, end: float) -> tuple[float, float]:
        """Return what the rates add up to, down and up."""
        swing = math.cos(_OMEGA * begin + self.phase) - math.cos(_OMEGA * end + self.phase)
        factor = (end - begin + SWING / _OMEGA * swing) / BITS
        return self.download * factor, self.upload * factor


@dataclass(kw_only=True)
class Amount:
    """Bytes of one day."""

    download: float = 0
    upload: float = 0
    slots: dict[int, tuple[float, float]] = field(default_factory=dict)

    def add(self, slot: int, download: float, upload: float) -> None:
        """Count bytes within five minutes of the day."""
        self.download += download
        self.upload += upload
        before = self.slots.get(slot, (0.0, 0.0))
        self.slots[slot] = (before[0] + download, before[1] + upload)


class TrafficMeter:
    """What each client has moved, day by day."""

    def __init__(self, clock: DeviceClock) -> None:
        """Start at nothing."""
        self._clock = clock
        self._days: dict[str, defaultdict[str, Amount]] = {}

    def count(self, mac: str, load: Load, begin: float, end: float) -> None:
        """Count a client's traffic between two moments."""
        while begin < end:
            date = self._clock.date(begin)
            of_day = (date.hour * 60 + date.minute) * 60 + date.second + date.microsecond / 1e6
            slot = int(of_day // SLOT_SECONDS)
            until = min(end, begin + max((slot + 1) * SLOT_SECONDS - of_day, 1e-3))
            day = self._days.setdefault(f"{date:%Y%m%d}", defaultdict(Amount))
            day[mac].add(slot, *load.bytes_between(begin, until))
            begin = until

    def today(self) -> str:
        """Return the present day."""
        return f"{self._clock.date():%Y%m%d}"

    def day(self, date: str) -> dict[str, Amount]:
        """Return a day's amounts by client."""
        return dict(self._days.get(date, {}))

    def restart(self) -> None:
        """Lose the day's count, which lives in memory."""
        self._days.pop(self.today(), None)
