"""The way into a GL-S20: a challenge, and a hash of it with the password.

Source: the seed's "Login and Use Steps".
"""

from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import md5, sha256
import hmac
import re
from time import monotonic
from typing import Final, Protocol

from ..errors import (
    AuthenticationFailed,
    CannotConnect,
    CommandRefused,
    InvalidReply,
    NotPermitted,
    NotSupported,
    SessionConflict,
)
from ..secret import Secret
from .envelope import Request, get, post
from .models import Challenge
from .values import Fields, text

USERNAME: Final = "root"

_HMAC_SHA256: Final = 66
"""The only algorithm of challenges that is documented."""

_SURELY_FRESH: Final = 1.5
"""Seconds after which a refusal may be the nonce's fault, which the device keeps for 2 s."""

_SLOW_ATTEMPTS: Final = 3
_FAST_ATTEMPTS: Final = 2
"""A second one, because a login on the web page in between takes the nonce away."""

_TOO_MANY: Final = re.compile(r"\bsessions?\b", re.IGNORECASE)
"""Tells a refusal that has nothing to do with the password; the codes are not documented."""

_SESSION_ID: Final = re.compile(r"[!-~]{1,256}")
"""What can be put into an HTTP header."""


class Sender(Protocol):
    """What is needed of the session."""

    async def send(self, request: Request) -> Fields:
        """Send one request."""


def login_hash(password: str, salt: str, nonce: str) -> str:
    """Return the proof that the password is known; salt and nonce are used as they were sent."""
    keyed = b64encode(hmac.digest(salt.encode(), password.encode(), sha256)).decode()
    whole = f"{USERNAME}:{keyed}:{nonce}"
    return md5(whole.encode(), usedforsecurity=False).hexdigest()


@dataclass(kw_only=True)
class Login:
    """Logs in with a password and remembers a refusal, so that it is not tried again."""

    sender: Sender
    password: Secret[str]

    _refusal: AuthenticationFailed | None = field(default=None, init=False)

    def change_password(self, password: Secret[str]) -> None:
        """Use another password from now on."""
        self.password = password
        self._refusal = None

    async def enter(self) -> str:
        """Log in and return the session's id (ui/challenge, ui/login).

        Raises AuthenticationFailed where the password is wrong, at once the next time;
        CannotConnect where the device is too slow to tell; NotSupported where it wants another
        algorithm; SessionConflict where it says that there are too many sessions.
        """
        if self._refusal is not None:
            raise self._refusal.with_traceback(None)
        slow = fast = 0
        while slow < _SLOW_ATTEMPTS and fast < _FAST_ATTEMPTS:
            started = monotonic()
            try:
                return await self._attempt()
            except _Refused as err:
                if _TOO_MANY.search(str(err)):
                    raise SessionConflict("the device serves no more sessions") from err
                if monotonic() - started > _SURELY_FRESH:
                    slow += 1
                else:
                    fast += 1
        if fast < _FAST_ATTEMPTS:
            raise CannotConnect("the device is too slow for its own login")
        self._refusal = AuthenticationFailed("wrong password")
        raise self._refusal

    async def leave(self) -> None:
        """End the session on the device (ui/logout)."""
        await self.sender.send(post("/ui/logout"))

    async def _attempt(self) -> str:
        """Answer one challenge, with nothing else in between."""
        challenge = Challenge.from_fields(await self.sender.send(get(Challenge.ENDPOINT)))
        if challenge.algorithm != _HMAC_SHA256:
            raise NotSupported(f"login algorithm {challenge.algorithm}")
        if challenge.salt is None or challenge.nonce is None:
            raise InvalidReply("the challenge is incomplete")
        proof = login_hash(self.password.reveal(), challenge.salt, challenge.nonce)
        body = {"username": USERNAME, "hash": Secret(proof)}
        try:
            fields = await self.sender.send(post("/ui/login", body))
        except (CommandRefused, NotPermitted) as err:
            raise _Refused(str(err)) from err
        session_id = text(fields.get("sid")) or text(fields.get("token")) or ""
        if not _SESSION_ID.fullmatch(session_id):
            raise InvalidReply("the login has no session id")
        return session_id


class _Refused(Exception):
    """The device did not accept one answer to its challenge."""
