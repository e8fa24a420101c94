"""Pages of a box, newest first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from simulators.openvox.options import PastLastPage


class Row(Protocol):
    """What a box is made of."""

    @property
    def number(self) -> str:
        """Return the other party."""

    @property
    def time(self) -> datetime:
        """Return the local time that is shown."""


@dataclass(frozen=True, kw_only=True)
class Query:
    """Which page of which rows."""

    page: int
    size: int
    number: str | None = None
    start: datetime | None = None
    end: datetime | None = None

    @property
    def filtered(self) -> bool:
        """Return whether rows may be left out."""
        return (self.number, self.start, self.end) != (None, None, None)

    def matches(self, row: Row) -> bool:
        """Return whether a row is asked for; both ends count."""
        return (
            self.number in {None, row.number}
            and (self.start is None or row.time >= self.start)
            and (self.end is None or row.time <= self.end)
        )


def select[R: Row](
    rows: Sequence[R], query: Query, also: Callable[[R], bool] | None = None
) -> Sequence[R]:
    """Return the rows that are asked for: the very same ones when nothing is left out."""
    if not query.filtered and also is None:
        return rows
    return [row for row in rows if query.matches(row) and (also is None or also(row))]


def pages(rows: Sequence[Row], query: Query) -> int:
    """Return how many pages there are."""
    return -(-len(rows) // query.size)


def page[R: Row](rows: Sequence[R], query: Query, past: PastLastPage) -> list[R]:
    """Return one page of rows that are kept oldest first."""
    number = query.page
    if past is PastLastPage.REPEAT:
        number = min(number, max(1, pages(rows, query)))
    end = len(rows) - (number - 1) * query.size
    return list(reversed(rows[max(0, end - query.size) : max(0, end)]))
