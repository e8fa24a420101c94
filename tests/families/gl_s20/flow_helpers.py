"""What the tests of the wizard for a GL-S20 share."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.gatehouse.const import DOMAIN
from simulators.gl_s20 import GlS20Simulator
from tests.flow_helpers import TEXTS, checked, flows

from .conftest import MAC, router_data

CREDENTIALS: Final = {"password": "gatehouse-2026", "share_network": True}
WRONG: Final = {**CREDENTIALS, "password": "wrong"}

NEW_PASSWORD: Final = "Brand-new-2026"
FIRST_PASSWORD: Final = {
    "password": NEW_PASSWORD,
    "password_repeat": NEW_PASSWORD,
    "language": "en",
    "share_network": True,
}

OTHER_MAC: Final = "94:83:c4:00:00:01"


def add_router(
    hass: HomeAssistant,
    router: GlS20Simulator,
    *,
    options: Mapping[str, Any] | None = None,
    **data: Any,
) -> MockConfigEntry:
    """Add an entry for a router that is not set up yet; keywords change its data."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="GL-S20",
        unique_id=MAC,
        data=router_data(router, **data),
        options=options or {},
    )
    entry.add_to_hass(hass)
    return entry


def logins(router: GlS20Simulator) -> int:
    """Count how often an answer to a challenge was sent to a router."""
    return router.requests.count(("POST", "/ui/login"))


def become_another(router: GlS20Simulator) -> None:
    """Let another unit answer in the place of a router."""
    router.lab.set_field("ui/check_initialized", "mac", OTHER_MAC)


async def discover(hass: HomeAssistant, source: str, info: Any) -> ConfigFlowResult:
    """Let a router be discovered."""
    result = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": source}, data=info
    )
    await hass.async_block_till_done()
    return checked(result, TEXTS["config"])


async def aborted(hass: HomeAssistant, source: str, info: Any) -> str:
    """Let a router be discovered and return why nothing comes of it."""
    before = len(flows(hass))
    result = await discover(hass, source, info)
    assert result["type"] is FlowResultType.ABORT
    assert len(flows(hass)) == before
    return result["reason"]
