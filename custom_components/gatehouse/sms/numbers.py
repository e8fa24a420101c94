"""Phone numbers as people write them and as devices want them."""

import re
from typing import Final

_DECORATION: Final = re.compile(r"[\s().\-]")
_TRUNK_PREFIX: Final = re.compile(r"^\s*\+.*\(0\)")
"""The (0) of +49 (0) 171 is dialed in the country or not at all, which nobody can guess here."""

_NUMBER: Final = re.compile(r"\+?\d{3,20}", re.ASCII)


def normalize_number(number: str) -> str | None:
    """Return the bare number with its leading +, None where it is not a phone number."""
    if _TRUNK_PREFIX.match(number):
        return None
    bare = _DECORATION.sub("", number)
    return bare if _NUMBER.fullmatch(bare) else None
