"""A table of a soak, and what makes it a failure."""

import pytest

from benchmarks.support.verdict import Row, print_rows


@pytest.mark.parametrize(
    ("row", "good", "end"),
    [
        (Row(name="lost", count=0, wrong=True), True, "0  must be 0"),
        (Row(name="lost", count=3, wrong=True), False, "3  WRONG"),
        (Row(name="lost", count=-1, wrong=True), False, "-1  WRONG"),
        (Row(name="told of", count=3), True, "3"),
    ],
)
def test_failures(row: Row, *, good: bool, end: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One row that is wrong is enough, wherever it stands."""
    rows = [row, Row(name="received", count=1)]
    assert print_rows(rows) is good
    first, _ = capsys.readouterr().out.splitlines()
    assert first.endswith(end)
