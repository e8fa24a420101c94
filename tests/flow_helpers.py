"""What the tests of the wizard share: flows of which every text that is shown is checked."""

from collections.abc import Mapping
import json
from pathlib import Path
import re
from typing import Any, Final

from homeassistant.config_entries import (
    SOURCE_USER,
    ConfigEntry,
    ConfigFlowResult,
    SubentryFlowResult,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResult, FlowResultType
from homeassistant.helpers.selector import SelectSelector
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components import gatehouse
from custom_components.gatehouse.const import DOMAIN
from simulators.hilink.simulator import HilinkSimulator
from simulators.server import DeviceServer

from .conftest import modem_data

SERIAL: Final = "SIM8372320000001"
"""Serial number of the modem that the fixtures start."""

CREDENTIALS: Final = {"username": "admin", "password": "gatehouse", "verify_ssl": True}
WRONG: Final = {**CREDENTIALS, "password": "wrong"}
NO_CREDENTIALS: Final = {"username": "", "password": "", "verify_ssl": True}

LOGIN_PATHS: Final = frozenset({"/api/user/login", "/api/user/authentication_login"})
LOGOUT: Final = ("POST", "/api/user/logout")

TEXTS: Final = json.loads(
    Path(gatehouse.__file__).with_name("translations").joinpath("en.json").read_text("utf-8")
)
PLACEHOLDER: Final = re.compile(r"{(\w+)}")


def checked[ResultT: FlowResult[Any, Any]](result: ResultT, texts: Mapping[str, Any]) -> ResultT:
    """Check that everything a flow shows has a text, and every placeholder a value."""
    shown: list[str] = []
    if result["type"] is FlowResultType.FORM:
        step = texts["step"][result["step_id"]]
        shown += [step["title"], step.get("description", "")]
        assert result["data_schema"] is not None
        for field, kind in result["data_schema"].schema.items():
            shown += [step["data"][field], step["data_description"][field]]
            if isinstance(kind, SelectSelector):
                options = TEXTS["selector"][kind.config["translation_key"]]["options"]
                shown += [options[option] for option in kind.config["options"]]
        shown += [texts["error"][error] for error in (result["errors"] or {}).values()]
    elif result["type"] is FlowResultType.MENU:
        step = texts["step"][result["step_id"]]
        assert isinstance(result["menu_options"], list)
        assert set(result["menu_options"]) <= step["menu_options"].keys()
        shown += [step["title"], step["description"], *step["menu_options"].values()]
    elif result["type"] is FlowResultType.ABORT:
        ours = result.get("translation_domain") is None
        shown += [texts["abort"][result["reason"]]] if ours else []
    placeholders = result["description_placeholders"] or {}
    for text in shown:
        assert set(PLACEHOLDER.findall(text)) <= set(placeholders), text
    return result


def field_of(address: str, device_type: str = "auto") -> dict[str, str]:
    """Return the fields of the first step."""
    return {"host": address, "device_type": device_type}


async def start_user_flow(hass: HomeAssistant) -> ConfigFlowResult:
    """Press "Add device"."""
    result = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    assert result["step_id"] == "user"
    assert result["errors"] == {}
    return checked(result, TEXTS["config"])


async def submit(
    hass: HomeAssistant, result: ConfigFlowResult, user_input: Mapping[str, Any] | None
) -> ConfigFlowResult:
    """Send a form, or look at it again, and wait for what follows."""
    sent = dict(user_input) if user_input is not None else None
    result = await hass.config_entries.flow.async_configure(result["flow_id"], sent)
    await hass.async_block_till_done()
    return checked(result, TEXTS["config"])


async def find(hass: HomeAssistant, device: DeviceServer) -> ConfigFlowResult:
    """Go as far as the form for the credentials."""
    result = await submit(hass, await start_user_flow(hass), field_of(device.url))
    assert result["step_id"] == "credentials"
    assert result["errors"] == {}
    return result


async def submit_contact(
    hass: HomeAssistant, result: SubentryFlowResult, name: str, number: str
) -> SubentryFlowResult:
    """Send the form of a contact and wait for what follows."""
    result = await hass.config_entries.subentries.async_configure(
        result["flow_id"], {"name": name, "number": number}
    )
    await hass.async_block_till_done()
    return checked(result, TEXTS["config_subentries"]["contact"])


def created(result: ConfigFlowResult) -> ConfigEntry:
    """Return the entry that a flow has created."""
    assert result["type"] is FlowResultType.CREATE_ENTRY
    return result["result"]


def add_entry(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    *,
    unique_id: str | None = SERIAL,
    **data: object,
) -> MockConfigEntry:
    """Add an entry for a modem that is not set up yet; keywords change its data."""
    entry = MockConfigEntry(
        domain=DOMAIN, title="Modem", unique_id=unique_id, data=modem_data(modem, **data)
    )
    entry.add_to_hass(hass)
    return entry


async def set_up_entry(hass: HomeAssistant, modem: HilinkSimulator, **data: Any) -> MockConfigEntry:
    """Add an entry and set it up."""
    entry = add_entry(hass, modem, **data)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry


def attempts(modem: HilinkSimulator) -> int:
    """Count how often a password was sent to a modem."""
    return sum(method == "POST" and path in LOGIN_PATHS for method, path in modem.requests)


def flows(hass: HomeAssistant) -> list[ConfigFlowResult]:
    """Return the flows that wait for the user."""
    return hass.config_entries.flow.async_progress_by_handler(DOMAIN)


def suggested(result: FlowResult[Any, Any]) -> dict[str, Any]:
    """Return what a form is filled with."""
    schema = result["data_schema"]
    assert schema is not None
    return {
        str(field): field.description["suggested_value"]
        for field in schema.schema
        if field.description and "suggested_value" in field.description
    }
