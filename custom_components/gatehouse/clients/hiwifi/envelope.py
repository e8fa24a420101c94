"""What comes back: replies in three shapes, all of which become an answer.

The OpenAPI says `app_code`, `app_msg`, `app_data` for the router and `code`, `msg`, `data` for the
platform, which disagree at times; the administrator's calls know the latter only; the oldest pages
have the data beside the code.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
import json
import re
from typing import Any, Final

from ..errors import InvalidReply, NotSupported
from ..secret import MASK
from ..transport import Reply
from .codes import READ_AGAIN, SUCCESS, refusal
from .values import Fields, elements, exact_text, integer, members, structure

_MESSAGE_LIMIT: Final = 120
"""Characters; an error text of the router ends up in logs."""

_ENVELOPE: Final = frozenset({"code", "data"})
_ABOUT_REPLY: Final = frozenset({"code", "msg"})

_DECODER: Final = json.JSONDecoder(strict=False, parse_constant=lambda _: None)


class WebPage(InvalidReply):
    """A web page, a redirect or the error of a web server, where JSON should be."""

    def __init__(self, reply: Reply) -> None:
        """Keep what came."""
        super().__init__(f"a web page with HTTP status {reply.status} instead of JSON")
        self.reply = reply


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a router, or the cloud, says to one call."""

    code: int
    """0 for success, otherwise the first of the codes that says something else."""

    app_code: int | None = None
    """The router's own code, where a reply has two."""

    message: str = field(default="", repr=False)
    """In the router's words."""

    data: Any = field(default=None, repr=False)
    """An object, a list, a text or nothing; objects in texts are unpacked."""

    @property
    def ok(self) -> bool:
        """Tell whether the call succeeded."""
        return self.code == SUCCESS

    @property
    def worth_repeating(self) -> bool:
        """Tell whether a reading may succeed the next time."""
        return self.code in READ_AGAIN

    @property
    def unsupported(self) -> bool:
        """Tell whether the method does not exist."""
        return not self.ok and isinstance(refusal(self.code, ""), NotSupported)

    def accepted(self, secrets: Iterable[str] = ()) -> Any:
        """Return the data; raise the error that the code stands for, without the `secrets`."""
        if not self.ok:
            raise refusal(self.code, harmless(self.message, secrets))
        return self.data


def parse(reply: Reply) -> Fields:
    """Return the JSON object of a reply, whatever its content type and status are.

    Raises WebPage where there is a page, a redirect or an error of the web server, InvalidReply
    for anything else.
    """
    content = reply.body.decode("utf-8-sig", errors="replace").strip()
    try:
        found = _DECODER.decode(content)
    except ValueError, RecursionError:
        found = None
    if isinstance(found, Mapping):
        return found
    if not reply.ok or content.startswith("<"):
        raise WebPage(reply)
    raise InvalidReply("the reply is no JSON object")


def openapi_answer(fields: Fields) -> Answer:
    """Take the answer from a reply of the OpenAPI (seed "输出格式").

    Raises InvalidReply where it has no code.
    """
    data = structure(fields.get("data"))
    outer: Fields = data if isinstance(data, Mapping) else {}
    is_wrapped = outer.keys() >= _ENVELOPE
    routers = [_code(fields.get("app_code")), _code(outer.get("code"))]
    return Answer(
        code=_verdict([_code(fields.get("code")), *routers]),
        app_code=_verdict(routers) if any(each is not None for each in routers) else None,
        message=_message(fields.get("app_msg"), fields.get("msg"), outer.get("msg")),
        data=_payload(fields.get("app_data"), outer["data"] if is_wrapped else data),
    )


def proxy_answer(fields: Fields) -> Answer:
    """Take the answer from a reply to the administrator, or from one result of several.

    Raises InvalidReply where it has no code.
    """
    return Answer(
        code=_verdict([_code(fields.get("code"))]),
        message=_message(fields.get("msg")),
        data=_payload(fields.get("data")),
    )


def page_answer(fields: Fields) -> Answer:
    """Take the answer from one of the oldest pages, whose data are beside the code.

    Raises InvalidReply where it has no code.
    """
    return Answer(
        code=_verdict([_code(fields.get("code"))]),
        message=_message(fields.get("msg")),
        data={name: each for name, each in fields.items() if name not in _ABOUT_REPLY},
    )


def several_answers(data: object, methods: list[str]) -> list[Answer]:
    """Take the answers to a call of several methods, in their order.

    Raises InvalidReply where there is not one for each.
    """
    results = [members(each) for each in elements(members(data).get("results"))]
    named = [result.get("method", method) for result, method in zip(results, methods, strict=False)]
    if len(results) != len(methods) or named != methods:
        raise InvalidReply("the reply does not have one result for each call")
    return [proxy_answer(members(each.get("result"))) for each in results]


def harmless(message: str, secrets: Iterable[str]) -> str:
    """Return an error text of the router without what nobody may see."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        message = re.sub(re.escape(secret), MASK, message)
    return "".join(each for each in message[:_MESSAGE_LIMIT] if each.isprintable())


def _code(raw: object) -> int | None:
    """Return a code; None where there is none. Raises InvalidReply for what is no number."""
    if raw is None or raw == "":
        return None
    number = integer(raw)
    if number is None:
        raise InvalidReply("the code of the reply is no number")
    return number


def _verdict(codes: Iterable[int | None]) -> int:
    """Return the first code that is not success. Raises InvalidReply where there is none at all."""
    known = [code for code in codes if code is not None]
    if not known:
        raise InvalidReply("the reply has no code")
    return next((code for code in known if code != SUCCESS), SUCCESS)


def _message(*candidates: object) -> str:
    """Return the first text that is not empty."""
    return next(filter(None, map(exact_text, candidates)), "")


def _payload(*candidates: object) -> Any:
    """Return the first content that is not empty, unpacked; the first of all where all are."""
    unpacked = [structure(each) for each in candidates]
    return next((each for each in unpacked if each not in (None, "", [], {})), unpacked[0])
