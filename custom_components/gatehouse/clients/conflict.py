"""Two who throw each other out: who else logs in may be the owner at the device's own page."""

from time import monotonic
from typing import Final

from .errors import SessionConflict

EARLY: Final = 30.0
"""Seconds; a session lasts for many minutes, unless somebody takes it away."""

FIRST_HOLD: Final = 60.0
LONGEST_HOLD: Final = 900.0
"""Seconds without a login."""

_TOLERATED: Final = 1
"""A single early death may have been a restart."""


class Conflict:
    """Counts sessions that died early in a row, and holds logins back for longer each time."""

    def __init__(self) -> None:
        """Start in peace."""
        self._lifetime = 0.0
        self._deaths = 0
        self._until = 0.0

    def check(self) -> None:
        """Raise SessionConflict while no login should be tried."""
        if (left := self._until - monotonic()) > 0:
            raise SessionConflict(f"somebody else keeps logging in, next attempt in {left:.0f} s")

    def session_lives(self, lifetime: float) -> None:
        """Note for how many seconds the session is known to have lived by now."""
        self._lifetime = lifetime
        if lifetime >= EARLY:
            self.forget()

    def session_died(self) -> None:
        """Note that the session is gone.

        Raises SessionConflict where its life was short again and again.
        """
        if self._lifetime >= EARLY:
            return
        self._deaths += 1
        if (surplus := self._deaths - _TOLERATED) > 0:
            hold = min(FIRST_HOLD * 2 ** min(surplus - 1, 16), LONGEST_HOLD)
            self._until = monotonic() + hold
            self.check()

    def forget(self) -> None:
        """Make peace."""
        self._deaths = 0
        self._until = 0.0
