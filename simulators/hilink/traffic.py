"""Traffic counters that move with the clock."""

from calendar import monthrange
from dataclasses import dataclass
import math

from simulators.clock import DeviceClock
from simulators.hilink.wire import Fields

SLOT_SECONDS = 10
DOWNLOAD_RATES = tuple(
    round(250_000 * (1 + 0.8 * math.sin(0.7 * slot) * math.cos(0.3 * slot))) for slot in range(64)
)
UPLOAD_RATES = tuple(
    round(40_000 * (1 + 0.7 * math.sin(0.9 * slot) * math.cos(0.2 * slot))) for slot in range(64)
)


@dataclass(kw_only=True)
class Counter:
    """Bytes in both directions and the time connected."""

    download: float = 0
    upload: float = 0
    seconds: float = 0

    def add(self, download: float, upload: float, seconds: float) -> None:
        """Count more."""
        self.download += download
        self.upload += upload
        self.seconds += seconds


def rate(rates: tuple[int, ...], moment: float) -> int:
    """Return the bytes per second at a moment."""
    return rates[int(moment // SLOT_SECONDS) % len(rates)]


def transferred(rates: tuple[int, ...], moment: float) -> float:
    """Return the bytes between the start and a moment, by summing up the rates."""
    slots = int(moment // SLOT_SECONDS)
    rounds, rest = divmod(slots, len(rates))
    whole = (rounds * sum(rates) + sum(rates[:rest])) * SLOT_SECONDS
    return whole + rate(rates, moment) * (moment - slots * SLOT_SECONDS)


class Traffic:
    """The counters of the present connection, the day, the month and all time."""

    def __init__(self, clock: DeviceClock, totals: Fields, month: Fields) -> None:
        """Continue from a profile's counters."""
        self._clock = clock
        self._settled = 0.0
        self._padded_dates = _is_padded(str(month.get("MonthLastClearTime") or ""))
        self.start_day = 1
        self.cleared = str(month.get("MonthLastClearTime") or "")
        self.current = Counter(
            download=_number(totals, "CurrentDownload"), upload=_number(totals, "CurrentUpload")
        )
        self.total = Counter(
            download=_number(totals, "TotalDownload"),
            upload=_number(totals, "TotalUpload"),
            seconds=_number(totals, "TotalConnectTime"),
        )
        self.month = Counter(
            download=_number(month, "CurrentMonthDownload"),
            upload=_number(month, "CurrentMonthUpload"),
            seconds=_number(month, "MonthDuration"),
        )
        self.day = Counter(
            download=_number(month, "CurrentDayUsed"), seconds=_number(month, "CurrentDayDuration")
        )

    def settle(self, now: float, connected_since: float | None) -> None:
        """Count what went through since the last time, day by day."""
        while self._settled < now:
            midnight = self._clock.next_midnight(self._settled)
            end = min(now, midnight)
            if connected_since is not None and connected_since < end:
                self._count(max(self._settled, connected_since), end)
            self._settled = end
            if end == midnight:
                self._begin_day(end)

    def _count(self, begin: float, end: float) -> None:
        """Count the traffic between two moments."""
        download = transferred(DOWNLOAD_RATES, end) - transferred(DOWNLOAD_RATES, begin)
        upload = transferred(UPLOAD_RATES, end) - transferred(UPLOAD_RATES, begin)
        for counter in (self.current, self.total, self.month, self.day):
            counter.add(download, upload, end - begin)

    def _begin_day(self, moment: float) -> None:
        """Begin a new day, and on the billing day a new month."""
        self.day = Counter()
        date = self._clock.date(moment)
        if date.day == min(self.start_day, monthrange(date.year, date.month)[1]):
            self.month = Counter()

    def begin_connection(self) -> None:
        """Start the counters of a connection again."""
        self.current = Counter()

    def clear(self) -> None:
        """Clear everything by hand."""
        self.current, self.total, self.month, self.day = (Counter() for _ in range(4))
        date = self._clock.date()
        self.cleared = (
            f"{date:%Y-%m-%d}" if self._padded_dates else f"{date.year}-{date.month}-{date.day}"
        )

    def statistics(self, now: float, connected_since: float | None) -> Fields:
        """Return the fields of monitoring/traffic-statistics."""
        connected = connected_since is not None
        return {
            "CurrentConnectTime": str(
                int(now - connected_since) if connected_since is not None else 0
            ),
            "CurrentUpload": str(int(self.current.upload)),
            "CurrentDownload": str(int(self.current.download)),
            "CurrentDownloadRate": str(rate(DOWNLOAD_RATES, now) if connected else 0),
            "CurrentUploadRate": str(rate(UPLOAD_RATES, now) if connected else 0),
            "TotalUpload": str(int(self.total.upload)),
            "TotalDownload": str(int(self.total.download)),
            "TotalConnectTime": str(int(self.total.seconds)),
        }

    def month_statistics(self) -> Fields:
        """Return the fields of monitoring/month_statistics."""
        return {
            "CurrentMonthDownload": str(int(self.month.download)),
            "CurrentMonthUpload": str(int(self.month.upload)),
            "MonthDuration": str(int(self.month.seconds)),
            "MonthLastClearTime": self.cleared,
            "CurrentDayUsed": str(int(self.day.download + self.day.upload)),
            "CurrentDayDuration": str(int(self.day.seconds)),
        }


def _number(fields: Fields, name: str) -> float:
    """Return a recorded number, zero when there is none."""
    return float(str(fields.get(name) or 0))


def _is_padded(date: str) -> bool:
    """Return whether a recorded date has two digits for the month."""
    return not date or len(date.split("-")[1]) > 1
