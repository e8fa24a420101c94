"""A GL-S20 that nobody has set up yet: its first password."""

import logging
from unittest.mock import AsyncMock

from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.gatehouse.clients.gl_s20.client import GlS20Client
from custom_components.gatehouse.const import DOMAIN
from simulators.gl_s20 import GlS20Simulator
from tests.flow_helpers import created, field_of, start_user_flow, submit, suggested

from .conftest import MAC, StartRouter
from .flow_helpers import CREDENTIALS, FIRST_PASSWORD, NEW_PASSWORD, become_another, logins

CHOSEN = {**CREDENTIALS, "password": NEW_PASSWORD}
SET_INIT = ("POST", "/ui/set_init")


@pytest.fixture
async def router(start_router: StartRouter) -> GlS20Simulator:
    """Return a router that is new."""
    return await start_router(initialized=False)


async def find_new(hass: HomeAssistant, router: GlS20Simulator) -> ConfigFlowResult:
    """Go as far as the form for the first password."""
    result = await submit(hass, await start_user_flow(hass), field_of(router.url))
    assert result["step_id"] == "initialize"
    assert result["errors"] == {}
    return result


def is_done(result: ConfigFlowResult, router: GlS20Simulator) -> bool:
    """Tell whether the entry has the new password and works."""
    entry = created(result)
    assert entry.unique_id == MAC
    assert entry.data == {"device_type": "gl_s20", "url": router.url, "password": NEW_PASSWORD}
    return entry.state is ConfigEntryState.LOADED and router.password == NEW_PASSWORD


@pytest.mark.parametrize(
    ("language", "proposed"),
    [("en", "en"), ("de", "en"), ("zh-Hans", "zh-cn"), ("zh-Hant", "zh-cn")],
)
async def test_first_password(
    hass: HomeAssistant, router: GlS20Simulator, language: str, proposed: str
) -> None:
    """The owner chooses a password and is done."""
    hass.config.language = language
    result = await find_new(hass, router)
    assert result["description_placeholders"] == {"device": "GL-S20", "url": router.url}
    assert suggested(result) == {"language": proposed}
    result = await submit(
        hass, result, {**FIRST_PASSWORD, "language": proposed, "share_network": False}
    )
    assert is_done(result, router)
    assert created(result).options == {"share_network": False}
    assert router.lab.state()["language"] == proposed
    assert router.requests.count(SET_INIT) == 1


@pytest.mark.parametrize(
    "password",
    [
        "short-202",
        "",
        "x-" * 16,
        "onlysmallletters",
        "1234567890",
        "Umlaut-ä-2026",
        "blank 2026 blank",
    ],
)
async def test_rules(hass: HomeAssistant, router: GlS20Simulator, password: str) -> None:
    """What the device would not take is said at its field, and nothing is sent."""
    result = await find_new(hass, router)
    typed = {**FIRST_PASSWORD, "language": "zh-cn", "share_network": False}
    result = await submit(
        hass, result, {**typed, "password": password, "password_repeat": password}
    )
    assert result["step_id"] == "initialize"
    assert result["errors"] == {"password": "password_rules"}
    assert suggested(result) == {"language": "zh-cn", "share_network": False}
    assert SET_INIT not in router.requests
    assert is_done(await submit(hass, result, FIRST_PASSWORD), router)


@pytest.mark.parametrize("password", ["short-2026", f"1{'x-' * 15}"])
async def test_bounds(hass: HomeAssistant, router: GlS20Simulator, password: str) -> None:
    """The shortest and the longest password are taken."""
    typed = {**FIRST_PASSWORD, "password": password, "password_repeat": password}
    entry = created(await submit(hass, await find_new(hass, router), typed))
    assert entry.data["password"] == router.password == password
    assert entry.state is ConfigEntryState.LOADED


async def test_mistyped(hass: HomeAssistant, router: GlS20Simulator) -> None:
    """Two different passwords are no password."""
    result = await find_new(hass, router)
    result = await submit(hass, result, {**FIRST_PASSWORD, "password_repeat": "Brand-new-2062"})
    assert result["step_id"] == "initialize"
    assert result["errors"] == {"password_repeat": "password_mismatch"}
    assert SET_INIT not in router.requests
    assert is_done(await submit(hass, result, FIRST_PASSWORD), router)


async def test_answer_lost_but_done(hass: HomeAssistant, router: GlS20Simulator) -> None:
    """A device that may have taken the password is logged in to with it."""
    result = await find_new(hass, router)
    router.lab.break_replies("ui/set_init", "drop", executed=True)
    result = await submit(hass, result, {**FIRST_PASSWORD, "share_network": False})
    assert result["step_id"] == "credentials"
    assert result["errors"] == {"base": "initialization_unknown"}
    assert suggested(result) == {"share_network": False}
    result = await submit(hass, result, {**CHOSEN, "share_network": False})
    assert is_done(result, router)
    assert created(result).options == {"share_network": False}
    assert router.requests.count(SET_INIT) == 1


async def test_answer_lost_and_not_done(hass: HomeAssistant, router: GlS20Simulator) -> None:
    """A device that has no password after all gets one the second time."""
    result = await find_new(hass, router)
    router.lab.break_replies("ui/set_init", "drop", executed=False)
    result = await submit(hass, result, FIRST_PASSWORD)
    assert result["step_id"] == "credentials"
    assert result["errors"] == {"base": "initialization_unknown"}
    assert router.requests.count(SET_INIT) == 1
    result = await submit(hass, result, CHOSEN)
    assert result["step_id"] == "initialize"
    assert logins(router) == 0
    assert is_done(await submit(hass, result, FIRST_PASSWORD), router)


async def test_away_before_and_after(hass: HomeAssistant, router: GlS20Simulator) -> None:
    """A device that goes away is waited for on either form; the password is set once."""
    result = await find_new(hass, router)
    router.lab.break_replies("ui/check_initialized", "drop", 2)
    result = await submit(hass, result, FIRST_PASSWORD)
    assert result["step_id"] == "initialize"
    assert result["errors"] == {"base": "cannot_connect"}
    router.lab.repair()
    router.lab.break_replies("ui/challenge", "drop", None)
    result = await submit(hass, result, FIRST_PASSWORD)
    assert result["step_id"] == "credentials"
    assert result["errors"] == {"base": "cannot_connect"}
    router.lab.repair()
    assert is_done(await submit(hass, result, CHOSEN), router)
    assert router.requests.count(SET_INIT) == 1


async def test_refused(hass: HomeAssistant, router: GlS20Simulator) -> None:
    """A refusal is shown with the device's own words."""
    result = await find_new(hass, router)
    router.lab.break_replies("ui/set_init", "error", code=17)
    result = await submit(hass, result, FIRST_PASSWORD)
    assert result["step_id"] == "initialize"
    assert result["errors"] == {"base": "command_refused"}
    assert result["description_placeholders"] == {
        "device": "GL-S20",
        "url": router.url,
        "code": "17",
        "message": "Failed",
    }
    assert is_done(await submit(hass, result, FIRST_PASSWORD), router)


async def test_fails_unexpectedly(
    hass: HomeAssistant,
    router: GlS20Simulator,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A bug is admitted, and the log has its traceback."""
    result = await find_new(hass, router)
    with monkeypatch.context() as bug:
        bug.setattr(
            GlS20Client, "initialize", AsyncMock(side_effect=RuntimeError("never thought of"))
        )
        result = await submit(hass, result, FIRST_PASSWORD)
    assert result["step_id"] == "initialize"
    assert result["errors"] == {"base": "unknown"}
    assert "RuntimeError: never thought of" in caplog.text
    assert is_done(await submit(hass, result, FIRST_PASSWORD), router)


async def test_set_up_by_somebody_else_meanwhile(
    hass: HomeAssistant, router: GlS20Simulator
) -> None:
    """A password that somebody has chosen in the app meanwhile is not replaced but asked for."""
    result = await find_new(hass, router)
    router.lab.set_options(initialized=True, password="chosen-in-the-app-1")
    result = await submit(hass, result, FIRST_PASSWORD)
    assert result["step_id"] == "credentials"
    assert result["errors"] == {"base": "initialized_meanwhile"}
    assert SET_INIT not in router.requests
    entry = created(await submit(hass, result, {**CREDENTIALS, "password": "chosen-in-the-app-1"}))
    assert entry.data["password"] == "chosen-in-the-app-1"
    assert entry.state is ConfigEntryState.LOADED


async def test_another_unit_takes_the_address(hass: HomeAssistant, router: GlS20Simulator) -> None:
    """Another unit than the one that was found is not given a password."""
    result = await find_new(hass, router)
    become_another(router)
    result = await submit(hass, result, FIRST_PASSWORD)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "unique_id_mismatch"
    assert SET_INIT not in router.requests


async def test_nothing_secret_is_logged(
    hass: HomeAssistant, router: GlS20Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    """However much is logged, the new password is not."""
    caplog.set_level(logging.DEBUG)
    result = await find_new(hass, router)
    router.lab.break_replies("ui/set_init", "error")
    result = await submit(hass, result, FIRST_PASSWORD)
    assert is_done(await submit(hass, result, FIRST_PASSWORD), router)
    assert NEW_PASSWORD not in caplog.text


async def test_through_the_web_interface(
    hass: HomeAssistant, router: GlS20Simulator, hass_client: ClientSessionGenerator
) -> None:
    """The form survives the way to the browser, where both passwords are hidden."""
    await async_setup_component(hass, "config", {})
    client = await hass_client()
    flow_url = "/api/config/config_entries/flow"
    form = await (await client.post(flow_url, json={"handler": DOMAIN})).json()
    flow_url += f"/{form['flow_id']}"
    form = await (await client.post(flow_url, json=field_of(router.url))).json()
    password, repeat, language, share = form["data_schema"]
    assert [field["name"] for field in form["data_schema"]] == list(FIRST_PASSWORD)
    assert password["selector"]["text"] == repeat["selector"]["text"]
    assert password["selector"]["text"]["type"] == "password"
    assert language["selector"]["select"]["options"] == ["en", "zh-cn"]
    assert share["default"] is True
    outcome = await (await client.post(flow_url, json=FIRST_PASSWORD)).json()
    assert outcome["type"] == "create_entry"
    await hass.async_block_till_done()
