"""The way into a router as its administrator, which differs from firmware to firmware.

A wrong password counts towards a lock-out, and one sent to the login of another firmware is shown
to nobody but the router's log; so the version, which every firmware tells, decides where to begin.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
import re
from typing import Final
from urllib.parse import urlencode

from aiohttp.hdrs import CONTENT_TYPE, LOCATION, METH_GET, METH_POST, SET_COOKIE

from ..errors import AuthenticationFailed, InvalidReply, NotSupported
from ..secret import Secret
from ..transport import Reply, Transport
from .attempts import Attempts
from .codes import INTERNAL_ERROR
from .envelope import page_answer, parse
from .open_pages import ROOT
from .values import Fields, count, text

USERNAME: Final = "admin"

COOKIE: Final = "sysauth"

_FORM: Final = "application/x-www-form-urlencoded"
_FORM_LIMIT: Final = 5
"""Wrong passwords; the pages tell only how many there were, and not how many there may be."""

_STOK: Final = re.compile(r";stok=([0-9A-Za-z]{8,128})[/\"'?&]")
"""Whole, in a page that may have been cut."""

_BARE_STOK: Final = re.compile(r"(?:/?;stok=)?([0-9A-Za-z]{8,128})/?")
_PASSWORD_FIELD: Final = re.compile(r"<input[^>]+password", re.IGNORECASE)
_COOKIE_VALUE: Final = re.compile(rf"{COOKIE}=([!-:<-~]+)")
_ERRORS: Final = re.compile(r"已经错误\s*([0-9]{1,6})\s*次")
_LOCKED_FOR: Final = re.compile(r"([0-9]{1,6})\s*秒")


@dataclass(frozen=True, kw_only=True)
class Door:
    """The login of one kind of firmware."""

    method: str
    path: str

    @property
    def is_form(self) -> bool:
        """Tell whether it takes a form and answers with a page."""
        return self.method == METH_POST


_NEWEST: Final = Door(method=METH_GET, path=f"{ROOT}api/login/login_admin")
_MIDDLE: Final = Door(method=METH_GET, path=f"{ROOT}admin_web/login_admin")
_OLDEST: Final = Door(method=METH_POST, path=f"{ROOT}admin_web")

_ORDERS: Final = (
    ((1,), (_NEWEST, _MIDDLE, _OLDEST)),
    ((0, 9012), (_MIDDLE, _NEWEST, _OLDEST)),
    ((0,), (_OLDEST, _MIDDLE, _NEWEST)),
)
"""By the first version that it is for."""

_NUMBER: Final = re.compile(r"[0-9]+")


@dataclass(frozen=True, kw_only=True)
class AdminSession:
    """What opens the router's pages."""

    stok: Secret[str]
    """Part of every address."""

    cookie: Secret[str] | None


@dataclass(frozen=True, kw_only=True)
class _Refused:
    """A login that failed."""

    remaining: int | None
    locked_for: timedelta | None


def doors(version: str | None) -> tuple[Door, ...]:
    """Return all logins, the one that belongs to a version first."""
    parts = tuple(int(each) for each in _NUMBER.findall(version or "")[:2])
    return next((order for first, order in _ORDERS if parts >= first), _ORDERS[0][1])


def is_login_form(reply: Reply) -> bool:
    """Tell whether a page asks for the password."""
    return bool(_PASSWORD_FIELD.search(reply.body.decode(errors="replace")))


@dataclass(kw_only=True)
class AdminLogin:
    """Logs in with a password and remembers a refusal, so that it is not tried again."""

    transport: Transport
    password: Secret[str]
    attempts: Attempts
    version_fn: Callable[[], Awaitable[str | None]]
    """Asks for the version of the firmware."""

    _door: Door | None = field(default=None, init=False)
    _refusal: AuthenticationFailed | None = field(default=None, init=False)

    async def enter(self) -> AdminSession:
        """Log in.

        Raises AuthenticationFailed where the router refuses, at once the next time: with the time
        to wait where logins are locked out or soon would be. NotSupported where there is no login,
        InvalidReply or CommandRefused where the reply tells nothing of the password.
        """
        self.attempts.check()
        if self._refusal is not None:
            raise self._refusal.with_traceback(None)
        if self._door is not None:
            candidates: tuple[Door, ...] = (self._door,)
        else:
            candidates = doors(await self.version_fn())
        form = None
        for door in candidates:
            reply = await self._knock(door)
            if reply.status == HTTPStatus.NOT_FOUND:
                continue
            result = _outcome(reply)
            if isinstance(result, AdminSession):
                self._door = door
                self.attempts.succeeded()
                return result
            if isinstance(result, _Refused):
                self._door = door
                raise self._refused(result)
            # A page that asks for the password came instead of a login, or refuses in other words.
            form = door if door.is_form else form
        if form is not None:
            raise self._refused(_Refused(remaining=None, locked_for=None))
        raise NotSupported("the router has no login that is known")

    async def _knock(self, door: Door) -> Reply:
        """Send the password to one login."""
        fields = urlencode({"username": USERNAME, "password": self.password.reveal()})
        reply = await self.transport.exchange(
            door.method,
            door.path if door.is_form else f"{door.path}?{fields}",
            headers={CONTENT_TYPE: _FORM} if door.is_form else None,
            data=fields.encode() if door.is_form else None,
            once=True,
            name="the login",
        )
        if reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise InvalidReply(f"HTTP status {reply.status} for the login")
        return reply

    def _refused(self, result: _Refused) -> AuthenticationFailed:
        """Note a refusal and return the error for it."""
        waits = self.attempts.refused(result.remaining, result.locked_for)
        if not result.locked_for:
            # While logins are locked out, even the right password is refused.
            self._refusal = AuthenticationFailed("the router refuses the password")
        if waits:
            try:
                self.attempts.check()
            except AuthenticationFailed as err:
                return err
        return self._refusal or AuthenticationFailed("the router refuses the password")


def _outcome(reply: Reply) -> AdminSession | _Refused | None:
    """Return what became of a login; None where the router shows a form for it.

    Raises InvalidReply, NotSupported or CommandRefused for what tells nothing of the password.
    """
    try:
        fields = parse(reply)
    except InvalidReply:
        return _page_outcome(reply)
    return _json_outcome(reply, fields)


def _json_outcome(reply: Reply, fields: Fields) -> AdminSession | _Refused:
    """Read the reply of the newer firmwares."""
    if found := _BARE_STOK.fullmatch(text(fields.get("stok")) or ""):
        return AdminSession(stok=Secret(found[1]), cookie=_cookie(reply))
    answer = page_answer(fields)
    if answer.unsupported or answer.code == INTERNAL_ERROR:
        answer.accepted()
    if answer.ok:
        raise InvalidReply("the login has no session")
    seconds = count(fields.get("remaining_lock_time"))
    return _Refused(
        remaining=count(fields.get("remaining_num")),
        locked_for=timedelta(seconds=seconds) if seconds else None,
    )


def _page_outcome(reply: Reply) -> AdminSession | _Refused | None:
    """Read the page, or the redirect, of the older firmwares."""
    content = reply.body.decode(errors="replace")
    if found := _STOK.search(f"{reply.headers.get(LOCATION, '')}/ {content}"):
        return AdminSession(stok=Secret(found[1]), cookie=_cookie(reply))
    if (errors := _ERRORS.search(content)) is not None:
        locked = _LOCKED_FOR.search(content, errors.end())
        return _Refused(
            remaining=max(0, _FORM_LIMIT - int(errors[1])),
            locked_for=timedelta(seconds=int(locked[1])) if locked else None,
        )
    if is_login_form(reply):
        return None
    raise InvalidReply("the reply to the login is none")


def _cookie(reply: Reply) -> Secret[str] | None:
    """Return the cookie that goes with the session."""
    headers = reply.headers.getall(SET_COOKIE, [])
    found = next(filter(None, map(_COOKIE_VALUE.match, headers)), None)
    return None if found is None else Secret(found[1])
