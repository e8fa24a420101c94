"""Diagnostics: what helps to find a fault, without what is nobody's business."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, timedelta
import re
from typing import Any, Final

from homeassistant.components.diagnostics import REDACTED, async_redact_data
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_URL, CONF_USERNAME
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from yarl import URL

from .const import CONF_DEVICE_TYPE, CONF_NUMBER, SUBENTRY_CONTACT, DeviceFamily
from .coordinator import GatehouseConfigEntry, GatehouseCoordinator
from .families import FAMILIES
from .families.base import Family
from .families.readings import Record
from .health import health_details, health_of
from .secret_fields import secret_fields

_PRIVATE_CONFIGURATION: Final = {
    CONF_NUMBER,
    CONF_URL,
    CONF_USERNAME,
    "title",
    "unique_id",
}

_SHORTEST: Final = 3
"""Characters; what is shorter gives nobody away."""

_DISTINCTIVE: Final = 6
"""Characters; what is shorter is only looked for as a whole word."""


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: GatehouseConfigEntry
) -> dict[str, Any]:
    """Return the configuration, and every reading with how it went."""
    configuration = entry.as_dict()
    family = FAMILIES[DeviceFamily(entry.data[CONF_DEVICE_TYPE])]
    hidden = _PRIVATE_CONFIGURATION | family.private_fields | secret_fields(family.credentials)
    contacts = len(entry.get_subentries_of_type(SUBENTRY_CONTACT))
    result: dict[str, Any] = {
        "configuration": {
            **{
                part: async_redact_data(configuration[part], hidden) for part in ("data", "options")
            },
            "contacts": contacts,
            "members": len(entry.subentries) - contacts,
        },
        "state": entry.state.value,
        "reason": entry.reason,
    }
    private = _private_texts(entry.data, family)
    if entry.state is ConfigEntryState.LOADED:
        coordinator = entry.runtime_data
        result |= _device_report(coordinator)
        result["extra"] = await _extra_report(coordinator)
        private += coordinator.family.private_texts_fn(coordinator.data)
    return {name: _plain(value, _pattern(private)) for name, value in result.items()}


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
        "health": {"state": health_of(coordinator), **health_details(coordinator.data)},
        "messages": coordinator.messaging and coordinator.messaging.report(),
        "push": coordinator.push and coordinator.push.report(),
        "readings": {
            reading.name: async_redact_data(_report(record), private)
            for reading, record in coordinator.data.records.items()
        },
    }


async def _extra_report(coordinator: GatehouseCoordinator[Any]) -> Mapping[str, Any]:
    """Return what the device tells on top of its readings."""
    diagnose = coordinator.family.diagnose_fn
    if diagnose is None:
        return {}
    options = coordinator.config_entry.options
    try:
        return await coordinator.async_command(lambda client: diagnose(client, options))
    except HomeAssistantError as err:
        return {"error": str(err)}


def _private_texts(data: Mapping[str, Any], family: Family[Any]) -> list[str]:
    """Return the texts of a configuration that must not show up anywhere."""
    secrets = secret_fields(family.credentials)
    return [URL(data[CONF_URL]).host or "", *(str(data[key]) for key in secrets & data.keys())]


def _pattern(texts: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds any of the texts, the longest first."""
    chosen = sorted({each for each in texts if len(each) >= _SHORTEST}, key=len, reverse=True)
    parts = (
        re.escape(each) if len(each) >= _DISTINCTIVE else rf"(?<!\w){re.escape(each)}(?!\w)"
        for each in chosen
    )
    return re.compile("|".join(parts), re.IGNORECASE) if chosen else None


def _plain(value: object, private: re.Pattern[str] | None) -> Any:
    """Return plain data, in which private texts are blotted out wherever they stand."""
    match value:
        case None | bool() | int() | float() | date() | timedelta():
            return value
        case Mapping():
            return {key: _plain(each, private) for key, each in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(each, private) for each in value]
    # What is no plain data, such as a secret, knows best what to show of itself.
    return private.sub(REDACTED, str(value)) if private else str(value)


def _report(record: Record) -> dict[str, Any]:
    """Return a record as plain data."""
    return {
        "outcome": record.outcome,
        "failures": record.failures,
        "error": record.error,
        "read_at": record.read_at,
        "value": _fields(record.value),
    }


def _fields(value: Any) -> Any:
    """Return typed data, one or several, also within each other, as plain data."""
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, Mapping):
        return {key: _fields(each) for key, each in value.items()}
    # Within a tuple nothing would be redacted.
    return [_fields(each) for each in value] if isinstance(value, tuple | list) else value
