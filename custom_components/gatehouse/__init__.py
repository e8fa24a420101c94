"""Gatehouse: the boxes that link a home to the outside."""

from typing import Final

from homeassistant.const import EVENT_HOMEASSISTANT_STOP, Platform
from homeassistant.core import Event, HomeAssistant
from homeassistant.exceptions import ConfigEntryAuthFailed, ConfigEntryNotReady
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.device_registry import AnyDeviceEntry
from homeassistant.helpers.typing import ConfigType
from homeassistant.setup import async_setup_component

from .access_issues import async_tell_access
from .connection import create_client, create_session, verifies_certificate
from .const import CONF_CREDENTIALS_REFUSED, CONF_DEVICE_TYPE, DOMAIN, DeviceFamily
from .coordinator import GatehouseConfigEntry, GatehouseCoordinator
from .entity import async_keep_device
from .families import FAMILIES
from .holds import hold, raise_if_held
from .issues import async_forget_issues, async_keep_issues
from .message_upkeep import async_keep_inbox
from .messaging import async_set_up_messaging
from .messaging.boxes import async_remove_boxes
from .network_clients import async_dismiss_client, async_keep_clients
from .push import async_set_up_push
from .push.removal import async_forget_push
from .services import async_setup_services

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)

PLATFORMS: Final = [
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.DEVICE_TRACKER,
    Platform.EVENT,
    Platform.IMAGE,
    Platform.NOTIFY,
    Platform.NUMBER,
    Platform.SELECT,
    Platform.SENSOR,
    Platform.SWITCH,
    Platform.TEXT,
    Platform.UPDATE,
]


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Set up the actions."""
    async_setup_services(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: GatehouseConfigEntry) -> bool:
    """Set up a device."""
    if refusal := entry.data.get(CONF_CREDENTIALS_REFUSED):
        async_tell_access(hass, entry, refusal)
        raise ConfigEntryAuthFailed(translation_domain=DOMAIN, translation_key=refusal)
    raise_if_held(hass, entry)
    family = FAMILIES[DeviceFamily(entry.data[CONF_DEVICE_TYPE])]
    if family.tailor_fn:
        family = family.tailor_fn(family, entry)
    for component in family.core_components:
        await async_setup_component(hass, component, {})
    session = create_session(hass, verify_ssl=verifies_certificate(entry.data))
    entry.async_on_unload(session.detach)
    client = create_client(session, family, entry.data)
    coordinator = GatehouseCoordinator(hass, entry, family, client)
    coordinator.messaging = await async_set_up_messaging(hass, coordinator)
    coordinator.push = await async_set_up_push(hass, coordinator)
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
    async_keep_clients(hass, entry)
    async_keep_issues(hass, entry)
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    async_keep_inbox(hass, entry)
    if coordinator.messaging:
        coordinator.messaging.async_start()
    if coordinator.push:
        await coordinator.push.async_start()
    entry.async_on_unload(entry.add_update_listener(_async_reload))

    async def async_log_out(_: Event) -> None:
        """Free the device's session when Home Assistant stops."""
        await coordinator.async_close()

    # A listener for one event would be gone already where the entry is unloaded after it.
    entry.async_on_unload(hass.bus.async_listen(EVENT_HOMEASSISTANT_STOP, async_log_out))
    if hass.is_stopping:
        # The event may have come before anybody listened.
        await coordinator.async_close()
    return True


async def async_unload_entry(hass: HomeAssistant, entry: GatehouseConfigEntry) -> bool:
    """Unload a device and log out of it."""
    if entry.runtime_data.push:
        entry.runtime_data.push.async_stop()
    if entry.runtime_data.messaging:
        # While there are entities that hear of messages.
        await entry.runtime_data.messaging.async_stop()
    await entry.runtime_data.async_close()
    async_tell_access(hass, entry, None)
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_entry(hass: HomeAssistant, entry: GatehouseConfigEntry) -> None:
    """Give the device back what it had, and forget what was kept of its messages and issues."""
    await async_remove_boxes(hass, entry)
    async_forget_issues(hass, entry)
    family = FAMILIES[DeviceFamily(entry.data[CONF_DEVICE_TYPE])]
    if family.forget_fn:
        await family.forget_fn(hass, entry)
    # The last, for there may be an issue that outlives the entry.
    await async_forget_push(hass, entry)


async def async_remove_config_entry_device(
    hass: HomeAssistant, entry: GatehouseConfigEntry, device: AnyDeviceEntry
) -> bool:
    """Let the owner of a router forget a client that is away; nothing else can be removed alone."""
    return async_dismiss_client(entry, device)


async def _async_reload(hass: HomeAssistant, entry: GatehouseConfigEntry) -> None:
    """Take over changed options and contacts, unless the device has just been set free."""
    if not hass.is_stopping:
        await hass.config_entries.async_reload(entry.entry_id)
