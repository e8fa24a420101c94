"""Diagnostics: what helps to find a fault, without what is nobody's business."""

from dataclasses import asdict, is_dataclass
from typing import Any, Final

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_PASSWORD, CONF_URL, CONF_USERNAME
from homeassistant.core import HomeAssistant

from .const import CONF_NUMBER
from .coordinator import GatehouseConfigEntry, GatehouseCoordinator
from .families.readings import Record

_PRIVATE_CONFIGURATION: Final = {
    CONF_NUMBER,
    CONF_PASSWORD,
    CONF_URL,
    CONF_USERNAME,
    "title",
    "unique_id",
}


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: GatehouseConfigEntry
) -> dict[str, Any]:
    """Return the configuration, and every reading with how it went."""
    configuration = entry.as_dict()
    result: dict[str, Any] = {
        "configuration": {
            **{
                part: async_redact_data(configuration[part], _PRIVATE_CONFIGURATION)
                for part in ("data", "options")
            },
            "contacts": len(entry.subentries),
        },
        "state": entry.state.value,
        "reason": entry.reason,
    }
    if entry.state is ConfigEntryState.LOADED:
        result |= _device_report(entry.runtime_data)
    return result


def _device_report(coordinator: GatehouseCoordinator[Any]) -> dict[str, Any]:
    """Return what the device is and how each reading went."""
    private = coordinator.family.private_fields
    return {
        "device": {
            "family": coordinator.family.key,
            "model": coordinator.identity.model,
            "firmware": coordinator.identity.firmware,
            "hardware": coordinator.identity.hardware,
        },
        "online": coordinator.last_update_success,
        "paused": coordinator.paused,
        "readings": {
            reading.name: async_redact_data(_report(record), private)
            for reading, record in coordinator.data.records.items()
        },
    }


def _report(record: Record) -> dict[str, Any]:
    """Return a record as plain data."""
    value = record.value
    return {
        "outcome": record.outcome,
        "failures": record.failures,
        "error": record.error,
        "read_at": record.read_at,
        "value": asdict(value) if is_dataclass(value) and not isinstance(value, type) else value,
    }
