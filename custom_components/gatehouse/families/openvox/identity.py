"""Recognizing an OpenVox gateway, which tells little of itself."""

from typing import Final

from aiohttp import ClientSession
from yarl import URL

from ...clients.openvox.client import OpenVoxClient
from ...clients.openvox.models import ChannelStates
from ...clients.openvox.prefix import find_prefix
from ..base import Identity, Recognition
from ..readings import Snapshot
from .credentials import CONF_PATH_PREFIX
from .readings import CHANNELS, SPANS

_MODEL: Final = "SMS gateway"


async def recognize(session: ClientSession, url: URL) -> Recognition:
    """Look for the path below which a gateway answers. Raises client errors."""
    prefix = await find_prefix(session, url)
    return Recognition(model=_MODEL, data={CONF_PATH_PREFIX: prefix})


async def identify(client: OpenVoxClient) -> Identity:
    """Ask for what everything else depends on; no request tells which gateway it is."""
    return _identity(len((await client.channels()).channels))


def identity_of(snapshot: Snapshot) -> Identity:
    """Take from the readings what kind of gateway it is."""
    channels = snapshot.last(CHANNELS) or ChannelStates()
    return _identity(len(snapshot.last(SPANS) or channels.channels))


def _identity(ports: int) -> Identity:
    """Describe a gateway of which nothing but the number of its ports is known.

    The SIMs do not identify it: they move from one gateway to another.
    """
    return Identity(unique_id=None, model=_MODEL, hardware=f"{ports} ports" if ports else None)
