"""The pace at which news are fetched, however often somebody says that there are some."""

from collections import deque
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

SETTLE_TIME: Final = 0.3
"""Seconds from a nudge to the look: what comes together is seen together."""

SPACING: Final = 1.0
"""Seconds between two looks."""

WINDOW: Final = 60.0
"""Seconds in which there are at most so many looks."""

MOST_IN_WINDOW: Final = 20


class Nudge:
    """Looks when nudged: soon, and no more often than a weak device bears."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, look: Callable[[], Awaitable[None]]
    ) -> None:
        """Prepare; `look` raises nothing."""
        self._hass = hass
        self._entry = entry
        self._look = look
        self._looks: deque[float] = deque(maxlen=MOST_IN_WINDOW)
        self._cancel: CALLBACK_TYPE | None = None
        self._looking = False
        self._again = False
        self.nudges = 0
        self.looks = 0

    @callback
    def async_nudge(self) -> None:
        """Look soon, unless that is going to happen anyhow."""
        self.nudges += 1
        if self._looking:
            # What is new may have come after the look.
            self._again = True
        elif self._cancel is None:
            self._schedule()

    @callback
    def async_stop(self) -> None:
        """Look no more."""
        self._again = False
        if self._cancel is not None:
            self._cancel()
            self._cancel = None

    @callback
    def _schedule(self) -> None:
        """Choose the time of the next look."""
        now = monotonic()
        moment = now + SETTLE_TIME
        if self._looks:
            moment = max(moment, self._looks[-1] + SPACING)
        if len(self._looks) == MOST_IN_WINDOW:
            moment = max(moment, self._looks[0] + WINDOW)
        job = HassJob(self._begin, cancel_on_shutdown=True)
        self._cancel = async_call_later(self._hass, moment - now, job)

    @callback
    def _begin(self, _: object) -> None:
        """Look now."""
        self._cancel = None
        self._looking = True
        self._looks.append(monotonic())
        self.looks += 1
        self._entry.async_create_task(self._hass, self._run(), eager_start=True)

    async def _run(self) -> None:
        """Look, and once more if there was another nudge meanwhile."""
        try:
            await self._look()
        finally:
            self._looking = False
        if self._again:
            self._again = False
            self._schedule()
