"""Handing messages over, so few at a time that a crash leaves few doubtful ones."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import batched
import logging
from typing import Final

from .claims import Claim, InboxState
from .lateness import is_late
from .memory import Memory
from .received import Delivery

BATCH: Final = 10
"""Messages that are handed over between two saves."""

_LOGGER: Final = logging.getLogger(__name__)


class Handover:
    """Hands over what one collect finds."""

    def __init__(
        self,
        memory: Memory,
        *,
        deliver: Callable[[Delivery], None],
        clock: Callable[[], datetime],
        goes_on: Callable[[], bool],
    ) -> None:
        """Prepare; nothing is handed over yet."""
        self._memory = memory
        self._deliver = deliver
        self._clock = clock
        self._goes_on = goes_on
        self.delivered = 0
        self.interrupted = False
        """Whether something was left because it must not go on."""

    async def carry_out(self, state: InboxState, claims: Sequence[Claim]) -> None:
        """Hand over messages that a state claims, which is saved before.

        That it is done with some is saved along with the beginning of the next ones, so that it is
        left to the caller for the last ones.
        """
        for batch in batched(claims, BATCH, strict=False):
            self.interrupted = self.interrupted or not self._goes_on()
            if self.interrupted:
                return
            await self._memory.save(state.begin(batch))
            for claim in batch:
                self._hand_over(claim)
            state = self._memory.state

    def _hand_over(self, claim: Claim) -> None:
        """Hand over a message."""
        now = self._clock()
        delivery = Delivery(
            id=claim.id,
            message=claim.message,
            late=is_late(claim.message.time, now=now, looked_at=claim.looked_at),
            redelivered=claim.begun or claim.doubtful,
        )
        state = self._memory.state
        try:
            self._deliver(delivery)
        except Exception as err:  # noqa: BLE001 - nobody's mistake may cost other messages
            _LOGGER.warning("A received message was not taken: %s", type(err).__name__)
            self._memory.put(state.failed(claim))
        else:
            self._memory.put(state.handed_over(claim))
            self.delivered += 1
