"""Tolerant parsers: the value, or None, and never an error."""

from datetime import datetime
from typing import Any

import pytest

from custom_components.gatehouse.clients.openvox import values

ODD: tuple[Any, ...] = (
    None,
    True,
    [],
    {},
    "",
    " ",
    1.5,
    "x",
    [1, 2],
    {"a": 1},
    10**5000,
    float("nan"),
)


@pytest.mark.parametrize(
    "parser",
    [
        values.body,
        values.text,
        values.integer,
        values.count,
        values.port_number,
        values.flag,
        values.registration,
        values.moment,
        lambda raw: values.elements(raw, "port"),
        lambda raw: list(values.numbered(raw)),
    ],
)
def test_nothing_raises(parser: Any) -> None:
    """Whatever the gateway says, it costs one value."""
    for raw in ODD:
        parser(raw)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("\ufeffabc", "abc"),
        ("https://dx.10086.cn/3IT2\ufeffFg", "https://dx.10086.cn/3IT2Fg"),
        ("1\ufeff39\ufeff", "139"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("\r\ufeff\n", "\n"),
        ("  kept  ", "  kept  "),
        ("", ""),
        (12345, "12345"),
        (0, "0"),
        ("x" * 40_000, "x" * 40_000),
        (None, None),
        (True, None),
        ([], None),
    ],
)
def test_body(raw: object, expected: str | None) -> None:
    """Messages keep everything but marks and foreign line ends."""
    assert values.body(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (" lte-16 ", "lte-16"),
        ("\ufefflte-16", "lte-16"),
        (16, "16"),
        ("", None),
        ("  ", None),
        ("\ufeff", None),
        (None, None),
        (False, None),
        ("x" * 5000, None),
    ],
)
def test_text(raw: object, expected: str | None) -> None:
    """Names and words."""
    assert values.text(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [(7, 7), ("7", 7), (" 7 ", 7), ("-1", -1), ("7.5", None), ("7x", None), (True, 1), ([7], None)],
)
def test_integer(raw: object, expected: int | None) -> None:
    """Numbers, also as texts."""
    assert values.integer(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (1, 1),
        ("16", 16),
        (["3"], 3),
        ([3], 3),
        ([[3]], 3),
        ([3, 4], None),
        ([], None),
        (0, None),
        ("0", None),
        (-1, None),
        ("gsm-1", None),
    ],
)
def test_port_number(raw: object, expected: int | None) -> None:
    """A number, a text or a list of one; never taken from a name."""
    assert values.port_number(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("0", True), (0, True), ("1", False), (1, False), ("2", None), ("", None), (None, None)],
)
def test_registration_is_inverted(raw: object, expected: bool | None) -> None:  # noqa: FBT001 - a column
    """0 stands for registered, 1 for not."""
    assert values.registration(raw) is expected


EVENING = datetime(2024, 10, 28, 16, 18, 22)  # noqa: DTZ001 - the gateway gives no zone


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2024-10-28 16:18:22", EVENING),
        ("2024/10/28 16:18:22", EVENING),
        ("24-10-28 16:18:22", EVENING),
        ("24/10/28 16:18:22", EVENING),
        ("\ufeff 2024-10-28  16:18:22 ", EVENING),
        ("2024-10-28T16:18:22", EVENING),
        ("2024/10/28 16:18", EVENING.replace(second=0)),
        ("2024/1/2 3:04:05", datetime(2024, 1, 2, 3, 4, 5)),  # noqa: DTZ001 - likewise
        ("2024/10-28 16:18:22", None),
        ("2024-13-28 16:18:22", None),
        ("2024-02-30 16:18:22", None),
        ("0000-00-00 00:00:00", None),
        ("28.10.2024 16:18:22", None),
        ("224-10-28 16:18:22", None),
        (1733131658, None),
        ("", None),
    ],
)
def test_moment(raw: object, expected: datetime | None) -> None:
    """Both separators, years of two and of four digits, no time zone."""
    found = values.moment(raw)
    assert found == expected
    assert found is None or found.tzinfo is None


A, B = {"name": "a"}, {"name": "b", "port": "7"}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ([A, B], (A, B)),
        ([A, None, "x", 3, [], B], (A, B)),
        ({"1": A, "2": B}, ({"port": "1", **A}, B)),
        ({"1": A, "2": "", "3": []}, ({"port": "1", **A},)),
        (A, (A,)),
        ({"name": "a", "detail": {"x": 1}}, ({"name": "a", "detail": {"x": 1}},)),
        ({}, ()),
        ([], ()),
        ("", ()),
        (None, ()),
        (0, ()),
        ("text", ()),
    ],
)
def test_elements(raw: object, expected: tuple[object, ...]) -> None:
    """A list, an object by numbers, a single object, and the many ways to write nothing."""
    assert values.elements(raw, "port") == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"1": "1", "32": "0"}, [("1", "1"), ("32", "0")]),
        (["1", "0"], [(1, "1"), (2, "0")]),
        ([None, "1", "0"], [(0, None), (1, "1"), (2, "0")]),
        (["", "1"], [(0, ""), (1, "1")]),
        ([[], {}], [(0, []), (1, {})]),
        ([], []),
        ("", []),
        (None, []),
    ],
)
def test_numbered(raw: object, expected: list[tuple[object, object]]) -> None:
    """An object by port, or the list that PHP makes of it."""
    assert list(values.numbered(raw)) == expected
