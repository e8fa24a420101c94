"""Diagnostics of a cloud: what helps to find a fault, and nobody's address."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.json import json_dumps
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from simulators.hiwifi import HiwifiCloudSimulator, identity

from .conftest import ROUTERS, SetUpCloud, dev_id


async def test_diagnostics(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    cloud: HiwifiCloudSimulator,
    set_up_cloud: SetUpCloud,
) -> None:
    """Each reading of each router is told by number."""
    await async_setup_component(hass, "diagnostics", {})
    entry = await set_up_cloud(cloud)
    diagnostics: Any = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    assert diagnostics["configuration"]["contacts"] == 0
    assert diagnostics["configuration"]["members"] == len(ROUTERS)
    readings = diagnostics["readings"]
    assert [each["online"] for each in readings["routers"]["value"]] == [True, True, False]
    assert [readings[f"led_{number}"]["outcome"] for number in (1, 2, 3)] == ["ok", "ok", "failing"]

    text = json_dumps(diagnostics)
    secrets = {identity.APP_SECRET, identity.SSID, identity.WIFI_KEY, identity.WAN_IP, cloud.url}
    addresses = {*ROUTERS.values(), *map(dev_id, ROUTERS.values())}
    for private in (*secrets, *addresses, *ROUTERS):
        assert private.lower() not in text.lower(), private
