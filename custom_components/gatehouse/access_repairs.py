"""Repairs of what keeps Gatehouse out of a device; the device may not be set up meanwhile."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.const import CONF_PASSWORD
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.selector import TextSelector, TextSelectorConfig, TextSelectorType
import voluptuous as vol

from .access_issues import LOCKED_OUT, PASSWORD_CHANGE
from .const import CONF_CREDENTIALS_REFUSED, DOMAIN
from .coordinator import GatehouseConfigEntry
from .holds import release_hold

_FIELDS: Final[Mapping[str, vol.Schema]] = {
    LOCKED_OUT: vol.Schema({}),
    PASSWORD_CHANGE: vol.Schema(
        {
            vol.Required(CONF_PASSWORD): TextSelector(
                TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="new-password")
            )
        }
    ),
}


class AccessRepairFlow(RepairsFlow):
    """Explain, then set the device up anew, with a new password where that is what it takes."""

    def __init__(self, entry: GatehouseConfigEntry | None, key: str) -> None:
        """Remember which device and what about it."""
        self._entry = entry
        self._key = key

    async def async_step_init(self, user_input: dict[str, str] | None = None) -> RepairsFlowResult:
        """Begin."""
        return await self.async_step_confirm()

    async def async_step_confirm(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Wait for the owner's word, then try."""
        entry = self._entry
        if entry is None or entry.disabled_by is not None:
            return self.async_abort(reason="device_not_loaded")
        if user_input is None:
            issue = ir.async_get(self.hass).async_get_issue(DOMAIN, self.issue_id)
            return self.async_show_form(
                step_id="confirm",
                data_schema=_FIELDS[self._key],
                description_placeholders=issue.translation_placeholders if issue else None,
            )
        await self._async_set_up(entry, user_input)
        if entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(
                reason="fix_failed", description_placeholders={"error": str(entry.reason)}
            )
        for flow in entry.async_get_active_flows(self.hass, {SOURCE_REAUTH}):
            self.hass.config_entries.flow.async_abort(flow["flow_id"])
        return self.async_create_entry(data={})

    async def _async_set_up(self, entry: GatehouseConfigEntry, changes: dict[str, Any]) -> None:
        """Set the device up with what is new; a locked device is asked before any login."""
        release_hold(self.hass, entry)
        if changes:
            data = dict(entry.data)
            data.pop(CONF_CREDENTIALS_REFUSED, None)
            self.hass.config_entries.async_update_entry(entry, data={**data, **changes})
        await self.hass.config_entries.async_reload(entry.entry_id)
