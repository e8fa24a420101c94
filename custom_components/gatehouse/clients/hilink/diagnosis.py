"""Ping and route tracing by the device itself.

Source: the seed's "Diagnosis Module" for the oldest firmware, which pings at once; newer firmware
is asked to begin and then asked how it went. The names of its fields are those of TR-098.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from ..errors import DeviceBusy, InvalidReply, NotPermitted, NotSupported
from .models import PingStatus, Route, TracerouteStatus
from .models.diagnosis import Hop
from .records import Requests

POLL_INTERVAL: Final = 1.0
"""Seconds between looks at how it goes."""

_PING_LOOKS: Final = 45
_ROUTE_LOOKS: Final = 150
_MILLISECONDS: Final = 1000
_RUNNING: Final = frozenset({None, "None", "Requested"})
_COMPLETE: Final = "Complete"

_OLD_COUNT: Final = 4
_OLD_PATIENCE: Final = 3
"""Seconds for each; more would be longer than anybody waits for a reply."""


@dataclass(frozen=True, kw_only=True)
class PingResult:
    """What came of a ping; old firmware tells only whether the host answered."""

    reached: bool
    error: str | None = None
    """The device's word for what went wrong, such as `Error_CannotResolveHostName`."""

    received: int | None = None
    lost: int | None = None
    average: int | None = None
    """Milliseconds, as are the next two."""

    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, kw_only=True)
class RouteResult:
    """The way to a host, or how far it is known."""

    hops: tuple[Hop, ...]
    error: str | None = None


class Diagnosis:
    """Finds out about the way from the device to a host.

    All methods raise what those of HilinkClient raise, and DeviceBusy where the device does not
    come to an end.
    """

    def __init__(self, client: Requests) -> None:
        """Use a client's requests."""
        self._client = client

    async def ping(self, host: str, *, timeout: int) -> PingResult:  # noqa: ASYNC109 - the device's
        """Ping a host a few times; seconds to wait for each answer."""
        try:
            await self._client.fields(PingStatus.ENDPOINT)
        except NotSupported, NotPermitted:
            return await self._old_ping(host, timeout=timeout)
        fields = {"Host": host, "Timeout": timeout * _MILLISECONDS}
        await self._client.command(PingStatus.ENDPOINT, fields)
        status = await _ended(self._ping_status, host, _PING_LOOKS)
        failed = None if status.state == _COMPLETE else status.state
        return PingResult(
            reached=failed is None and bool(status.received),
            error=failed,
            received=status.received,
            lost=status.lost,
            # Without an answer there is no time, though the device says 0.
            average=status.average if status.received else None,
            minimum=status.minimum if status.received else None,
            maximum=status.maximum if status.received else None,
        )

    async def traceroute(
        self,
        host: str,
        *,
        timeout: int,  # noqa: ASYNC109 - the device's
        max_hops: int,
    ) -> RouteResult:
        """Trace the route to a host; seconds to wait for each router."""
        fields = {"Host": host, "MaxHopCount": max_hops, "Timeout": timeout * _MILLISECONDS}
        await self._client.command(TracerouteStatus.ENDPOINT, fields)
        status = await _ended(self._traceroute_status, host, _ROUTE_LOOKS)
        route = Route.from_fields(await self._client.fields(Route.ENDPOINT))
        failed = None if status.state == _COMPLETE else status.state
        return RouteResult(hops=route.hops, error=failed)

    async def _ping_status(self) -> PingStatus:
        """Read how the ping goes."""
        return PingStatus.from_fields(await self._client.fields(PingStatus.ENDPOINT))

    async def _traceroute_status(self) -> TracerouteStatus:
        """Read how the tracing goes."""
        return TracerouteStatus.from_fields(await self._client.fields(TracerouteStatus.ENDPOINT))

    async def _old_ping(self, host: str, *, timeout: int) -> PingResult:  # noqa: ASYNC109
        """Ping as the oldest firmware does it, which answers when it is done."""
        fields = {"host": host, "timeout": min(timeout, _OLD_PATIENCE), "count": _OLD_COUNT}
        content = await self._client.ask("diagnosis/ping", fields)
        result = content.get("result") if isinstance(content, dict) else None
        if result is None:
            raise InvalidReply("diagnosis/ping gave no result")
        return PingResult(reached=result == "success")


async def _ended[StatusT: (PingStatus, TracerouteStatus)](
    look: Callable[[], Awaitable[StatusT]], host: str, looks: int
) -> StatusT:
    """Wait until a diagnosis of this host, and not an earlier one, has ended."""
    for _ in range(looks):
        await asyncio.sleep(POLL_INTERVAL)
        status = await look()
        if status.state not in _RUNNING and status.host in {None, host}:
            return status
    raise DeviceBusy("the diagnosis does not end")
