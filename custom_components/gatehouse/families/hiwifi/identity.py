"""Recognizing a HiWiFi router and telling one from another."""

from typing import Final

from aiohttp import ClientSession
from homeassistant.const import CONF_MAC
from yarl import URL

from ...clients.errors import NotPermitted, NotSupported
from ...clients.hiwifi import readings
from ...clients.hiwifi.client import HiwifiClient
from ...clients.hiwifi.models import RouterInfo, SystemInfo
from ...clients.hiwifi.open_pages import read_router_info
from ..base import Identity, Recognition
from ..readings import Snapshot
from .readings import SYSTEM

_MODEL: Final = "HiWiFi"


async def recognize(session: ClientSession, url: URL) -> Recognition:
    """Ask for what the router tells everybody. Raises client errors."""
    info = await read_router_info(session, url)
    return Recognition(
        model=info.board or info.name or _MODEL,
        unique_id=info.mac,
        data={CONF_MAC: info.mac},
    )


async def identify(client: HiwifiClient) -> Identity:
    """Ask the router who it is; a plug-in may not be permitted to hear all of it."""
    try:
        system = await client.read(readings.SYSTEM)
    except NotPermitted, NotSupported:
        system = SystemInfo()
    return _identity(await client.router_info(), system)


def identity_of(snapshot: Snapshot) -> Identity:
    """Take from the readings who the router is."""
    return _identity(RouterInfo(), snapshot.last(SYSTEM) or SystemInfo())


def _identity(info: RouterInfo, system: SystemInfo) -> Identity:
    """Put together what two pages tell."""
    mac = info.mac or system.mac
    return Identity(
        unique_id=mac,
        model=system.model or info.board or _MODEL,
        firmware=system.version or info.version,
        hardware=system.submodel,
        mac_addresses=frozenset({mac} if mac else ()),
    )
