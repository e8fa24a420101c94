"""Phone numbers as people write them."""

import pytest

from custom_components.gatehouse.sms.numbers import normalize_number


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("+15550100", "+15550100"),
        (" +1 (555) 01-00 ", "+15550100"),
        ("0555.0100", "05550100"),
        ("112", "112"),
        ("+1/555/0100", None),
        ("+49 (0)171 1234567", None),
        ("(0) 171 1234567", "01711234567"),
        ("12", None),
        ("", None),
        ("+", None),
        ("ALARM", None),
        ("+1555O100", None),
        ("++15550100", None),
        ("1+5550100", None),
        ("123456789012345678901", None),
        ("+15550100,+15550101", None),
        ("٣٣٣٣٣٣", None),
    ],
)
def test_normalize_number(written: str, bare: str | None) -> None:
    """Only what is a phone number becomes one."""
    assert normalize_number(written) == bare
