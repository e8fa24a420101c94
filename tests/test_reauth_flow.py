"""New credentials for a device that refuses the old ones."""

from collections.abc import Awaitable, Callable

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulators.hilink.simulator import HilinkSimulator

from .flow_helpers import (
    CREDENTIALS,
    SERIAL,
    WRONG,
    attempts,
    flows,
    set_up_entry,
    submit,
    suggested,
)

type NextRound = Callable[..., Awaitable[None]]

CHANGED = {**CREDENTIALS, "password": "changed"}
NETWORK_TYPE = "sensor.modem_network_type"


@pytest.fixture
async def entry(
    hass: HomeAssistant, modem: HilinkSimulator, next_round: NextRound
) -> MockConfigEntry:
    """Return an entry that has found out that the password was changed on the device."""
    entry = await set_up_entry(hass, modem)
    assert entry.state is ConfigEntryState.LOADED
    modem.lab.set_options(password="changed")
    modem.lab.expire_sessions()
    modem.requests.clear()
    await next_round()
    return entry


async def reauth_form(hass: HomeAssistant) -> ConfigFlowResult:
    """Return the form of the one flow that waits."""
    (flow,) = flows(hass)
    assert flow["context"]["source"] == SOURCE_REAUTH
    result = await submit(hass, flow, None)
    assert result["step_id"] == "reauth_confirm"
    return result


def shown(hass: HomeAssistant) -> str:
    """Return what a sensor of the modem shows."""
    state = hass.states.get(NETWORK_TYPE)
    assert state is not None
    return state.state


async def test_password_changed_on_the_device(
    hass: HomeAssistant, modem: HilinkSimulator, entry: MockConfigEntry
) -> None:
    """The user is asked, a mistake is forgiven, and the entry works again."""
    assert attempts(modem) == 1
    assert entry.state is ConfigEntryState.SETUP_ERROR
    assert entry.data["credentials_refused"] == "invalid_auth"
    assert shown(hass) == "unavailable"

    result = await reauth_form(hass)
    assert result["errors"] == {}
    assert suggested(result) == {"username": "admin", "verify_ssl": True}
    assert result["description_placeholders"] == {
        "device": "Modem",
        "url": modem.url,
        "name": "Modem",
    }

    result = await submit(hass, result, WRONG)
    assert result["step_id"] == "reauth_confirm"
    assert result["errors"] == {"base": "invalid_auth"}
    assert attempts(modem) == 2
    assert entry.data["password"] == "gatehouse"

    result = await submit(hass, result, CHANGED)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "reauth_successful"
    assert entry.data == {
        "device_type": "hilink",
        "url": modem.url,
        "username": "admin",
        "password": "changed",
        "verify_ssl": True,
    }
    assert entry.unique_id == "SIM8372320000001"
    assert entry.state is ConfigEntryState.LOADED
    assert shown(hass) == "lte"
    assert attempts(modem) == 4, "two by the form, one before it and one after it"
    assert flows(hass) == []


async def test_refused_password_rests(
    hass: HomeAssistant, modem: HilinkSimulator, entry: MockConfigEntry, next_round: NextRound
) -> None:
    """No time, reload or restart sends a refused password again, and the question stays."""
    assert attempts(modem) == 1
    asked = len(modem.requests)
    for _ in range(3):
        await next_round()
    assert not await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert not await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    await next_round(3600)
    assert len(modem.requests) == asked
    assert entry.state is ConfigEntryState.SETUP_ERROR
    await reauth_form(hass)


async def test_refused_at_set_up(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """A password that was changed while Home Assistant was off is asked for as well."""
    entry = await set_up_entry(hass, modem, password="old")
    assert entry.state is ConfigEntryState.SETUP_ERROR
    assert attempts(modem) == 1
    result = await submit(hass, await reauth_form(hass), CREDENTIALS)
    assert result["reason"] == "reauth_successful"
    assert "credentials_refused" not in entry.data
    assert entry.unique_id == SERIAL
    assert entry.state is ConfigEntryState.LOADED


async def test_old_password_is_right_again(
    hass: HomeAssistant, modem: HilinkSimulator, entry: MockConfigEntry
) -> None:
    """Whoever sets the old password on the device again, confirms it here."""
    modem.lab.set_options(password="gatehouse")
    result = await submit(hass, await reauth_form(hass), CREDENTIALS)
    assert result["reason"] == "reauth_successful"
    assert "credentials_refused" not in entry.data
    assert entry.state is ConfigEntryState.LOADED
    assert shown(hass) == "lte"


async def test_loaded_entry_is_set_up_anew(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """Also where nothing has changed, for the old session may be what the device refuses."""
    entry = await set_up_entry(hass, modem)
    modem.requests.clear()
    result = await submit(hass, await entry.start_reauth_flow(hass), CREDENTIALS)
    assert result["reason"] == "reauth_successful"
    assert entry.state is ConfigEntryState.LOADED
    assert attempts(modem) == 2, "one by the form, one by a single reload"


async def test_another_device_answers(
    hass: HomeAssistant, modem: HilinkSimulator, entry: MockConfigEntry
) -> None:
    """The credentials of another device are not taken over."""
    modem.lab.set_field("device/information", "SerialNumber", "OTHER")
    result = await submit(hass, await reauth_form(hass), CHANGED)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "unique_id_mismatch"
    assert entry.unique_id == SERIAL
    assert entry.data["password"] == "gatehouse"
    assert entry.data["credentials_refused"] == "invalid_auth"
    assert modem.lab.state()["logged_in"] == 0


async def test_device_without_identity(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """An entry that does not know its device keeps being the same entry."""
    entry = await set_up_entry(hass, modem, unique_id=None, password="old")
    result = await submit(hass, await reauth_form(hass), CREDENTIALS)
    assert result["reason"] == "reauth_successful"
    assert entry.unique_id is None
    assert entry.data["password"] == "gatehouse"
    assert entry.state is ConfigEntryState.LOADED
