"""Options of an OpenVox gateway."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType

from simulators.openvox import OpenVoxSimulator
from tests.flow_helpers import suggested

from .conftest import SetUpGateway

LOGIN = {"ussd_username": "ussduser", "ussd_password": "ussd-password-1"}


async def _change(hass: HomeAssistant, entry_id: str, **changes: Any) -> dict[str, Any]:
    """Open the options, change some of them, and return what the form was filled with."""
    result = await hass.config_entries.options.async_init(entry_id)
    filled = suggested(result)
    result = await hass.config_entries.options.async_configure(
        result["flow_id"], {**filled, **changes}
    )
    await hass.async_block_till_done()
    assert result["type"] is FlowResultType.CREATE_ENTRY
    return filled


async def test_the_password_stays_where_it_is(
    hass: HomeAssistant, gateway: OpenVoxSimulator, set_up_gateway: SetUpGateway
) -> None:
    """The password for USSD is not shown to the browser, and stays unless another one is given."""
    entry = await set_up_gateway(gateway, options=LOGIN)
    filled = await _change(hass, entry.entry_id, port_policy="round_robin")
    assert filled["ussd_username"] == "ussduser"
    assert "ussd_password" not in filled
    assert entry.options["port_policy"] == "round_robin"
    assert entry.options["ussd_password"] == "ussd-password-1"
    await _change(hass, entry.entry_id, ussd_password="ussd-password-2")
    assert entry.options["ussd_password"] == "ussd-password-2"
