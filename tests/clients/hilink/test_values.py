"""Parsers of the general values in HiLink replies."""

from collections.abc import Callable
from datetime import date, datetime
from random import Random
from typing import Any

import pytest

from custom_components.gatehouse.clients.hilink import radio, values

ODD_INPUTS = [
    None,
    "",
    " ",
    "\t\n",
    "-",
    "--",
    "abc",
    "N/A",
    "\x00",
    "\ud83d",
    "١٢٣",
    "²",
    "1e5",
    "0x",
    "--5",
    "5-",
    "nan",
    "inf",
    "DL:",
    "No1:",
    "@",
    "((((",
    "2024-13-45",
    "0000-00-00",
    "9999-99-99 99:99:99",
    "9" * 41,
    "9" * 5000,
    "9" * 200_000,
    "-" + "9" * 5000,
    "9" * 400 + ".5dBm",
    "9" * 400 + "GB",
    "f" * 5000,
    "No1:" * 5000,
    "mcs" * 5000,
    "1.1." * 5000,
    {},
    {"#text": "5"},
    [],
    ["5"],
    [{}],
    (),
    b"5",
    object(),
    True,
    10**5000,
    1.5,
    float("nan"),
    float("inf"),
]

RESULT_TYPES: dict[Callable[[object], Any], type] = {
    values.text: str,
    values.integer: int,
    values.count: int,
    values.percentage: int,
    values.flag: bool,
    values.number: float,
    values.calendar_date: date,
    values.timestamp: datetime,
    values.data_size: int,
    values.comma_list: tuple,
    values.bar_list: tuple,
    values.elements: list,
    values.address: str,
    values.mac_address: str,
    radio.rsrp: float,
    radio.rsrq: float,
    radio.nr_rsrq: float,
    radio.sinr: float,
    radio.rssi: float,
    radio.rscp: float,
    radio.ecio: float,
    radio.frequency: float,
    radio.frequency_in_tenths: float,
    radio.bandwidth: float,
    radio.cqi: int,
    radio.rank: int,
    radio.block_error_rate: float,
    radio.physical_cell_id: int,
    radio.cell_id: int,
    radio.area_code: int,
    radio.nr_area_code: int,
    radio.routing_area: int,
    radio.channel: int,
    radio.channel_pair: radio.ChannelPair,
    radio.transmit_power: radio.TransmitPower,
    radio.mcs: tuple,
    radio.neighbours: tuple,
    radio.carriers: tuple,
    radio.transmission_mode: int,
}
"""All parsers, and what they return when they return something."""


@pytest.mark.parametrize("parser", RESULT_TYPES)
def test_odd_input_is_never_an_error(parser: Callable[[object], Any]) -> None:
    """Whatever arrives, a parser returns a value of its type or None."""
    for raw in ODD_INPUTS:
        result = parser(raw)
        assert result is None or isinstance(result, RESULT_TYPES[parser]), repr(raw)[:60]


@pytest.mark.parametrize("parser", RESULT_TYPES)
def test_scrambled_input_is_never_an_error(parser: Callable[[object], Any]) -> None:
    """Nor is any mixture of the characters that the formats are made of."""
    random = Random(20)  # noqa: S311 - the same mixtures in each run
    alphabet = "0123456789-+.:@()<>=;, |ABNDLULxTMkHzGdm%[]"
    for _ in range(3000):
        raw = "".join(random.choices(alphabet, k=random.randrange(24)))
        result = parser(raw)
        assert result is None or isinstance(result, RESULT_TYPES[parser]), raw


@pytest.mark.parametrize("parser", [each for each in RESULT_TYPES if each is not values.elements])
@pytest.mark.parametrize("raw", [None, "", " ", "-", "--", {}, []])
def test_nothing_is_none(parser: Callable[[object], Any], raw: object) -> None:
    """What the devices write for "nothing" is None for every parser."""
    assert parser(raw) is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("E3372", "E3372"), ("  B525s-23a ", "B525s-23a"), ("0", "0"), (5, "5"), (True, None)],
)
def test_text(raw: object, expected: str | None) -> None:
    """Texts lose their surrounding blanks."""
    assert values.text(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("901", 901),
        ("-1", -1),
        ("+7", 7),
        ("0007", 7),
        ("18554169910362", 18554169910362),
        ("99999999999999999999999999", 99999999999999999999999999),
        (" 42 ", 42),
        (42, 42),
        ("42 ", 42),
        ("4.2", None),
        ("42dBm", None),
        ("1_000", None),
        ("0x2A", None),
    ],
)
def test_integer(raw: object, expected: int | None) -> None:
    """Integers are decimal and of any size."""
    assert values.integer(raw) == expected


@pytest.mark.parametrize(("raw", "expected"), [("0", 0), ("5", 5), ("-1", None), ("x", None)])
def test_count(raw: str, expected: int | None) -> None:
    """Counts are not negative."""
    assert values.count(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"), [("0", 0), ("100", 100), ("101", None), ("-1", None), ("255", None)]
)
def test_percentage(raw: str, expected: int | None) -> None:
    """Percentages end at 100."""
    assert values.percentage(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("0", False), ("1", True), (0, False), (1, True), (True, True), ("2", None), ("on", None)],
)
def test_flag(raw: object, expected: bool | None) -> None:  # noqa: FBT001 - the value under test
    """Switches are 0 or 1; a third value is not a switch."""
    assert values.flag(raw) is expected


@pytest.mark.parametrize(
    ("raw", "units", "expected"),
    [
        ("-95dBm", ("dBm",), -95.0),
        ("-95 dBm", ("dBm",), -95.0),
        ("-9.0dB", ("dB",), -9.0),
        (">=-51dBm", ("dBm",), -51.0),
        ("<=-113dBm", ("dBm",), -113.0),
        ("&gt;=-51dBm", ("dBm",), -51.0),
        ("&lt;=-113dBm", ("dBm",), -113.0),
        ("<-20", (), -20.0),
        ("-96", ("dBm",), -96.0),
        ("-96", (), -96.0),
        ("-95DBM", ("dBm",), -95.0),
        ("-95dBm", (), None),
        ("20MHz", ("dBm",), None),
        ("-95dBm-96dBm", ("dBm",), None),
        ("=5", (), None),
    ],
)
def test_number(raw: str, units: tuple[str, ...], expected: float | None) -> None:
    """Numbers are bare or have an expected unit; a clamp is its bound."""
    assert values.number(raw, *units) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2021-4-2", date(2021, 4, 2)),
        ("2024-09-01", date(2024, 9, 1)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2023-02-29", None),
        ("2024-9", None),
        ("01.09.2024", None),
    ],
)
def test_calendar_date(raw: str, expected: date | None) -> None:
    """Dates may lack the zeros."""
    assert values.calendar_date(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2026-03-05 16:39:48", datetime(2026, 3, 5, 16, 39, 48)),  # noqa: DTZ001 - no zone is told
        ("2026-3-5 6:39:48", datetime(2026, 3, 5, 6, 39, 48)),  # noqa: DTZ001 - no zone is told
        ("2026-03-05 24:00:00", None),
        ("2026-03-05", None),
        ("2026-03-05 16:39", None),
    ],
)
def test_timestamp(raw: str, expected: datetime | None) -> None:
    """Times of messages have no zone."""
    found = values.timestamp(raw)
    assert found == expected
    assert found is None or found.tzinfo is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("60GB", 64424509440),
        ("2000GB", 2147483648000),
        ("0MB", 0),
        ("1.5 GB", 1610612736),
        ("500mb", 524288000),
        ("2TB", 2199023255552),
        ("10KB", 10240),
        ("7B", 7),
        ("60", None),
        ("60G", None),
        ("-1GB", None),
    ],
)
def test_data_size(raw: str, expected: int | None) -> None:
    """Sizes count in steps of 1024."""
    assert values.data_size(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a", ("a",)),
        ("+1001, +1002,,+1003,", ("+1001", "+1002", "+1003")),
        (",", None),
        (1001, ("1001",)),
    ],
)
def test_comma_list(raw: object, expected: tuple[str, ...] | None) -> None:
    """Lists lose blanks and empty entries."""
    assert values.comma_list(raw) == expected


def test_bar_list() -> None:
    """Radio technologies are separated by bars."""
    assert values.bar_list("LTE|WCDMA|GSM") == ("LTE", "WCDMA", "GSM")


@pytest.mark.parametrize(
    ("raw", "path", "expected"),
    [
        (None, (), []),
        ("", (), []),
        ({"ID": "1"}, (), [{"ID": "1"}]),
        ([{"ID": "1"}, {"ID": "2"}], (), [{"ID": "1"}, {"ID": "2"}]),
        ({"Hosts": None}, ("Hosts", "Host"), []),
        ({"Hosts": {"Host": None}}, ("Hosts", "Host"), []),
        ({"Hosts": {"Host": {"ID": "1"}}}, ("Hosts", "Host"), [{"ID": "1"}]),
        ({"Hosts": {"Host": [{"ID": "1"}, None]}}, ("Hosts", "Host"), [{"ID": "1"}, None]),
        ({}, ("Hosts", "Host"), []),
        ({"Hosts": "text"}, ("Hosts", "Host"), []),
        ("text", ("Hosts",), []),
    ],
)
def test_elements(raw: object, path: tuple[str, ...], expected: list[object]) -> None:
    """No, one and many elements are all a list."""
    assert values.elements(raw, *path) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("10.115.89.118", "10.115.89.118"),
        ("2a01:0860:0000:0300::0153", "2a01:860:0:300::153"),
        ("2A01:860::153", "2a01:860::153"),
        ("0.0.0.0", None),  # noqa: S104 - what the devices write for "none"
        ("::", None),
        ("256.1.1.1", None),
        ("10.1.2", None),
        (167837953, None),
    ],
)
def test_address(raw: object, expected: str | None) -> None:
    """Addresses come in their usual form, unspecified ones not at all."""
    assert values.address(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("34:71:46:AB:CD:EF", "34:71:46:ab:cd:ef"),
        ("34-71-46-AB-CD-EF", "34:71:46:ab:cd:ef"),
        ("BA:AB:BE:34:00:00", None),
        ("00:00:00:00:00:00", None),
        ("FF:FF:FF:FF:FF:FF", None),
        ("XX:XX:XX:XX:XX:XX", None),
        ("347146ABCDEF", None),
    ],
)
def test_mac_address(raw: str, expected: str | None) -> None:
    """A MAC address is only one if it tells devices apart."""
    assert values.mac_address(raw) == expected
