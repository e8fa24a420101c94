"""What the author of a plug-in has for the cloud, and the client that comes of it."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from aiohttp import ClientSession
from homeassistant.const import CONF_VERIFY_SSL
from homeassistant.helpers.selector import BooleanSelector, TextSelector
import voluptuous as vol
from yarl import URL

from ...clients.hiwifi.cloud_account import CloudAccount
from ...clients.hiwifi.openapi_server import OpenApiServer
from ...const import CONF_APP_ID, CONF_APP_NAME, CONF_APP_SECRET
from ..hiwifi.credentials import SECRET

CREDENTIALS: Final = vol.Schema(
    {
        vol.Required(CONF_APP_ID): TextSelector(),
        vol.Required(CONF_APP_NAME): TextSelector(),
        vol.Required(CONF_APP_SECRET): SECRET,
        vol.Required(CONF_VERIFY_SSL, default=True): BooleanSelector(),
    }
)


def create_client(
    session: ClientSession, url: URL, data: Mapping[str, Any], macs: Iterable[str] = ()
) -> CloudAccount:
    """Return a client for the data of an entry, and the routers that belong to it."""
    server = OpenApiServer(
        session,
        url,
        app_id=data[CONF_APP_ID],
        app_name=data[CONF_APP_NAME],
        app_secret=data[CONF_APP_SECRET],
    )
    return CloudAccount(server, macs)
