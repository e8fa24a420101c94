"""Requests of the OpenAPI: their exact bytes, and the signature over these."""

from collections.abc import Mapping
from hashlib import md5
import json
from typing import Any


def encode(fields: Mapping[str, Any]) -> bytes:
    """Return the body of a request, in ASCII and without any apostrophe.

    Firmware up to 0.9003 puts the body between apostrophes on a command line to verify the
    signature: one in a network's name would break the call, or run a command on the router.
    Raises ValueError or TypeError for what JSON does not know.
    """
    body = json.dumps(fields, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return body.replace("'", "\\u0027").encode("ascii")


def sign(action: str, body: bytes, secret: str) -> str:
    """Return the signature of a body, in small hexadecimal digits."""
    return md5(action.encode() + body + secret.encode(), usedforsecurity=False).hexdigest()
