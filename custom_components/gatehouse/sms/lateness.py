"""When a received message is too old to be news."""

from datetime import datetime, timedelta
from typing import Final

LATE_AFTER: Final = timedelta(minutes=10)

_CLOCK_TOLERANCE: Final = timedelta(minutes=2)
"""A message from further in the future was stamped by a wrong clock."""


def is_late(time: datetime | None, *, now: datetime, looked_at: datetime | None) -> bool:
    """Tell whether a message is late by its time, or else by when the list was last read through.

    `looked_at` None: not since the start, so that nobody knows for how long the message waited.
    """
    if time is not None and time <= now + _CLOCK_TOLERANCE:
        return now - time > LATE_AFTER
    if looked_at is None:
        return True
    return not timedelta() <= now - looked_at <= LATE_AFTER
