"""Logging in: challenges, the hash that answers them, and the sessions that follow."""

import base64
from dataclasses import dataclass
import hashlib
import hmac
import secrets

from simulators.gl_s20.errors import DeviceError
from simulators.gl_s20.options import FullSessions, GlS20Options

ALGORITHM = 66
USERNAME = "root"
SALT_BYTES = 3
NONCE_BYTES = 12
LIVE_CHALLENGES = 8


@dataclass(frozen=True, kw_only=True)
class Challenge:
    """What a login has to answer."""

    salt: str
    nonce: str
    made_at: float


def login_hash(password: str, salt: str, nonce: str) -> str:
    """Return the answer to a challenge; salt and nonce count as the text they are sent as."""
    digest = hmac.new(salt.encode(), password.encode(), hashlib.sha256).digest()
    answer = f"{USERNAME}:{base64.b64encode(digest).decode()}:{nonce}"
    return hashlib.md5(answer.encode(), usedforsecurity=False).hexdigest()


class Sessions:
    """The open challenges, and the sessions by their sid."""

    def __init__(self) -> None:
        """Start with none."""
        self._challenges: list[Challenge] = []
        self._last_seen: dict[str, float] = {}

    def challenge(self, now: float) -> Challenge:
        """Return a new challenge."""
        challenge = Challenge(
            salt=_random_text(SALT_BYTES), nonce=_random_text(NONCE_BYTES), made_at=now
        )
        self._challenges = [*self._challenges[1 - LIVE_CHALLENGES :], challenge]
        return challenge

    def log_in(self, username: str, answer: str, now: float, options: GlS20Options) -> str:
        """Return the sid of a new session; a challenge serves for one right answer."""
        for challenge in self._challenges:
            fresh = now - challenge.made_at <= options.nonce_seconds
            right = login_hash(options.password, challenge.salt, challenge.nonce)
            if username == USERNAME and fresh and hmac.compare_digest(right, answer):
                self._challenges.remove(challenge)
                return self._open(now, options)
        raise DeviceError(options.login_code, "Login failed")

    def _open(self, now: float, options: GlS20Options) -> str:
        """Open a session, for which the one idle longest may have to go."""
        live = self.live(now, options)
        if len(live) >= options.max_sids:
            if options.full_sessions is FullSessions.REFUSE:
                raise DeviceError(options.login_code, "Too many sessions")
            del self._last_seen[min(live, key=self._last_seen.__getitem__)]
        sid = _random_text(NONCE_BYTES)
        self._last_seen[sid] = now
        return sid

    def live(self, now: float, options: GlS20Options) -> list[str]:
        """Return the sids that have not expired."""
        self._last_seen = {
            sid: seen for sid, seen in self._last_seen.items() if now - seen <= options.sid_seconds
        }
        return list(self._last_seen)

    def use(self, sid: str, now: float, options: GlS20Options) -> bool:
        """Return whether a sid is good, and let it live on if so."""
        if sid not in self.live(now, options):
            return False
        self._last_seen[sid] = now
        return True

    def end(self, sid: str) -> None:
        """End one session."""
        self._last_seen.pop(sid, None)

    def expire(self) -> None:
        """End every session and forget every challenge."""
        self._last_seen.clear()
        self._challenges.clear()


def _random_text(size: int) -> str:
    """Return random bytes as the firmware writes them: hex digits, once more in base64."""
    return base64.b64encode(secrets.token_hex(size).encode()).decode()
