"""Models of what the device finds out about the way to a host."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ..values import count, text
from .reply import Fields, Reply, derive, read


@dataclass(frozen=True, kw_only=True)
class PingStatus(Reply):
    """How a ping goes or went; times in ms."""

    ENDPOINT: ClassVar[str] = "diagnosis/diagnose_ping"

    state: str | None = read(text, "DiagnosticsState")
    """`Requested` while it goes on, `Complete`, or an error in one word."""

    host: str | None = read(text, "Host")
    received: int | None = read(count, "SuccessCount")
    lost: int | None = read(count, "FailureCount")
    average: int | None = read(count, "AverageResponseTime")
    minimum: int | None = read(count, "MinimumResponseTime")
    maximum: int | None = read(count, "MaximumResponseTime")


@dataclass(frozen=True, kw_only=True)
class TracerouteStatus(Reply):
    """How a route tracing goes or went."""

    ENDPOINT: ClassVar[str] = "diagnosis/diagnose_traceroute"

    state: str | None = read(text, "DiagnosticsState")
    """`Requested` while it goes on, `Complete`, or an error in one word."""

    host: str | None = read(text, "Host")


@dataclass(frozen=True, kw_only=True)
class Hop:
    """A router on the way; one that did not answer has no address."""

    address: str | None
    times: tuple[int, ...]
    """Milliseconds, one for each answer."""


def _hops(fields: Fields) -> tuple[Hop, ...]:
    """Return the routers in their order."""
    return tuple(
        Hop(
            address=text(row.get("HopHostAddress")) or text(row.get("HopHost")),
            times=_times(row.get("HopRTTimes")),
        )
        for row in _rows(fields)
    )


def _rows(content: object) -> Iterator[Fields]:
    """Yield what describes a router, whatever the firmware calls the elements around it."""
    if isinstance(content, list):
        for item in content:
            yield from _rows(item)
    elif isinstance(content, dict):
        if "HopHost" in content:
            yield content
        else:
            yield from _rows(list(content.values()))


def _times(raw: object) -> tuple[int, ...]:
    """Return the times of `12,13,15`."""
    found = (count(part) for part in (text(raw) or "").split(","))
    return tuple(time for time in found if time is not None)


@dataclass(frozen=True, kw_only=True)
class Route(Reply):
    """The way to a host, as the last tracing found it."""

    ENDPOINT: ClassVar[str] = "diagnosis/tracerouteresult"

    hops: tuple[Hop, ...] = derive(_hops, default=())
