"""Texts that may lack parts."""

import pytest

from custom_components.gatehouse.sms.completeness import may_lack_parts


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("", False),
        ("Hello", False),
        ("a" * 153, True),
        ("a" * 152, False),
        ("a" * 160, False),
        ("a" * 306, True),
        ("\u20ac" * 76 + "a", True),
        ("\u20ac" * 76, False),
        ("\u0142" * 67, True),
        ("\u0142" * 66, False),
        ("\u0142" * 70, False),
        ("\u0142" * 134, True),
        ("\u0142" * 153, False),
        ("\u0142" + "\U0001f600" * 33, True),
        # the missing part may hold what this one lacks: a character beyond the GSM alphabet
        ("a" * 67, True),
        ("a" * 134, True),
    ],
)
def test_may_lack_parts(text: str, lacking: bool) -> None:  # noqa: FBT001 - a column of the table
    """A text may lack parts if it fills those that it has."""
    assert may_lack_parts(text) is lacking
