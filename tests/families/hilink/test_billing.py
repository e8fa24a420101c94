"""The month of a data plan, and what is to be expected of it."""

from datetime import UTC, date, datetime

import pytest

from custom_components.gatehouse.families.hilink.billing import billing_month, projected_use


@pytest.mark.parametrize(
    ("today", "start_day", "first", "following"),
    [
        ("2026-09-01", 1, "2026-09-01", "2026-10-01"),
        ("2026-09-14", 15, "2026-08-15", "2026-09-15"),
        ("2026-09-15", 15, "2026-09-15", "2026-10-15"),
        ("2026-12-31", 20, "2026-12-20", "2027-01-20"),
        ("2027-01-02", 20, "2026-12-20", "2027-01-20"),
        ("2026-02-27", 31, "2026-01-31", "2026-02-28"),
        ("2026-02-28", 31, "2026-02-28", "2026-03-31"),
        ("2028-02-28", 29, "2028-01-29", "2028-02-29"),
        ("2026-04-30", 31, "2026-04-30", "2026-05-31"),
        ("2026-03-01", 30, "2026-02-28", "2026-03-30"),
    ],
)
def test_month(today: str, start_day: int, first: str, following: str) -> None:
    """A month lasts from one billing day to the next; a short one ends on its last day."""
    month = billing_month(date.fromisoformat(today), start_day)
    assert (month.first.isoformat(), month.following.isoformat()) == (first, following)


@pytest.mark.parametrize(
    ("now", "cleared", "expected"),
    [
        ("2026-09-11T00:00", None, 3000),
        ("2026-09-16T00:00", None, 2000),
        ("2026-09-01T23:00", None, None),
        ("2026-09-11T00:00", "2026-04-18", 3000),
        ("2026-09-11T00:00", "2026-09-06", 5000),
        ("2026-09-11T12:00", "2026-09-11", None),
    ],
)
def test_projection(now: str, cleared: str | None, expected: int | None) -> None:
    """Use goes on as it did; on the first day, and after a clearing, there is nothing to go by."""
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert (
        projected_use(
            1000,
            now=moment,
            month=billing_month(moment.date(), 1),
            cleared=date.fromisoformat(cleared) if cleared else None,
        )
        == expected
    )
