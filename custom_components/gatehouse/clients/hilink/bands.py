"""Band masks: bit 0 stands for LTE band 1, bit 1 for band 2, and so on."""

from collections.abc import Collection
import re
from typing import Final

from .values import value_text

ALL_BANDS: Final = "7FFFFFFFFFFFFFFF"
"""What a device without a list of its own takes for "all"."""

HIGHEST_BAND: Final = 128

HIGHEST_NR_BAND: Final = 1024
"""3GPP TS 38.101 has no number beyond."""

_MASK: Final = re.compile(r"(?:0x)?([0-9A-F]{1,32})", re.IGNORECASE)

_ALL_BANDS_BITS: Final = 59
"""Bits of the shortest mask that means "all": 7FFFFFFFFFFFFFF, on older sticks."""


def mask(raw: object) -> int | None:
    """Return the bits of a hexadecimal mask; None where there are none."""
    found = _MASK.fullmatch(value_text(raw))
    return (int(found[1], 16) or None) if found else None


def is_all(bits: int) -> bool:
    """Tell whether a mask has a bit for every band there may ever be."""
    return bits.bit_length() >= _ALL_BANDS_BITS and bits & (bits + 1) == 0


def numbers(bits: int) -> tuple[int, ...]:
    """Return the numbers of the bands in a mask."""
    return tuple(bit + 1 for bit in range(bits.bit_length()) if bits >> bit & 1)


def mask_of(bands: Collection[int]) -> str:
    """Return the mask of bands."""
    return f"{sum(1 << (band - 1) for band in set(bands)):X}"
