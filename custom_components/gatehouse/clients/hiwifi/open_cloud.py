"""What a cloud tells everybody: only that it is one."""

from typing import Final

from aiohttp import ClientSession
from aiohttp.hdrs import CONTENT_TYPE, METH_POST
from yarl import URL

from ..errors import NotSupported
from ..transport import Transport
from .codes import NO_CLIENT_ID, NO_METHOD, NO_SUCH_ACTION
from .envelope import openapi_answer, parse
from .signed_api import JSON

_FRAMEWORK: Final = frozenset(range(100001, 100020))
"""Codes that nothing else has (seed "错误代码表")."""

_FROM_ROUTER: Final = frozenset({NO_METHOD, NO_SUCH_ACTION, NO_CLIENT_ID})
"""What says of the same request who serves clients only, as routers do."""


async def find_cloud(session: ClientSession, base_url: URL) -> None:
    """Find out whether there is a cloud, by a request that nobody has signed (status).

    Raises CannotConnect where nobody answers, InvalidReply or NotSupported where what answers is
    no cloud for HiWiFi routers.
    """
    reply = await Transport(session, base_url).exchange(
        METH_POST, "/status", headers={CONTENT_TYPE: JSON}, data=b"{}", once=True
    )
    if openapi_answer(parse(reply)).code not in _FRAMEWORK - _FROM_ROUTER:
        raise NotSupported("what answers is no cloud for HiWiFi routers")
