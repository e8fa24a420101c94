"""What a soak has shown, as a table."""

from collections.abc import Iterable
from dataclasses import dataclass

from scripts.support.console import say


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a table."""

    name: str
    count: int
    wrong: bool = False
    """Whether anything but zero is a failure."""

    @property
    def failed(self) -> bool:
        """Return whether there is what must not be."""
        return self.wrong and self.count != 0

    @property
    def text(self) -> str:
        """Return the line."""
        mark = "must be 0" if self.wrong else ""
        return f"{self.name:<66}{self.count:>7}  {'WRONG' if self.failed else mark}".rstrip()


def print_rows(rows: Iterable[Row]) -> bool:
    """Print a table, and return whether nothing in it is wrong."""
    good = True
    for row in rows:
        good = good and not row.failed
        say(row.text)
    return good
