"""Sessions and their request verification tokens."""

import base64
from collections import deque
from dataclasses import dataclass, field
import secrets

from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.scram import Challenge

TOKEN_LENGTH = 32
LIVE_TOKENS = 64
LIVE_SESSIONS = 64


@dataclass(kw_only=True)
class Session:
    """One client's session; without a user it is anonymous."""

    key: str
    last_seen: float
    user: str | None = None
    tokens: deque[str] = field(default_factory=lambda: deque(maxlen=LIVE_TOKENS))
    challenge: Challenge | None = None
    claimed_user: str = ""
    forced: bool = False
    posting: bool = False

    def new_token(self) -> str:
        """Return a new token of this session."""
        token = base64.b64encode(secrets.token_bytes(TOKEN_LENGTH * 3 // 4)).decode()
        self.tokens.append(token)
        return token


class Sessions:
    """All sessions of the device."""

    def __init__(self) -> None:
        """Start with none."""
        self._sessions: dict[str, Session] = {}
        self._spent: deque[str] = deque(maxlen=LIVE_TOKENS * LIVE_SESSIONS)

    def open(self, now: float) -> Session:
        """Return a new anonymous session; the oldest anonymous one gives way when full."""
        if len(self._sessions) >= LIVE_SESSIONS:
            oldest = min(
                self._sessions.values(), key=lambda each: (bool(each.user), each.last_seen)
            )
            del self._sessions[oldest.key]
        session = Session(key=_new_key(), last_seen=now)
        self._sessions[session.key] = session
        return session

    def find(self, key: str | None, now: float, idle_timeout: float) -> Session | None:
        """Return the session of a cookie and note that it is alive."""
        session = self._sessions.get(key or "")
        if session is None:
            return None
        if session.user and now - session.last_seen > idle_timeout:
            self.end(session)
        session.last_seen = now
        return session

    def logged_in(self, now: float, idle_timeout: float) -> list[Session]:
        """Return the sessions with a user that have not idled out."""
        return [
            session
            for session in self._sessions.values()
            if session.user and now - session.last_seen <= idle_timeout
        ]

    def log_in(self, session: Session, user: str) -> None:
        """Give a session a user, a new key and fresh tokens only."""
        del self._sessions[session.key]
        session.key = _new_key()
        self._sessions[session.key] = session
        self.end(session)
        session.user = user

    def end(self, session: Session) -> None:
        """Make a session anonymous again, with no token left."""
        self._spent.extend(session.tokens)
        session.tokens.clear()
        session.user = None
        session.challenge = None

    def spend(self, session: Session, header: str, spent_code: int | None) -> None:
        """Use up a token of a session, given alone or as the end of 64 characters."""
        token = header[-TOKEN_LENGTH:]
        if not token:
            raise DeviceError(Code.SESSION_WRONG)
        if token in session.tokens:
            session.tokens.remove(token)
            self._spent.append(token)
            return
        elsewhere = any(token in other.tokens for other in self._sessions.values())
        if elsewhere or token in self._spent:
            raise DeviceError(spent_code or Code.TOKEN_SPENT)
        raise DeviceError(Code.TOKEN_UNKNOWN)

    def expire(self, *, forget: bool) -> None:
        """End every session: logged out but known, or not known at all."""
        for session in self._sessions.values():
            self.end(session)
        if forget:
            self._sessions.clear()


def _new_key() -> str:
    """Return a session's cookie value."""
    return base64.b64encode(secrets.token_bytes(96)).decode()
