"""The journal of outgoing messages: here, and where it survives a crash."""

import asyncio
from datetime import datetime
import logging
from typing import Final

from .journal import Journal, SendState, migrate_1, migrate_2, migrate_3
from .keeper import Keeper, load_document, versioned

_VERSION: Final = 4

_FINAL: Final = frozenset({SendState.DELIVERED, SendState.FAILED, SendState.REJECTED})

_LOGGER: Final = logging.getLogger(__name__)


class JournalFile:
    """Keeps a journal."""

    def __init__(self, keeper: Keeper, *, delivery_reports: bool) -> None:
        """Prepare; nothing is known before it is loaded.

        Without `delivery_reports` nothing more is heard of a message that was sent.
        """
        self._keeper = keeper
        self.settled = _FINAL if delivery_reports else _FINAL | {SendState.SENT}
        """States of messages with which nothing can happen any more."""

        self._journal: Journal | None = None
        self._saved = True
        self._saving = asyncio.Lock()

    @property
    def journal(self) -> Journal:
        """The journal, once it is there."""
        if self._journal is None:
            raise RuntimeError("an outbox is loaded first")
        return self._journal

    async def load(self) -> None:
        """Take up what was kept. Raises InvalidDocument."""
        journal = await load_document(
            self._keeper, _VERSION, Journal.parse, {1: migrate_1, 2: migrate_2, 3: migrate_3}
        )
        self._journal = journal or Journal()

    def note_change(self) -> None:
        """Let what has been changed be saved the next time."""
        self._saved = False

    async def prune(self, now: datetime) -> None:
        """Forget texts and entries that are too old, and save what is still to be saved."""
        if self.journal.prune(now, self.settled) or not self._saved:
            await self.save()

    async def save_outcome(self, now: datetime) -> None:
        """Save what became of a message; if that fails, it is saved later, or unknown."""
        try:
            await self.prune(now)
        except Exception as err:  # noqa: BLE001 - what has been sent must not look as if it was not
            _LOGGER.warning("The outcome of a message was not saved: %s", type(err).__name__)

    async def save(self) -> None:
        """Save the journal as it is once nobody else saves it."""
        async with self._saving:
            self._saved = True
            try:
                await self._keeper.save(versioned(_VERSION, self.journal.dump()))
            except BaseException:
                self._saved = False
                raise
