"""The way out: cable, connection and the internet behind it."""

from simulators.hiwifi.options import HiwifiOptions


class Wan:
    """The WAN port."""

    def __init__(self) -> None:
        """Start with a cable, and internet behind it."""
        self.cable = True
        self.internet = True
        self._enabled = True
        self._since = 0.0

    def restart(self, moment: float) -> None:
        """Connect anew from a moment on."""
        self._enabled = True
        self._since = moment

    def plug(self, now: float, *, plugged: bool) -> None:
        """Plug the cable in or pull it."""
        if plugged and not self.cable:
            self._since = now
        self.cable = plugged

    def switch(self, now: float, *, on: bool) -> None:
        """Connect or disconnect."""
        if on and not self._enabled:
            self._since = now
        self._enabled = on

    def pending(self, now: float, options: HiwifiOptions) -> bool:
        """Return whether it is connecting."""
        wanted = self.cable and self._enabled
        return wanted and now < self._since + options.wan_connect_seconds

    def up(self, now: float, options: HiwifiOptions) -> bool:
        """Return whether there is an address."""
        return self.cable and self._enabled and not self.pending(now, options)

    def online(self, now: float, options: HiwifiOptions) -> bool:
        """Return whether the internet is reached."""
        return self.internet and self.up(now, options)

    def uptime(self, now: float, options: HiwifiOptions) -> int:
        """Return the whole seconds since the connection came up."""
        if not self.up(now, options):
            return 0
        return int(now - self._since - options.wan_connect_seconds)
