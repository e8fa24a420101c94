"""Setting up a GL-S20."""

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr

from simulators.gl_s20 import GlS20Simulator
from tests.conftest import state_of

from .conftest import MAC, SetUpRouter


async def test_first_sight(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    device_registry: dr.DeviceRegistry,
) -> None:
    """A router is a device that tells who it is and what it does in its network."""
    entry = await set_up_router(router)
    assert entry.state is ConfigEntryState.LOADED
    assert state_of(hass, "sensor.gl_s20_thread_role") == "leader"
    (device,) = dr.async_entries_for_config_entry(device_registry, entry.entry_id)
    assert device.manufacturer == "GL.iNet"
    assert device.model == "GL-S20"
    assert device.sw_version == "2.0.1"
    assert (dr.CONNECTION_NETWORK_MAC, MAC) in device.connections
    assert (dr.CONNECTION_BLUETOOTH, "94:83:c4:a0:51:a5") in device.connections


async def test_leaving(
    router: GlS20Simulator, set_up_router: SetUpRouter, hass: HomeAssistant
) -> None:
    """An entry that is unloaded logs out."""
    entry = await set_up_router(router)
    await hass.config_entries.async_unload(entry.entry_id)
    assert router.requests[-1] == ("POST", "/ui/logout")
