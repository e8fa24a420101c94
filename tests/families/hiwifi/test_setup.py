"""A router in Home Assistant right after it has been set up, and what that took."""

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
import pytest

from simulators.hiwifi import HiwifiSimulator

from .conftest import MAC, SetUpRouter
from .entity_helpers import shown

FIRST_LOOK = {
    "binary_sensor.router_connection": "on",
    "binary_sensor.router_internet": "on",
    "binary_sensor.router_wan_cable": "on",
    "sensor.router_clients": "5",
    "sensor.router_wan_ip_address": "203.0.113.52",
    "switch.router_wi_fi": "on",
    "switch.router_guest_wi_fi": "off",
    "switch.router_led": "on",
    "switch.router_pause_polling": "off",
    "select.router_channel_2_4_ghz": "automatic",
    "image.router_guest_wi_fi_qr_code": "unavailable",
    "button.router_restart": "unknown",
}
"""What an owner sees first; nobody has pressed the button, and there are no guests."""

REQUESTS = {
    False: {"proxy/router_info": 1, "api/login/login_admin": 1, "proxy/call": 2},
    True: {"call": 17},
}
"""What is asked for: with the password all at once, signed one after the other."""


@pytest.mark.parametrize("signed", [False, True], ids=["password", "signature"])
async def test_entry(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    device_registry: dr.DeviceRegistry,
    *,
    signed: bool,
) -> None:
    """An entry shows the router, whichever way leads to it."""
    entry = await set_up_router(router, signed=signed)
    assert entry.state is ConfigEntryState.LOADED
    assert dict(zip(FIRST_LOOK, shown(hass, *FIRST_LOOK), strict=True)) == FIRST_LOOK
    assert router.lab.counts() == REQUESTS[signed]
    (device,) = dr.async_entries_for_config_entry(device_registry, entry.entry_id)
    assert (device.name, device.manufacturer) == ("Router", "HiWiFi")
    assert (device.model, device.sw_version) == ("HC5962", "1.4.8.20462s")
    assert device.connections == {(dr.CONNECTION_NETWORK_MAC, MAC)}
