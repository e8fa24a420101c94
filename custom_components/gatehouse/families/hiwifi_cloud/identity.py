"""Recognizing a cloud for HiWiFi routers and telling one account from another."""

from typing import Final

from aiohttp import ClientSession
from yarl import URL

from ...clients.hiwifi.cloud_account import CloudAccount
from ...clients.hiwifi.open_cloud import find_cloud
from ..base import Identity, Recognition
from ..readings import Snapshot

MODEL: Final = "HiWiFi cloud"


async def recognize(session: ClientSession, url: URL) -> Recognition:
    """Ask for what nobody has signed. Raises client errors."""
    await find_cloud(session, url)
    return Recognition(model=MODEL)


async def identify(account: CloudAccount) -> Identity:
    """Return whose account it is.

    The plug-in's id stays when the cloud moves, as the vendor's has to: it was allotted once for
    all plug-ins, and whoever stands in for the vendor keeps it.
    """
    return Identity(unique_id=f"app_{account.server.app_id}", model=MODEL)


def identity_of(_: Snapshot) -> Identity:
    """Return what is the same for every account."""
    return Identity(unique_id=None, model=MODEL)
