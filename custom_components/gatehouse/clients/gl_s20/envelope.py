"""What goes over the wire: JSON bodies, and replies with `code`, `err_msg` and `result`.

The field tables of the seed show a reply's fields beside `code`, its examples within `result`;
both are understood.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
import json
import re
from typing import Any, Final

from aiohttp import ClientTimeout
from aiohttp.hdrs import METH_GET, METH_POST

from ..errors import (
    CommandRefused,
    DeviceBusy,
    GatehouseError,
    InvalidReply,
    NotPermitted,
    NotSupported,
)
from ..secret import MASK, Secret
from ..transport import REPLY_LIMIT, Reply
from .values import Fields, integer, text

SLOW: Final = ClientTimeout(total=60, sock_connect=5)
"""Seconds; for what the device itself takes long to do."""

LOG_LIMIT: Final = 4 * 1024 * 1024
"""Bytes; the device keeps 2 MB of log."""

_CODE: Final = "code"
_MESSAGE: Final = "err_msg"
_RESULT: Final = "result"

_NO_CODE: Final = -1
"""Stands in for the code of an error that came without one."""

_MESSAGE_LIMIT: Final = 120
"""Characters; an error text of the device ends up in logs."""

_SHORTEST_SECRET: Final = 4
"""Characters; anything shorter would only garble error texts."""


type Body = Mapping[str, Any] | Secret[dict[str, Any]]


class WrongMethod(NotSupported):
    """The device knows the path, but not with this HTTP method."""


_REFUSALS: Final[Mapping[int, type[GatehouseError]]] = {
    HTTPStatus.UNAUTHORIZED: NotPermitted,
    HTTPStatus.FORBIDDEN: NotPermitted,
    HTTPStatus.NOT_FOUND: NotSupported,
    HTTPStatus.METHOD_NOT_ALLOWED: WrongMethod,
    HTTPStatus.NOT_IMPLEMENTED: NotSupported,
    HTTPStatus.TOO_MANY_REQUESTS: DeviceBusy,
    HTTPStatus.SERVICE_UNAVAILABLE: DeviceBusy,
}
"""By HTTP status; the codes within replies are documented nowhere."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request, ready to be sent."""

    method: str
    path: str

    body: Body | None = field(default=None, repr=False)
    """May hold secrets, which are revealed on the wire only."""

    timeout: ClientTimeout | None = None
    """None for the usual one."""

    limit: int = REPLY_LIMIT
    """Bytes of the reply."""

    once: bool = False
    """Whether not even the HTTP library may send it again."""


def get(
    path: str,
    *,
    timeout: ClientTimeout | None = None,
    limit: int = REPLY_LIMIT,
    once: bool = False,
) -> Request:
    """Make a request without a body."""
    return Request(method=METH_GET, path=path, timeout=timeout, limit=limit, once=once)


def post(path: str, body: Body | None = None) -> Request:
    """Make a request with a JSON body; where there is nothing to say, an empty object."""
    return Request(method=METH_POST, path=path, body={} if body is None else body, once=True)


def encode(body: Body) -> tuple[bytes, frozenset[str]]:
    """Return a body as JSON, and the secrets in it, which no error text may repeat."""
    revealed: set[str] = set()

    def reveal(value: object) -> Any:
        """Return what a secret holds."""
        if not isinstance(value, Secret):
            raise TypeError(f"{type(value).__name__} cannot be sent")
        content = value.reveal()
        revealed.update(_texts(content))
        return content

    return json.dumps(body, default=reveal).encode(), frozenset(revealed)


def _texts(content: object) -> Iterator[str]:
    """Yield all texts within a JSON value that are long enough to be a secret."""
    if isinstance(content, str):
        if len(content) >= _SHORTEST_SECRET:
            yield content
    elif isinstance(content, Mapping):
        for each in content.values():
            yield from _texts(each)
    elif isinstance(content, list | tuple):
        for each in content:
            yield from _texts(each)


def check_status(reply: Reply) -> None:
    """Raise what the HTTP status says, where it says anything but success."""
    if exception := _REFUSALS.get(reply.status):
        raise exception(f"HTTP status {reply.status}")
    if not reply.ok:
        raise InvalidReply(f"HTTP status {reply.status}")


def decode(reply: Reply, secrets: frozenset[str] = frozenset()) -> Fields:
    """Return the fields of a reply.

    Raises CommandRefused where the device reports an error, whatever the HTTP status of that;
    NotPermitted, NotSupported or DeviceBusy by the HTTP status alone; InvalidReply otherwise.
    """
    members = parse(reply.body)
    if members is None or (not reply.ok and reply.status in _REFUSALS):
        check_status(reply)
        raise InvalidReply("reply is not a JSON object")
    return accept(reply, members, secrets)


def accept(reply: Reply, members: dict[str, Any], secrets: frozenset[str] = frozenset()) -> Fields:
    """Return the fields of a reply that has been parsed."""
    message = text(members.pop(_MESSAGE, None))
    code = _code(members.pop(_CODE, None), message)
    if code:
        raise CommandRefused(code, _harmless(message or "error of the device", secrets))
    check_status(reply)
    result = members.get(_RESULT)
    if isinstance(result, dict):
        del members[_RESULT]
        members.update(result)
    return members


def parse(body: bytes) -> dict[str, Any] | None:
    """Return a JSON object; None where it is anything else."""
    try:
        # Names of foreign Wi-Fis are any bytes, and the firmware does not escape all of them.
        members = json.loads(
            body.decode(errors="replace"), strict=False, parse_constant=lambda _: None
        )
    except ValueError, RecursionError:
        return None
    return members if isinstance(members, dict) else None


def _code(raw: object, message: str | None) -> int:
    """Return the error code, 0 for success; a reply without one tells an error by its text."""
    if raw is None:
        return _NO_CODE if message else 0
    code = integer(raw)
    if code is None:
        raise InvalidReply("the code of the reply is no number")
    return code


def _harmless(message: str, secrets: frozenset[str]) -> str:
    """Return an error text of the device without the secrets that it may repeat, in any case."""
    for secret in sorted(secrets, key=len, reverse=True):
        message = re.sub(re.escape(secret), MASK, message, flags=re.IGNORECASE)
    return "".join(each for each in message[:_MESSAGE_LIMIT] if each.isprintable())
