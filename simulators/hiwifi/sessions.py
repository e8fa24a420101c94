"""The administrator's login, its lock-out and the session that follows."""

from dataclasses import dataclass
import hmac
import math
import secrets

from simulators.hiwifi.identity import USERNAME
from simulators.hiwifi.options import HiwifiOptions

STOK_BYTES = 16


@dataclass(kw_only=True)
class Session:
    """One administrator who is logged in."""

    stok: str
    cookie: str
    last_used: float


class LoginRefused(Exception):
    """A login that failed: how often so far, how many tries are left, how long none counts."""

    def __init__(self, *, failures: int, remaining: int, lock_seconds: int) -> None:
        """Keep the numbers."""
        super().__init__("wrong password")
        self.failures = failures
        self.remaining = remaining
        self.lock_seconds = lock_seconds


class Sessions:
    """The live sessions, and the failures since the last login."""

    def __init__(self) -> None:
        """Start with none."""
        self._live: dict[str, Session] = {}
        self._contested = 0
        self._locked_until = 0.0
        self.failures = 0
        self.logins = 0
        self.refused_logins = 0
        self.stray_passwords = 0
        """Passwords sent to a path where this firmware has no login."""

    def log_in(self, username: str, password: str, now: float, options: HiwifiOptions) -> Session:
        """Open a session, which may end the others."""
        self._check(username, password, now, options)
        self.failures = 0
        self.logins += 1
        session = Session(
            stok=secrets.token_hex(STOK_BYTES), cookie=secrets.token_hex(STOK_BYTES), last_used=now
        )
        if options.exclusive_session:
            self._live.clear()
        if self._contested:
            self._contested -= 1
        else:
            self._live[session.stok] = session
        return session

    def _check(self, username: str, password: str, now: float, options: HiwifiOptions) -> None:
        """Refuse a wrong password, and any while locked out."""
        if self._locked_until and now >= self._locked_until:
            self._locked_until, self.failures = 0.0, 0
        right = options.admin_password.encode()
        if (
            now >= self._locked_until
            and username == USERNAME
            and hmac.compare_digest(password.encode(), right)
        ):
            return
        self.refused_logins += 1
        if now >= self._locked_until:
            self.failures += 1
            if self.failures >= options.max_failed_logins:
                self._locked_until = now + options.lock_seconds
        raise LoginRefused(
            failures=self.failures,
            remaining=max(0, options.max_failed_logins - self.failures),
            lock_seconds=self.locked_for(now),
        )

    def locked_for(self, now: float) -> int:
        """Return the seconds until a login counts again."""
        return max(0, math.ceil(self._locked_until - now))

    def unlock(self) -> None:
        """Forget the failures."""
        self._locked_until, self.failures = 0.0, 0

    def live(self, now: float, options: HiwifiOptions) -> list[str]:
        """Return the sessions that have not expired."""
        self._live = {
            stok: each
            for stok, each in self._live.items()
            if now - each.last_used <= options.session_seconds
        }
        return list(self._live)

    def use(self, stok: str, cookie: str, now: float, options: HiwifiOptions) -> bool:
        """Return whether address and cookie belong to a session, and let it live on if so."""
        if stok not in self.live(now, options):
            return False
        session = self._live[stok]
        if not hmac.compare_digest(session.cookie.encode(), cookie.encode()):
            return False
        session.last_used = now
        return True

    def expire(self) -> None:
        """End every session."""
        self._live.clear()

    def steal(self, logins: int = 0) -> None:
        """Let somebody else log in, now and again after each of the next logins."""
        self._live.clear()
        self._contested = logins
