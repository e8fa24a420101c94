"""How far back a device's list of sent messages is read."""

from datetime import datetime, timedelta
from typing import Final

from ..sms.outbox import Outbox

_YOUNG: Final = timedelta(minutes=15)
"""Messages that are looked for each time: of most the end is known within minutes."""

_THOROUGH_INTERVAL: Final = timedelta(minutes=5)
"""Between two looks for all, as one old message may be below many pages of others."""


class Following:
    """Follows the messages that a device was given."""

    def __init__(self, outbox: Outbox) -> None:
        """Prepare; the first look is for all."""
        self._outbox = outbox
        self._thorough_at: datetime | None = None

    def since(self, now: datetime) -> datetime | None:
        """Return since when the device may have news; None: there is no need to ask it."""
        if self._is_thorough(now):
            return self._outbox.unsettled(now)
        return self._outbox.unsettled(now, age=_YOUNG)

    def note_look(self, now: datetime) -> None:
        """Note that the list was read as far as `since` has said at that moment."""
        if self._is_thorough(now):
            self._thorough_at = now

    def _is_thorough(self, now: datetime) -> bool:
        """Tell whether it is time to look for all."""
        before = self._thorough_at
        return before is None or not timedelta() <= now - before < _THOROUGH_INTERVAL
