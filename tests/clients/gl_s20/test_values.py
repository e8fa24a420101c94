"""The tolerant parsers: what each form of a value means, and that none of them raises."""

from collections.abc import Callable
from typing import Any

import pytest

from custom_components.gatehouse.clients.gl_s20 import values
from custom_components.gatehouse.clients.secret import Secret

ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    10**5000,
    1.5,
    float("nan"),
    float("inf"),
    "",
    " ",
    "x",
    "0x",
    "٣",
    "\x00",
    "9" * 100_000,
    [],
    [None],
    {},
    {"a": 1},
    object(),
)

PARSERS = (
    values.text,
    values.exact_text,
    values.integer,
    values.count,
    values.moment,
    values.flag,
    values.channel,
    values.pan_id,
    values.rloc16,
    values.eui64,
    values.extended_pan_id,
    values.joiner_eui64,
    values.secret,
    values.secret_key,
    values.dataset,
    values.mac_address,
    values.address,
    values.utc_offset,
    values.elements,
    values.texts,
    values.addresses,
    values.chosen({1: "one", "two": "two"}),
)


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("raw", ODD, ids=lambda raw: type(raw).__name__)
def test_no_parser_raises(parser: Callable[[object], object], raw: object) -> None:
    """Whatever it is given."""
    parser(raw)


@pytest.mark.parametrize(
    ("parser", "raw", "expected"),
    [
        (values.text, " a ", "a"),
        (values.text, 370, "370"),
        (values.text, True, None),
        (values.exact_text, " a ", " a "),
        (values.exact_text, "  ", None),
        (values.exact_text, 5, "5"),
        (values.integer, "12", 12),
        (values.integer, "-12", -12),
        (values.integer, "0x1f", 31),
        (values.integer, 12.0, 12),
        (values.integer, "12.0", 12),
        (values.integer, 12.5, None),
        (values.integer, True, 1),
        (values.integer, "1e5", None),
        (values.count, -1, None),
        (values.moment, 0, None),
        (values.moment, 1_790_000_000, 1_790_000_000),
        (values.flag, 1, True),
        (values.flag, 2, True),
        (values.flag, "0", False),
        (values.flag, "true", True),
        (values.flag, "Disabled", False),
        (values.flag, "perhaps", None),
        (values.channel, 26, 26),
        (values.channel, 27, None),
        (values.pan_id, 50772, 0xC654),
        (values.pan_id, "0xC654", 0xC654),
        (values.pan_id, "c654", 0xC654),
        (values.pan_id, "50772", 0xC654),
        (values.pan_id, "1234", 1234),
        (values.pan_id, 0, None),
        (values.pan_id, 0xFFFF, None),
        (values.pan_id, "0xFFFF", None),
        (values.rloc16, 0xFFFE, None),
        (values.rloc16, 0, 0),
        (values.rloc16, "0x1400", 0x1400),
        (values.extended_pan_id, "11:22:33:44:55:66:77:8F", "112233445566778f"),
        (values.extended_pan_id, "0x112233445566778F", "112233445566778f"),
        (values.extended_pan_id, "1122", None),
        (values.joiner_eui64, "*", "*"),
        (values.joiner_eui64, "00124B0012ABCDEF", "00124b0012abcdef"),
        (values.secret, "", None),
        (values.secret, " x", Secret(" x")),
        (values.secret, 12345678, Secret("12345678")),
        (values.secret_key, "A" * 32, Secret("a" * 32)),
        (values.secret_key, "A" * 31, None),
        (values.dataset, "0E08 0000", Secret("0e080000")),
        (values.dataset, "", None),
        (values.dataset, "0e0", None),
        (values.dataset, "00" * 255, None),
        (values.mac_address, "94:83:C4:A0:51:A2", "94:83:c4:a0:51:a2"),
        (values.mac_address, "9483C4A051A2", "94:83:c4:a0:51:a2"),
        (values.mac_address, "00:00:00:00:00:00", None),
        (values.address, "192.0.2.1", "192.0.2.1"),
        (values.address, "0.0.0.0", None),  # noqa: S104 - nothing binds to it
        (values.address, "2001:DB8::0001", "2001:db8::1"),
        (values.utc_offset, 8, 8),
        (values.utc_offset, "UTC+8", 8),
        (values.utc_offset, "utc-12", -12),
        (values.utc_offset, "8", 8),
        (values.utc_offset, 8.0, 8),
        (values.utc_offset, "UTC+5:30", None),
        (values.utc_offset, 15, None),
        (values.texts, "fd00::/64", ("fd00::/64",)),
        (values.texts, ["a", "", "b", {}], ("a", "b")),
        (values.texts, "", ()),
        (values.addresses, ["fe80::1", "nonsense"], ("fe80::1",)),
    ],
)
def test_forms(parser: Callable[[object], object], raw: object, expected: object) -> None:
    """Each known form of a value."""
    assert parser(raw) == expected
    assert type(parser(raw)) is type(expected)
