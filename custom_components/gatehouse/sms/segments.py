"""How a text is coded and into how many parts it falls (3GPP TS 23.038 and 23.040)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_GSM_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENSION: Final = frozenset("^{}\\[~]|€")

_LAST_SINGLE_UNIT: Final = 0xFFFF
"""Characters above it need two units of UTF-16."""


class Coding(StrEnum):
    """The alphabet of a message."""

    GSM7 = "gsm7"
    UCS2 = "ucs2"


_CAPACITY: Final = {Coding.GSM7: (160, 153), Coding.UCS2: (70, 67)}
"""Units in a single part, and in each part of several."""


@dataclass(frozen=True, kw_only=True)
class Segmentation:
    """How a text travels."""

    coding: Coding
    segments: int
    """Parts, each of which costs as much as a message; 0 for an empty text."""


def segment(text: str) -> Segmentation:
    """Choose the coding of a text and count its parts."""
    if all(character in _GSM_BASIC or character in _GSM_EXTENSION for character in text):
        coding = Coding.GSM7
        sizes = [2 if character in _GSM_EXTENSION else 1 for character in text]
    else:
        coding = Coding.UCS2
        sizes = [2 if ord(character) > _LAST_SINGLE_UNIT else 1 for character in text]
    single, each = _CAPACITY[coding]
    if sum(sizes) <= single:
        return Segmentation(coding=coding, segments=int(bool(text)))
    segments, used = 1, 0
    for size in sizes:
        # An escaped or paired character is never split between two parts.
        if used + size > each:
            segments += 1
            used = 0
        used += size
    return Segmentation(coding=coding, segments=segments)
