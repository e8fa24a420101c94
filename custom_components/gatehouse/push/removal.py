"""The end of an entry: the device gets back what it had before it pushed here."""

import asyncio
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir

from ..clients.errors import GatehouseError
from ..connection import connected_client
from ..const import CONF_CREDENTIALS_REFUSED, CONF_DEVICE_TYPE, DOMAIN, LOGGER, DeviceFamily
from ..families import FAMILIES
from ..families.base import Family
from ..messaging.store import NotSaved
from .memory import Memory, async_remove_memory

_ISSUE: Final = "push_not_restored"

_PATIENCE: Final = 15
"""Seconds; the owner waits meanwhile."""


async def async_forget_push(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Give the device back what it had, if it still has ours, and forget everything."""
    family = FAMILIES[DeviceFamily(entry.data[CONF_DEVICE_TYPE])]
    if family.push is None:
        return
    try:
        memory = await Memory.load(hass, entry.entry_id, family.push)
    except NotSaved:
        return
    if memory.previous is not None:
        try:
            async with asyncio.timeout(_PATIENCE):
                await _restore(hass, entry, family, memory)
        except (GatehouseError, TimeoutError) as err:
            LOGGER.debug("Giving back the push setting failed: %s", type(err).__name__)
            ir.async_create_issue(
                hass,
                DOMAIN,
                f"{entry.entry_id}_{_ISSUE}",
                is_fixable=False,
                severity=ir.IssueSeverity.WARNING,
                translation_key=_ISSUE,
                translation_placeholders={"device": entry.title},
            )
    await async_remove_memory(hass, entry.entry_id)


async def _restore(
    hass: HomeAssistant, entry: ConfigEntry, family: Family[Any], memory: Memory
) -> None:
    """Give the device back what it had. Raises client errors."""
    if CONF_CREDENTIALS_REFUSED in entry.data:
        raise GatehouseError("the password is refused anyhow")
    async with connected_client(hass, family, entry.data) as client:
        found = await memory.support.reading.fetch(client)
        if memory.is_ours(found):
            await memory.support.restore(client, memory.previous)
