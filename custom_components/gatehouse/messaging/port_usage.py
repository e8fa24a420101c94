"""How much each port of a device has been used for sending."""

from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager

from homeassistant.util import dt as dt_util

from ..sms.journal import UNSENT_STATES, SendState
from ..sms.outbox import Outbox
from .counts import recent


class PortUsage:
    """What the ports were given, and are being given."""

    def __init__(self, outbox: Outbox) -> None:
        """Take up what was sent before."""
        self._outbox = outbox
        self._in_use: Counter[int] = Counter()
        self.latest = next((int(each.port) for each in reversed(outbox.entries) if each.port), None)
        """Which a message was given last; None before the first."""

    def count(self) -> Counter[int]:
        """Count the messages that each port was given over the last day, or is being given."""
        used = Counter(
            int(entry.port)
            for entry in recent(self._outbox.entries, dt_util.utcnow())
            if entry.port and entry.state not in UNSENT_STATES | {SendState.SENDING}
        )
        return used + self._in_use

    @contextmanager
    def in_use(self, port: int) -> Generator[None]:
        """Count a message that a port is being given."""
        self.latest = port
        self._in_use[port] += 1
        try:
            yield
        finally:
            self._in_use[port] -= 1
