"""XML of HiLink devices, both ways."""

import codecs
from collections.abc import Mapping
import re
from typing import Any, Final
from xml.parsers.expat import ExpatError

import xmltodict

from ..errors import InvalidReply
from .errors import error_from

type Fields = dict[str, Any]

_DEPTH_LIMIT: Final = 16
"""Elements; the deepest known reply (wlan/multi-basic-settings) has five."""

_ROOTS: Final = ("response", "config")

# XML 1.0 forbids these, but they turn up in texts that people sent.
_CONTROL_CHARACTERS: Final = bytes(set(range(0x20)) - set(b"\t\n\r"))
_NO_CHARACTERS: Final = dict.fromkeys((0xFFFE, 0xFFFF))
_WHITE_SPACE: Final = frozenset(b"\t\n\r")
_CHARACTERS: Final = range(0x20, 0x110000)
_SURROGATES: Final = range(0xD800, 0xE000)
_REFERENCE: Final = re.compile(r"&#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,10}));")

_SURROGATE: Final = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_LENIENT: Final = "gatehouse-hilink"


class MalformedReply(InvalidReply):
    """What looks like a reply of a device, but is no proper XML."""

    def __init__(self, message: str, text: str) -> None:
        """Keep the text for whoever can make something of it; it must not get into a log."""
        super().__init__(message)
        self.text = text


def decode(body: bytes) -> Fields | str:
    """Return the content of a reply: the fields, or the bare text (empty for an empty reply).

    Whatever the device says of its character set, it means UTF-8, with emoji as pairs of
    surrogates. Raises InvalidReply, or the exception for the error code in the reply.
    """
    body = body.removeprefix(b"\xef\xbb\xbf").translate(None, _CONTROL_CHARACTERS).strip()
    if not body:
        return ""
    text = _text(body)
    try:
        document = xmltodict.parse(text, disable_entities=True)
    except (ExpatError, ValueError) as err:
        raise MalformedReply(f"reply is not XML: {type(err).__name__}", text) from err
    root, content = next(iter(document.items()))
    if root == "error":
        raise error_from(content if isinstance(content, dict) else {})
    if root not in _ROOTS:
        raise InvalidReply("reply is not of a HiLink device")
    if _depth(content) > _DEPTH_LIMIT:
        raise InvalidReply("reply is nested too deeply")
    return content or ""


def encode(fields: Mapping[str, Any]) -> bytes:
    """Build a request; the order of the fields is kept, because some firmware insists on it."""
    text = str(xmltodict.unparse({"request": fields}))
    surrogates = text.encode("utf-16", "surrogatepass")[2:]
    units = memoryview(surrogates).cast("H")
    return "".join(map(chr, units)).encode("utf-8", "surrogatepass")


def _text(body: bytes) -> str:
    """Decode UTF-8, join surrogates to the character they stand for, drop what XML forbids."""
    text = _REFERENCE.sub(_referenced, body.decode("utf-8", _LENIENT))
    joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return joined.translate(_NO_CHARACTERS)


def _referenced(found: re.Match[str]) -> str:
    """Return a reference to a character as it may stand in XML."""
    code = int(found[1], 16) if found[1] else int(found[2])
    if code in _SURROGATES:
        return chr(code)
    allowed = code in _WHITE_SPACE or (code in _CHARACTERS and code not in _NO_CHARACTERS)
    return found[0] if allowed else ""


def _lenient(err: UnicodeError) -> tuple[str, int]:
    """Let a surrogate pass, and put a mark in place of a byte that is no text."""
    if not isinstance(err, UnicodeDecodeError):
        raise err
    if found := _SURROGATE.match(err.object, err.start):
        return found[0].decode("utf-8", "surrogatepass"), found.end()
    return "\ufffd", err.start + 1


codecs.register_error(_LENIENT, _lenient)


def _depth(content: object) -> int:
    """Count the levels of elements without recursion, so that depth itself does no harm."""
    depth = 0
    level = [content]
    while level:
        below: list[object] = []
        for item in level:
            if isinstance(item, dict):
                below.extend(item.values())
            elif isinstance(item, list):
                below.extend(item)
        level = below
        depth += 1
    return depth
