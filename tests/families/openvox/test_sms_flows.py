"""Options of messages, and contacts, of a gateway with several ports."""

from typing import Any

from homeassistant.config_entries import SOURCE_RECONFIGURE, SOURCE_USER, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType

from simulators.openvox import OpenVoxSimulator
from tests.families.openvox.message_helpers import ANN, send, set_up, taken
from tests.flow_helpers import TEXTS, checked, suggested

CONTACT_TEXTS = TEXTS["config_subentries"]["contact"]


async def test_options(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """The owner chooses the port of messages and their length."""
    entry = await set_up(hass, gateway)
    result = checked(await hass.config_entries.options.async_init(entry.entry_id), TEXTS["options"])
    schema = result["data_schema"]
    assert schema is not None
    assert (
        schema({}).items()
        >= {
            "port_policy": "first_available",
            "fixed_port": 1,
            "max_sms_parts": 4,
        }.items()
    )
    chosen: dict[str, Any] = {"port_policy": "fixed", "fixed_port": 7, "max_sms_parts": 1}
    result = await hass.config_entries.options.async_configure(result["flow_id"], chosen)
    await hass.async_block_till_done()
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options.items() >= chosen.items()
    assert entry.state is ConfigEntryState.LOADED
    await send(hass)
    assert taken(gateway) == [(7, ANN, "Hello")]


async def test_contact(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """A contact may have a port and an event of its own, and may lose them again."""
    entry = await set_up(hass, gateway)
    result = await hass.config_entries.subentries.async_init(
        (entry.entry_id, "contact"), context={"source": SOURCE_USER}
    )
    checked(result, CONTACT_TEXTS)
    result = await hass.config_entries.subentries.async_configure(
        result["flow_id"], {"name": "Ann", "number": ANN, "port": 3, "own_event": True}
    )
    await hass.async_block_till_done()
    assert result["type"] is FlowResultType.CREATE_ENTRY
    [ann] = entry.subentries.values()
    assert ann.data == {"number": ANN, "port": 3, "own_event": True}
    assert hass.states.get("event.ann_message_received")
    result = await hass.config_entries.subentries.async_init(
        (entry.entry_id, "contact"),
        context={"source": SOURCE_RECONFIGURE, "subentry_id": ann.subentry_id},
    )
    checked(result, CONTACT_TEXTS)
    assert suggested(result) == {"name": "Ann", "number": ANN, "port": 3, "own_event": True}
    result = await hass.config_entries.subentries.async_configure(
        result["flow_id"], {"name": "Ann", "number": ANN, "own_event": False}
    )
    await hass.async_block_till_done()
    assert result["type"] is FlowResultType.ABORT
    [ann] = entry.subentries.values()
    assert ann.data == {"number": ANN, "own_event": False}
    assert not hass.states.get("event.ann_message_received")
