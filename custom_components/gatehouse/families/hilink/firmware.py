"""Firmware of a HiLink device: what its maker's server offers, and how it is installed."""

from asyncio import sleep
from typing import Final

from homeassistant.components.update.const import UpdateDeviceClass
from homeassistant.const import EntityCategory

from ...clients.errors import (
    CannotConnect,
    DeviceBusy,
    InvalidReply,
    NotPermitted,
    NotSupported,
)
from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import UpdateState
from ...clients.hilink.upkeep import Offer
from ...errors import failure
from ..descriptions import (
    GatehouseButtonDescription,
    GatehouseUpdateDescription,
    TellProgress,
)
from ..readings import Cadence, Reading, Snapshot
from .identity import identity_of
from .readings import BASIC_INFORMATION, INFORMATION

_STATUS_INTERVAL: Final = 3
"""Seconds between questions how far the device is."""

_LONGEST_CHECK: Final = 30
_LONGEST_INSTALLATION: Final = 30 * 60
_LONGEST_RESTART: Final = 5 * 60
"""Seconds."""

_MISSES: Final = 5
"""Questions without an answer after which the device is taken to restart."""

_UNDER_WAY: Final = {UpdateState.FOUND, UpdateState.DOWNLOADING, UpdateState.INSTALLING, None}
"""States in which the installation goes on, or has not begun yet."""

OFFER: Final = Reading[HilinkClient, Offer](
    name="firmware_offer", fetch=lambda client: client.upkeep.offer(), cadence=Cadence.SLOW
)
CHECK: Final = Reading[HilinkClient, None](
    name="firmware_check",
    fetch=lambda client: client.upkeep.check(),
    cadence=Cadence.DAILY,
    takes_long=True,
)
"""Makes the device ask the server; what comes of it is read elsewhere."""

FIRMWARE_READINGS: Final = (OFFER, CHECK)


def _installed(data: Snapshot) -> str | None:
    """Return the version that runs."""
    return identity_of(data).firmware


def _latest(data: Snapshot) -> str | None:
    """Return the version that is offered, or the one that runs."""
    offer = data.last(OFFER)
    return (offer and offer.version) or _installed(data)


async def _check(client: HilinkClient) -> None:
    """Let the device ask, and wait for what comes of it."""
    await client.upkeep.check()
    for _ in range(_LONGEST_CHECK // _STATUS_INTERVAL):
        await sleep(_STATUS_INTERVAL)
        if (await client.upkeep.status()).state is not UpdateState.CHECKING:
            return


async def _install(client: HilinkClient, data: Snapshot, tell: TellProgress) -> None:
    """Install what is offered, and return when the device restarts.

    Raises client errors, and translated errors where the update fails or never ends.
    """
    await client.upkeep.install()
    misses = 0
    for _ in range(_LONGEST_INSTALLATION // _STATUS_INTERVAL):
        await sleep(_STATUS_INTERVAL)
        try:
            status = await client.upkeep.status()
        except CannotConnect:
            misses += 1
            if misses == _MISSES:
                return
            continue
        except DeviceBusy, InvalidReply:
            continue
        except NotPermitted, NotSupported:
            # What answers already is the new firmware.
            return
        misses = 0
        if status.state is UpdateState.FAILED:
            raise failure("update_failed", version=_installed(data) or "")
        if status.state not in _UNDER_WAY:
            return
        tell(status.progress if status.state is UpdateState.DOWNLOADING else None)
    raise failure("update_endless")


FIRMWARE_UPDATES: Final = (
    GatehouseUpdateDescription[HilinkClient](
        key="firmware",
        device_class=UpdateDeviceClass.FIRMWARE,
        reading=OFFER,
        also_reads=(CHECK, INFORMATION, BASIC_INFORMATION),
        exists_fn=lambda data: data[OFFER].state is not None and _installed(data) is not None,
        installed_fn=_installed,
        installed_from=(INFORMATION, BASIC_INFORMATION),
        latest_fn=_latest,
        install_fn=_install,
        restart_seconds=_LONGEST_RESTART,
    ),
)

FIRMWARE_BUTTONS: Final = (
    GatehouseButtonDescription[HilinkClient](
        key="check_for_update",
        entity_category=EntityCategory.DIAGNOSTIC,
        reading=OFFER,
        exists_fn=lambda data: data[OFFER].state is not None,
        press_fn=_check,
        read_back=(OFFER,),
    ),
)
