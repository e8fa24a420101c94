"""Linking a GL-S20 to Home Assistant's own integration for border routers."""

from collections.abc import Generator
from typing import Any, override

from homeassistant.components.thread import async_get_preferred_dataset
from homeassistant.config_entries import ConfigFlow, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
import pytest
from pytest_homeassistant_custom_component.common import (
    MockModule,
    mock_config_flow,
    mock_integration,
    mock_platform,
)
from python_otbr_api import OTBR
import voluptuous as vol
from yarl import URL

from custom_components.gatehouse.families.gl_s20 import border_router
from simulators.gl_s20 import GlS20Simulator

from .action_helpers import act, failure, refusal
from .conftest import SetUpRouter, StartRouter
from .thread_helpers import BORDER_AGENT_ID

LINK = "link_border_router"


class OtbrFlow(ConfigFlow):
    """What Home Assistant's own flow does, which needs libraries that are not there."""

    @override
    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask the border router who it is."""
        assert user_input is not None
        api = OTBR(user_input["url"], async_get_clientsession(self.hass))
        assert await async_get_preferred_dataset(self.hass) is None
        if self.hass.data.get("otbr_fails") == "form":
            return self.async_show_form(
                step_id="user",
                data_schema=vol.Schema({"url": str}),
                errors={"base": "cannot_connect"},
            )
        await self.async_set_unique_id((await api.get_border_agent_id()).hex())
        self._abort_if_unique_id_configured()
        return self.async_create_entry(title="Border router", data=user_input)


@pytest.fixture(autouse=True)
def otbr(hass: HomeAssistant) -> Generator[None]:
    """Stand in for Home Assistant's own integration."""

    async def set_up(*_: object) -> bool:
        """Set up an entry."""
        return True

    mock_integration(hass, MockModule("otbr", async_setup_entry=set_up))
    mock_platform(hass, "otbr.config_flow", None)
    with mock_config_flow("otbr", OtbrFlow):
        yield


@pytest.fixture
async def new_router(start_router: StartRouter, monkeypatch: pytest.MonkeyPatch) -> GlS20Simulator:
    """Return a router with the border router's own API."""
    router = await start_router(otbr_rest=True)
    monkeypatch.setattr(border_router, "OTBR_PORT", URL(router.otbr_rest.url or "").port)
    return router


async def test_linked(
    hass: HomeAssistant, new_router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """The router is added once."""
    await set_up_router(new_router)
    assert await act(hass, LINK) == {"result": "linked"}
    (entry,) = hass.config_entries.async_entries("otbr")
    assert entry.data == {"url": new_router.otbr_rest.url}
    assert entry.unique_id == BORDER_AGENT_ID
    assert await act(hass, LINK) == {"result": "already_linked"}


async def test_closed_port(
    hass: HomeAssistant, new_router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """Where the API is missing, the user learns which firmware has it."""
    url = str(new_router.otbr_rest.url)
    await new_router.otbr_rest.stop()
    await set_up_router(new_router)
    key, text = await failure(hass, LINK)
    assert key == "no_border_router_api"
    assert "2.0.1-B1" in text
    assert url in text


async def test_another_server(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Something else that listens there is not mistaken for the API."""
    monkeypatch.setattr(border_router, "OTBR_PORT", URL(router.url).port)
    await set_up_router(router)
    assert (await failure(hass, LINK))[0] == "no_border_router_api"


async def test_no_network(
    hass: HomeAssistant, new_router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """Home Assistant would form a network behind the user's back where there is none."""
    new_router.device.thread.load_factory()
    await set_up_router(new_router)
    assert (await refusal(hass, LINK))[0] == "no_thread_network"
    assert not hass.config_entries.async_entries("otbr")


async def test_flow_asks_again(
    hass: HomeAssistant, new_router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """What Home Assistant's flow objects to is told in words, and no flow is left behind."""
    hass.data["otbr_fails"] = "form"
    await set_up_router(new_router)
    key, text = await failure(hass, LINK)
    assert key == "link_cannot_connect"
    assert "http://127.0.0.1:" in text
    assert "cannot_connect" not in text
    assert not hass.config_entries.flow.async_progress_by_handler("otbr")


async def test_known_under_another_name(
    hass: HomeAssistant, new_router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A router that Home Assistant knows at another address is not added twice."""
    await set_up_router(new_router)
    await act(hass, LINK)
    (entry,) = hass.config_entries.async_entries("otbr")
    hass.config_entries.async_update_entry(entry, data={"url": "http://192.0.2.9:8081"})
    key, text = await failure(hass, LINK)
    assert key == "link_already_configured"
    assert "already_configured" not in text


async def test_integration_is_missing(
    hass: HomeAssistant,
    new_router: GlS20Simulator,
    set_up_router: SetUpRouter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where Home Assistant cannot load its own integration, the error says so."""
    monkeypatch.setattr(
        "custom_components.gatehouse.families.gl_s20.actions.home_network.OTBR_DOMAIN",
        "nothing_of_the_kind",
    )
    await set_up_router(new_router)
    assert (await failure(hass, LINK))[0] == "link_unavailable"
