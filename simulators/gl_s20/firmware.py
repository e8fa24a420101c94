"""Firmware: what runs, what the vendor offers, and upgrades."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from simulators.gl_s20.errors import Code, DeviceError
from simulators.gl_s20.options import FirmwareCategory, GlS20Options, UpgradeOutcome

TYPES: Final = {
    FirmwareCategory.THREAD: "GL-S20-OTBR",
    FirmwareCategory.BLE: "GL-S20-BLE",
}
CATEGORIES: Final = {kind: category for category, kind in TYPES.items()}
ANNOUNCED_SECONDS: Final = 5.0


class UpgradeStatus(IntEnum):
    """States of an upgrade."""

    SUCCEEDED = 0
    FAILED = 1
    IN_PROGRESS = 2


@dataclass(frozen=True, kw_only=True)
class Upgrade:
    """An upgrade under way."""

    category: FirmwareCategory
    version: str
    save_config: bool
    started: float


class Firmware:
    """The upgrade under way, if any."""

    def __init__(self) -> None:
        """Start with none."""
        self._upgrade: Upgrade | None = None
        self.certificates = 0
        """How many certificates were installed."""

    def begin(self, upgrade: Upgrade, options: GlS20Options) -> None:
        """Start an upgrade."""
        if self._status(upgrade.started, options) is UpgradeStatus.IN_PROGRESS:
            raise DeviceError(Code.BUSY, "Upgrade in progress")
        self._upgrade = upgrade

    def status(self, now: float, options: GlS20Options) -> int:
        """Return how the upgrade is going."""
        status = self._status(now, options)
        if status is not None:
            return status
        if options.idle_upgrade_status is None:
            raise DeviceError(Code.FAILED, "No upgrade")
        return options.idle_upgrade_status

    def _status(self, now: float, options: GlS20Options) -> UpgradeStatus | None:
        """Return the state of the latest upgrade."""
        if self._upgrade is None:
            return None
        done = now - self._upgrade.started >= options.upgrade_seconds
        if not done or options.upgrade_outcome is UpgradeOutcome.NEVER:
            return UpgradeStatus.IN_PROGRESS
        if options.upgrade_outcome is UpgradeOutcome.FAIL:
            return UpgradeStatus.FAILED
        return UpgradeStatus.SUCCEEDED

    def take(self, now: float, options: GlS20Options) -> tuple[Upgrade, float] | None:
        """Return an upgrade that restarts the device, and when it does so."""
        upgrade = self._upgrade
        if upgrade is None or self._status(now, options) is not UpgradeStatus.SUCCEEDED:
            return None
        moment = upgrade.started + options.upgrade_seconds + ANNOUNCED_SECONDS
        if now < moment:
            return None
        self._upgrade = None
        return upgrade, moment

    def restart(self) -> None:
        """Forget the upgrade, which a restart interrupts."""
        self._upgrade = None
