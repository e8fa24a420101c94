"""A simulated device that tells what went wrong with it."""

from abc import abstractmethod
import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from time import monotonic
from typing import Any, ClassVar, override

from aiohttp import web

from simulators.faults import Fault, FaultKind
from simulators.server import DeviceServer, Reply

from .sent_verdict import Fate
from .verdict import Row


class Unreliable(DeviceServer):
    """A device that tells to which messages its answer went wrong, and what became of them."""

    SEND: ClassVar[str]
    """The endpoint that takes messages."""

    def __init__(self, *arguments: Any) -> None:
        """Begin without trouble."""
        super().__init__(*arguments)
        self.unanswered: dict[str, str] = {}
        """What went wrong, by number of the message."""

        self.message_unanswered = asyncio.Event()
        """Set with each of them, before the answer goes wrong."""

        self.spoiled: Counter[str] = Counter()
        """Answers that went wrong, by endpoint."""

        self.spoiled_at: Counter[str] = Counter()
        """How many requests there had been when the last of them went wrong, by endpoint."""

        self.back_at = 0.0
        """Monotonic time at which the last restart is over."""

    @override
    async def _spoiled(
        self, request: web.Request, fault: Fault, reply: Reply
    ) -> web.StreamResponse:
        endpoint = self.endpoint(request.path)
        self.spoiled[endpoint] += 1
        self.spoiled_at[endpoint] = len(self.requests)
        if endpoint == self.SEND and fault.kind is not FaultKind.ERROR:
            self.unanswered[await self._number(request)] = fault.kind
            self.message_unanswered.set()
        return await super()._spoiled(request, fault, reply)

    def spoil(
        self, endpoint: str, kind: str, *, code: int = 0, executed: bool | None = None
    ) -> None:
        """Let the next answer of an endpoint go wrong."""
        self.faults.add(endpoint, FaultKind(kind), times=1, code=code, executed=executed)

    def reboot(self, seconds: float) -> None:
        """Be away for so long; whoever waits for an answer loses the connection."""
        self.back_at = monotonic() + seconds
        self._restart(seconds)
        self._drop_connections()

    @abstractmethod
    def _restart(self, seconds: float) -> None:
        """Be away for so long."""

    @abstractmethod
    async def _number(self, request: web.Request) -> str:
        """Return to whom a message is to be sent."""

    @abstractmethod
    def fates(self) -> Mapping[str, Sequence[Fate]]:
        """Return what became of every message that was taken, by number."""

    def rows(self) -> Iterator[Row]:
        """Yield what else is to be told of the device."""
        yield from ()
