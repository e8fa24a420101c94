"""What keeps Gatehouse out of a device and only its owner can mend, told once until it is over."""

from collections.abc import Mapping
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_URL
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .const import DOMAIN

LOCKED_OUT: Final = "locked_out"
PASSWORD_CHANGE: Final = "password_change_required"  # noqa: S105 - a translation key
SESSION_CONFLICT: Final = "session_conflict"

ACCESS_ISSUES: Final[Mapping[str, bool]] = {
    LOCKED_OUT: True,
    PASSWORD_CHANGE: True,
    SESSION_CONFLICT: False,
}
"""Whether something can be done about it from here, by the keys of the errors."""


@callback
def async_tell_access(
    hass: HomeAssistant,
    entry: ConfigEntry,
    error: str | None,
    placeholders: Mapping[str, str] | None = None,
) -> None:
    """Raise the issue that belongs to an error, and withdraw the others; None for no error."""
    for key, is_fixable in ACCESS_ISSUES.items():
        issue_id = f"{entry.entry_id}_{key}"
        if key != error:
            ir.async_delete_issue(hass, DOMAIN, issue_id)
        elif not ir.async_get(hass).async_get_issue(DOMAIN, issue_id):
            ir.async_create_issue(
                hass,
                DOMAIN,
                issue_id,
                data={"entry_id": entry.entry_id, "key": key},
                is_fixable=is_fixable,
                severity=ir.IssueSeverity.WARNING,
                translation_key=key,
                translation_placeholders={
                    "device": entry.title,
                    "url": entry.data[CONF_URL],
                    **(placeholders or {}),
                },
            )
