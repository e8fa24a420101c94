"""What the tests of the wizard for a router share."""

from typing import Final

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType

from simulators.hiwifi import HiwifiSimulator, identity
from tests.flow_helpers import field_of, start_user_flow, submit

PASSWORD: Final = {"password": identity.ADMIN_PASSWORD}
WRONG: Final = {"password": "wrong"}


def logins(router: HiwifiSimulator) -> int:
    """Count how often a password was sent to a router."""
    return router.lab.counts().get("api/login/login_admin", 0)


async def find(hass: HomeAssistant, router: HiwifiSimulator) -> ConfigFlowResult:
    """Go as far as the menu of ways."""
    result = await submit(hass, await start_user_flow(hass), field_of(router.url))
    assert result["type"] is FlowResultType.MENU
    assert result["step_id"] == "way"
    return result


async def choose(hass: HomeAssistant, result: ConfigFlowResult, way: str) -> ConfigFlowResult:
    """Choose from a menu."""
    return await submit(hass, result, {"next_step_id": way})
