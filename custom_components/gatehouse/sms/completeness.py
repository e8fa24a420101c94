"""Whether a received text may lack parts that are still on their way."""

from typing import Final

from .segments import Coding, segment

_FULL_PARTS: Final = {Coding.GSM7: "a" * 2 * 153, Coding.UCS2: "\u0142" * 2 * 67}
"""A text in front of which there is no room for the rules of single parts."""


def may_lack_parts(text: str) -> bool:
    """Tell whether a text ends where a part does, in its own coding or in UCS-2.

    The missing part may be the one that needs UCS-2.
    """
    return any(_fills_parts(text, coding) for coding in {segment(text).coding, Coding.UCS2})


def _fills_parts(text: str, coding: Coding) -> bool:
    """Tell whether one more character would need one more part."""
    longer = _FULL_PARTS[coding] + text
    return bool(text) and segment(f"{longer}a").segments > segment(longer).segments
