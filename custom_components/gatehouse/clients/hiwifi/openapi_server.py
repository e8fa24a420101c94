"""The signed API of a plug-in's author: many routers, by the vendor's cloud or whoever replaces it.

Source: the seed's "openapi.hiwifi.com 接口". The vendor's cloud is shut down, so that the address
must be given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from aiohttp import ClientSession, ClientTimeout
from yarl import URL

from ..errors import InvalidReply, OutcomeUnknown
from ..secret import Secret
from .call import Call
from .channel import conclusive
from .codes import ALREADY_BOUND, OFFLINE, UNANSWERED
from .envelope import Answer, proxy_answer
from .models import RouterInfo
from .signed_api import SignedApi
from .values import Fields, device_id, elements, exact_text, flag, mac_address, members, text

VENDORS_CLOUD: Final = URL("https://openapi.hiwifi.com")
"""Shut down since 2018."""

KEEP_RESULTS: Final = 86400
"""Seconds for which the cloud keeps a call of several routers, and its results."""


_AWAY: Final = frozenset({OFFLINE, UNANSWERED})
"""What the cloud says of a router that it does not reach."""


class AllRouters(Enum):
    """Whom a call of several routers may be for besides those that are named."""

    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class RouterAnswer:
    """What one of several routers said."""

    device_id: str | None
    answer: Answer


class OpenApiServer:
    """All routers that have one plug-in, called with the secret of its author."""

    def __init__(
        self,
        session: ClientSession,
        base_url: URL = VENDORS_CLOUD,
        *,
        app_id: str,
        app_name: str,
        app_secret: str,
    ) -> None:
        """Prepare; nothing is sent before the first request."""
        self._api = SignedApi(session, base_url, secret=Secret(app_secret))
        self._sender = {"app_id": app_id, "app_name": app_name}

    @property
    def base_url(self) -> URL:
        """Return where the cloud is."""
        return self._api.base_url

    @property
    def app_id(self) -> str:
        """Return the id of the plug-in."""
        return self._sender["app_id"]

    def router(self, mac: str) -> CloudRouter:
        """Return the way to one router. Raises ValueError where `mac` is no hardware address."""
        return CloudRouter(self, device_id(mac))

    async def bind(
        self, mac: str, client_id: str, *, permissions: Sequence[str] | None = None
    ) -> Secret[str]:
        """Let a client call a router, and return what it signs with (bind).

        Without `permissions` the client may call the plug-in's own methods only. A client that is
        bound already gets the secret that it has. Raises ValueError where `mac` is no hardware
        address, OutcomeUnknown where no proper answer came.
        """
        wanted = {} if permissions is None else {"permissions": list(permissions)}
        fields = {"client_id": client_id, "dev_id": device_id(mac), **wanted}
        answer = await self._command("bind", fields)
        secret = exact_text(members(answer.data).get("client_secret"))
        if secret is None or answer.code != ALREADY_BOUND:
            answer.accepted()
        if secret is None:
            raise OutcomeUnknown("the client is bound, but the reply has no secret for it")
        return Secret(secret)

    async def unbind(self, mac: str, client_id: str) -> None:
        """Forbid a client to call a router (unbind)."""
        fields = {"client_id": client_id, "dev_id": device_id(mac)}
        (await self._command("unbind", fields)).accepted()

    async def status(self, mac: str) -> bool | None:
        """Tell whether the cloud reaches a router (status)."""
        answer = await self._send("status", {"dev_id": device_id(mac)})
        if answer.code in _AWAY:
            return False
        return flag(members(answer.accepted()).get("is_online"))

    async def ask(self, mac: str, call: Call, *, changes: bool = False) -> Answer:
        """Call a method of one router (call)."""
        fields = {"dev_id": device_id(mac), "timeout": str(call.timeout), **_method(call)}
        with conclusive(call.method, changes=changes):
            return await self._send("call", fields, timeout=call.patience)

    async def call_multi(
        self,
        macs: Sequence[str] | AllRouters,
        call: Call,
        *,
        skip_offline: bool = False,
        keep_seconds: int = KEEP_RESULTS,
    ) -> str:
        """Call a method of several routers; return the id of the request (call_multi).

        Routers that are offline carry it out when they come back, if that is within `keep_seconds`,
        unless they are to be skipped.
        """
        chosen = macs.value if isinstance(macs, AllRouters) else [device_id(mac) for mac in macs]
        if not chosen:
            raise ValueError("at least one router is needed")
        fields = {
            "dev_ids": chosen,
            "skip_offline": int(skip_offline),
            "timeout": keep_seconds,
            **_method(call),
        }
        with conclusive(call.method, changes=True):
            data = (await self._send("call_multi", fields)).accepted()
            if (request_id := text(members(data).get("request_id"))) is None:
                raise InvalidReply("the reply has no id of the request")
        return request_id

    async def call_multi_result(self, request_id: str) -> tuple[RouterAnswer, ...]:
        """Read what has come of a call of several routers (call_multi_result).

        Routers that have not answered are missing.
        """
        answer = await self._send("call_multi_result", {"request_id": request_id})
        results = map(members, elements(members(answer.accepted()).get("results")))
        return tuple(
            RouterAnswer(device_id=text(each.get("dev_id")), answer=proxy_answer(each))
            for each in results
        )

    async def _command(self, action: str, fields: Fields) -> Answer:
        """Send an action that changes something."""
        with conclusive(action, changes=True):
            return await self._send(action, fields)

    async def _send(
        self,
        action: str,
        fields: Mapping[str, Any],
        *,
        timeout: ClientTimeout | None = None,  # noqa: ASYNC109 - aiohttp's, it covers the reading too
    ) -> Answer:
        """Send one action."""
        return await self._api.send(action, {**self._sender, **fields}, timeout=timeout)


class CloudRouter:
    """One router, called with the secret of a plug-in's author."""

    name: Final = "openapi_server"

    def __init__(self, server: OpenApiServer, device_id: str) -> None:
        """Prepare a channel; nothing is sent before the first request."""
        self._server = server
        self.device_id = device_id

    @property
    def base_url(self) -> URL:
        """Return where the cloud is."""
        return self._server.base_url

    async def log_in(self) -> None:
        """Find out whether the cloud takes the secret and knows the router."""
        await self._server.status(self.device_id)

    async def release(self) -> None:
        """Give up nothing: there is no session."""

    async def router_info(self) -> RouterInfo:
        """Return what is known without asking: the cloud has no such action."""
        return RouterInfo(mac=mac_address(self.device_id))

    async def online(self) -> bool:
        """Tell whether the cloud reaches the router (status)."""
        return await self._server.status(self.device_id) is True

    async def ask(self, call: Call, *, changes: bool = False) -> Answer:
        """Call a method, once if it `changes` something (call)."""
        return await self._server.ask(self.device_id, call, changes=changes)

    async def ask_all(self, calls: Sequence[Call]) -> list[Answer]:
        """Call several methods that change nothing, one after the other.

        Where the router turns out to be away, the answers to the rest say so without being asked.
        """
        answers: list[Answer] = []
        for each in calls:
            is_away = bool(answers) and answers[-1].code in _AWAY
            answers.append(answers[-1] if is_away else await self.ask(each))
        return answers


def _method(call: Call) -> dict[str, Any]:
    """Return the members of a request that say what to call."""
    return {"method": call.method, **call.version, "data": dict(call.data)}
