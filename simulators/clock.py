"""A simulated device's own sense of time."""

from collections.abc import Callable
from datetime import datetime, timedelta

DATE_FORMAT = "%Y-%m-%d %H:%M:%S"


class DeviceClock:
    """Seconds since the simulator was created, and the date that belongs to them."""

    def __init__(self, clock: Callable[[], float], start: datetime) -> None:
        """Start at zero seconds, on the date the device is to show."""
        self._clock = clock
        self._origin = clock()
        self._skipped = 0.0
        self._start = start

    @property
    def now(self) -> float:
        """Return the seconds since the simulator was created."""
        return self._clock() - self._origin + self._skipped

    def advance(self, seconds: float) -> None:
        """Let seconds pass at once."""
        self._skipped += seconds

    def date(self, moment: float | None = None) -> datetime:
        """Return the local date and time of a moment, by default the present one."""
        return self._start + timedelta(seconds=self.now if moment is None else moment)

    def text(self, moment: float | None = None) -> str:
        """Return the date as the device writes it in messages."""
        return self.date(moment).strftime(DATE_FORMAT)

    def next_midnight(self, moment: float) -> float:
        """Return the first midnight after a moment."""
        date = self.date(moment)
        midnight = datetime.combine(date.date(), datetime.min.time()) + timedelta(days=1)
        return moment + (midnight - date).total_seconds()
