"""Logging in and the tokens that follow."""

import hashlib
import hmac
import secrets
import string

from simulators.openvox.errors import DeviceError
from simulators.openvox.options import OpenVoxOptions

TOKEN_LENGTH = 32
_ALPHABET = string.ascii_letters + string.digits


def login_hash(username: str, password: str) -> str:
    """Return what is sent in place of a password."""
    return hashlib.md5(f"{password}-{username}".encode(), usedforsecurity=False).hexdigest()


class Sessions:
    """The tokens, each with the moment of its last use."""

    def __init__(self) -> None:
        """Start with none."""
        self._last_used: dict[str, float] = {}
        self._contested = 0
        self.logins = 0
        self.refused_logins = 0

    def log_in(self, username: str, answer: str, now: float, options: OpenVoxOptions) -> str:
        """Return a new token."""
        right = login_hash(options.username, options.password)
        if username != options.username or not hmac.compare_digest(right.encode(), answer.encode()):
            self.refused_logins += 1
            raise DeviceError(options.login_code, options.login_message)
        self.logins += 1
        token = "".join(secrets.choice(_ALPHABET) for _ in range(TOKEN_LENGTH))
        if options.exclusive_login:
            self._last_used.clear()
        if self._contested:
            self._contested -= 1
        else:
            self._last_used[token] = now
        return token

    def live(self, now: float, options: OpenVoxOptions) -> list[str]:
        """Return the tokens that have not expired."""
        self._last_used = {
            token: used
            for token, used in self._last_used.items()
            if now - used <= options.token_seconds
        }
        return list(self._last_used)

    def use(self, token: str, now: float, options: OpenVoxOptions) -> bool:
        """Return whether a token is good, and let it live on if so."""
        if token not in self.live(now, options):
            return False
        self._last_used[token] = now
        return True

    def end(self, token: str) -> None:
        """End one token."""
        self._last_used.pop(token, None)

    def expire(self) -> None:
        """End every token."""
        self._last_used.clear()

    def steal(self, logins: int) -> None:
        """Let somebody else log in, now and again after each of the next logins."""
        self.expire()
        self._contested = logins
