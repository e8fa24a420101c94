"""The memory of an inbox: here, and where it survives a crash."""

from typing import Final

from .claims import InboxState, migrate_1, migrate_2
from .keeper import Keeper, load_document, versioned

_VERSION: Final = 3


class Memory:
    """The present state of an inbox."""

    def __init__(self, keeper: Keeper) -> None:
        """Prepare; nothing is known before it is loaded."""
        self._keeper = keeper
        self._state: InboxState | None = None
        self._saved = True

    @property
    def epoch(self) -> int | None:
        """Which numbering of the device this is, None before the first reading."""
        ledger = self._state and self._state.ledger
        return ledger.epoch if ledger else None

    @property
    def state(self) -> InboxState:
        """The present state, once it is there."""
        if self._state is None:
            raise RuntimeError("an inbox is loaded first")
        return self._state

    async def load(self) -> None:
        """Take up what was kept. Raises InvalidDocument."""
        kept = await load_document(
            self._keeper, _VERSION, InboxState.parse, {1: migrate_1, 2: migrate_2}
        )
        self._state = kept or InboxState()

    async def save(self, state: InboxState) -> None:
        """Save a state, unless it is, and only then take it for the present one."""
        if self._saved and state == self._state:
            return
        self._saved = False
        await self._keeper.save(versioned(_VERSION, state.dump()))
        self._state = state
        self._saved = True

    def put(self, state: InboxState) -> None:
        """Take a state for the present one, which is still to be saved."""
        self._saved = False
        self._state = state

    async def flush(self) -> None:
        """Save the present state if that is still to be done."""
        await self.save(self.state)
