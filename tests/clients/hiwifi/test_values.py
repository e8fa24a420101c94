"""Values in every form that routers write them in."""

from collections.abc import Callable
import json

import pytest

from custom_components.gatehouse.clients.hiwifi import values
from custom_components.gatehouse.clients.hiwifi.values import (
    byte_rate,
    count,
    dbm,
    device_id,
    elements,
    exact_text,
    flag,
    integer,
    inverted,
    mac_address,
    megabits,
    members,
    moment,
    percentage,
    structure,
    text,
)

PARSERS = (
    byte_rate,
    count,
    dbm,
    elements,
    exact_text,
    flag,
    integer,
    inverted,
    mac_address,
    megabits,
    members,
    moment,
    percentage,
    structure,
    text,
)

ODDITIES: tuple[object, ...] = (
    None,
    "",
    " ",
    "x",
    "1e999",
    "NaN",
    "\uff19\uff19",
    float("nan"),
    float("inf"),
    10**5000,
    "9" * 5000,
    -1,
    True,
    [],
    {},
    [[]],
    {"a": {}},
    b"1",
    object(),
    "[" * 100_000,
    '{"a":',
    "\ud800",
)


@pytest.mark.parametrize("parser", PARSERS)
def test_nothing_is_too_odd(parser: Callable[[object], object]) -> None:
    """A surprising value costs one reading and nothing else."""
    for oddity in ODDITIES:
        parser(oddity)


@pytest.mark.parametrize(
    ("parser", "raw", "value"),
    [
        (integer, 7, 7),
        (integer, "7", 7),
        (integer, " -7 ", -7),
        (integer, "7.0", 7),
        (integer, 7.9, 7),
        (integer, True, 1),
        (integer, "7x", None),
        (integer, "", None),
        (count, "0", 0),
        (count, -1, None),
        (moment, 0, None),
        (moment, "1788235200", 1788235200),
        (percentage, "100", 100),
        (percentage, 101, None),
        (byte_rate, "1024", 8192),
        (byte_rate, "", None),
        (flag, 1, True),
        (flag, "0", False),
        (flag, True, True),
        (flag, "true", True),
        (flag, "up", True),
        (flag, "DOWN", False),
        (flag, "maybe", None),
        (inverted, "1", False),
        (inverted, None, None),
        (mac_address, "D4EE07A05201", "d4:ee:07:a0:52:01"),
        (mac_address, "d4:ee:07:a0:52:01", "d4:ee:07:a0:52:01"),
        (mac_address, "D4-EE-07-A0-52-01", "d4:ee:07:a0:52:01"),
        (mac_address, "D4:EE07A05201", None),
        (mac_address, "D4EE07A0520", None),
        (mac_address, "G4EE07A05201", None),
        (dbm, "-52", -52),
        (dbm, 0, None),
        (dbm, 48, None),
        (dbm, -300, None),
        (megabits, "100M", 100),
        (megabits, "1000Mbps", 1000),
        (megabits, "1G", 1000),
        (megabits, "2.5 Gbit/s", 2500),
        (megabits, 10, 10),
        (megabits, "", None),
        (megabits, "unknown", None),
        (text, "  a ", "a"),
        (text, 5, "5"),
        (text, " ", None),
        (exact_text, "  a ", "  a "),
        (exact_text, "", None),
        (exact_text, True, None),
        (structure, '{"a": 1}', {"a": 1}),
        (structure, " [1, 2] ", [1, 2]),
        (structure, "{a}", "{a}"),
        (structure, "a", "a"),
        (members, '{"a": 1}', {"a": 1}),
        (members, [1], {}),
        (elements, [1, 2], [1, 2]),
        (elements, {}, []),
        (elements, {"1": "a", "2": "b"}, ["a", "b"]),
        (elements, {"a": "b"}, []),
        (elements, "[3]", [3]),
        (elements, "3", []),
    ],
)
def test_values(parser: Callable[[object], object], raw: object, value: object) -> None:
    """What is meant is found."""
    found = parser(raw)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("written", ["D4EE07A05201", "d4:ee:07:a0:52:01", "D4-ee-07-a0-52-01"])
def test_device_id(written: str) -> None:
    """The API wants twelve capital digits."""
    assert device_id(written) == "D4EE07A05201"


@pytest.mark.parametrize("written", ["", "192.168.199.1", "D4EE07A0520", "'; reboot;'"])
def test_no_device_id(written: str) -> None:
    """Anything else is refused, and not repeated."""
    with pytest.raises(ValueError, match="hardware address") as caught:
        device_id(written)
    assert not written or written not in str(caught.value)


def test_deeply_nested_text_stays_text() -> None:
    """What no parser survives is left alone."""
    deep = "[" * 100_000 + "]" * 100_000
    assert values.structure(deep) == deep
    assert values.members(json.dumps({"a": [1]})) == {"a": [1]}
