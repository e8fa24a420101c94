"""Telling what became of messages: at least once, and once where no crash interrupts it."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from .journal import JournalEntry, SendState
from .journal_file import JournalFile


@dataclass(frozen=True, kw_only=True)
class News:
    """What has become of a message."""

    entry: JournalEntry

    again: bool
    """Whether somebody may have been told before a crash."""


class Telling:
    """Tells what a journal has of news."""

    def __init__(self, file: JournalFile) -> None:
        """Prepare; nothing is told yet."""
        self._file = file
        self._lock = asyncio.Lock()

    async def tell(
        self,
        listener: Callable[[News], None],
        now: datetime,
        held: Callable[[], Collection[str]],
    ) -> None:
        """Tell the news, each once; what a crash interrupts is told once more, and marked.

        `held` returns the keys of messages whose being unknown is no news yet.
        """
        async with self._lock:
            keys = held()
            news = [
                entry
                for entry in self._file.journal.entries
                if entry.untold and not (entry.state is SendState.UNKNOWN and entry.key in keys)
            ]
            self._mark([replace(entry, telling=True) for entry in news])
            try:
                await self._file.prune(now)
            except BaseException:
                self._mark(news)
                raise
            for entry in self._unchanged(news):
                listener(News(entry=entry, again=entry.telling))
                self._mark([replace(entry, untold=False, telling=False)])
            await self._file.prune(now)

    def _mark(self, entries: Sequence[JournalEntry]) -> None:
        """Note how the telling of messages goes of which no more is known than before."""
        journal = self._file.journal
        for entry in self._unchanged(entries):
            known = journal.find(entry)
            journal.put(replace(known, untold=entry.untold, telling=entry.telling))
            self._file.note_change()

    def _unchanged(self, entries: Iterable[JournalEntry]) -> list[JournalEntry]:
        """Return those of which no more is known than before."""
        journal = self._file.journal
        return [entry for entry in entries if journal.find(entry).state is entry.state]
