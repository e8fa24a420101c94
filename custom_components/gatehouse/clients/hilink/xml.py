"""XML of HiLink devices, both ways."""

from collections.abc import Mapping
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


def decode(body: bytes) -> Fields | str:
    """Return the content of a reply: the fields, or the bare text (empty for an empty reply).

    Whatever the device says of its character set, it means UTF-8, with emoji as pairs of
    surrogates. Raises InvalidReply, or the exception for the error code in the reply.
    """
    body = body.removeprefix(b"\xef\xbb\xbf").translate(None, _CONTROL_CHARACTERS).strip()
    if not body:
        return ""
    try:
        document = xmltodict.parse(_text(body), disable_entities=True)
    except (ExpatError, ValueError) as err:
        raise InvalidReply(f"reply is not XML: {type(err).__name__}") from err
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
    """Decode UTF-8 and join surrogates to the character they stand for."""
    try:
        text = body.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return body.decode("utf-8", "replace")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


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
