"""What the owner should repair: kept in step with what the devices tell."""

from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .const import DOMAIN
from .coordinator import GatehouseConfigEntry
from .families.issues import GatehouseIssueDescription


def issue_id(entry: GatehouseConfigEntry, description: GatehouseIssueDescription[Any]) -> str:
    """Return the id of a device's issue."""
    return f"{entry.entry_id}_{description.key}"


@callback
def async_keep_issues(hass: HomeAssistant, entry: GatehouseConfigEntry) -> None:
    """Raise and withdraw the issues of a device, until it is unloaded."""
    coordinator = entry.runtime_data
    descriptions = coordinator.family.issues

    @callback
    def judge() -> None:
        """Look at each issue of which enough is known."""
        snapshot = coordinator.data
        for description in descriptions:
            if not all(map(snapshot.ok, description.readings)):
                continue
            if not description.active_fn(snapshot):
                ir.async_delete_issue(hass, DOMAIN, issue_id(entry, description))
                continue
            ir.async_create_issue(
                hass,
                DOMAIN,
                issue_id(entry, description),
                data={"entry_id": entry.entry_id, "key": description.key},
                is_fixable=description.fix is not None,
                severity=description.severity,
                translation_key=description.key,
                translation_placeholders={
                    "device": entry.title,
                    **description.placeholders_fn(snapshot),
                },
            )

    @callback
    def withdraw() -> None:
        """Withdraw all issues; those that last come back with the device.

        With an ignored one would go that it is to be ignored.
        """
        for description in descriptions:
            issue = ir.async_get(hass).async_get_issue(DOMAIN, issue_id(entry, description))
            if issue is not None and issue.dismissed_version is None:
                ir.async_delete_issue(hass, DOMAIN, issue.issue_id)

    judge()
    readings = {reading for description in descriptions for reading in description.readings}
    entry.async_on_unload(coordinator.async_add_listener(judge, readings))
    entry.async_on_unload(withdraw)


@callback
def async_forget_issues(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Delete the issues of a device that is removed, the ignored ones too."""
    for domain, each in tuple(ir.async_get(hass).issues):
        if domain == DOMAIN and each.startswith(f"{entry.entry_id}_"):
            ir.async_delete_issue(hass, domain, each)
