"""The way into a gateway: a hash of the password for a token.

Source: the seed's "Login".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import md5
import re
from typing import Any, Final, Protocol

from ..errors import AuthenticationFailed, CommandRefused, InvalidReply, NotPermitted
from ..secret import Secret
from .envelope import Form, Request
from .values import text

_TOKEN: Final = re.compile(r"[!-~]{1,512}")
"""What can be put into an HTTP header."""


class Sender(Protocol):
    """What is needed of the session."""

    async def send(self, request: Request) -> Any:
        """Send one request, without a token."""


def password_hash(username: str, password: str) -> str:
    """Return what is sent for a password, and is as good as it."""
    return md5(f"{password}-{username}".encode(), usedforsecurity=False).hexdigest()


@dataclass(kw_only=True)
class Login:
    """Logs in with a password and remembers a refusal, so that it is not tried again."""

    sender: Sender
    username: str
    password: Secret[str]

    _refusal: AuthenticationFailed | None = field(default=None, init=False)

    async def enter(self) -> Secret[str]:
        """Log in, in one attempt, and return the token (auth/login).

        Raises AuthenticationFailed where the gateway refuses, at once the next time: it has
        nothing to refuse but name and password.
        """
        if self._refusal is not None:
            raise self._refusal.with_traceback(None)
        proof = password_hash(self.username, self.password.reveal())
        form: Form = {"username": self.username, "password": Secret(proof)}
        try:
            data = await self.sender.send(Request(path="/auth/login", form=form))
        except (CommandRefused, NotPermitted) as err:
            self._refusal = AuthenticationFailed(f"the gateway refuses the login: {err}")
            raise self._refusal from err
        fields = data[0] if isinstance(data, list) and data else data
        token = text(fields.get("access_token")) if isinstance(fields, Mapping) else None
        if not _TOKEN.fullmatch(token or ""):
            raise InvalidReply("the login has no token")
        return Secret(token or "")

    async def leave(self, token: Secret[str]) -> None:
        """Give a token back (auth/logout)."""
        await self.sender.send(Request(path="/auth/logout", form={"token": token}))
