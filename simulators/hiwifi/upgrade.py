"""Firmware upgrades."""

from simulators.hiwifi.errors import Code, DeviceError
from simulators.hiwifi.options import HiwifiOptions, UpgradeServer

PERCENT = 100


class Upgrade:
    """What is known of newer firmware, and the download of it."""

    def __init__(self) -> None:
        """Start with nothing to do."""
        self._begun_at: float | None = None

    def available(self, version: str, options: HiwifiOptions) -> bool:
        """Return whether the vendor's server has something newer."""
        if options.upgrade_server is UpgradeServer.DEAD:
            raise DeviceError(Code.UPGRADE_SERVER)
        newer = options.upgrade_server is UpgradeServer.NEWER
        return newer and version != options.upgrade_version

    def start(self, version: str, now: float, options: HiwifiOptions) -> None:
        """Begin to download."""
        if not self.available(version, options):
            raise DeviceError(Code.NO_UPGRADE)
        if self._begun_at is None:
            self._begun_at = now

    def percent(self, now: float, options: HiwifiOptions) -> int | None:
        """Return how much is there, if it is under way."""
        if self._begun_at is None:
            return None
        done = (now - self._begun_at) / max(options.upgrade_seconds, 1e-9)
        return min(PERCENT, int(done * PERCENT))

    def take(self, now: float, options: HiwifiOptions) -> float | None:
        """Return once when the download ended."""
        if self._begun_at is None or now < self._begun_at + options.upgrade_seconds:
            return None
        ended = self._begun_at + options.upgrade_seconds
        self._begun_at = None
        return ended
