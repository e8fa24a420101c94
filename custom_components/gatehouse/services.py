"""Actions."""

from collections import defaultdict
from collections.abc import Mapping
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
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from .actions import async_run
from .const import CONF_DEVICE_TYPE, DOMAIN, DeviceFamily
from .coordinator import GatehouseConfigEntry
from .errors import input_error
from .families import FAMILIES
from .families.actions import GatehouseAction
from .message_actions import async_register_message_actions

type _Offers = Mapping[DeviceFamily, GatehouseAction[Any]]
"""An action, by the kinds of devices that have it; a field that not all take has no default."""


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions."""
    async_register_message_actions(hass)
    offers: defaultdict[str, dict[DeviceFamily, GatehouseAction[Any]]] = defaultdict(dict)
    for family in FAMILIES.values():
        for action in family.actions:
            offers[action.name][family.key] = action
    for each in offers.values():
        _register(hass, each)


@callback
def _register(hass: HomeAssistant, offers: _Offers) -> None:
    """Register an action that families describe."""
    action = next(iter(offers.values()))
    fields: VolDictType = {}
    for each in offers.values():
        fields |= each.fields
    register = (
        partial(service.async_register_admin_service, hass)
        if action.admin
        else hass.services.async_register
    )
    register(
        DOMAIN,
        action.name,
        partial(_async_run, offers),
        schema=vol.Schema({vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string, **fields}),
        supports_response=action.supports_response,
    )


async def _async_run(offers: _Offers, call: ServiceCall) -> ServiceResponse:
    """Carry out an action that families describe."""
    fields = dict(call.data)
    entry = _entry_of(call.hass, offers, fields.pop(ATTR_CONFIG_ENTRY_ID, None))
    action = offers[entry.data[CONF_DEVICE_TYPE]]
    if foreign := fields.keys() - set(map(str, action.fields)):
        raise input_error("field_not_taken", device=entry.title, fields=", ".join(sorted(foreign)))
    response = await async_run(
        call.hass,
        entry,
        action.run,
        fields=fields,
        read_back=action.read_back,
        ends_connection=action.ends_connection,
        alone=action.alone,
    )
    return response if call.return_response else None


def _entry_of(hass: HomeAssistant, offers: _Offers, entry_id: str | None) -> GatehouseConfigEntry:
    """Return the device of an action; where there is but one that it fits, nobody need name it."""
    manufacturer = " / ".join(dict.fromkeys(FAMILIES[key].manufacturer for key in offers))
    if entry_id is None:
        fitting = [
            entry.entry_id
            for entry in hass.config_entries.async_loaded_entries(DOMAIN)
            if entry.data[CONF_DEVICE_TYPE] in offers
        ]
        if len(fitting) != 1:
            raise input_error(
                "device_not_named", count=str(len(fitting)), manufacturer=manufacturer
            )
        entry_id = fitting[0]
    entry: GatehouseConfigEntry = service.async_get_config_entry(hass, DOMAIN, entry_id)
    if entry.data[CONF_DEVICE_TYPE] not in offers:
        raise input_error("action_of_another_family", device=entry.title, manufacturer=manufacturer)
    return entry
