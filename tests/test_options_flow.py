"""Options of a device."""

from dataclasses import replace
from typing import Any

from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.exceptions import ServiceValidationError
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
import voluptuous as vol

from custom_components.gatehouse.const import DOMAIN, DeviceFamily
from custom_components.gatehouse.families import FAMILIES
from custom_components.gatehouse.families.hilink import HILINK
from simulators.hilink.simulator import HilinkSimulator

from .flow_helpers import TEXTS, add_entry, attempts, checked, set_up_entry, suggested

DEFAULTS = {
    "max_sms_parts": 4,
    "after_receiving": "nothing",
    "client_switches": False,
    "keep_last": 0,
    "hide_sms_text": False,
}
THREE_PARTS = "x" * 400


async def start(hass: HomeAssistant, entry: MockConfigEntry) -> ConfigFlowResult:
    """Press "Configure"."""
    result = await hass.config_entries.options.async_init(entry.entry_id)
    assert result["type"] is FlowResultType.FORM
    assert result["step_id"] == "init"
    return checked(result, TEXTS["options"])


async def send(hass: HomeAssistant, message: str) -> None:
    """Send a message."""
    await hass.services.async_call(
        DOMAIN,
        "send_sms",
        {"numbers": ["+15550100"], "message": message},
        blocking=True,
        return_response=True,
    )


async def test_longest_message(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """Four parts are allowed until the owner decides otherwise, which works at once."""
    entry = await set_up_entry(hass, modem)
    assert entry.supports_options
    await send(hass, THREE_PARTS)
    assert len(modem.lab.sent) == 1

    result = await start(hass, entry)
    schema = result["data_schema"]
    assert schema is not None
    assert schema({}) == DEFAULTS
    modem.requests.clear()
    result = await hass.config_entries.options.async_configure(
        result["flow_id"], {"max_sms_parts": 2.0}
    )
    await hass.async_block_till_done()
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options == {**DEFAULTS, "max_sms_parts": 2}
    assert isinstance(entry.options["max_sms_parts"], int)
    assert entry.state is ConfigEntryState.LOADED
    assert attempts(modem) == 1, "the entry was reloaded once"

    with pytest.raises(ServiceValidationError) as refused:
        await send(hass, THREE_PARTS)
    assert refused.value.translation_key == "message_too_long"
    assert refused.value.translation_placeholders == {"segments": "3", "limit": "2"}
    assert len(modem.lab.sent) == 1
    assert suggested(await start(hass, entry)) == {**DEFAULTS, "max_sms_parts": 2}


@pytest.mark.parametrize("parts", [0, 11, -1, "many"])
async def test_bounds(hass: HomeAssistant, modem: HilinkSimulator, parts: Any) -> None:
    """What makes no sense is refused; the same form takes what does."""
    entry = add_entry(hass, modem)
    result = await start(hass, entry)
    with pytest.raises(InvalidData):
        await hass.config_entries.options.async_configure(
            result["flow_id"], {"max_sms_parts": parts}
        )
    assert entry.options == {}
    result = await hass.config_entries.options.async_configure(
        result["flow_id"], {"max_sms_parts": 10}
    )
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options == {**DEFAULTS, "max_sms_parts": 10}


async def test_through_the_web_interface(
    hass: HomeAssistant, modem: HilinkSimulator, hass_client: ClientSessionGenerator
) -> None:
    """The form survives the way to the browser."""
    entry = add_entry(hass, modem)
    await async_setup_component(hass, "config", {})
    client = await hass_client()
    response = await client.post(
        "/api/config/config_entries/options/flow", json={"handler": entry.entry_id}
    )
    field, *others = (await response.json())["data_schema"]
    assert [each["name"] for each in others] == [
        "after_receiving",
        "keep_last",
        "hide_sms_text",
        "client_switches",
    ]
    assert field["name"] == "max_sms_parts"
    assert field["default"] == 4
    assert field["selector"]["number"]["min"] == 1
    assert field["selector"]["number"]["max"] == 10


async def test_no_options_where_none_are_described(
    hass: HomeAssistant, modem: HilinkSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A family that carries no messages and has no options has nothing to choose."""
    bare = replace(HILINK, sms=None, options=vol.Schema({}))
    monkeypatch.setitem(FAMILIES, DeviceFamily.HILINK, bare)
    entry = await set_up_entry(hass, modem)
    assert entry.state is ConfigEntryState.LOADED
    assert not entry.supports_options
    assert entry.supported_subentry_types == {}
