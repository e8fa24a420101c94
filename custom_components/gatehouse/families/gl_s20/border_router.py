"""A GL-S20 as Home Assistant's own Open Thread Border Router integration sees it."""

from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_URL
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from yarl import URL

from ...clients.gl_s20.otbr_rest import OtbrRest

OTBR_DOMAIN: Final = "otbr"
OTBR_PORT: Final = 8081


@callback
def async_border_router(hass: HomeAssistant, entry: ConfigEntry) -> OtbrRest:
    """Return the REST API of the border router, which may or may not be there."""
    url = URL.build(scheme="http", host=_host(entry), port=OTBR_PORT)
    return OtbrRest(async_get_clientsession(hass), str(url))


@callback
def async_is_linked(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Tell whether Home Assistant's own integration has been set up for the device."""
    entries = hass.config_entries.async_entries(
        OTBR_DOMAIN, include_ignore=False, include_disabled=False
    )
    return any(_host(each) == _host(entry) for each in entries)


def _host(entry: ConfigEntry) -> str:
    """Return where a device is."""
    return URL(entry.data[CONF_URL]).host or ""
