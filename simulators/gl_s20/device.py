"""The border router: everything that has state, moved along by one clock."""

from collections.abc import Callable
from datetime import UTC
from enum import StrEnum
from typing import Any

from simulators.clock import DeviceClock
from simulators.gl_s20.commissioner import Commissioner
from simulators.gl_s20.firmware import Firmware
from simulators.gl_s20.log import Log
from simulators.gl_s20.options import GlS20Options
from simulators.gl_s20.sessions import Sessions
from simulators.gl_s20.thread import ThreadRadio
from simulators.gl_s20.uplinks import Uplinks

START_ONLY = frozenset({"thread_enabled", "wifi_connected", "start", "otbr_rest"})
FACTORY_SNTP = "pool.ntp.org"


class Language(StrEnum):
    """Languages of the device's web pages."""

    CHINESE = "zh-cn"
    ENGLISH = "en"


class Device:
    """One simulated device."""

    def __init__(self, options: GlS20Options, clock: Callable[[], float]) -> None:
        """Switch the device on."""
        self.options = options.converted()
        self.clock = DeviceClock(clock, options.start)
        self._booted_at = 0.0
        self._down_until = 0.0
        self.busy_until = 0.0
        """Until when a scan keeps the one task of the web server from answering."""
        self.log = Log(lambda: self.uptime)
        self.sessions = Sessions()
        self.thread = ThreadRadio(options)
        self.commissioner = Commissioner()
        self.uplinks = Uplinks(options)
        self.firmware = Firmware()
        self._load_settings()
        self.log.note("boot", "started")
        self.settle()

    def _load_settings(self) -> None:
        """Take the settings of a new device."""
        self.language = Language.ENGLISH
        self.sntp = FACTORY_SNTP
        self.timezone = 0

    @property
    def now(self) -> float:
        """Return the seconds since the simulator was created."""
        return self.clock.now

    @property
    def up(self) -> bool:
        """Return whether the device answers where the client looks for it."""
        self.settle()
        return self.now >= self._down_until and self.uplinks.reachable(self.now, self.options)

    @property
    def uptime(self) -> float:
        """Return the seconds since the device started."""
        return max(0.0, self.now - self._booted_at)

    def timestamp(self, moment: float | None = None) -> int:
        """Return a moment, by default the present one, as a Unix timestamp."""
        seconds = self.clock.date(moment).replace(tzinfo=UTC).timestamp()
        return int(seconds + self.options.clock_error_seconds)

    def settle(self) -> None:
        """Bring everything up to the present moment."""
        now = self.now
        if (done := self.firmware.take(now, self.options)) is not None:
            upgrade, moment = done
            self.options = self.options.changed(
                {"firmware_category": upgrade.category, "firmware_version": upgrade.version}
            )
            if upgrade.save_config:
                self._go_down(moment, self.options.restart_seconds)
            else:
                self._forget_everything(moment)
        self.thread.settle(now, self.options)
        if not self.thread.in_network(now, self.options):
            self.commissioner.disable()
        self.commissioner.settle(now, self.options)
        self.uplinks.settle(now, self.options)

    def change_options(self, changes: dict[str, Any]) -> None:
        """Change what kind of device this is while it runs."""
        if fixed := START_ONLY & changes.keys():
            raise ValueError(f"only at the start: {', '.join(sorted(fixed))}")
        self.settle()
        self.options = self.options.changed(changes)

    def occupy(self, seconds: float) -> None:
        """Let nothing else be answered for so long."""
        self.busy_until = self.now + seconds

    def restart(self, seconds: float | None = None) -> None:
        """Be away for so long, then come up without sessions."""
        self.settle()
        self._go_down(self.now, self.options.restart_seconds if seconds is None else seconds)

    def reset_network(self) -> None:
        """Forget the settings of Thread, Ethernet and Wi-Fi, and restart."""
        self.settle()
        self.thread.load_factory()
        self.commissioner = Commissioner()
        self.uplinks.load_factory(self.now)
        self.restart()

    def factory_reset(self) -> None:
        """Forget everything but the firmware, and restart."""
        self.settle()
        self._forget_everything(self.now)

    def _forget_everything(self, moment: float) -> None:
        """Be a new device from a moment on."""
        self._load_settings()
        self.thread.load_factory()
        self.commissioner = Commissioner()
        self.uplinks.load_factory(moment)
        self.log.lines.clear()
        self.options = self.options.changed({"initialized": False, "password": ""})
        self._go_down(moment, self.options.restart_seconds)

    def _go_down(self, moment: float, seconds: float) -> None:
        """Lose everything that lives in memory only."""
        self._booted_at = self._down_until = moment + seconds
        self.busy_until = moment
        self.sessions.expire()
        self.firmware.restart()
        self.log.note("boot", "restarted")
        self.commissioner.disable()
        self.thread.restart(self._down_until)
        self.uplinks.restart(self._down_until)
