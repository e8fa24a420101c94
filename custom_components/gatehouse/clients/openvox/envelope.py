"""What goes over the wire: forms, and replies with `uri`, `code`, `msg` and `data`.

Source: the seed's "Public". What the codes mean besides 200 is documented nowhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
import json
import re
from typing import Any, Final
from urllib.parse import urlencode

from aiohttp import ClientTimeout

from ..errors import (
    CommandRefused,
    DeviceBusy,
    GatehouseError,
    InvalidReply,
    NotPermitted,
    NotSupported,
)
from ..secret import MASK, Secret
from ..transport import Reply
from .values import integer, text

type Form = Mapping[str, str | int | Secret[str]]

_CODE: Final = "code"
_MESSAGE: Final = "msg"
_DATA: Final = "data"
_ENVELOPE: Final = frozenset({"uri", _CODE, _MESSAGE})

_SUCCESS: Final = 200
_OTHER_SUCCESS: Final = 0
"""Taken for success only together with data."""

_NOT_PERMITTED: Final = frozenset({401, 403})

_REFUSALS: Final[Mapping[int, type[GatehouseError]]] = {
    HTTPStatus.UNAUTHORIZED: NotPermitted,
    HTTPStatus.FORBIDDEN: NotPermitted,
    HTTPStatus.NOT_FOUND: NotSupported,
    HTTPStatus.METHOD_NOT_ALLOWED: NotSupported,
    HTTPStatus.NOT_IMPLEMENTED: NotSupported,
    HTTPStatus.TOO_MANY_REQUESTS: DeviceBusy,
    HTTPStatus.SERVICE_UNAVAILABLE: DeviceBusy,
}
"""By HTTP status, where the reply itself says nothing."""

_MESSAGE_LIMIT: Final = 120
"""Characters; an error text of the gateway ends up in logs."""

_SHORT: Final = 4
"""Characters; a shorter secret is only recognized as a word of its own."""

_LONG_NUMBER: Final = re.compile(r"\+?[0-9]{6,}")
"""In an error text: somebody's phone number or IMSI."""

_ATTEMPTS: Final = 32
"""Braces that are tried for the beginning of a reply."""

_DECODER: Final = json.JSONDecoder(strict=False, parse_constant=lambda _: None)


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request, ready to be sent."""

    path: str
    """Without the prefix."""

    form: Form = field(default_factory=dict, repr=False)
    """May hold secrets, which are revealed on the wire only."""

    timeout: ClientTimeout | None = None
    """None for the usual one."""


def encode(form: Form) -> tuple[bytes, frozenset[str]]:
    """Return a form as it is sent, and the secrets in it, which no error text may repeat."""
    revealed = {
        name: value.reveal() if isinstance(value, Secret) else str(value)
        for name, value in form.items()
    }
    secrets = frozenset(revealed[name] for name, value in form.items() if isinstance(value, Secret))
    return urlencode(revealed).encode(), secrets - {""}


def decode(reply: Reply, secrets: frozenset[str] = frozenset()) -> Any:
    """Return the data of a reply: an object, a list, a text or None.

    Raises NotPermitted for 401 and 403, as a code or HTTP status; CommandRefused for any other
    code but success, whatever the HTTP status of that; otherwise NotSupported or DeviceBusy by the
    HTTP status, or InvalidReply.
    """
    members = parse(reply.body)
    if members is None:
        _check_status(reply)
        raise InvalidReply("the reply is not what a gateway says")
    code = integer(members[_CODE])
    if code is None:
        raise InvalidReply("the code of the reply is no number")
    data = members.get(_DATA)
    if code == _SUCCESS or (code == _OTHER_SUCCESS and isinstance(data, dict | list)):
        _check_status(reply)
        return data
    message = _harmless(text(members.get(_MESSAGE)) or "error of the gateway", secrets)
    if code in _NOT_PERMITTED or reply.status in _NOT_PERMITTED:
        raise NotPermitted(f"{message} (code {code})")
    raise CommandRefused(code, message)


def parse(body: bytes) -> dict[str, Any] | None:
    """Return the JSON object of a reply, None where there is none.

    A byte order mark or notices of PHP may stand before it, and more of them behind.
    """
    return next((each for each in _objects(body) if _CODE in each), None)


def is_gateway(members: Mapping[str, Any] | None) -> bool:
    """Tell whether a reply has all that a gateway's replies have; others have codes too."""
    return members is not None and members.keys() >= _ENVELOPE


def _objects(body: bytes) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects that begin at the first braces."""
    content = body.decode(errors="replace")
    start = content.find("{")
    for _ in range(_ATTEMPTS):
        if start < 0:
            return
        try:
            found, _ = _DECODER.raw_decode(content, start)
        except ValueError, RecursionError:
            pass
        else:
            yield found
        start = content.find("{", start + 1)


def _check_status(reply: Reply) -> None:
    """Raise what the HTTP status says, where it says anything but success."""
    if exception := _REFUSALS.get(reply.status):
        raise exception(f"HTTP status {reply.status}")
    if not reply.ok:
        raise InvalidReply(f"HTTP status {reply.status}")


def _harmless(message: str, secrets: frozenset[str]) -> str:
    """Return an error text of the gateway without what nobody may see."""
    for secret in sorted(secrets, key=len, reverse=True):
        pattern = re.escape(secret)
        if len(secret) < _SHORT:
            pattern = rf"(?<!\w){pattern}(?!\w)"
        message = re.sub(pattern, MASK, message)
    message = _LONG_NUMBER.sub(MASK, message)
    return "".join(each for each in message[:_MESSAGE_LIMIT] if each.isprintable())
