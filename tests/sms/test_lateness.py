"""When a message is too old to be news."""

from datetime import timedelta

import pytest

from custom_components.gatehouse.sms.lateness import is_late

from .fakes import NOW

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("age", "looked_at", "late"),
    [
        (timedelta(), None, False),
        (10 * MINUTE, None, False),
        (10 * MINUTE + SECOND, None, True),
        (10 * MINUTE + SECOND, timedelta(), True),
        # the device's clock is a little fast
        (-2 * MINUTE, None, False),
        (-2 * MINUTE, 60 * MINUTE, False),
        # the device's clock is wrong
        (-2 * MINUTE - SECOND, None, True),
        (-2 * MINUTE - SECOND, timedelta(), False),
        (-60 * MINUTE, 10 * MINUTE, False),
        (-60 * MINUTE, 10 * MINUTE + SECOND, True),
        (-60 * MINUTE, -SECOND, True),
        # the device tells no time
        (None, None, True),
        (None, 10 * MINUTE, False),
        (None, 10 * MINUTE + SECOND, True),
        (None, -SECOND, True),
    ],
)
def test_is_late(age: timedelta | None, looked_at: timedelta | None, late: bool) -> None:  # noqa: FBT001 - a column of the table
    """A message is late by its time, or by the time since somebody looked if that is no use."""
    time = None if age is None else NOW - age
    last = None if looked_at is None else NOW - looked_at
    assert is_late(time, now=NOW, looked_at=last) is late
