"""What became of the messages that the device has received."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from .evidence import Evidence
from .verdict import Row

MARKED_PER_KILL: Final = 10
"""Messages that may be marked after a kill and had not been told of: those of one batch."""

type _Line = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class ReceivedVerdict:
    """Compares what was told with what has come."""

    evidence: Evidence
    expected: Counter[str]
    """Texts of messages, with how many there are."""

    old: AbstractSet[str] = frozenset()
    """Texts of those that came late."""

    baseline: AbstractSet[str] = frozenset()
    """Texts of those that count as known from the beginning."""

    beginnings: Mapping[str, str] = field(default_factory=dict)
    """What is there of a text while parts are missing, with the whole."""

    kills: int = 0

    @cached_property
    def _halves(self) -> Mapping[str, list[_Line]]:
        """Events of messages of which parts were missing, by the whole text."""
        found: dict[str, list[_Line]] = {}
        for beginning, whole in self.beginnings.items():
            found.setdefault(whole, []).extend(self.evidence.received.get(beginning, ()))
        return found

    def _whole(self, text: str) -> Sequence[_Line]:
        """Return the events of messages with a text."""
        return self.evidence.received.get(text, [])

    def rows(self) -> Iterator[Row]:
        """Yield the table."""
        yield Row(name="received by the device", count=self.expected.total())
        yield from self._told()
        yield from self._marks()
        yield from self._mistakes()

    def _told(self) -> Iterator[Row]:
        """Yield who was told of what."""
        once = unheard = halves = lost = duplicates = 0
        for text, count in self.expected.items():
            lines, early = self._whole(text), self._halves.get(text, [])
            ids = {line["id"] for line in lines}
            plain = sum(not line["redelivered"] for line in (*lines, *early))
            once += len(ids) if len(lines) == len(ids) == count and not early else 0
            unheard += sum(not self.evidence.automated[identifier] for identifier in ids)
            halves += len(early)
            lost += max(0, count - len(ids))
            duplicates += max(0, plain - count)
        parted = len(set(self.beginnings.values()))
        yield Row(name="of these part by part", count=parted)
        yield Row(name="told of exactly once", count=once)
        yield Row(name="told of while parts were missing", count=halves)
        yield Row(name="missed by an automation", count=unheard)
        yield Row(name="lost", count=lost, wrong=True)
        yield Row(name="duplicates not marked redelivered", count=duplicates, wrong=True)

    def _marks(self) -> Iterator[Row]:
        """Yield what was marked, and whether it had to be."""
        marked = again = needless = 0
        for text in self.expected:
            told: set[str] = {line["id"] for line in self._halves.get(text, ())}
            known = bool(told)
            for line in self._whole(text):
                marked += line["redelivered"]
                again += line["id"] in told
                needless += line["redelivered"] and line["id"] not in told and not known
                told.add(line["id"])
        yield Row(name="events marked redelivered", count=marked)
        yield Row(name="events of messages that had been told of", count=again)
        yield Row(name="marked, and had not been told of", count=needless)
        excess = max(0, needless - MARKED_PER_KILL * self.kills)
        yield Row(
            name=f"of these more than {MARKED_PER_KILL} for each kill", count=excess, wrong=True
        )

    def _mistakes(self) -> Iterator[Row]:
        """Yield what else was said that is not so."""
        late = misjudged = 0
        for text in self.expected:
            right = "received_late" if text in self.old else "received"
            lines = (*self._whole(text), *self._halves.get(text, ()))
            late += sum(line["event_type"] == "received_late" for line in lines)
            misjudged += sum(line["event_type"] != right for line in lines)
        fired = sum(len(self._whole(text)) for text in self.baseline)
        known = self.expected.keys() | self.baseline | self.beginnings.keys()
        strange = self.evidence.received.keys() - known
        yield Row(name="events marked late", count=late)
        yield Row(name="late or not, and marked wrongly", count=misjudged, wrong=True)
        yield Row(name="older than the set-up, told of", count=fired, wrong=True)
        yield Row(name="never received, told of", count=len(strange), wrong=True)
