"""A GL-S20 that has another password, another address, or was reset."""

from collections.abc import Awaitable, Callable

from aiohttp.test_utils import unused_port
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulators.gl_s20 import GlS20Simulator
from tests.conftest import state_of
from tests.flow_helpers import TEXTS, checked, field_of, flows, submit, suggested

from .conftest import SetUpRouter, StartRouter
from .flow_helpers import FIRST_PASSWORD, NEW_PASSWORD, become_another, logins

type NextRound = Callable[..., Awaitable[None]]

OPTIONS: dict[str, object] = {"share_network": False, "log_in_diagnostics": True}
PASSWORD = {"password": "gatehouse-2026"}
CHANGED = {"password": "changed-2026"}
RESET = {key: value for key, value in FIRST_PASSWORD.items() if key != "share_network"}


@pytest.fixture
async def entry(router: GlS20Simulator, set_up_router: SetUpRouter) -> MockConfigEntry:
    """Return an entry that is set up."""
    entry = await set_up_router(router, options=OPTIONS)
    assert entry.state is ConfigEntryState.LOADED
    return entry


@pytest.fixture
async def refused(
    router: GlS20Simulator, entry: MockConfigEntry, next_round: NextRound
) -> MockConfigEntry:
    """Return an entry that has found out that the password was changed on the device."""
    router.lab.set_options(**CHANGED)
    router.lab.expire_tokens()
    await next_round()
    assert entry.state is ConfigEntryState.SETUP_ERROR
    router.requests.clear()
    return entry


async def waiting_form(hass: HomeAssistant, step_id: str = "reauth_confirm") -> ConfigFlowResult:
    """Return the form of the one flow that waits."""
    (flow,) = flows(hass)
    assert flow["context"]["source"] == SOURCE_REAUTH
    result = await submit(hass, flow, None)
    assert result["step_id"] == step_id
    return result


async def reconfigure(
    hass: HomeAssistant, entry: MockConfigEntry, router: GlS20Simulator
) -> ConfigFlowResult:
    """Tell an entry where its device is."""
    result = checked(await entry.start_reconfigure_flow(hass), TEXTS["config"])
    assert result["step_id"] == "reconfigure"
    return await submit(hass, result, field_of(router.url))


async def test_password_changed_on_the_device(
    hass: HomeAssistant, router: GlS20Simulator, refused: MockConfigEntry
) -> None:
    """Only the password is asked for; a mistake is forgiven, and the entry works again."""
    result = await waiting_form(hass)
    assert suggested(result) == {}
    assert result["data_schema"] is not None
    assert list(result["data_schema"].schema) == ["password"]
    assert result["description_placeholders"] is not None
    assert result["description_placeholders"]["device"] == "GL-S20"
    assert logins(router) == 0, "looking at the form sends nothing"

    result = await submit(hass, result, {"password": "wrong"})
    assert result["step_id"] == "reauth_confirm"
    assert result["errors"] == {"base": "invalid_auth"}
    assert logins(router) == 2

    result = await submit(hass, result, CHANGED)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "reauth_successful"
    assert refused.data == {"device_type": "gl_s20", "url": router.url, **CHANGED}
    assert refused.options == OPTIONS
    assert refused.state is ConfigEntryState.LOADED
    assert state_of(hass, "sensor.gl_s20_thread_role") == "leader"
    assert logins(router) == 4, "one more by the form, one by a single reload"
    assert flows(hass) == []


async def test_another_unit_answers(
    hass: HomeAssistant, router: GlS20Simulator, refused: MockConfigEntry
) -> None:
    """Another unit at the address does not get to see the password."""
    become_another(router)
    result = await submit(hass, await waiting_form(hass), CHANGED)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "unique_id_mismatch"
    assert logins(router) == 0
    assert refused.data["password"] == "gatehouse-2026"


async def test_moved_while_the_question_waits(
    hass: HomeAssistant,
    router: GlS20Simulator,
    refused: MockConfigEntry,
    start_router: StartRouter,
) -> None:
    """The answer goes to where the device is by then."""
    moved = await start_router(**CHANGED)
    hass.config_entries.async_update_entry(refused, data={**refused.data, "url": moved.url})
    await router.stop()
    result = await submit(hass, await waiting_form(hass), CHANGED)
    assert result["reason"] == "reauth_successful"
    assert refused.data["url"] == moved.url
    assert refused.state is ConfigEntryState.LOADED


async def test_reset(
    hass: HomeAssistant, router: GlS20Simulator, entry: MockConfigEntry, next_round: NextRound
) -> None:
    """A unit that was reset is given a new password instead of being asked for one."""
    router.lab.press_reset_button(10)
    router.lab.advance(30)
    for _ in range(2):
        await next_round()
    assert entry.state is ConfigEntryState.SETUP_ERROR
    result = await waiting_form(hass, "initialize")
    assert result["data_schema"] is not None
    assert list(result["data_schema"].schema) == list(RESET)
    result = await submit(hass, result, RESET)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "reauth_successful"
    assert router.password == NEW_PASSWORD
    assert entry.data == {"device_type": "gl_s20", "url": router.url, "password": NEW_PASSWORD}
    assert entry.options == OPTIONS
    assert entry.state is ConfigEntryState.LOADED


async def test_reset_while_the_question_waits(
    hass: HomeAssistant, router: GlS20Simulator, refused: MockConfigEntry
) -> None:
    """Whoever cannot answer resets the unit, and goes on where he was."""
    result = await waiting_form(hass)
    router.lab.set_options(initialized=False)
    result = await submit(hass, result, CHANGED)
    assert result["step_id"] == "initialize"
    assert logins(router) == 0
    result = await submit(hass, result, RESET)
    assert result["reason"] == "reauth_successful"
    assert refused.data["password"] == NEW_PASSWORD
    assert refused.state is ConfigEntryState.LOADED


async def test_refused_by_a_device_that_is_gone(
    hass: HomeAssistant, router: GlS20Simulator, entry: MockConfigEntry
) -> None:
    """The question is asked even where nothing answers at the moment."""
    router.lab.break_replies("*", "drop", None)
    result = checked(await entry.start_reauth_flow(hass), TEXTS["config"])
    assert result["step_id"] == "reauth_confirm"
    assert result["errors"] == {}
    result = await submit(hass, result, PASSWORD)
    assert result["errors"] == {"base": "cannot_connect"}
    router.lab.repair()
    result = await submit(hass, result, PASSWORD)
    assert result["reason"] == "reauth_successful"
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("password", ["gatehouse-2026", ""], ids=["typed", "kept"])
async def test_new_address(
    hass: HomeAssistant,
    router: GlS20Simulator,
    entry: MockConfigEntry,
    start_router: StartRouter,
    password: str,
) -> None:
    """The entry goes on at the new address; the password need not be typed again."""
    moved = await start_router()
    result = await reconfigure(hass, entry, moved)
    assert result["step_id"] == "reconfigure_credentials"
    assert result["data_schema"] is not None
    assert result["data_schema"]({}) == {"password": ""}
    result = await submit(hass, result, {"password": password})
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "reconfigure_successful"
    assert entry.data == {"device_type": "gl_s20", "url": moved.url, **PASSWORD}
    assert entry.options == OPTIONS
    assert entry.state is ConfigEntryState.LOADED
    assert logins(moved) == 2, "one by the form, one by a single reload"
    assert router.lab.state()["sessions"] == 0


async def test_new_address_of_another_unit(
    hass: HomeAssistant,
    router: GlS20Simulator,
    entry: MockConfigEntry,
    start_router: StartRouter,
) -> None:
    """Another unit is noticed before anybody is asked for a password."""
    other = await start_router()
    become_another(other)
    result = await reconfigure(hass, entry, other)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "unique_id_mismatch"
    assert entry.data["url"] == router.url
    assert entry.state is ConfigEntryState.LOADED


async def test_new_address_of_a_unit_that_was_reset(
    hass: HomeAssistant, entry: MockConfigEntry, start_router: StartRouter
) -> None:
    """A unit that was reset and has moved gets a password here as well."""
    reset = await start_router(initialized=False)
    result = await reconfigure(hass, entry, reset)
    assert result["step_id"] == "initialize"
    result = await submit(hass, result, {**RESET, "language": "zh-cn"})
    assert result["reason"] == "reconfigure_successful"
    assert reset.password == NEW_PASSWORD
    assert entry.data == {"device_type": "gl_s20", "url": reset.url, "password": NEW_PASSWORD}
    assert entry.options == OPTIONS
    assert entry.state is ConfigEntryState.LOADED


async def test_bluetooth_firmware_at_the_new_address(
    hass: HomeAssistant, entry: MockConfigEntry, start_router: StartRouter
) -> None:
    """A unit that got the other firmware is of no use, and why is said."""
    flashed = await start_router(firmware_category="2b")
    result = await reconfigure(hass, entry, flashed)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "not_thread_firmware"


async def test_errors_recover(
    hass: HomeAssistant,
    router: GlS20Simulator,
    entry: MockConfigEntry,
    start_router: StartRouter,
) -> None:
    """Both forms can be corrected, and the entry stays as it was until all is right."""
    moved = await start_router(**CHANGED)
    result = await entry.start_reconfigure_flow(hass)
    result = await submit(hass, result, field_of(f"127.0.0.1:{unused_port()}"))
    assert result["step_id"] == "reconfigure"
    assert result["errors"] == {"base": "cannot_connect"}
    result = await submit(hass, result, field_of(moved.url))
    result = await submit(hass, result, {"password": ""})
    assert result["step_id"] == "reconfigure_credentials"
    assert result["errors"] == {"base": "invalid_auth"}
    assert entry.data["url"] == router.url
    assert entry.state is ConfigEntryState.LOADED
    result = await submit(hass, result, CHANGED)
    assert result["reason"] == "reconfigure_successful"
    assert entry.data["password"] == "changed-2026"
    assert entry.state is ConfigEntryState.LOADED
