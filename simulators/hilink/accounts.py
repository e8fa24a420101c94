"""Logging in: proofs, refusals, lock-out."""

import base64
import hashlib
import math
import secrets
from typing import Final, NoReturn

from simulators.hilink import encryption, scram
from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.options import HilinkOptions, LoginKind
from simulators.hilink.shapes import Request
from simulators.hilink.wire import Fields

PASSWORD_TYPES: Final = {
    LoginKind.BASE64: "0",
    LoginKind.BASE64_CHANGED: "3",
    LoginKind.SHA256: "4",
    LoginKind.SCRAM: "4",
}
NONCE_LENGTH: Final = 64
SECONDS_PER_MINUTE: Final = 60


class Accounts:
    """The one account of the device and what is known about failed logins."""

    def __init__(self) -> None:
        """Start without failures."""
        self._salt = secrets.token_hex(scram.KEY_LENGTH)
        self.failures = 0
        self._locked_until = 0.0

    def forget_failures(self) -> None:
        """Start again without failures, as after a restart: the counter is in RAM only."""
        self.failures = 0
        self._locked_until = 0.0

    def minutes_to_wait(self, now: float) -> int:
        """Return the minutes until a login is possible again."""
        return max(0, math.ceil((self._locked_until - now) / SECONDS_PER_MINUTE))

    def check_lock(self, now: float) -> None:
        """Refuse while the account is locked."""
        if minutes := self.minutes_to_wait(now):
            raise DeviceError(Code.LOCKED, {"count": "0", "waittime": str(minutes)})

    def challenge(self, request: Request, now: float) -> scram.Challenge:
        """Return a challenge for the client's nonce."""
        nonce = request.text("firstnonce")
        if len(nonce) != NONCE_LENGTH or request.text("mode") != "1":
            raise DeviceError(Code.FORMAT)
        self.check_lock(now)
        return scram.Challenge(
            first_nonce=nonce,
            server_nonce=nonce + secrets.token_urlsafe(24),
            salt=self._salt,
        )

    def prove(
        self,
        request: Request,
        username: str,
        challenge: scram.Challenge | None,
        options: HilinkOptions,
        now: float,
    ) -> Fields:
        """Check a client's proof and return the device's own."""
        self.check_lock(now)
        user_right = _is_user(username, options)
        if challenge is None or request.text("finalnonce") != challenge.server_nonce:
            self._refuse(user_right=user_right, options=options, now=now)
        proof = scram.client_proof(options.password, challenge)
        self._conclude(
            user_right=user_right,
            password_right=request.text("clientproof").lower() == proof,
            options=options,
            now=now,
        )
        return {
            "serversignature": scram.server_signature(options.password, challenge),
            "rsapubkeysignature": scram.public_key_signature(
                options.password, challenge, encryption.modulus()
            ),
            "rsan": encryption.modulus(),
            "rsae": encryption.EXPONENT,
        }

    def log_in(self, request: Request, token: str, options: HilinkOptions, now: float) -> None:
        """Check a plain or hashed password; a modem that wants SCRAM takes neither."""
        self.check_lock(now)
        given = request.text("Password")
        match options.login:
            case LoginKind.BASE64 | LoginKind.BASE64_CHANGED:
                expected = [_encoded(options.password)] if options.password else [""]
            case LoginKind.SHA256:
                expected = [
                    _hashed(request.text("Username"), options.password, token),
                    _hashed(request.text("Username"), options.password, token[-32:]),
                ]
            case _:
                expected = []
        self._conclude(
            user_right=_is_user(request.text("Username"), options),
            password_right=given in expected,
            options=options,
            now=now,
        )

    def _conclude(
        self, *, user_right: bool, password_right: bool, options: HilinkOptions, now: float
    ) -> None:
        """Count a failed login, or forget the failures after a good one."""
        if not (user_right and password_right):
            self._refuse(user_right=user_right, options=options, now=now)
        self.forget_failures()
        if options.require_password_change:
            raise DeviceError(Code.PASSWORD_CHANGE_REQUIRED)

    def _refuse(self, *, user_right: bool, options: HilinkOptions, now: float) -> NoReturn:
        """Count one more failed login and answer accordingly."""
        if self._locked_until:
            self.forget_failures()
        self.failures += 1
        left = options.max_failed_logins - self.failures
        if left <= 0:
            self._locked_until = now + options.lock_minutes * SECONDS_PER_MINUTE
            self.check_lock(now)
        code = Code.CREDENTIALS_WRONG
        if options.precise_login_errors:
            code = Code.PASSWORD_WRONG if user_right else Code.USERNAME_WRONG
        raise DeviceError(code, {"count": str(self.failures), "remaincount": str(left)})


def _is_user(username: str, options: HilinkOptions) -> bool:
    """Return whether a user name is the account's."""
    return username == options.username or (bool(options.username_optional) and not username)


def _encoded(text: str) -> str:
    """Return text in base64."""
    return base64.b64encode(text.encode()).decode()


def _hashed(username: str, password: str, token: str) -> str:
    """Return the hashed form of a password for one token."""
    inner = _encoded(hashlib.sha256(password.encode()).hexdigest())
    return _encoded(hashlib.sha256(f"{username}{inner}{token}".encode()).hexdigest())
