"""The month of a data plan, which begins on any day of the calendar's month."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

_TOO_SHORT: Final = timedelta(days=1)
"""What was used in less time says nothing about a month."""


@dataclass(frozen=True, kw_only=True)
class BillingMonth:
    """One month of a data plan."""

    first: date
    following: date
    """First day of the next one."""


def billing_month(today: date, start_day: int) -> BillingMonth:
    """Return the month that a day belongs to.

    In a month of the calendar that is too short for the billing day, its last day is the day.
    """
    begin = _begin(today.year, today.month, start_day)
    if today < begin:
        before = date(today.year, today.month, 1) - timedelta(days=1)
        return BillingMonth(first=_begin(before.year, before.month, start_day), following=begin)
    after = date(today.year, today.month, 1) + timedelta(days=31)
    return BillingMonth(first=begin, following=_begin(after.year, after.month, start_day))


def projected_use(
    used: int, *, now: datetime, month: BillingMonth, cleared: date | None
) -> int | None:
    """Return what will have been used at the month's end if it goes on like this.

    None while there is too little to judge by. Counters that were cleared in this month tell
    nothing of the time before.
    """
    counted_since = month.first if cleared is None else max(month.first, cleared)
    elapsed = now - _midnight(counted_since, now)
    if elapsed < _TOO_SHORT:
        return None
    rest = _midnight(month.following, now) - now
    return round(used * (1 + rest / elapsed))


def _begin(year: int, month: int, start_day: int) -> date:
    """Return the day on which a plan renews in a month of the calendar."""
    return date(year, month, min(start_day, monthrange(year, month)[1]))


def _midnight(day: date, now: datetime) -> datetime:
    """Return when a day begins where it is now."""
    return datetime(day.year, day.month, day.day, tzinfo=now.tzinfo)
