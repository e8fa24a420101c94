"""A device that has moved."""

from aiohttp.test_utils import unused_port
from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulators.hilink.simulator import HilinkSimulator

from .conftest import StartModem
from .flow_helpers import (
    CREDENTIALS,
    SERIAL,
    TEXTS,
    WRONG,
    attempts,
    checked,
    field_of,
    flows,
    set_up_entry,
    submit,
    suggested,
)


@pytest.fixture
async def entry(hass: HomeAssistant, modem: HilinkSimulator) -> MockConfigEntry:
    """Return an entry that is set up."""
    entry = await set_up_entry(hass, modem)
    assert entry.state is ConfigEntryState.LOADED
    return entry


async def start(hass: HomeAssistant, entry: MockConfigEntry) -> ConfigFlowResult:
    """Press "Reconfigure"."""
    result = await entry.start_reconfigure_flow(hass)
    assert result["step_id"] == "reconfigure"
    assert result["errors"] == {}
    return checked(result, TEXTS["config"])


@pytest.mark.parametrize("password", ["gatehouse", ""], ids=["typed", "kept"])
async def test_new_address(
    password: str,
    hass: HomeAssistant,
    modem: HilinkSimulator,
    entry: MockConfigEntry,
    start_modem: StartModem,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What is known is filled in except the password; the entry goes on at the new address."""
    moved = await start_modem()
    result = await start(hass, entry)
    assert suggested(result) == {"host": modem.url, "device_type": "hilink"}
    result = await submit(hass, result, field_of(moved.url))
    assert result["step_id"] == "reconfigure_credentials"
    assert suggested(result) == {"username": "admin", "verify_ssl": True}

    result = await submit(hass, result, {**CREDENTIALS, "password": password})
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "reconfigure_successful"
    assert entry.data == {
        "device_type": "hilink",
        "url": moved.url,
        "username": "admin",
        "password": "gatehouse",
        "verify_ssl": True,
    }
    assert entry.unique_id == "SIM8372320000001"
    assert entry.state is ConfigEntryState.LOADED
    assert attempts(moved) == 2, "one by the form, one by a single reload"
    assert modem.lab.state()["logged_in"] == 0
    assert "has an update listener" not in caplog.text


async def test_errors_recover(
    hass: HomeAssistant, modem: HilinkSimulator, entry: MockConfigEntry, start_modem: StartModem
) -> None:
    """Both forms can be corrected, and the entry stays as it was until all is right."""
    moved = await start_modem()
    result = await start(hass, entry)
    for address, errors in (
        ("not an address", {"host": "invalid_host"}),
        (f"127.0.0.1:{unused_port()}", {"base": "cannot_connect"}),
    ):
        result = await submit(hass, result, field_of(address))
        assert result["step_id"] == "reconfigure"
        assert result["errors"] == errors
        assert suggested(result) == field_of(address)
    result = await submit(hass, result, field_of(moved.url))
    result = await submit(hass, result, WRONG)
    assert result["step_id"] == "reconfigure_credentials"
    assert result["errors"] == {"base": "invalid_auth"}
    assert attempts(moved) == 1
    assert entry.data["url"] == modem.url
    assert entry.state is ConfigEntryState.LOADED
    result = await submit(hass, result, CREDENTIALS)
    assert result["reason"] == "reconfigure_successful"
    assert entry.data["url"] == moved.url
    assert entry.state is ConfigEntryState.LOADED


async def test_another_device(
    hass: HomeAssistant, modem: HilinkSimulator, entry: MockConfigEntry, start_modem: StartModem
) -> None:
    """Another device does not take the place of this one."""
    other = await start_modem(profile="b535-932")
    result = await submit(hass, await start(hass, entry), field_of(other.url))
    result = await submit(hass, result, CREDENTIALS)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "unique_id_mismatch"
    assert entry.unique_id == SERIAL
    assert entry.data["url"] == modem.url
    assert other.lab.state()["logged_in"] == 0


async def test_same_address(
    hass: HomeAssistant, modem: HilinkSimulator, entry: MockConfigEntry
) -> None:
    """The entry's own address is no obstacle."""
    modem.requests.clear()
    result = await submit(hass, await start(hass, entry), field_of(modem.url))
    result = await submit(hass, result, CREDENTIALS)
    assert result["reason"] == "reconfigure_successful"
    assert entry.state is ConfigEntryState.LOADED
    assert attempts(modem) == 2, "one by the form, one by a single reload"


async def test_entry_that_does_not_find_its_device(
    hass: HomeAssistant, modem: HilinkSimulator, start_modem: StartModem
) -> None:
    """An entry that keeps trying the old address starts at the new one."""
    old = await start_modem()
    await old.stop()
    entry = await set_up_entry(hass, old)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    result = await submit(hass, await start(hass, entry), field_of(modem.url))
    result = await submit(hass, result, CREDENTIALS)
    assert result["reason"] == "reconfigure_successful"
    assert entry.data["url"] == modem.url
    assert entry.state is ConfigEntryState.LOADED


async def test_instead_of_reauthentication(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """Whoever gives the new password here need not give it again."""
    entry = await set_up_entry(hass, modem, password="old")
    assert entry.state is ConfigEntryState.SETUP_ERROR
    assert len(flows(hass)) == 1
    result = await submit(hass, await start(hass, entry), field_of(modem.url))
    result = await submit(hass, result, CREDENTIALS)
    assert result["reason"] == "reconfigure_successful"
    assert "credentials_refused" not in entry.data
    assert entry.data["password"] == "gatehouse"
    assert entry.state is ConfigEntryState.LOADED
    assert flows(hass) == []
