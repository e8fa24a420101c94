"""Diagnostics: useful, and safe to post in public."""

import json
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.json import json_dumps
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from simulators.hilink.simulator import HilinkSimulator

from .conftest import SetUpModem

NUMBER = "+15550100"


async def test_diagnostics_of_a_device_that_is_away(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    modem: HilinkSimulator,
    set_up: SetUpModem,
) -> None:
    """When the set-up fails, they say why."""
    assert await async_setup_component(hass, "diagnostics", {})
    await modem.stop()
    entry = await set_up(modem)
    diagnostics: Any = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    assert diagnostics["state"] == "setup_retry"
    assert "does not answer" in diagnostics["reason"]
    assert modem.password not in json_dumps(diagnostics)


async def test_diagnostics(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    modem: HilinkSimulator,
    set_up: SetUpModem,
) -> None:
    """They name the model and each reading's outcome, and nothing that identifies the owner."""
    modem.lab.set_field("device/information", "Msisdn", "15550199")
    modem.lab.break_replies("monitoring/month_statistics", "html", 1)
    assert await async_setup_component(hass, "diagnostics", {})
    entry = await set_up(modem, contacts={"Front desk": NUMBER})
    diagnostics: Any = await get_diagnostics_for_config_entry(hass, hass_client, entry)

    assert diagnostics["device"]["model"] == "E8372h-320"
    assert diagnostics["online"] is True
    readings = diagnostics["readings"]
    assert readings["signal"]["outcome"] == "ok"
    assert readings["signal"]["value"]["rsrp"] == -96
    assert readings["month"]["outcome"] == "failing"
    assert readings["month"]["error"] == "InvalidReply"
    assert diagnostics["configuration"]["contacts"] == 1

    text = json.dumps(json.loads(json_dumps(diagnostics)))
    for secret in (
        modem.password,
        modem.url,
        NUMBER,
        "Front desk",
        "15550199",
        *(
            modem.lab.recorded("device/information", name)
            for name in ("SerialNumber", "Imei", "Imsi", "Iccid", "WanIPAddress")
        ),
        modem.lab.recorded("device/signal", "cell_id"),
    ):
        assert secret not in text
