"""How many wrong passwords a router still takes, so that the last ones are left to its owner.

A router tells it only when it refuses one, which is why it is remembered for as long as Home
Assistant runs, also for the next client of the same router.
"""

from datetime import timedelta
from time import monotonic
from typing import Final

from yarl import URL

from ..errors import AuthenticationFailed

RESERVE: Final = 2
"""Tries that are never made without a pause."""

PAUSE: Final = timedelta(minutes=30)
"""Longer than any lock-out that was seen, after which a router counts anew."""


class Attempts:
    """The tries at one router."""

    def __init__(self) -> None:
        """Start without knowledge."""
        self._until = 0.0

    def check(self) -> None:
        """Raise AuthenticationFailed, with the time left, while no password may be tried."""
        if (left := self._until - monotonic()) > 0:
            raise AuthenticationFailed(
                "no password is tried: the router locks logins out, or is about to",
                locked_for=timedelta(seconds=round(left)),
            )

    def refused(self, remaining: int | None, locked_for: timedelta | None) -> bool:
        """Note a refusal; tell whether the next one has to wait."""
        if locked_for:
            self._wait(locked_for)
        elif remaining is not None and remaining <= RESERVE:
            self._wait(PAUSE)
        return self._until > monotonic()

    def succeeded(self) -> None:
        """Note a login, with which a router forgets what was before."""
        self._until = 0.0

    def _wait(self, pause: timedelta) -> None:
        """Let nobody try for a while."""
        self._until = monotonic() + pause.total_seconds()


_KNOWN: Final[dict[URL, Attempts]] = {}


def attempts_at(base_url: URL) -> Attempts:
    """Return what is known of the router at an address."""
    return _KNOWN.setdefault(base_url.origin(), Attempts())
