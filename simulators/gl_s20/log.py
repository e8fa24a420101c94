"""The device's log: what went wrong, one line each."""

from collections import deque
from collections.abc import Callable

LINES = 500


class Log:
    """The latest lines."""

    def __init__(self, uptime: Callable[[], float]) -> None:
        """Start empty."""
        self._uptime = uptime
        self.lines: deque[str] = deque(maxlen=LINES)

    def note(self, source: str, text: str) -> None:
        """Note a warning with the milliseconds since the start."""
        self.lines.append(f"W ({int(self._uptime() * 1000)}) {source}: {text}")
