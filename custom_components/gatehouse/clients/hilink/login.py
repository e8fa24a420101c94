"""The ways into a HiLink device: none, base64, SHA-256, SCRAM."""

from base64 import b64encode
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from time import monotonic
from typing import Final

from ..errors import (
    AuthenticationFailed,
    InvalidReply,
    NotPermitted,
    NotSupported,
    SessionConflict,
)
from . import scram, xml
from .errors import TokenRefused, lock_time
from .models import DeviceInformation, LoginState
from .session import Session

_DEFAULT_USERNAME: Final = "admin"


class LoginKind(StrEnum):
    """How a device wants the password."""

    NONE = "none"
    BASE64 = "base64"
    SHA256 = "sha256"
    SCRAM = "scram"


class _State:
    """Values of `State` in `user/state-login`."""

    LOGGED_IN: Final = 0
    SOMEBODY_ELSE: Final = -2


_PASSWORD_TYPE_SHA256: Final = 4


@dataclass(kw_only=True)
class Login:
    """Logs one user in and remembers a refusal, because the devices count them and lock out."""

    session: Session
    username: str
    password: str = field(repr=False)
    kind: LoginKind | None = None
    """The way that was used last; None before the first login."""

    _refusal: AuthenticationFailed | None = field(default=None, init=False)
    _locked_until: float = field(default=0.0, init=False)

    @property
    def has_credentials(self) -> bool:
        """Tell whether there is anything to log in with."""
        return bool(self.username or self.password)

    async def state(self) -> LoginState | None:
        """Read `user/state-login`, in a new session if the device has forgotten this one.

        None where the device knows no login at all. Raises InvalidReply where something else
        answers.
        """
        try:
            content = await self.session.get(LoginState.ENDPOINT)
        except NotSupported:
            return None
        except TokenRefused:
            self.session.reset()
            content = await self.session.get(LoginState.ENDPOINT)
        state = LoginState.from_fields(_fields(content))
        if state.state is None:
            raise InvalidReply("reply is not of a HiLink device")
        return state

    async def ensure(self) -> None:
        """Log in unless that is needless, impossible or known to be refused.

        Raises AuthenticationFailed, PasswordChangeRequired or SessionConflict.
        """
        if not self.has_credentials:
            return
        if self._refusal is not None:
            raise self._refusal.with_traceback(None)
        if (remaining := self._locked_until - monotonic()) > 0:
            raise AuthenticationFailed(
                "logins are locked", locked_for=timedelta(seconds=round(remaining))
            )
        state = await self.state()
        if state is None or state.state == _State.LOGGED_IN or await self._needless():
            self.kind = self.kind or LoginKind.NONE
            return
        if state.locked:
            raise AuthenticationFailed(
                "logins are locked",
                locked_for=lock_time(state.wait_minutes),
            )
        if state.state == _State.SOMEBODY_ELSE:
            raise SessionConflict("somebody else is logged in")
        try:
            try:
                await self._log_in(state)
            except TokenRefused:
                self.session.reset()
                await self._log_in(state)
        except AuthenticationFailed as err:
            if err.locked_for is None:
                self._refusal = err
            else:
                self._locked_until = monotonic() + err.locked_for.total_seconds()
            raise

    async def lost(self) -> bool:
        """Tell whether the device has forgotten a login that there should be."""
        if not self.has_credentials:
            return False
        state = await self.state()
        if state is None or state.state == _State.LOGGED_IN:
            return False
        self.session.drop_tokens()
        return True

    async def renew(self) -> None:
        """After a refused token, start anew; only a login that still holds is kept.

        A second login beside it would lock its own user out where one session is served.
        """
        state = await self.state()
        if state is not None and state.state == _State.LOGGED_IN:
            self.session.drop_tokens()
        else:
            self.session.reset()

    async def log_out(self) -> None:
        """End the session on the device (`user/logout`)."""
        try:
            await self.session.post("user/logout", {"Logout": 1})
        except TokenRefused:
            self.session.drop_tokens()
            await self.session.post("user/logout", {"Logout": 1})

    async def _needless(self) -> bool:
        """Tell whether a stick without a password was given one by its owner."""
        try:
            content = await self.session.get("user/hilink_login")
        except NotSupported, NotPermitted, InvalidReply:
            return False
        if _fields(content).get("hilink_login") != "0":
            return False
        try:
            await self.session.get(DeviceInformation.ENDPOINT)
        except NotSupported, NotPermitted, InvalidReply:
            return False
        return True

    async def _log_in(self, state: LoginState) -> None:
        """Use the strongest way that the device offers."""
        if state.password_type == _PASSWORD_TYPE_SHA256:
            if state.extern_password_type and await self._scram():
                self.kind = LoginKind.SCRAM
                return
            self.kind = LoginKind.SHA256
            await self.session.ready_to_post()
            inner = b64encode(sha256(self.password.encode()).hexdigest().encode()).decode()
            outer = f"{self._username}{inner}{self.session.next_token}"
            secret = b64encode(sha256(outer.encode()).hexdigest().encode()).decode()
        else:
            self.kind = LoginKind.BASE64
            secret = b64encode(self.password.encode()).decode()
        await self.session.post(
            "user/login",
            {
                "Username": self._username,
                "Password": secret,
                "password_type": state.password_type or 0,
            },
            drop_tokens=True,
        )

    async def _scram(self) -> bool:
        """Log in by challenge; False, with no attempt counted, where there is no challenge."""
        nonce = scram.new_nonce()
        try:
            content = await self.session.post(
                "user/challenge_login",
                {"username": self._username, "firstnonce": nonce, "mode": 1},
                drop_tokens=True,
            )
        except NotSupported, NotPermitted, InvalidReply:
            return False
        challenge = scram.Challenge.from_fields(_fields(content), nonce)
        proof = scram.prove(self.password, nonce, challenge)
        content = await self.session.post(
            "user/authentication_login",
            {"clientproof": proof.client, "finalnonce": challenge.server_nonce},
            drop_tokens=True,
        )
        if not proof.confirmed_by(_fields(content).get("serversignature")):
            self.session.reset()
            raise InvalidReply("the device could not prove that it knows the password")
        return True

    @property
    def _username(self) -> str:
        """Return the user name to send; firmware that shows no user name field means this one."""
        return self.username or _DEFAULT_USERNAME


def _fields(content: xml.Fields | str) -> xml.Fields:
    """Return the fields of a reply that may have none."""
    return content if isinstance(content, dict) else {}
