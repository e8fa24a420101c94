"""The router: everything that has state, moved along by one clock."""

from datetime import timedelta, timezone
from typing import Any

from simulators.clock import DeviceClock
from simulators.hiwifi import home, identity
from simulators.hiwifi.bindings import Bindings
from simulators.hiwifi.household import Household
from simulators.hiwifi.options import HiwifiOptions
from simulators.hiwifi.sessions import Sessions
from simulators.hiwifi.traffic import TrafficMeter
from simulators.hiwifi.upgrade import Upgrade
from simulators.hiwifi.wan import Wan
from simulators.hiwifi.wifi import Wifi

START_ONLY = frozenset(
    {"mac", "app_id", "client_id", "client_secret", "permissions", "bound", "five_ghz", "start"}
)


class Router:
    """One simulated router."""

    def __init__(self, options: HiwifiOptions, clock: DeviceClock) -> None:
        """Switch the router on; it has been running for a while."""
        self.options = options.converted()
        self.clock = clock
        self.calls: list[str] = []
        """Every method that was called, in order."""
        self.failing: dict[str, tuple[int, int | None]] = {}
        """Code with which a method fails, and how often still (None: always)."""
        self._booted_at = 0.0
        self._down_until = 0.0
        self._restart_at: float | None = None
        self._settled_to = 0.0
        self.sessions = Sessions()
        self.bindings = Bindings()
        self._load_settings()
        if options.bound:
            self.bindings.bind(
                options.app_id, options.client_id, options.permissions, options.client_secret
            )
        self.household.restart(0, 0, 0)
        self.wan.restart(-options.wan_connect_seconds)
        self.settle()

    def _load_settings(self) -> None:
        """Take the owner's first settings."""
        five_ghz = self.options.traits.five_ghz
        self.wifi = Wifi(five_ghz=five_ghz)
        self.wan = Wan()
        self.upgrade = Upgrade()
        self.meter = TrafficMeter(self.clock)
        self.household = Household(home.clients(five_ghz=five_ghz), self.meter)
        self.led = True
        self.no_auto_bind = True
        """A flag file, which the older get_info deletes."""

    @property
    def now(self) -> float:
        """Return the seconds since the simulator was created."""
        return self.clock.now

    @property
    def up(self) -> bool:
        """Return whether the router answers."""
        self.settle()
        return self.now >= self._down_until

    @property
    def uptime(self) -> int:
        """Return the whole seconds since the router started."""
        return max(0, int(self.now - self._booted_at))

    def timestamp(self, moment: float | None = None) -> int:
        """Return a moment, by default the present one, as a Unix timestamp."""
        zone = timezone(timedelta(hours=self.options.utc_offset_hours))
        return int(self.clock.date(moment).replace(tzinfo=zone).timestamp())

    def settle(self) -> None:
        """Bring everything up to the present moment."""
        now = self.now
        if (ended := self.upgrade.take(now, self.options)) is not None:
            self.options = self.options.changed({"version": self.options.upgrade_version})
            self._restart_at = ended
        if self._restart_at is not None and now >= self._restart_at:
            self._go_down(self._restart_at, self.options.reboot_seconds)
        while (moment := self.wifi.next_moment(self._settled_to, now)) is not None:
            self._settle_at(moment)
        self._settle_at(now)

    def _settle_at(self, moment: float) -> None:
        """Bring what is on the air and in the house up to a moment."""
        self._settled_to = moment
        options = self.options
        self.wifi.settle(moment, options)
        if moment >= self._down_until:
            self.household.settle(
                moment,
                lambda ifname: self.wifi.running(ifname, moment),
                options.rejoin_seconds,
                internet=self.wan.online(moment, options),
            )

    def change_options(self, changes: dict[str, Any]) -> None:
        """Change what kind of router this is while it runs."""
        if fixed := START_ONLY & changes.keys():
            raise ValueError(f"only at the start: {', '.join(sorted(fixed))}")
        self.settle()
        self.options = self.options.changed(changes)

    def reboot(self) -> None:
        """Restart soon, as the command says."""
        self._restart_at = self.now + self.options.reboot_delay_seconds

    def restart(self, seconds: float | None = None) -> None:
        """Be away for so long from now on."""
        self.settle()
        self._go_down(self.now, self.options.reboot_seconds if seconds is None else seconds)

    def factory_reset(self, *, keep_config: bool = False) -> None:
        """Forget who is bound and, unless kept, every setting; then restart."""
        self.bindings.clear()
        if not keep_config:
            self._load_settings()
            self.options = self.options.changed({"admin_password": identity.ADMIN_PASSWORD})
        self.reboot()

    def _go_down(self, moment: float, seconds: float) -> None:
        """Lose everything that lives in memory only."""
        if moment >= self._down_until:
            self._settle_at(moment)
        self._restart_at = None
        self._booted_at = self._down_until = moment + seconds
        self.sessions.expire()
        self.wifi.restart()
        self.household.restart(moment, self._down_until, self.options.rejoin_seconds)
        self.wan.restart(self._down_until)
        self.meter.restart()
