"""Actions."""

from functools import partial
from typing import Any

from homeassistant.const import ATTR_CONFIG_ENTRY_ID
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv, service
import voluptuous as vol

from .actions import async_run
from .const import CONF_DEVICE_TYPE, DOMAIN
from .coordinator import GatehouseConfigEntry
from .errors import input_error
from .families import FAMILIES
from .families.actions import GatehouseAction
from .families.base import Family
from .message_actions import async_register_message_actions


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions."""
    async_register_message_actions(hass)
    for family in FAMILIES.values():
        for action in family.actions:
            _register(hass, family, action)


@callback
def _register(hass: HomeAssistant, family: Family[Any], action: GatehouseAction[Any]) -> None:
    """Register an action that a family describes."""
    register = (
        partial(service.async_register_admin_service, hass)
        if action.admin
        else hass.services.async_register
    )
    register(
        DOMAIN,
        action.name,
        partial(_async_run, family, action),
        schema=vol.Schema({vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string, **action.fields}),
        supports_response=action.supports_response,
    )


async def _async_run(
    family: Family[Any], action: GatehouseAction[Any], call: ServiceCall
) -> ServiceResponse:
    """Carry out an action that a family describes."""
    fields = dict(call.data)
    entry = _entry_of(call.hass, family, fields.pop(ATTR_CONFIG_ENTRY_ID, None))
    response = await async_run(
        call.hass,
        entry,
        action.run,
        fields=fields,
        read_back=action.read_back,
        ends_connection=action.ends_connection,
    )
    return response if call.return_response else None


def _entry_of(
    hass: HomeAssistant, family: Family[Any], entry_id: str | None
) -> GatehouseConfigEntry:
    """Return the device of an action; where there is but one that it fits, nobody need name it."""
    if entry_id is None:
        fitting = [
            entry.entry_id
            for entry in hass.config_entries.async_loaded_entries(DOMAIN)
            if entry.data[CONF_DEVICE_TYPE] == family.key
        ]
        if len(fitting) != 1:
            raise input_error(
                "device_not_named", count=str(len(fitting)), manufacturer=family.manufacturer
            )
        entry_id = fitting[0]
    entry: GatehouseConfigEntry = service.async_get_config_entry(hass, DOMAIN, entry_id)
    if entry.data[CONF_DEVICE_TYPE] != family.key:
        raise input_error(
            "action_of_another_family", device=entry.title, manufacturer=family.manufacturer
        )
    return entry
