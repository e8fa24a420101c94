"""The rules for a new password."""

import string
from typing import Final

from simulators.gl_s20.request import refused

LENGTHS: Final = range(10, 32)
CLASSES_NEEDED: Final = 2
_SYMBOLS: Final = "!@#$%^&*()_+-=,.><|?/\\{}[]:;\"'`~"
_CLASSES: Final = tuple(
    frozenset(each)
    for each in (string.ascii_uppercase, string.ascii_lowercase, string.digits, _SYMBOLS)
)


def check(name: str, password: str) -> str:
    """Return a password that keeps the rules."""
    used = [each for each in _CLASSES if each & set(password)]
    known = set(password) <= frozenset().union(*_CLASSES)
    if len(password) not in LENGTHS or len(used) < CLASSES_NEEDED or not known:
        raise refused(name)
    return password
