"""One signed exchange, as a router and the cloud both want it (seed "openapi.hiwifi.com 接口")."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from aiohttp import ClientSession, ClientTimeout
from aiohttp.hdrs import CONTENT_TYPE, HOST, METH_POST
from yarl import URL

from ..secret import Secret
from ..transport import Transport
from .envelope import Answer, openapi_answer, parse
from .signing import encode, sign

JSON: Final = "application/json"


class SignedApi:
    """Sends the actions of the OpenAPI."""

    def __init__(
        self,
        session: ClientSession,
        base_url: URL,
        *,
        secret: Secret[str],
        host: str | None = None,
    ) -> None:
        """Remember where to send to, and under which name of a host."""
        self._transport = Transport(session, base_url)
        self._secret = secret
        self._headers: dict[str, str] = {CONTENT_TYPE: JSON}
        if host is not None:
            self._headers[HOST] = host

    @property
    def base_url(self) -> URL:
        """Return where requests go."""
        return self._transport.base_url

    async def send(
        self,
        action: str,
        fields: Mapping[str, Any],
        *,
        query: Mapping[str, str] | None = None,
        timeout: ClientTimeout | None = None,  # noqa: ASYNC109 - aiohttp's, it covers the reading too
    ) -> Answer:
        """Send one request, once, signed over the very bytes that are sent.

        They are never sent in chunks, and never without a content type: the program on the router
        needs both length and type.
        """
        body = encode(fields)
        parameters = {"sign": sign(action, body, self._secret.reveal()), **(query or {})}
        reply = await self._transport.exchange(
            METH_POST,
            f"/{action}?{urlencode(parameters)}",
            headers=self._headers,
            data=body,
            timeout=timeout,
            once=True,
            name=action,
        )
        return openapi_answer(parse(reply))
