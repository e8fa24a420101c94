"""What tests of a router's clients have in common."""

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.gatehouse.const import DOMAIN

from .conftest import MAC

PHONE = "02:00:00:a0:53:01"
TABLET = "02:00:00:a0:53:02"
TELEVISION = "02:00:00:a0:53:03"
NAMELESS = "02:00:00:a0:53:05"
LAPTOP = "02:00:00:a0:53:06"
NEWCOMER = "02:00:00:a0:53:77"

LISTED = 7
"""Clients of the simulated house, of whom five are connected."""


def meet(hass: HomeAssistant, *macs: str) -> None:
    """Let Home Assistant know devices from another integration."""
    entry = MockConfigEntry(domain="other", title="Other")
    entry.add_to_hass(hass)
    for mac in macs:
        dr.async_get(hass).async_get_or_create(
            config_entry_id=entry.entry_id,
            connections={(dr.CONNECTION_NETWORK_MAC, mac)},
            name="Known elsewhere",
        )


def tracker(hass: HomeAssistant, mac: str) -> er.RegistryEntry | None:
    """Return what is registered of the tracker of a client."""
    return _registered(hass, Platform.DEVICE_TRACKER, f"{MAC}_client_{mac}")


def switch(hass: HomeAssistant, mac: str) -> er.RegistryEntry | None:
    """Return what is registered of the switch of a client."""
    return _registered(hass, Platform.SWITCH, f"{MAC}_client_{mac}_internet")


def of_clients(hass: HomeAssistant, platform: Platform) -> list[er.RegistryEntry]:
    """Return what is registered of all clients."""
    return [
        each
        for each in er.async_get(hass).entities.values()
        if each.domain == platform and each.unique_id.startswith(f"{MAC}_client_")
    ]


def device_of(hass: HomeAssistant, entry: MockConfigEntry, mac: str) -> dr.DeviceEntry | None:
    """Return the device of a client."""
    return dr.async_get(hass).async_get_device_by_connection(
        (dr.CONNECTION_NETWORK_MAC, mac), entry.entry_id
    )


def _registered(hass: HomeAssistant, platform: Platform, unique_id: str) -> er.RegistryEntry | None:
    """Return what is registered of an entity."""
    registry = er.async_get(hass)
    entity_id = registry.async_get_entity_id(platform, DOMAIN, unique_id)
    return registry.async_get(entity_id) if entity_id else None
