"""Diagnostics of an SMS gateway: useful, and safe to post in public."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.json import json_dumps
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from .conftest import SetUpGateway, StartGateway

IMSI = "001010000000003"


async def test_diagnostics(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    start_gateway: StartGateway,
    set_up_gateway: SetUpGateway,
) -> None:
    """They tell what helps to find a fault, and no IMSI, wherever the gateway puts it."""
    gateway = await start_gateway(ports_without_sim=(2,))
    gateway.lab.set_field("service/simstatus", "3.status", f"SIM {IMSI} denied")
    assert await async_setup_component(hass, "diagnostics", {})
    entry = await set_up_gateway(gateway)
    diagnostics: Any = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    assert diagnostics["configuration"]["data"]["path_prefix"] == ""
    assert diagnostics["configuration"]["data"]["password"] == "**REDACTED**"
    assert diagnostics["device"]["hardware"] == "8 ports"
    readings = diagnostics["readings"]
    assert readings["channels"]["value"]["idle"] == 7
    assert readings["channels"]["value"]["channels"][7] == {"port": 8, "registered": True}
    assert readings["spans"]["value"][0] == {"port": 1, "name": "lte-1", "available": True}
    assert readings["sims"]["value"][2] == {
        "port": 3,
        "imsi": "**REDACTED**",
        "status": "SIM **REDACTED** denied",
    }
    assert readings["default_login"]["value"] is False
    text = json_dumps(diagnostics)
    for private in ("00101000000000", gateway.password, "127.0.0.1"):
        assert private not in text
