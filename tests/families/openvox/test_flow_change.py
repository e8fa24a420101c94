"""An SMS gateway whose password or whose address has changed."""

from collections.abc import Awaitable, Callable

from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulators.openvox import OpenVoxSimulator
from tests.conftest import state_of
from tests.flow_helpers import TEXTS, checked, field_of, flows, submit, suggested

from .conftest import SetUpGateway, StartGateway, add_gateway, gateway_data
from .flow_helpers import CREDENTIALS, WRONG, logins

IDLE = "sensor.sms_gateway_idle_channels"
CHANGED = {**CREDENTIALS, "password": "changed"}


async def start(hass: HomeAssistant, entry: MockConfigEntry) -> ConfigFlowResult:
    """Press "Reconfigure"."""
    result = await entry.start_reconfigure_flow(hass)
    assert result["step_id"] == "reconfigure"
    return checked(result, TEXTS["config"])


@pytest.mark.parametrize("prefix", ["", "/api"])
async def test_new_password(
    hass: HomeAssistant,
    start_gateway: StartGateway,
    set_up_gateway: SetUpGateway,
    next_round: Callable[..., Awaitable[None]],
    prefix: str,
) -> None:
    """The old one is refused once and never sent again; the new one heals the entry."""
    gateway = await start_gateway(prefix=prefix)
    entry = await set_up_gateway(gateway)
    gateway.lab.set_options(password="changed")
    gateway.lab.steal_tokens()
    for _ in range(3):
        await next_round()
    assert gateway.lab.state()["refused_logins"] == 1
    assert state_of(hass, IDLE) == "unavailable"
    (flow,) = flows(hass)
    assert flow["step_id"] == "reauth_confirm"

    result = await submit(hass, flow, WRONG)
    assert result["errors"] == {"base": "invalid_auth"}
    assert suggested(result) == {"username": "admin", "verify_ssl": False}
    result = await submit(hass, result, CHANGED)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "reauth_successful"
    assert entry.data == {**gateway_data(gateway), "password": "changed"}
    assert entry.data["path_prefix"] == prefix
    assert entry.state is ConfigEntryState.LOADED
    assert state_of(hass, IDLE) == "8"
    assert gateway.lab.state()["refused_logins"] == 2
    assert flows(hass) == []


@pytest.mark.parametrize("password", ["gatehouse-sms", ""], ids=["typed", "kept"])
async def test_new_address(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    start_gateway: StartGateway,
    set_up_gateway: SetUpGateway,
    password: str,
) -> None:
    """The path is found anew, too; the entities stay."""
    entry = await set_up_gateway(gateway)
    moved = await start_gateway(prefix="/index.php", ports=3)
    result = await start(hass, entry)
    assert suggested(result) == {"host": gateway.url, "device_type": "openvox"}
    result = await submit(hass, result, field_of(moved.url))
    assert result["step_id"] == "reconfigure_credentials"
    assert suggested(result) == {"username": "admin", "verify_ssl": False}

    result = await submit(hass, result, {**CREDENTIALS, "password": password})
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "reconfigure_successful"
    assert entry.data == gateway_data(moved)
    assert entry.data["path_prefix"] == "/index.php"
    assert entry.state is ConfigEntryState.LOADED
    assert state_of(hass, IDLE) == "3"
    assert state_of(hass, "binary_sensor.sms_gateway_port_8_registered") == "unknown"
    assert logins(moved) == 2, "one by the form, one by a single reload"
    assert gateway.lab.state()["tokens"] == 0


async def test_firmware_that_answers_elsewhere(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    set_up_gateway: SetUpGateway,
    next_round: Callable[..., Awaitable[None]],
) -> None:
    """After an update that has moved the interface, the same address heals the entry."""
    entry = await set_up_gateway(gateway)
    gateway.lab.set_options(prefix="/api")
    for _ in range(2):
        await next_round()
    assert state_of(hass, IDLE) == "unavailable"
    assert state_of(hass, "binary_sensor.sms_gateway_connection") == "off"
    result = await submit(hass, await start(hass, entry), field_of(gateway.url))
    result = await submit(hass, result, {**CREDENTIALS, "password": ""})
    assert result["reason"] == "reconfigure_successful"
    assert entry.data["path_prefix"] == "/api"
    assert state_of(hass, IDLE) == "8"


async def test_same_again(
    hass: HomeAssistant, gateway: OpenVoxSimulator, set_up_gateway: SetUpGateway
) -> None:
    """The entry's own address is no other entry's."""
    entry = await set_up_gateway(gateway)
    result = await submit(hass, await start(hass, entry), field_of(gateway.url))
    result = await submit(hass, result, CREDENTIALS)
    assert result["reason"] == "reconfigure_successful"
    assert entry.state is ConfigEntryState.LOADED


async def test_address_of_another_entry(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    start_gateway: StartGateway,
    set_up_gateway: SetUpGateway,
) -> None:
    """Two entries do not share a gateway."""
    entry = await set_up_gateway(gateway)
    other = await start_gateway()
    add_gateway(hass, other)
    result = await submit(hass, await start(hass, entry), field_of(other.url))
    result = await submit(hass, result, CREDENTIALS)
    assert result["reason"] == "already_configured"
    assert entry.data == gateway_data(gateway)
    assert state_of(hass, IDLE) == "8"


async def test_wrong_password(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    start_gateway: StartGateway,
    set_up_gateway: SetUpGateway,
) -> None:
    """The entry stays as it was until all is right."""
    entry = await set_up_gateway(gateway)
    moved = await start_gateway(password="changed")
    result = await submit(hass, await start(hass, entry), field_of(moved.url))
    result = await submit(hass, result, WRONG)
    assert result["errors"] == {"base": "invalid_auth"}
    assert entry.data == gateway_data(gateway)
    assert state_of(hass, IDLE) == "8"
    result = await submit(hass, result, CHANGED)
    assert result["reason"] == "reconfigure_successful"
    assert state_of(hass, IDLE) == "8"
