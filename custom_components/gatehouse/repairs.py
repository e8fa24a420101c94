"""Repairs: what is done about an issue once its owner has confirmed it."""

from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir

from .access_issues import ACCESS_ISSUES
from .access_repairs import AccessRepairFlow
from .actions import async_run
from .const import DOMAIN
from .coordinator import GatehouseConfigEntry


class GatehouseRepairFlow(RepairsFlow):
    """Explain, then mend."""

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
        """Wait for the owner's word."""
        entry = self._entry
        if entry is None or entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="device_not_loaded")
        if user_input is None:
            return self.async_show_form(
                step_id="confirm", description_placeholders=self._placeholders()
            )
        if self._issue is None:
            # It has passed since the form was opened, and so has the reason to mend anything.
            return self.async_create_entry(data={})
        issues = entry.runtime_data.family.issues
        fix = next(each.fix for each in issues if each.key == self._key and each.fix)
        try:
            await async_run(self.hass, entry, fix.run, fields={}, read_back=fix.read_back)
        except HomeAssistantError as err:
            return self.async_abort(
                reason="fix_failed", description_placeholders={"error": str(err)}
            )
        return self.async_create_entry(data={})

    @property
    def _issue(self) -> ir.IssueEntry | None:
        """Return the issue; None once it has passed."""
        return ir.async_get(self.hass).async_get_issue(DOMAIN, self.issue_id)

    def _placeholders(self) -> dict[str, str] | None:
        """Return what fills the text of the issue."""
        return issue.translation_placeholders if (issue := self._issue) else None


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: dict[str, str | int | float | None] | None
) -> RepairsFlow:
    """Return the flow that mends an issue."""
    about = data or {}
    entry = hass.config_entries.async_get_entry(str(about.get("entry_id")))
    key = str(about.get("key"))
    return (AccessRepairFlow if key in ACCESS_ISSUES else GatehouseRepairFlow)(entry, key)
