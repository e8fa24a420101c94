"""Recognizing a HiLink device and telling one from another."""

from collections.abc import Awaitable
from typing import Final

from aiohttp import ClientSession
from yarl import URL

from ...clients.errors import GatehouseError, NotPermitted, NotSupported
from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import BasicInformation, DeviceInformation
from ..base import Identity, Recognition
from ..readings import Snapshot
from .readings import BASIC_INFORMATION, INFORMATION

_UNNAMED: Final = "HiLink"


async def recognize(session: ClientSession, url: URL) -> Recognition:
    """Ask for what every HiLink device answers without a login. Raises client errors."""
    client = HilinkClient(session, url)
    await client.login_state()
    try:
        basic = await client.basic_information()
    except GatehouseError:
        return Recognition(model=None)
    return Recognition(model=basic.device_name or basic.spread_name)


async def identify(client: HilinkClient) -> Identity:
    """Ask the device who it is; some tell less, or nothing, without a login."""
    return _identity(
        await _permitted(client.device_information()),
        await _permitted(client.basic_information()),
    )


def identity_of(snapshot: Snapshot) -> Identity:
    """Take from the readings who the device is."""
    return _identity(snapshot.last(INFORMATION), snapshot.last(BASIC_INFORMATION))


async def _permitted[ModelT](request: Awaitable[ModelT]) -> ModelT | None:
    """Return the answer, None where the device keeps it to itself."""
    try:
        return await request
    except NotPermitted, NotSupported:
        return None


def _identity(information: DeviceInformation | None, basic: BasicInformation | None) -> Identity:
    """Put together what two pages tell.

    The serial number comes first because the device announces it on the network, so that a
    changed address can be noticed.
    """
    information = information or DeviceInformation()
    basic = basic or BasicInformation()
    model = information.device_name or basic.device_name or information.spread_name
    return Identity(
        unique_id=information.serial_number or information.imei or information.mac_address,
        model=model or basic.spread_name or _UNNAMED,
        firmware=information.software_version or basic.software_version,
        hardware=information.hardware_version,
        serial_number=information.serial_number,
        mac_addresses=frozenset(filter(None, (information.mac_address,))),
    )
