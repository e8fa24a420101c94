"""Calls of many routers, which are stored until a router is there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from simulators.hiwifi.errors import Code, DeviceError
from simulators.hiwifi.wire import Fields


@dataclass(kw_only=True)
class MultiCall:
    """One call of many routers."""

    request: Fields
    expires_at: float
    due: dict[str, float | None]
    """When a router carries it out; None while it is offline."""
    results: dict[str, Fields] = field(default_factory=dict)


class MultiCalls:
    """The calls whose results are still kept, by the number of the request."""

    def __init__(self) -> None:
        """Start with none."""
        self._calls: dict[str, MultiCall] = {}
        self._made = 0

    def add(self, call: MultiCall) -> str:
        """Store a call; return its number."""
        self._made += 1
        request_id = f"{self._made:08d}"
        self._calls[request_id] = call
        return request_id

    def find(self, request_id: Any) -> MultiCall:
        """Return a call that is still kept."""
        if not isinstance(request_id, str) or request_id not in self._calls:
            raise DeviceError(Code.CHECK_PARAMETER)
        return self._calls[request_id]

    def pending(self) -> int:
        """Return how many routers are still to carry something out."""
        return sum(len(each.due) for each in self._calls.values())

    def settle(
        self,
        now: float,
        online: Callable[[str], bool],
        execute: Callable[[str, Fields], Fields],
        push_seconds: float,
    ) -> None:
        """Push calls to the routers that are online, and forget calls that are too old."""
        self._calls = {
            request_id: each for request_id, each in self._calls.items() if now < each.expires_at
        }
        for call in self._calls.values():
            for dev_id, moment in list(call.due.items()):
                if not online(dev_id):
                    call.due[dev_id] = None
                elif moment is None:
                    call.due[dev_id] = now + push_seconds
            for dev_id, moment in list(call.due.items()):
                if moment is not None and now >= moment:
                    del call.due[dev_id]
                    call.results[dev_id] = execute(dev_id, call.request)
