"""The signed API of a bound client, which the router answers itself at its address in the house.

Source: the seed's "client.openapi.hiwifi.com 接口". The router keeps a request for itself if the
name of the host is that of the API and the query has the router's own device id; otherwise it hands
it on to the vendor's cloud, which is shut down.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Final

from aiohttp import ClientSession, ClientTimeout
from yarl import URL

from ..errors import (
    CannotConnect,
    CommandRefused,
    ConnectionLost,
    InvalidReply,
    NotPermitted,
    NotSupported,
)
from ..secret import Secret
from .call import Call, Generation
from .channel import conclusive
from .codes import RequestFaulty
from .envelope import Answer, WebPage
from .models import RouterInfo
from .signed_api import SignedApi
from .values import device_id, flag, members

CLIENT_HOST: Final = "client.openapi.hiwifi.com"

_HARMLESS: Final = Call(method="system.led.get_status", generation=Generation.V0)
"""Exists in both generations, and shows whether the signature is right."""

_ALWAYS_LOCAL: Final = "get_client_addr"
"""The one action that no router hands on."""

_PROBE_TIMEOUT: Final = ClientTimeout(total=5, sock_connect=5)

_OWN_ERRORS: Final = frozenset(
    {HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.LENGTH_REQUIRED, HTTPStatus.BAD_REQUEST}
)
"""What the web server says where the router's own program fails."""

_ADVICE: Final = (
    "the router did not answer itself but handed the request on to the vendor's cloud, which is "
    "shut down: check the address and the device id"
)


class NotIntercepted(InvalidReply):
    """The request went to the vendor's cloud instead of being answered by the router."""


class OpenApiClient:
    """One router, called with a client secret."""

    name: Final = "openapi_client"

    def __init__(
        self,
        session: ClientSession,
        base_url: URL,
        *,
        app_id: str,
        app_name: str,
        client_id: str,
        client_secret: str,
        mac: str,
        host: str | None = CLIENT_HOST,
    ) -> None:
        """Prepare a channel; nothing is sent before the first request.

        `host` is what the header of this name says; None for that of `base_url`. Raises ValueError
        where `mac` is no hardware address.
        """
        self._api = SignedApi(session, base_url, secret=Secret(client_secret), host=host)
        self._lock = asyncio.Lock()
        self._knows_status = True
        self.device_id = device_id(mac)
        self._sender = {
            "app_id": app_id,
            "app_name": app_name,
            "client_id": client_id,
            "dev_id": self.device_id,
        }

    @property
    def base_url(self) -> URL:
        """Return where the router is."""
        return self._api.base_url

    async def log_in(self) -> None:
        """Find out whether this router answers, and whether the secret is right.

        Raises NotIntercepted where the router hands on what it should answer.
        """
        try:
            info = await self.router_info()
        except ConnectionLost as err:
            if await self._is_alive():
                raise NotIntercepted(_ADVICE) from err
            raise
        if info.mac is not None and device_id(info.mac) != self.device_id:
            raise InvalidReply(f"another router answers, whose device id is {device_id(info.mac)}")
        answer = await self.ask(_HARMLESS)
        try:
            answer.accepted()
        except RequestFaulty:
            raise
        except NotPermitted, NotSupported, CommandRefused:
            # The signature was right, which the router looks at first.
            return

    async def release(self) -> None:
        """Give up nothing: there is no session."""

    async def router_info(self) -> RouterInfo:
        """Read what the router tells everybody (router_info)."""
        answer = await self._exchange("router_info", self._sender)
        return RouterInfo.from_data(answer.accepted())

    async def online(self) -> bool:
        """Tell whether the router can be called (status).

        No firmware that was read has `status`; where it is missing, any answer will do.
        """
        if self._knows_status:
            try:
                answer = await self._exchange("status", self._sender)
                return flag(members(answer.accepted()).get("is_online")) is not False
            except NotSupported:
                self._knows_status = False
        await self.router_info()
        return True

    async def ask(self, call: Call, *, changes: bool = False) -> Answer:
        """Call a method, once if it `changes` something (call)."""
        fields = {
            **self._sender,
            "timeout": str(call.timeout),
            "method": call.method,
            **call.version,
            "data": dict(call.data),
        }
        with conclusive(call.method, changes=changes):
            return await self._exchange("call", fields, timeout=call.patience)

    async def ask_all(self, calls: Sequence[Call]) -> list[Answer]:
        """Call several methods that change nothing, one after the other."""
        return [await self.ask(each) for each in calls]

    async def _is_alive(self) -> bool:
        """Tell whether it is the router that answers at this address."""
        try:
            with suppress(InvalidReply, NotSupported):
                await self._exchange(_ALWAYS_LOCAL, {}, timeout=_PROBE_TIMEOUT)
        except CannotConnect:
            return False
        return True

    async def _exchange(
        self,
        action: str,
        fields: Mapping[str, Any],
        *,
        timeout: ClientTimeout | None = None,  # noqa: ASYNC109 - aiohttp's, it covers the reading too
    ) -> Answer:
        """Send one action to this very router."""
        query = {"dev_id": self.device_id, "local": "1"}
        async with self._lock:
            try:
                return await self._api.send(action, fields, query=query, timeout=timeout)
            except WebPage as err:
                status = err.reply.status
                if status == HTTPStatus.NOT_FOUND:
                    raise NotSupported("there is no OpenAPI at this address") from err
                if status in _OWN_ERRORS:
                    raise
                raise NotIntercepted(f"{_ADVICE} ({err})") from err
