"""What tests of messages have in common."""

from datetime import datetime, timedelta
from typing import Any

from homeassistant.config_entries import ConfigEntryState, ConfigSubentryData
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event, HomeAssistant, State, callback
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.gatehouse.const import (
    CONF_NUMBER,
    DOMAIN,
    SUBENTRY_CONTACT,
)
from custom_components.gatehouse.messaging import boxes
from simulators.openvox import OpenVoxSimulator
from tests.families.openvox.conftest import gateway_data

ANN = "+15550100200"
BEN = "+15550100201"

RECEIVED = "event.sms_gateway_message_received"
STATUS = "event.sms_gateway_message_status"


class Events:
    """What an event entity tells, from the time on when this begins to listen."""

    def __init__(self, hass: HomeAssistant, entity_id: str) -> None:
        """Listen."""
        self._entity_id = entity_id
        self.states: list[State] = []
        present = hass.states.get(entity_id)
        self._seen = {"unknown", "unavailable", present.state if present else ""}
        hass.bus.async_listen(EVENT_STATE_CHANGED, self._note)

    @callback
    def _note(self, event: Event[Any]) -> None:
        """Note what is an event, and not an absence or the return from one."""
        new = event.data["new_state"]
        if event.data["entity_id"] == self._entity_id and new and new.state not in self._seen:
            self._seen.add(new.state)
            self.states.append(new)

    def __len__(self) -> int:
        """Count the events."""
        return len(self.states)

    @property
    def kinds(self) -> list[str]:
        """Return the types of the events."""
        return [state.attributes["event_type"] for state in self.states]

    def all(self, name: str) -> list[Any]:
        """Return an attribute of each event."""
        return [state.attributes[name] for state in self.states]


def local_options(**options: Any) -> dict[str, Any]:
    """Return options of a gateway whose clock shows what those of the house do."""
    now = dt_util.now()
    offset = now.utcoffset() or timedelta()
    start = dt_util.as_utc(now).replace(tzinfo=None)
    return {"start": start, "utc_offset_hours": offset.total_seconds() / 3600, **options}


def contact(name: str, number: str, **data: Any) -> ConfigSubentryData:
    """Return a contact; keywords are its port and whether it has an event of its own."""
    return ConfigSubentryData(
        data={CONF_NUMBER: number, **data},
        subentry_type=SUBENTRY_CONTACT,
        title=name,
        unique_id=number,
    )


async def set_up(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    *contacts: ConfigSubentryData,
    **options: object,
) -> MockConfigEntry:
    """Set up an entry with contacts; keywords are its options."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="SMS gateway",
        data=gateway_data(gateway),
        options=options,
        subentries_data=list(contacts),
    )
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry


async def restart(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Set up an entry as after a restart of Home Assistant, which forgets all but what it saved."""
    if entry.state is ConfigEntryState.LOADED:
        await hass.config_entries.async_unload(entry.entry_id)
    hass.data[boxes._BOXES].clear()
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()


async def send(hass: HomeAssistant, *numbers: str, **data: Any) -> Any:
    """Send a message and return the response."""
    return await hass.services.async_call(
        DOMAIN,
        "send_sms",
        {"numbers": list(numbers or [ANN]), "message": "Hello", **data},
        blocking=True,
        return_response=True,
    )


def taken(gateway: OpenVoxSimulator) -> list[tuple[int, str, str]]:
    """Return the messages that the gateway took: port, number and text."""
    return [(each.port, each.number, each.text) for each in gateway.lab.sent]


def ago(**time: float) -> str:
    """Return a moment in the past as the gateway's clock showed it."""
    moment: datetime = dt_util.now() - timedelta(**time)
    return f"{moment:%Y-%m-%d %H:%M:%S}"
