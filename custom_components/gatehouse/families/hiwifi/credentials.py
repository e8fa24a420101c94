"""What each way to a HiWiFi router asks its owner for, and the client that it makes of it."""

from collections.abc import Mapping
from typing import Any, Final

from aiohttp import ClientSession
from homeassistant.const import CONF_CLIENT_ID, CONF_CLIENT_SECRET, CONF_MAC, CONF_PASSWORD
from homeassistant.helpers.selector import TextSelector, TextSelectorConfig, TextSelectorType
import voluptuous as vol
from yarl import URL

from ...clients.hiwifi.client import HiwifiClient
from ...clients.hiwifi.openapi_client import OpenApiClient
from ...clients.hiwifi.router_admin import RouterAdmin
from ...const import CONF_APP_ID, CONF_APP_NAME

SECRET: Final = TextSelector(
    TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="current-password")
)

PASSWORD: Final = vol.Schema({vol.Required(CONF_PASSWORD): SECRET})

SIGNATURE: Final = vol.Schema(
    {
        vol.Required(CONF_APP_ID): TextSelector(),
        vol.Required(CONF_APP_NAME): TextSelector(),
        vol.Required(CONF_CLIENT_ID): TextSelector(),
        vol.Required(CONF_CLIENT_SECRET): SECRET,
    }
)


def by_password(session: ClientSession, url: URL, data: Mapping[str, Any]) -> HiwifiClient:
    """Return a client that logs in as the owner does."""
    return HiwifiClient(RouterAdmin(session, url, password=data[CONF_PASSWORD]))


def by_signature(session: ClientSession, url: URL, data: Mapping[str, Any]) -> HiwifiClient:
    """Return a client that signs its requests."""
    return HiwifiClient(
        OpenApiClient(
            session,
            url,
            app_id=data[CONF_APP_ID],
            app_name=data[CONF_APP_NAME],
            client_id=data[CONF_CLIENT_ID],
            client_secret=data[CONF_CLIENT_SECRET],
            mac=data[CONF_MAC],
        )
    )
