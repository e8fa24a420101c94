"""How much happens in a soak, by what somebody asks for."""

import pytest

from benchmarks.soak_messages import extent, parse
from benchmarks.support.device import Extent
from benchmarks.support.plays import PLAYS


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], Extent(incoming=5000, backlog=1500, outgoing=500, seconds=360)),
        (["--device", "hilink"], Extent(incoming=1000, backlog=200, outgoing=200, seconds=300)),
        (
            ["--device", "hilink", "--incoming", "150", "--outgoing", "30", "--seconds", "60"],
            Extent(incoming=150, backlog=30, outgoing=30, seconds=60),
        ),
        (
            ["--incoming", "2000", "--backlog", "50"],
            Extent(incoming=2000, backlog=50, outgoing=500, seconds=360),
        ),
    ],
)
def test_extent(arguments: list[str], expected: Extent) -> None:
    """What is not asked for is usual for the device; of fewer messages fewer wait."""
    options = parse(arguments)
    assert extent(PLAYS[options.device].device.extent, options) == expected
