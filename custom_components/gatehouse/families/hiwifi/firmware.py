"""Firmware of a HiWiFi router."""

from asyncio import sleep
from typing import Final

from homeassistant.components.update.const import UpdateDeviceClass

from ...clients.errors import (
    CannotConnect,
    CommandRefused,
    InvalidReply,
    NotPermitted,
    NotSupported,
)
from ...clients.hiwifi.client import HiwifiClient
from ...clients.hiwifi.readings import UPGRADE_PROGRESS
from ...errors import failure
from ..descriptions import GatehouseUpdateDescription, TellProgress
from ..readings import Snapshot
from .readings import FIRMWARE, SYSTEM, takes_calls

_STATUS_INTERVAL: Final = 3
"""Seconds between questions how far the upgrade is."""

_LONGEST_DOWNLOAD: Final = 15 * 60
_LONGEST_RESTART: Final = 10 * 60
"""Seconds; the older generation also downloads in this time, of which it tells nothing."""

_MISSES: Final = 5
"""Questions without an answer after which the router is taken to restart."""

_DOWNLOADING: Final = "downloading"


def _installed(data: Snapshot) -> str | None:
    """Return the version that runs."""
    system = data.last(SYSTEM)
    return system.version if system else None


def _latest(data: Snapshot) -> str | None:
    """Return the version that is offered, or the one that runs; None until a server has told."""
    offer = data.last(FIRMWARE)
    if offer is None:
        return None
    return offer.version if offer.update_available else _installed(data)


def _changelog(data: Snapshot) -> str | None:
    """Return what is new, in the language of the router."""
    offer = data.last(FIRMWARE)
    return offer.changelog if offer else None


async def _install(client: HiwifiClient, _: Snapshot, _tell: TellProgress) -> None:
    """Install what is offered, and return when the router restarts.

    Raises client errors, and a translated error where the download never ends.
    """
    await client.system.upgrade()
    misses = 0
    for _look in range(_LONGEST_DOWNLOAD // _STATUS_INTERVAL):
        await sleep(_STATUS_INTERVAL)
        try:
            progress = await client.read(UPGRADE_PROGRESS)
        except CannotConnect:
            misses += 1
            if misses == _MISSES:
                return
            continue
        except InvalidReply:
            continue
        except CommandRefused, NotPermitted, NotSupported:
            # It does not tell how far it is; whoever waits for the new version will see.
            return
        misses = 0
        if progress.state != _DOWNLOADING:
            return
    raise failure("update_endless")


UPDATES: Final[tuple[GatehouseUpdateDescription[HiwifiClient], ...]] = (
    GatehouseUpdateDescription[HiwifiClient](
        key="firmware",
        device_class=UpdateDeviceClass.FIRMWARE,
        # The vendor's server, which the router asks, is gone.
        entity_registry_enabled_default=False,
        reading=SYSTEM,
        also_reads=(FIRMWARE,),
        exists_fn=lambda data: takes_calls(data) and data[SYSTEM].version is not None,
        installed_fn=_installed,
        latest_fn=_latest,
        release_notes_fn=_changelog,
        install_fn=_install,
        restart_seconds=_LONGEST_RESTART,
    ),
)
