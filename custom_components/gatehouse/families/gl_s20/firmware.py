"""Firmware of a GL-S20."""

from asyncio import sleep
from collections.abc import Iterable
from functools import reduce
from typing import Final

from awesomeversion import AwesomeVersion
from awesomeversion.exceptions import AwesomeVersionException
from homeassistant.components.update.const import UpdateDeviceClass

from ...clients.errors import (
    CannotConnect,
    CommandRefused,
    DeviceBusy,
    InvalidReply,
    NotPermitted,
    NotSupported,
)
from ...clients.gl_s20.client import GlS20Client
from ...clients.gl_s20.models import CurrentFirmware, FirmwareRelease, UpgradeState
from ...errors import failure
from ..descriptions import GatehouseUpdateDescription, TellProgress
from ..readings import Snapshot
from .readings import FIRMWARE, ONLINE_FIRMWARE

_STATUS_INTERVAL: Final = 3
"""Seconds between questions how far the upgrade is."""

_LONGEST_UPGRADE: Final = 15 * 60
_LONGEST_RESTART: Final = 3 * 60
"""Seconds."""

_MISSES: Final = 5
"""Questions without an answer after which the device is taken to restart."""


def _bare(version: str) -> str:
    """Return a version without the letter that may stand before it."""
    return version[1:] if version[:1] in {"v", "V"} and version[1:2].isdigit() else version


def _is_newer(version: str, than: str) -> bool:
    """Compare two versions; where that makes no sense, another one counts as newer."""
    try:
        return bool(AwesomeVersion(version) > AwesomeVersion(than))
    except AwesomeVersionException:
        return version != than


def _newer(one: FirmwareRelease, other: FirmwareRelease) -> FirmwareRelease:
    """Return the newer of two releases."""
    return other if _is_newer(_bare(other.version or ""), _bare(one.version or "")) else one


def _offer(data: Snapshot) -> FirmwareRelease | None:
    """Return the newest release that is newer than the firmware and no other kind of it."""
    current, online = data.last(FIRMWARE), data.last(ONLINE_FIRMWARE)
    releases = [] if current is None or online is None else _same_type(current, online.releases)
    return reduce(_newer, releases) if releases else None


def _same_type(
    current: CurrentFirmware, releases: Iterable[FirmwareRelease]
) -> list[FirmwareRelease]:
    """Return what may replace a firmware; another type would make another device of it."""
    if current.firmware_type is None or current.version is None:
        return []
    own, running = current.firmware_type.casefold(), _bare(current.version)
    return [
        each
        for each in releases
        if each.firmware_type
        and each.firmware_type.casefold() == own
        and each.version
        and _is_newer(_bare(each.version), running)
    ]


def _installed(data: Snapshot) -> str | None:
    """Return the version that runs."""
    current = data.last(FIRMWARE)
    return _bare(current.version) if current and current.version else None


def _latest(data: Snapshot) -> str | None:
    """Return the version that is offered, or the one that runs; None until anybody has looked."""
    if data.last(ONLINE_FIRMWARE) is None:
        return None
    offer = _offer(data)
    return _bare(offer.version) if offer and offer.version else _installed(data)


async def _install(client: GlS20Client, data: Snapshot, _: TellProgress) -> None:
    """Install what is offered, and return when the device restarts.

    Raises client errors, and translated errors where the upgrade fails or never ends.
    """
    offer = _offer(data)
    if offer is None or offer.firmware_type is None or offer.version is None:
        raise NotSupported("there is no newer firmware")
    await client.system.upgrade(firmware_type=offer.firmware_type, version=offer.version)
    misses = 0
    for _look in range(_LONGEST_UPGRADE // _STATUS_INTERVAL):
        await sleep(_STATUS_INTERVAL)
        try:
            state = (await client.system.upgrade_status()).state
        except CannotConnect:
            misses += 1
            if misses == _MISSES:
                return
            continue
        except DeviceBusy, InvalidReply:
            continue
        except CommandRefused, NotPermitted, NotSupported:
            # Nothing is being installed any more: the device has restarted in between.
            return
        misses = 0
        if state is UpgradeState.SUCCEEDED:
            return
        if state is UpgradeState.FAILED:
            raise failure("update_failed", version=_installed(data) or "")
    raise failure("update_endless")


UPDATES: Final[tuple[GatehouseUpdateDescription[GlS20Client], ...]] = (
    GatehouseUpdateDescription[GlS20Client](
        key="firmware",
        device_class=UpdateDeviceClass.FIRMWARE,
        reading=FIRMWARE,
        also_reads=(ONLINE_FIRMWARE,),
        installed_fn=_installed,
        latest_fn=_latest,
        install_fn=_install,
        restart_seconds=_LONGEST_RESTART,
    ),
)
