"""XML as the modem writes and reads it."""

from collections.abc import Mapping, Sequence
import re
from typing import Any
from xml.parsers.expat import ExpatError

import xmltodict

from simulators.hilink.errors import Code, DeviceError

type Value = str | Mapping[str, Value] | Sequence[Value] | None
type Fields = dict[str, Value]

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\r\n'
OK = "OK"

_ESCAPES = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "'": "&#39;",
        "/": "&#x2F;",
    }
)
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Raw(str):
    """Text that is not escaped, whatever that does to the reply."""

    __slots__ = ()


def spoiled(text: str) -> Raw:
    """Return a text in which two signs of markup stand as they are."""
    return Raw(f"{text[:2]}<&{text[2:].translate(_ESCAPES)}")


def response(value: Value, root: str = "response") -> bytes:
    """Return a successful reply."""
    return _encode(DECLARATION + _element(root, value, plain=value == OK))


def error(failure: DeviceError) -> bytes:
    """Return a refusal, which travels in HTTP 200 like everything else."""
    fields: Fields = {"code": str(failure.code), "message": None, **failure.extra}
    return _encode(DECLARATION + _element("error", fields))


def parse(body: bytes) -> Any:
    """Return the content of a request element; anything else is a format error."""
    try:
        text = body.decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass")
        document = xmltodict.parse(text.decode("utf-16"), strip_whitespace=False)
    except (ExpatError, UnicodeError, ValueError) as failure:
        raise DeviceError(Code.FORMAT) from failure
    if list(document) != ["request"]:
        raise DeviceError(Code.FORMAT)
    return _children(document["request"])


def _children(value: Any) -> Any:
    """Return an element's children without the white space between them."""
    if not isinstance(value, dict):
        return value
    if value.pop("#text", "").strip() or any(name.startswith("@") for name in value):
        raise DeviceError(Code.FORMAT)
    return {name: _children(child) for name, child in value.items()}


def _element(name: str, value: Value, *, plain: bool = False) -> str:
    """Return one element, or one per item of a list."""
    match value:
        case None:
            content = ""
        case str():
            content = value if plain or isinstance(value, Raw) else value.translate(_ESCAPES)
        case Mapping():
            children = "".join(_element(key, child) for key, child in value.items())
            content = f"\r\n{children}"
        case _:
            return "".join(_element(name, item) for item in value)
    return f"<{name}>{content}</{name}>\r\n"


def _encode(text: str) -> bytes:
    """Encode as modems do: emoji as surrogate pairs (CESU-8), broken bytes as they came."""
    return b"".join(
        piece.encode("utf-8", "surrogateescape") if not _ASTRAL.match(piece) else _surrogates(piece)
        for piece in re.split(f"({_ASTRAL.pattern})", text)
    )


def _surrogates(character: str) -> bytes:
    """Encode one character outside the basic plane as two three-byte surrogates."""
    pair = character.encode("utf-16-be")
    return b"".join(
        chr(int.from_bytes(pair[at : at + 2])).encode("utf-8", "surrogatepass") for at in (0, 2)
    )
