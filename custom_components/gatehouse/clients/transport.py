"""One HTTP exchange with a weak device: limits, time-outs, no redirects, our own decoding."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from aiohttp import (
    ClientConnectorCertificateError,
    ClientConnectorError,
    ClientError,
    ClientHandlerType,
    ClientMiddlewareType,
    ClientRequest,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    InvalidURL,
)
from aiohttp.hdrs import CONNECTION
from multidict import CIMultiDictProxy
from yarl import URL

from .errors import CannotConnect, CertificateNotTrusted, ConnectionLost, InvalidReply

REPLY_LIMIT: Final = 1024 * 1024
"""Bytes; no reading of these devices comes near it."""

TIMEOUT: Final = ClientTimeout(total=15, sock_connect=5)
"""Seconds; the devices' own web pages wait 30, but a poll must not hold up the next one."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the device answered, not yet decoded."""

    status: int
    headers: CIMultiDictProxy[str]
    body: bytes

    @property
    def ok(self) -> bool:
        """Tell whether HTTP itself reports success."""
        return self.status == HTTPStatus.OK


class Transport:
    """Sends requests to one device; the session's cookie jar must belong to this device alone."""

    def __init__(self, session: ClientSession, base_url: URL) -> None:
        """Remember where the device is."""
        self.session = session
        self.base_url = base_url

    async def exchange(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        data: bytes | None = None,
        timeout: ClientTimeout | None = None,  # noqa: ASYNC109 - aiohttp's, it covers the reading too
        limit: int = REPLY_LIMIT,
        once: bool = False,
        name: str | None = None,
    ) -> Reply:
        """Send one request and read the whole answer, of at most `limit` bytes.

        Every request has a connection of its own: the devices drop idle ones early, and a command
        on a connection that just died would leave it open whether it was carried out. aiohttp
        itself tries a GET once more when the connection breaks, unless `once` forbids it, and
        nothing else. Where the path holds a secret, errors call the request by a `name` instead.

        Raises CannotConnect when nothing was sent, ConnectionLost when something may have been,
        InvalidReply when the answer is larger than the limit.
        """
        if self.session.closed:
            raise CannotConnect("the session has been closed")
        shown = name or path
        try:
            async with self.session.request(
                method,
                self.base_url.join(URL(path)),
                headers={CONNECTION: "close", **(headers or {})},
                data=data,
                timeout=timeout or TIMEOUT,
                allow_redirects=False,
                middlewares=(_at_most_once(name),) if once else None,
            ) as response:
                body = bytearray()
                async for chunk in response.content.iter_chunked(65536):
                    body += chunk
                    if len(body) > limit:
                        raise InvalidReply(f"reply to {shown} is longer than {limit} bytes")
                return Reply(status=response.status, headers=response.headers, body=bytes(body))
        except ClientConnectorCertificateError as err:
            raise CertificateNotTrusted("the certificate is not trusted") from err
        except (ClientConnectorError, ConnectionTimeoutError, InvalidURL) as err:
            failure = CannotConnect(f"no connection to the device: {type(err).__name__}")
            raise failure from (None if name else err)
        except (ClientError, TimeoutError) as err:
            lost = ConnectionLost(f"no answer to {shown}: {type(err).__name__}")
            # The library's own error may have the whole address in its text.
            raise lost from (None if name else err)


def _at_most_once(name: str | None) -> ClientMiddlewareType:
    """Make the guard of one request: whoever tries to send it again is stopped."""
    sent = False

    async def guard(request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        """Let the first attempt pass, and no other."""
        nonlocal sent
        if sent:
            shown = name or request.url.path
            raise ConnectionLost(f"the connection broke after {shown} was sent")
        sent = True
        return await handler(request)

    return guard
