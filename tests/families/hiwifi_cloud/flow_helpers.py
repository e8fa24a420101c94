"""What the tests of the wizard for a cloud and its routers share."""

from typing import Any, Final

from homeassistant.config_entries import SOURCE_USER, ConfigFlowResult, SubentryFlowResult
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulators.hiwifi import HiwifiCloudSimulator
from tests.flow_helpers import TEXTS, checked, field_of, start_user_flow, submit

from .conftest import ACCOUNT

WRONG: Final = {**ACCOUNT, "app_secret": "wrong"}
ROUTER_TEXTS: Final = TEXTS["config_subentries"]["router"]


async def find(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, device_type: str = "auto"
) -> ConfigFlowResult:
    """Go as far as the form for the account."""
    result = await submit(hass, await start_user_flow(hass), field_of(cloud.url, device_type))
    assert result["step_id"] == "credentials_cloud"
    assert result["errors"] == {}
    return result


async def start_router_flow(hass: HomeAssistant, entry: MockConfigEntry) -> SubentryFlowResult:
    """Press "Add router"."""
    result = await hass.config_entries.subentries.async_init(
        (entry.entry_id, "router"), context={"source": SOURCE_USER}
    )
    assert result["errors"] == {}
    return checked(result, ROUTER_TEXTS)


async def submit_router(
    hass: HomeAssistant, result: SubentryFlowResult, name: str, mac: str
) -> SubentryFlowResult:
    """Send the form of a router and wait for what follows."""
    fields: dict[str, Any] = {"name": name, "mac": mac}
    result = await hass.config_entries.subentries.async_configure(result["flow_id"], fields)
    await hass.async_block_till_done()
    return checked(result, ROUTER_TEXTS)
