"""Gatehouse: the boxes that link a home to the outside."""

from typing import Final

from homeassistant.const import EVENT_HOMEASSISTANT_STOP, Platform
from homeassistant.core import Event, HomeAssistant
from homeassistant.exceptions import ConfigEntryAuthFailed, ConfigEntryNotReady
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import ConfigType

from .connection import create_client, create_session, verifies_certificate
from .const import CONF_CREDENTIALS_REFUSED, CONF_DEVICE_TYPE, DOMAIN, DeviceFamily
from .coordinator import GatehouseConfigEntry, GatehouseCoordinator
from .entity import async_keep_device
from .families import FAMILIES
from .holds import hold, raise_if_held
from .services import async_setup_services

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)

PLATFORMS: Final = [
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.NOTIFY,
    Platform.SENSOR,
    Platform.SWITCH,
]


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Set up the actions."""
    async_setup_services(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: GatehouseConfigEntry) -> bool:
    """Set up a device."""
    if refusal := entry.data.get(CONF_CREDENTIALS_REFUSED):
        raise ConfigEntryAuthFailed(translation_domain=DOMAIN, translation_key=refusal)
    raise_if_held(hass, entry)
    family = FAMILIES[DeviceFamily(entry.data[CONF_DEVICE_TYPE])]
    session = create_session(hass, verify_ssl=verifies_certificate(entry.data))
    entry.async_on_unload(session.detach)
    client = create_client(session, family, entry.data)
    coordinator = GatehouseCoordinator(hass, entry, family, client)
    try:
        await coordinator.async_config_entry_first_refresh()
    except ConfigEntryNotReady as err:
        hold(hass, entry, err)
        await client.release()
        raise
    except BaseException:
        await client.release()
        raise
    entry.runtime_data = coordinator
    async_keep_device(hass, entry)
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    entry.async_on_unload(entry.add_update_listener(_async_reload))

    async def async_log_out(_: Event) -> None:
        """Free the device's session when Home Assistant stops."""
        await coordinator.async_close()

    entry.async_on_unload(hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, async_log_out))
    return True


async def async_unload_entry(hass: HomeAssistant, entry: GatehouseConfigEntry) -> bool:
    """Unload a device and log out of it."""
    await entry.runtime_data.async_close()
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def _async_reload(hass: HomeAssistant, entry: GatehouseConfigEntry) -> None:
    """Take over changed options and contacts."""
    await hass.config_entries.async_reload(entry.entry_id)
