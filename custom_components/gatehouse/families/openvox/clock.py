"""The clock of an OpenVox gateway, for which nobody can ask: what new messages betray of it.

The date that its web server tells proves nothing, for it tells no time zone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from weakref import WeakKeyDictionary

from homeassistant.util import dt as dt_util

from ...clients.openvox.client import OpenVoxClient
from ...sms.journal import hash_text
from ...sms.matching import OutboxRow, is_same, is_similar
from ...sms.received import InboxRow
from ..issues import GatehouseIssueDescription
from ..readings import Cadence, Reading, Snapshot

_TOLERANCE: Final = timedelta(minutes=3)
"""By how much the clock may be wrong; messages themselves take so long."""

_AGREEMENT: Final = timedelta(minutes=2)
"""By how much two messages may differ that betray the same."""

_APART: Final = timedelta(hours=1)
"""Between two messages that prove something: what an outage held back comes all together."""

_WATCHED: Final = timedelta(minutes=1)
"""Between two looks at a list of which it is known when something new has come."""

_FORMAT: Final = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, kw_only=True)
class ClockOffset:
    """How wrong the clock is."""

    by: timedelta
    """Negative where it is slow."""

    at: datetime


@dataclass(kw_only=True)
class _Sent:
    """The last message that the gateway was given."""

    at: datetime
    number: str = field(repr=False)
    text_hash: str = field(repr=False)
    listed_at: datetime | None = None
    """What the gateway's list said when that was last looked at."""


class ClockWatch:
    """Compares the times of messages with the moments at which they came or went."""

    def __init__(self) -> None:
        """Know nothing."""
        self.offset: ClockOffset | None = None
        """None as long as nothing is proved."""

        self._suspected: ClockOffset | None = None
        self._newest: int | None = None
        self._looked_at: datetime | None = None
        self._sent: _Sent | None = None

    def see_received(self, rows: Sequence[InboxRow]) -> None:
        """Look at the newest messages that were received."""
        now = dt_util.utcnow()
        known, unseen = self._newest, now - (self._looked_at or now)
        orders = [row.order for row in rows if row.order is not None]
        self._newest, self._looked_at = max(orders, default=0), now
        if known is None or unseen > _WATCHED:
            return
        # Of those that come at once, the network held back all but one.
        times = [row.message.time for row in rows if row.order is not None and row.order > known]
        if latest := max(filter(None, times), default=None):
            self._judge(latest - now + unseen / 2, now)

    def note_sent(self, number: str, text: str) -> None:
        """Remember what the gateway is given now."""
        self._sent = _Sent(at=dt_util.utcnow(), number=number, text_hash=hash_text(text))

    def see_sent(self, rows: Sequence[OutboxRow]) -> None:
        """Look for the last message among the newest that were sent.

        Before its own row is there, that of an equal one may be taken for it, but not for long.
        """
        if (sent := self._sent) is None:
            return
        times = (row.time for row in rows if _is_of(row, sent))
        latest = max(filter(None, times), default=None)
        if latest is None or latest == sent.listed_at:
            return
        sent.listed_at = latest
        # It may have waited for a port.
        by = max(latest - dt_util.utcnow(), min(latest - sent.at, timedelta()))
        self._judge(by, sent.at)

    def _judge(self, by: timedelta, at: datetime) -> None:
        """Take what a message says for what it is worth.

        On its way a message can only become older. One that is hardly late proves the clock right,
        and a late one nothing, unless another is late by the same.
        """
        found = ClockOffset(by=by, at=at)
        suspected = self._suspected
        if abs(by) <= _TOLERANCE:
            self._suspected = self.offset = None
        elif suspected is None or by - suspected.by > _AGREEMENT:
            self._suspected, self.offset = found, None
        elif abs(by - suspected.by) <= _AGREEMENT and at - suspected.at >= _APART:
            self.offset = found


def _is_of(row: OutboxRow, sent: _Sent) -> bool:
    """Tell whether a row may be a message."""
    same_number = is_same(row.number, sent.number) or is_similar(row.number, sent.number)
    return same_number and hash_text(row.text) == sent.text_hash


_WATCHES: Final[WeakKeyDictionary[OpenVoxClient, ClockWatch]] = WeakKeyDictionary()


def clock_watch(client: OpenVoxClient) -> ClockWatch:
    """Return who watches the clock of a gateway."""
    return _WATCHES.setdefault(client, ClockWatch())


async def _offset(client: OpenVoxClient) -> ClockOffset | None:
    """Tell what is known of the clock, without a request."""
    return clock_watch(client).offset


CLOCK: Final = Reading[OpenVoxClient, ClockOffset | None](
    name="clock", fetch=_offset, cadence=Cadence.FAST
)


def _is_slow(snapshot: Snapshot) -> bool:
    """Tell whether the clock is slow, or in a zone to the west."""
    offset = snapshot[CLOCK]
    return offset is not None and offset.by < timedelta()


def _is_fast(snapshot: Snapshot) -> bool:
    """Tell whether the clock is fast, or in a zone to the east."""
    offset = snapshot[CLOCK]
    return offset is not None and offset.by > timedelta()


def _placeholders(snapshot: Snapshot) -> dict[str, str]:
    """Say by how much, in hours and minutes, and what both clocks showed."""
    if (offset := snapshot[CLOCK]) is None:
        return {}
    hours, minutes = divmod(round(abs(offset.by).total_seconds() / 60), 60)
    here = dt_util.as_local(offset.at)
    return {
        "difference": f"{hours}:{minutes:02}",
        "here": here.strftime(_FORMAT),
        "there": (here + offset.by).strftime(_FORMAT),
    }


CLOCK_ISSUES: Final = tuple(
    GatehouseIssueDescription[OpenVoxClient](
        key=key, readings=(CLOCK,), active_fn=active_fn, placeholders_fn=_placeholders
    )
    for key, active_fn in (("clock_slow", _is_slow), ("clock_fast", _is_fast))
)
