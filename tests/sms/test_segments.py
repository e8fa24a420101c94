"""How texts are coded and counted."""

import pytest

from custom_components.gatehouse.sms.segments import Coding, segment


@pytest.mark.parametrize(
    ("text", "coding", "segments"),
    [
        ("", Coding.GSM7, 0),
        ("Hello", Coding.GSM7, 1),
        ("a" * 160, Coding.GSM7, 1),
        ("a" * 161, Coding.GSM7, 2),
        ("a" * 306, Coding.GSM7, 2),
        ("a" * 307, Coding.GSM7, 3),
        ("€" * 80, Coding.GSM7, 1),
        ("€" * 81, Coding.GSM7, 2),
        # 152 units and an escaped pair that does not fit into the first part any more
        ("a" * 152 + "€" + "a" * 152, Coding.GSM7, 3),
        ("a" * 151 + "€" + "a" * 153, Coding.GSM7, 2),
        ("Grüße, ÆØÅ, Ω", Coding.GSM7, 1),
        ("ł", Coding.UCS2, 1),
        ("ł" * 70, Coding.UCS2, 1),
        ("ł" * 71, Coding.UCS2, 2),
        ("ł" * 134, Coding.UCS2, 2),
        ("ł" * 135, Coding.UCS2, 3),
        ("😀" * 35, Coding.UCS2, 1),
        ("😀" * 36, Coding.UCS2, 2),
        # a pair of surrogates is not split: 33 emoji fit into a part of 67 units
        ("😀" * 66, Coding.UCS2, 2),
        ("😀" * 67, Coding.UCS2, 3),
    ],
)
def test_segment(text: str, coding: Coding, segments: int) -> None:
    """A text has the coding and the number of parts that the standard says."""
    result = segment(text)
    assert result.coding is coding
    assert result.segments == segments
