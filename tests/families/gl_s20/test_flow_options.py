"""Options of a GL-S20."""

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType

from simulators.gl_s20 import GlS20Simulator
from tests.flow_helpers import TEXTS, checked, suggested

from .conftest import SetUpRouter
from .flow_helpers import logins


async def test_options(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """What was consented to can be taken back, and the log is only handed out if wanted."""
    entry = await set_up_router(router, options={"share_network": False})
    assert entry.supports_options
    assert entry.supported_subentry_types == {}
    result = checked(await hass.config_entries.options.async_init(entry.entry_id), TEXTS["options"])
    assert result["step_id"] == "init"
    assert suggested(result) == {"share_network": False}
    schema = result["data_schema"]
    assert schema is not None
    assert schema({}) == {"share_network": True, "log_in_diagnostics": False}

    router.requests.clear()
    chosen = {"share_network": True, "log_in_diagnostics": True}
    result = await hass.config_entries.options.async_configure(result["flow_id"], chosen)
    await hass.async_block_till_done()
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options == chosen
    assert entry.state is ConfigEntryState.LOADED
    assert logins(router) == 1, "the entry was reloaded once"
