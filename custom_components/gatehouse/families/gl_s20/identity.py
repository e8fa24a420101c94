"""Recognizing a GL-S20 and telling one from another."""

import re
from typing import Final

from aiohttp import ClientSession
from yarl import URL

from ...clients.errors import NotSupported
from ...clients.gl_s20.client import GlS20Client
from ...clients.gl_s20.models import (
    CurrentFirmware,
    FirmwareCategory,
    Identity as DeviceIdentity,
    SystemStatus,
)
from ..base import Identity, Recognition
from ..readings import Snapshot
from .readings import FIRMWARE, IDENTITY, STATUS

_MODEL: Final = "GL-S20"
_HARDWARE: Final = "ESP32-S3, ESP32-H2"
_SIBLING: Final = re.compile(r"GL-S20\d", re.IGNORECASE)
"""Other products of the manufacturer whose name only begins the same."""


async def recognize(session: ClientSession, url: URL) -> Recognition:
    """Ask for what the device says of itself before any login. Raises client errors."""
    identity = await GlS20Client(session, url, password="").identity()
    if identity.mac_address is None and identity.category is None:
        raise NotSupported("what answers says nothing of itself")
    return Recognition(
        model=identity.model or _MODEL,
        unique_id=identity.mac_address,
        initialized=identity.initialized is not False,
        obstacle=_obstacle(identity),
    )


def _obstacle(identity: DeviceIdentity) -> str | None:
    """Return why a device cannot be set up that speaks the same protocol."""
    if identity.category is FirmwareCategory.BLUETOOTH:
        return "not_thread_firmware"
    if identity.model and _SIBLING.match(identity.model):
        return "other_gl_inet"
    return None


async def identify(client: GlS20Client) -> Identity:
    """Ask the device who it is."""
    return _identity(await client.identity(), await client.system.status(), None)


def identity_of(snapshot: Snapshot) -> Identity:
    """Take from the readings who the device is."""
    return _identity(snapshot.last(IDENTITY), snapshot.last(STATUS), snapshot.last(FIRMWARE))


def _identity(
    identity: DeviceIdentity | None,
    status: SystemStatus | None,
    firmware: CurrentFirmware | None,
) -> Identity:
    """Put together what three pages tell."""
    identity = identity or DeviceIdentity()
    status = status or SystemStatus()
    firmware = firmware or CurrentFirmware()
    macs = (identity.mac_address, status.wifi_mac, status.ethernet_mac)
    return Identity(
        unique_id=identity.mac_address,
        model=identity.model or status.model or _MODEL,
        firmware=firmware.version or identity.firmware_version,
        hardware=_HARDWARE,
        serial_number=status.serial_number,
        mac_addresses=frozenset(filter(None, macs)),
        bluetooth_address=status.bluetooth_mac,
    )
