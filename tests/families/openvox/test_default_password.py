"""A gateway that still has the login with which every gateway is delivered."""

from collections.abc import Awaitable, Callable

from homeassistant.config_entries import ConfigEntry, ConfigEntryState, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
import pytest

from custom_components.gatehouse.const import DOMAIN
from simulators.openvox import OpenVoxSimulator
from tests.flow_helpers import (
    PLACEHOLDER,
    TEXTS,
    checked,
    created,
    field_of,
    find,
    flows,
    submit,
    suggested,
)

from .conftest import SetUpGateway, StartGateway
from .flow_helpers import CREDENTIALS, DELIVERED, choose, logins


@pytest.fixture
async def new_gateway(start_gateway: StartGateway) -> OpenVoxSimulator:
    """Return a gateway as it is delivered."""
    return await start_gateway(password="admin")


def issue_of(hass: HomeAssistant, entry: ConfigEntry) -> ir.IssueEntry | None:
    """Return the issue about the password, if there is one."""
    return ir.async_get(hass).async_get_issue(DOMAIN, f"{entry.entry_id}_default_password")


def assert_warned(result: ConfigFlowResult, gateway: OpenVoxSimulator) -> None:
    """Check that a flow warns and lets its user choose."""
    assert result["type"] is FlowResultType.MENU
    assert result["step_id"] == "default_password"
    assert result["menu_options"] == ["changed_password", "keep_password"]
    placeholders = result["description_placeholders"] or {}
    assert placeholders["url"] == gateway.url


async def test_kept(hass: HomeAssistant, new_gateway: OpenVoxSimulator) -> None:
    """It works after a warning, and the warning lasts as an issue."""
    result = await submit(hass, await find(hass, new_gateway), DELIVERED)
    assert_warned(result, new_gateway)
    assert new_gateway.lab.state()["tokens"] == 0, "the wizard has logged out"
    entry = created(await choose(hass, result, "keep_password"))
    assert entry.state is ConfigEntryState.LOADED
    assert entry.data["password"] == "admin"
    assert logins(new_gateway) == 2, "one by the form, one by the entry"
    issue = issue_of(hass, entry)
    assert issue is not None
    assert issue.severity is ir.IssueSeverity.WARNING
    assert not issue.is_fixable
    assert issue.translation_placeholders == {"device": "SMS gateway"}
    for text in TEXTS["issues"]["default_password"].values():
        assert set(PLACEHOLDER.findall(text)) <= {"device"}


async def test_changed_at_once(hass: HomeAssistant, new_gateway: OpenVoxSimulator) -> None:
    """Whoever takes the warning to heart goes on with the new password."""
    typed = {**DELIVERED, "verify_ssl": True}
    result = await submit(hass, await find(hass, new_gateway), typed)
    assert_warned(result, new_gateway)
    new_gateway.lab.set_options(password="gatehouse-sms")
    result = await choose(hass, result, "changed_password")
    assert result["step_id"] == "credentials"
    assert result["errors"] == {}
    assert suggested(result) == {"username": "admin", "verify_ssl": True}
    entry = created(await submit(hass, result, CREDENTIALS))
    assert entry.data["password"] == "gatehouse-sms"
    assert issue_of(hass, entry) is None


@pytest.mark.parametrize(
    ("username", "password"), [("admin", "Admin"), ("boss", "admin"), ("admin", "admin1")]
)
async def test_other_logins(
    hass: HomeAssistant, start_gateway: StartGateway, username: str, password: str
) -> None:
    """Only the login that everybody knows is warned of."""
    gateway = await start_gateway(username=username, password=password)
    typed = {"username": username, "password": password, "verify_ssl": False}
    entry = created(await submit(hass, await find(hass, gateway), typed))
    assert entry.state is ConfigEntryState.LOADED
    assert issue_of(hass, entry) is None


async def test_refused(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """A login that does not work is wrong, not weak."""
    result = await submit(hass, await find(hass, gateway), DELIVERED)
    assert result["step_id"] == "credentials"
    assert result["errors"] == {"base": "invalid_auth"}


async def test_taken_meanwhile(hass: HomeAssistant, new_gateway: OpenVoxSimulator) -> None:
    """While the warning was read, somebody else has added the gateway."""
    first = await submit(hass, await find(hass, new_gateway), DELIVERED)
    second = await submit(hass, await find(hass, new_gateway), DELIVERED)
    entry = created(await choose(hass, first, "keep_password"))
    result = await choose(hass, second, "keep_password")
    assert result["reason"] == "already_configured"
    assert hass.config_entries.async_entries(DOMAIN) == [entry]


async def test_changed_later(
    hass: HomeAssistant,
    new_gateway: OpenVoxSimulator,
    set_up_gateway: SetUpGateway,
    next_round: Callable[..., Awaitable[None]],
) -> None:
    """The issue goes away with the new password, for which Home Assistant asks."""
    entry = await set_up_gateway(new_gateway)
    assert issue_of(hass, entry)
    new_gateway.lab.set_options(password="gatehouse-sms")
    new_gateway.lab.steal_tokens()
    await next_round()
    (flow,) = flows(hass)
    result = await submit(hass, flow, CREDENTIALS)
    assert result["reason"] == "reauth_successful"
    assert entry.state is ConfigEntryState.LOADED
    assert issue_of(hass, entry) is None


async def test_reset_gateway(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    set_up_gateway: SetUpGateway,
    next_round: Callable[..., Awaitable[None]],
) -> None:
    """A gateway that was reset has the known login again, which its owner hears."""
    entry = await set_up_gateway(gateway)
    gateway.lab.set_options(password="admin")
    gateway.lab.steal_tokens()
    await next_round()
    (flow,) = flows(hass)
    result = await submit(hass, flow, DELIVERED)
    assert_warned(result, gateway)
    assert entry.data["password"] == "gatehouse-sms"
    result = await choose(hass, result, "keep_password")
    assert result["reason"] == "reauth_successful"
    assert entry.data["password"] == "admin"
    assert entry.state is ConfigEntryState.LOADED
    assert issue_of(hass, entry)
    assert flows(hass) == []


async def test_told_once(
    hass: HomeAssistant,
    new_gateway: OpenVoxSimulator,
    start_gateway: StartGateway,
    set_up_gateway: SetUpGateway,
) -> None:
    """Who has been warned can change the address without hearing it again."""
    entry = await set_up_gateway(new_gateway)
    moved = await start_gateway(password="admin")
    result = checked(await entry.start_reconfigure_flow(hass), TEXTS["config"])
    result = await submit(hass, result, field_of(moved.url))
    result = await submit(hass, result, {**DELIVERED, "password": ""})
    assert result["reason"] == "reconfigure_successful"
    assert entry.data["url"] == moved.url
    assert entry.state is ConfigEntryState.LOADED


async def test_reconfigured_to_a_new_gateway(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    new_gateway: OpenVoxSimulator,
    set_up_gateway: SetUpGateway,
) -> None:
    """While the warning is shown the entry goes on as before; then it changes."""
    entry = await set_up_gateway(gateway)
    result = checked(await entry.start_reconfigure_flow(hass), TEXTS["config"])
    result = await submit(hass, result, field_of(new_gateway.url))
    result = await submit(hass, result, DELIVERED)
    assert_warned(result, new_gateway)
    assert hass.states.is_state("sensor.sms_gateway_idle_channels", "8")
    assert entry.data["url"] == gateway.url
    result = await choose(hass, result, "changed_password")
    assert result["step_id"] == "reconfigure_credentials"
    result = await submit(hass, result, DELIVERED)
    result = await choose(hass, result, "keep_password")
    assert result["reason"] == "reconfigure_successful"
    assert entry.data["url"] == new_gateway.url
    assert entry.data["password"] == "admin"
    assert entry.state is ConfigEntryState.LOADED
    assert gateway.lab.state()["tokens"] == 0
