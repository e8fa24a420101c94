"""Where below its address a gateway answers, which its description does not say."""

from typing import Final

from aiohttp import ClientSession
from aiohttp.hdrs import CONTENT_TYPE, METH_POST
from yarl import URL

from ..errors import NotSupported
from ..transport import Transport
from .envelope import is_gateway, parse
from .values import integer

CANDIDATES: Final = ("", "/api", "/index.php", "/api/index.php", "/v1", "/api/v1")

FORM: Final = "application/x-www-form-urlencoded"

_PROBE: Final = "/service/chan_state"
"""Needs a login, so that a gateway refuses it, in its own words."""

_NOT_FOUND: Final = 404


def normalize_prefix(prefix: str) -> str:
    """Return a path with one slash in front and none behind, or nothing.

    Raises ValueError for what is no path.
    """
    path = prefix.strip().strip("/")
    if any(not each.isprintable() or each in " ?#\\%:@" for each in path) or "//" in path:
        raise ValueError("a path prefix consists of names and slashes")
    if any(each in {".", ".."} for each in path.split("/")):
        raise ValueError("a path prefix leads nowhere else")
    return f"/{path}" if path else ""


async def find_prefix(
    session: ClientSession, base_url: URL, candidates: tuple[str, ...] = CANDIDATES
) -> str:
    """Find the path prefix, without credentials: an empty form is sent, and nothing else.

    Raises CannotConnect where nobody answers, NotSupported where what answers is no gateway,
    InvalidReply where it sends far too much.
    """
    transport = Transport(session, base_url)
    for prefix in map(normalize_prefix, candidates):
        reply = await transport.exchange(
            METH_POST, f"{prefix}{_PROBE}", headers={CONTENT_TYPE: FORM}, data=b"", once=True
        )
        members = parse(reply.body)
        if (
            members is not None
            and is_gateway(members)
            and _NOT_FOUND not in {reply.status, integer(members["code"])}
        ):
            return prefix
    raise NotSupported("what answers is no gateway")
