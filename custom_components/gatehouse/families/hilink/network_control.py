"""Which network a HiLink device uses: mode, operator."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.components import persistent_notification
from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant, SupportsResponse
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.translation import async_get_translations
import voluptuous as vol

from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import FoundOperator, NetworkModeList, Registration
from ...clients.hilink.radio_changes import PATIENCE
from ...const import DOMAIN
from ...errors import input_error
from ..actions import ActionCall, ActionResult, GatehouseAction
from ..descriptions import GatehouseSelectDescription, GatehouseSensorDescription
from ..readings import Cadence, Reading, Snapshot
from .network_modes import MODES, mode_of
from .readings import NETWORK_MODE, OPERATOR, STATUS

NETWORK_MODES: Final = Reading[HilinkClient, NetworkModeList](
    name="network_modes",
    fetch=lambda client: client.network_control.mode_list(),
    cadence=Cadence.DAILY,
)
REGISTRATION: Final = Reading[HilinkClient, Registration](
    name="registration",
    fetch=lambda client: client.network_control.registration(),
    cadence=Cadence.SLOW,
)
NETWORK_READINGS: Final = (NETWORK_MODES, REGISTRATION)

_AUTOMATIC: Final = "automatic"
_LEAST_PATIENCE: Final = 15
_MOST_PATIENCE: Final = 300
_PLMN_DIGITS: Final = frozenset({5, 6})

_STATES: Final[Mapping[int | None, str]] = {1: "available", 2: "current", 3: "forbidden"}
_TECHNOLOGIES: Final[Mapping[str, int]] = {"2g": 0, "3g": 2, "4g": 7, "5g": 12}
_NAMES: Final[Mapping[int | None, str]] = {code: name for name, code in _TECHNOLOGIES.items()}

PATIENCE_FIELD: Final[dict[Any, Any]] = {
    vol.Optional("time_limit", default=PATIENCE): vol.All(
        vol.Coerce(int), vol.Range(min=_LEAST_PATIENCE, max=_MOST_PATIENCE)
    )
}


def _modes(data: Snapshot) -> list[str]:
    """Return the modes that the device lists, and the present one in any case."""
    listed = data.last(NETWORK_MODES)
    codes = [*(listed.modes if listed else ()), data[NETWORK_MODE].network_mode or ""]
    return list(dict.fromkeys(MODES[code] for code in codes if code in MODES))


async def _set_mode(client: HilinkClient, mode: str) -> None:
    """Choose a mode."""
    code = next(code for code, name in MODES.items() if name == mode)
    await client.network_control.set_mode(code)


def _selection(data: Snapshot) -> str | None:
    """Tell who chooses the operator."""
    manual = data[REGISTRATION].manual
    return None if manual is None else "manual" if manual else _AUTOMATIC


async def _scan(call: ActionCall[HilinkClient]) -> ActionResult:
    """Search for networks, and tell everybody why there is no connection meanwhile."""
    notice = await _notify(call.hass, call.entry.entry_id, call.entry.title)
    try:
        found = await call.client.network_control.scan()
    finally:
        persistent_notification.async_dismiss(call.hass, notice)
    return ActionResult(response={"operators": [_row(each) for each in found.operators]})


async def _notify(hass: HomeAssistant, entry_id: str, device: str) -> str:
    """Say that a search goes on; return the id of the notice."""
    texts = await async_get_translations(hass, hass.config.language, "common", {DOMAIN})
    title, message = (
        texts[f"component.{DOMAIN}.common.{key}"].format(device=device)
        for key in ("operator_scan_title", "operator_scan")
    )
    notice = f"{DOMAIN}_{entry_id}_operator_scan"
    persistent_notification.async_create(hass, message, title, notice)
    return notice


def _row(operator: FoundOperator) -> dict[str, Any]:
    """Return a network as it is told."""
    return {
        "name": operator.full_name or operator.short_name,
        "plmn": operator.numeric,
        "technology": _NAMES.get(operator.rat),
        "state": _STATES.get(operator.state, "unknown"),
    }


async def _select_operator(call: ActionCall[HilinkClient]) -> None:
    """Choose a network, or leave that to the device."""
    plmn: str = call.fields["plmn"].strip().lower()
    automatic = plmn == _AUTOMATIC
    if not automatic and not (plmn.isdecimal() and len(plmn) in _PLMN_DIGITS):
        raise input_error("invalid_plmn")
    technology = call.fields.get("technology")
    if technology is not None and technology not in _TECHNOLOGIES:
        raise input_error("unknown_choice", field="technology", choices=", ".join(_TECHNOLOGIES))
    await call.client.network_control.select_operator(
        None if automatic else plmn,
        None if automatic or technology is None else _TECHNOLOGIES[technology],
        patience=call.fields["time_limit"],
    )


NETWORK_SELECTS: Final = (
    GatehouseSelectDescription[HilinkClient](
        key="network_mode",
        entity_category=EntityCategory.CONFIG,
        options=list(MODES.values()),
        options_fn=_modes,
        reading=NETWORK_MODE,
        also_reads=(NETWORK_MODES,),
        exists_fn=lambda data: data.ok(NETWORK_MODES) and bool(data[NETWORK_MODES].modes),
        value_fn=mode_of,
        set_fn=_set_mode,
        read_back=(NETWORK_MODE, STATUS, OPERATOR),
    ),
)

NETWORK_SENSORS: Final = (
    GatehouseSensorDescription(
        key="operator_selection",
        device_class=SensorDeviceClass.ENUM,
        options=[_AUTOMATIC, "manual"],
        reading=REGISTRATION,
        exists_fn=lambda data: data[REGISTRATION].manual is not None,
        value_fn=_selection,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
    ),
)

NETWORK_ACTIONS: Final = (
    GatehouseAction[HilinkClient](
        name="scan_operators",
        run=_scan,
        supports_response=SupportsResponse.ONLY,
        admin=True,
        alone=True,
        read_back=(STATUS, OPERATOR),
    ),
    GatehouseAction[HilinkClient](
        name="select_operator",
        fields={
            vol.Required("plmn"): cv.string,
            vol.Optional("technology"): cv.string,
            **PATIENCE_FIELD,
        },
        run=_select_operator,
        admin=True,
        alone=True,
        read_back=(REGISTRATION, STATUS, OPERATOR),
    ),
)
