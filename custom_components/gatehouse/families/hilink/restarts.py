"""Restarts that a HiLink device does by itself, and its switching off."""

from datetime import time
from typing import Final

from homeassistant.const import EntityCategory
from homeassistant.core import SupportsResponse
from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import RestartSchedule
from ...errors import input_error
from ..actions import ActionCall, ActionResult, GatehouseAction
from ..descriptions import (
    GatehouseButtonDescription,
    GatehouseSwitchDescription,
)
from ..readings import Cadence, Reading, Snapshot
from .readings import MODULES, STATUS

_HOUR: Final = 60
"""Minutes."""

_DAYS: Final = range(1, 31)
"""From one restart to the next."""

SCHEDULE: Final = Reading[HilinkClient, RestartSchedule](
    name="restart_schedule",
    fetch=lambda client: client.upkeep.restart_schedule(),
    cadence=Cadence.SLOW,
)
RESTART_READINGS: Final = (SCHEDULE,)


def _can_be_switched_off(data: Snapshot) -> bool:
    """Tell whether the device has not said that it cannot be."""
    modules = data.last(MODULES)
    return modules is None or modules.has("poweroff") is not False


async def _set_schedule(call: ActionCall[HilinkClient]) -> ActionResult:
    """Change the schedule, or only tell it."""
    fields = call.fields
    days: int | None = fields.get("days")
    if days is not None and days not in _DAYS:
        raise input_error("out_of_range", field="days", low=str(_DAYS[0]), high=str(_DAYS[-1]))
    if fields:
        await call.client.upkeep.set_restart_schedule(
            enabled=fields.get("enabled"),
            days=days,
            begin=_minutes(fields.get("from")),
            end=_minutes(fields.get("until")),
        )
    schedule = await call.client.upkeep.restart_schedule()
    return ActionResult(
        response={
            "enabled": schedule.enabled,
            "days": schedule.days,
            "from": _clock(schedule.begin),
            "until": _clock(schedule.end),
        }
    )


def _minutes(moment: time | None) -> int | None:
    """Return a time of day in minutes after midnight."""
    return None if moment is None else moment.hour * _HOUR + moment.minute


def _clock(minutes: int | None) -> str | None:
    """Return a time of day in figures."""
    return None if minutes is None else f"{minutes // _HOUR:02}:{minutes % _HOUR:02}"


RESTART_SWITCHES: Final = (
    GatehouseSwitchDescription[HilinkClient](
        key="scheduled_restart",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        reading=SCHEDULE,
        exists_fn=lambda data: data[SCHEDULE].enabled is not None,
        value_fn=lambda data: data[SCHEDULE].enabled,
        set_fn=lambda client, on: client.upkeep.set_restart_schedule(enabled=on),
        read_back=(SCHEDULE,),
    ),
)

RESTART_BUTTONS: Final = (
    GatehouseButtonDescription[HilinkClient](
        key="shut_down",
        entity_category=EntityCategory.CONFIG,
        # Nobody can switch it on again from afar.
        entity_registry_enabled_default=False,
        reading=STATUS,
        also_reads=(MODULES,),
        exists_fn=_can_be_switched_off,
        press_fn=lambda client: client.upkeep.shut_down(),
        ends_connection=True,
    ),
)

RESTART_ACTIONS: Final = (
    GatehouseAction[HilinkClient](
        name="set_scheduled_restart",
        fields={
            vol.Optional("enabled"): cv.boolean,
            vol.Optional("days"): vol.Coerce(int),
            vol.Optional("from"): cv.time,
            vol.Optional("until"): cv.time,
        },
        run=_set_schedule,
        supports_response=SupportsResponse.OPTIONAL,
        admin=True,
        read_back=(SCHEDULE,),
    ),
)
