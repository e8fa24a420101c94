"""Diagnostics: useful, and safe to post in public."""

import json
from typing import Any

from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.helpers.json import json_dumps
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.gatehouse.const import CONF_NUMBER, DOMAIN, SUBENTRY_CONTACT
from simulators.hilink.simulator import HilinkSimulator

from .conftest import modem_data

NUMBER = "+15550100"


async def test_diagnostics(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, modem: HilinkSimulator
) -> None:
    """They name the model and each reading's outcome, and nothing that identifies the owner."""
    modem.lab.set_field("device/information", "Msisdn", "15550199")
    modem.lab.break_replies("monitoring/month_statistics", "html", 1)
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Modem",
        unique_id="SERIAL",
        data=modem_data(modem),
        subentries_data=[
            ConfigSubentryData(
                data={CONF_NUMBER: NUMBER},
                subentry_type=SUBENTRY_CONTACT,
                title="Front desk",
                unique_id=NUMBER,
            )
        ],
    )
    entry.add_to_hass(hass)
    assert await async_setup_component(hass, "diagnostics", {})
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
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
