"""The login on an OpenVox gateway."""

from collections.abc import Mapping
from typing import Any, Final

from aiohttp import ClientSession
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_PASSWORD, CONF_USERNAME, CONF_VERIFY_SSL
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    BooleanSelector,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
import voluptuous as vol
from yarl import URL

from ...clients.openvox.client import OpenVoxClient
from ..issues import GatehouseIssueDescription
from ..readings import HomeReading, Snapshot

CONF_PATH_PREFIX: Final = "path_prefix"
"""In an entry's data: where below its address the gateway answers."""

_DELIVERED: Final = {CONF_USERNAME: "admin", CONF_PASSWORD: "admin"}
"""What every gateway has when it is new."""

CREDENTIALS: Final = vol.Schema(
    {
        vol.Required(CONF_USERNAME, default=_DELIVERED[CONF_USERNAME]): TextSelector(
            TextSelectorConfig(autocomplete="username")
        ),
        vol.Required(CONF_PASSWORD): TextSelector(
            TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="current-password")
        ),
        vol.Required(CONF_VERIFY_SSL, default=False): BooleanSelector(),
    }
)


def create_client(session: ClientSession, url: URL, data: Mapping[str, Any]) -> OpenVoxClient:
    """Return a client for the data of an entry."""
    return OpenVoxClient(
        session,
        url,
        prefix=data[CONF_PATH_PREFIX],
        username=data[CONF_USERNAME],
        password=data[CONF_PASSWORD],
    )


def is_default_login(data: Mapping[str, Any]) -> bool:
    """Tell whether anybody can guess the login."""
    return _DELIVERED.items() <= data.items()


async def _look(_: HomeAssistant, entry: ConfigEntry, __: Snapshot) -> bool:
    """Look at the login that the entry has."""
    return is_default_login(entry.data)


DEFAULT_LOGIN: Final = HomeReading[bool](name="default_login", look=_look)

ISSUES: Final = (
    GatehouseIssueDescription[OpenVoxClient](
        key="default_password",
        readings=(DEFAULT_LOGIN,),
        active_fn=lambda data: data[DEFAULT_LOGIN],
    ),
)
