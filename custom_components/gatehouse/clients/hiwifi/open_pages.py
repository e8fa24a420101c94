"""What a router tells everybody, on a page that differs from firmware to firmware."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from aiohttp import ClientSession
from aiohttp.hdrs import CONTENT_TYPE, HOST, METH_GET, METH_POST
from yarl import URL

from ..errors import CommandRefused, InvalidReply, NotPermitted, NotSupported
from ..transport import Transport
from .envelope import Answer, openapi_answer, page_answer, parse, proxy_answer
from .models import RouterInfo
from .openapi_client import CLIENT_HOST
from .signed_api import JSON
from .values import Fields

ROOT: Final = "/cgi-bin/turbo/"

SYSTEM_PAGE: Final = "api/system/get_info"


@dataclass(frozen=True, kw_only=True)
class _Page:
    """A page that needs no login."""

    path: str
    decode: Callable[[Fields], Answer]
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


_PAGES: Final = (
    _Page(path=f"{ROOT}proxy/router_info", decode=proxy_answer),
    _Page(path=f"{ROOT}{SYSTEM_PAGE}", decode=page_answer),
    _Page(
        path="/router_info?local=1",
        decode=openapi_answer,
        body=b"{}",
        headers={HOST: CLIENT_HOST, CONTENT_TYPE: JSON},
    ),
)


async def read_router_info(session: ClientSession, base_url: URL) -> RouterInfo:
    """Read who a router is, without credentials.

    Raises CannotConnect where nobody answers, NotSupported where what answers is no HiWiFi router.
    """
    transport = Transport(session, base_url)
    for page in _PAGES:
        reply = await transport.exchange(
            METH_GET if page.body is None else METH_POST,
            page.path,
            headers=page.headers,
            data=page.body,
            once=True,
        )
        try:
            info = RouterInfo.from_data(page.decode(parse(reply)).accepted())
        except InvalidReply, NotSupported, NotPermitted, CommandRefused:
            continue
        if info.mac is not None and (info.version or info.board):
            return info
    raise NotSupported("what answers is no HiWiFi router")
