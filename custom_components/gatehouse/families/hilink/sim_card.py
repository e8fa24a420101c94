"""The SIM card of a HiLink device: its PIN, what is wrong with it, the bond to one network."""

from typing import Any, Final

from homeassistant.const import EntityCategory
from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import PinStatus, SimLock
from ...clients.hilink.network import SimState, sim_state
from ...clients.secret import Secret
from ...errors import input_error
from ..actions import ActionCall, GatehouseAction
from ..descriptions import GatehouseBinarySensorDescription, GatehouseSensorDescription
from ..issues import GatehouseIssueDescription
from ..readings import Cadence, Reading, Snapshot
from .readings import OPERATOR, SIM, STATUS

PIN: Final = Reading[HilinkClient, PinStatus](
    name="pin", fetch=lambda client: client.sim.pin_status(), cadence=Cadence.SLOW
)
SIM_LOCK: Final = Reading[HilinkClient, SimLock](
    name="sim_lock", fetch=lambda client: client.sim.lock(), cadence=Cadence.DAILY
)
SIM_READINGS: Final = (PIN, SIM_LOCK)

_LEAST_TRIES: Final = 2
"""With the last try goes the PIN, and the card wants its PUK."""

_PIN_LENGTHS: Final = range(4, 9)

_HIDDEN: Final[dict[str, Any]] = {
    "entity_category": EntityCategory.DIAGNOSTIC,
    "entity_registry_enabled_default": False,
}


async def _unlock(call: ActionCall[HilinkClient]) -> None:
    """Enter the PIN, unless that would risk the card."""
    pin: str = call.fields["pin"].reveal()
    if not (pin.isascii() and pin.isdecimal() and len(pin) in _PIN_LENGTHS):
        raise input_error("invalid_pin")
    status = await call.client.sim.pin_status()
    match sim_state(status):
        case SimState.PIN_REQUIRED:
            pass
        case SimState.PUK_REQUIRED:
            raise input_error("sim_puk_required")
        case _:
            raise input_error("sim_not_locked")
    if not call.fields["force"] and (status.pin_tries or 0) < _LEAST_TRIES:
        raise input_error("too_few_pin_tries", tries=str(status.pin_tries or 0))
    await call.client.sim.enter_pin(pin)


def _is(state: SimState) -> Any:
    """Make the judge of an issue: whether the SIM card is in a state."""

    def judge(data: Snapshot) -> bool:
        """Tell whether it is."""
        return sim_state(data.get(SIM), data[STATUS]) is state

    return judge


SIM_SENSORS: Final = (
    GatehouseSensorDescription(
        key="sim_pin_tries",
        reading=PIN,
        exists_fn=lambda data: data[PIN].pin_tries is not None,
        value_fn=lambda data: data[PIN].pin_tries,
        **_HIDDEN,
    ),
    GatehouseSensorDescription(
        key="sim_puk_tries",
        reading=PIN,
        exists_fn=lambda data: data[PIN].puk_tries is not None,
        value_fn=lambda data: data[PIN].puk_tries,
        **_HIDDEN,
    ),
    GatehouseSensorDescription(
        key="sim_lock_tries",
        reading=SIM_LOCK,
        exists_fn=lambda data: data[SIM_LOCK].tries is not None,
        value_fn=lambda data: data[SIM_LOCK].tries,
        **_HIDDEN,
    ),
)

SIM_BINARY_SENSORS: Final = (
    GatehouseBinarySensorDescription(
        key="sim_lock",
        reading=SIM_LOCK,
        exists_fn=lambda data: data[SIM_LOCK].enabled is not None,
        value_fn=lambda data: data[SIM_LOCK].enabled,
        **_HIDDEN,
    ),
)

SIM_ACTIONS: Final = (
    GatehouseAction[HilinkClient](
        name="unlock_sim",
        fields={
            vol.Required("pin"): lambda value: Secret(cv.string(value)),
            vol.Optional("force", default=False): cv.boolean,
        },
        run=_unlock,
        admin=True,
        read_back=(STATUS, SIM, PIN, OPERATOR),
    ),
)

SIM_ISSUES: Final = (
    GatehouseIssueDescription[HilinkClient](
        key="sim_missing", readings=(STATUS,), active_fn=_is(SimState.NONE)
    ),
    GatehouseIssueDescription[HilinkClient](
        key="sim_pin_required", readings=(STATUS, SIM), active_fn=_is(SimState.PIN_REQUIRED)
    ),
    GatehouseIssueDescription[HilinkClient](
        key="sim_puk_required", readings=(STATUS, SIM), active_fn=_is(SimState.PUK_REQUIRED)
    ),
)
