"""A request as the programs on the router see it."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """What a client sent."""

    verb: str
    host: str
    """Name of the host that was asked for, without the port."""
    path: str
    """Without the leading slash."""
    query: Mapping[str, str]
    content_type: str | None
    length: int | None
    chunked: bool
    cookies: Mapping[str, str]
    body: bytes


async def received(request: web.Request) -> Exchange:
    """Return a request with its whole body."""
    content_type = request.headers.get("Content-Type")
    return Exchange(
        verb=request.method,
        host=request.headers.get("Host", "").rsplit(":", 1)[0].lower(),
        path=request.path.removeprefix("/"),
        query=request.query,
        content_type=content_type.split(";")[0].strip().lower() if content_type else None,
        length=request.content_length,
        chunked="chunked" in request.headers.get("Transfer-Encoding", "").lower(),
        cookies=request.cookies,
        body=await request.read(),
    )
