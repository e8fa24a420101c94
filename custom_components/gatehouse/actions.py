"""Carrying out what a family describes as an action or as the fix of an issue."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.util.json import JsonObjectType

from .coordinator import GatehouseConfigEntry
from .families.actions import ActionCall, ActionResult
from .families.readings import Reading


async def async_run(
    hass: HomeAssistant,
    entry: GatehouseConfigEntry,
    run: Callable[[ActionCall[Any]], Awaitable[ActionResult | None]],
    *,
    fields: Mapping[str, Any],
    read_back: Iterable[Reading[Any, Any]] = (),
    ends_connection: bool = False,
    alone: bool = False,
) -> JsonObjectType | None:
    """Carry something out and return the response. Raises translated errors."""
    coordinator = entry.runtime_data

    async def command(client: Any) -> ActionResult | None:
        """Hand over what is known at the moment when it is carried out."""
        call = ActionCall(
            hass=hass, entry=entry, client=client, snapshot=coordinator.data, fields=fields
        )
        return await run(call)

    result = await coordinator.async_command(command, alone=alone) or ActionResult()
    if ends_connection:
        coordinator.async_expect_absence()
    if result.changes or result.options:
        # The set-up that follows reads everything, perhaps at another address.
        hass.config_entries.async_update_entry(
            entry,
            data={**entry.data, **result.changes},
            options={**entry.options, **result.options},
        )
    else:
        await coordinator.async_read((*read_back, *result.read_back))
    return result.response
