"""Connecting, access points, the SIM card and other cells through Home Assistant."""

from collections.abc import Awaitable, Callable
import json
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.gatehouse.const import DOMAIN
from custom_components.gatehouse.diagnostics import async_get_config_entry_diagnostics
from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import SetUpModem, StartModem, state_of
from tests.families.hilink.conftest import call

type NextRound = Callable[..., Awaitable[None]]

STATUS = "sensor.modem_connection_status"
ROAMING = "switch.modem_data_roaming"
PROFILE = "select.modem_apn_profile"


@pytest.fixture
async def entry(modem: HilinkSimulator, set_up: SetUpModem) -> MockConfigEntry:
    """Return the entry of a modem that is set up."""
    return await set_up(modem)


def posts(modem: HilinkSimulator, path: str) -> int:
    """Count the commands of a kind."""
    return modem.requests.count(("POST", f"/api/{path}"))


async def act(hass: HomeAssistant, domain: str, action: str, entity_id: str, **data: Any) -> None:
    """Do what a user does with an entity."""
    await hass.services.async_call(domain, action, {"entity_id": entity_id, **data}, blocking=True)


async def do(hass: HomeAssistant, action: str, **fields: Any) -> None:
    """Call an action that has no response."""
    await hass.services.async_call(DOMAIN, action, fields, blocking=True)


@pytest.mark.usefixtures("entry")
async def test_roaming(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """Roaming is switched, and the rest of the settings stays."""
    before = modem.modem.record("dialup/connection")
    assert state_of(hass, ROAMING) == "off"
    await act(hass, "switch", "turn_on", ROAMING)
    assert state_of(hass, ROAMING) == "on"
    assert modem.modem.record("dialup/connection") == before | {"RoamAutoConnectEnable": "1"}


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_settings(hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem) -> None:
    """Packet size, idle time and mode are set one by one."""
    await set_up(modem)
    await act(hass, "number", "set_value", "number.modem_mtu", value=1400)
    await act(hass, "number", "set_value", "number.modem_idle_time", value=900)
    await act(hass, "select", "select_option", "select.modem_connection_mode", option="manual")
    settings = modem.modem.record("dialup/connection")
    assert (settings["MTU"], settings["MaxIdelTime"], settings["ConnectMode"]) == (
        "1400",
        "900",
        "1",
    )
    assert state_of(hass, "number.modem_mtu") == "1400"
    assert state_of(hass, "number.modem_idle_time") == "900"
    assert state_of(hass, "select.modem_connection_mode") == "manual"


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_buttons(hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem) -> None:
    """The buttons disconnect, connect and reconnect, and what follows shows at once."""
    await set_up(modem)
    assert state_of(hass, STATUS) == "connected"
    await act(hass, "button", "press", "button.modem_disconnect")
    assert state_of(hass, STATUS) == "disconnected"
    await act(hass, "button", "press", "button.modem_connect")
    assert state_of(hass, STATUS) == "connecting"
    modem.lab.advance(10)
    await act(hass, "button", "press", "button.modem_reconnect")
    assert state_of(hass, STATUS) == "connecting"
    assert posts(modem, "net/reconnect") == 1


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_access_points(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem
) -> None:
    """They are listed, added, chosen and deleted; the password is written and never read."""
    entry = await set_up(modem)
    assert state_of(hass, PROFILE) == "Default"
    added = await call(
        hass,
        "add_apn_profile",
        name="Private",
        apn="private.example",
        username="user-name",
        password="pass-word",
        authentication="chap",
    )
    assert added == {"number": 3, "current": False}
    stored: Any = modem.modem.record("dialup/profiles")["Profiles"]
    assert stored["Profile"][2]["Password"] == "pass-word"
    found = await call(hass, "list_apn_profiles")
    assert found["profiles"][2] == {
        "number": 3,
        "name": "Private",
        "apn": "private.example",
        "username": "user-name",
        "authentication": "chap",
        "ip_type": "ipv4_ipv6",
        "current": False,
        "protected": False,
    }
    assert "pass-word" not in str(found)
    diagnostics = json.dumps(await async_get_config_entry_diagnostics(hass, entry), default=str)
    assert "private.example" in diagnostics
    assert "user-name" not in diagnostics
    assert "pass-word" not in diagnostics
    await act(hass, "select", "select_option", PROFILE, option="Private")
    assert state_of(hass, PROFILE) == "Private"
    await do(hass, "select_apn_profile", profile="2")
    assert state_of(hass, PROFILE) == "Spare"
    await do(hass, "delete_apn_profile", profile="Private")
    state = hass.states.get(PROFILE)
    assert state is not None
    assert state.attributes["options"] == ["Default", "Spare"]


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize(
    ("action", "fields", "key"),
    [
        ("select_apn_profile", {"profile": "Nobody"}, "unknown_choice"),
        ("delete_apn_profile", {"profile": "Nobody"}, "unknown_choice"),
        ("delete_apn_profile", {"profile": "Default"}, "apn_profile_in_use"),
        ("add_apn_profile", {"name": "Spare", "apn": "x"}, "apn_profile_name_taken"),
        ("add_apn_profile", {"name": " ", "apn": "x"}, "apn_profile_name_taken"),
        ("add_apn_profile", {"name": "A", "apn": "x", "ip_type": "ipv5"}, "unknown_choice"),
    ],
)
async def test_bad_access_points(
    hass: HomeAssistant, modem: HilinkSimulator, action: str, fields: dict[str, str], key: str
) -> None:
    """What cannot be right is not sent."""
    with pytest.raises(ServiceValidationError) as error:
        await do(hass, action, **fields)
    assert error.value.translation_key == key
    assert posts(modem, "dialup/profiles") == 0


@pytest.mark.usefixtures("entry")
async def test_protected_access_point(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """One that the modem came with is not deleted."""
    await do(hass, "select_apn_profile", profile="Spare")
    with pytest.raises(ServiceValidationError) as error:
        await do(hass, "delete_apn_profile", profile="Default")
    assert error.value.translation_key == "apn_profile_protected"


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("select_apn_profile", {"profile": "Spare"}),
        ("add_apn_profile", {"name": "A", "apn": "x"}),
        ("delete_apn_profile", {"profile": "Spare"}),
    ],
)
async def test_refused_access_points(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    set_up: SetUpModem,
    action: str,
    fields: dict[str, str],
) -> None:
    """A refusal, here of what is not encrypted, is told in words, and nothing has changed."""
    before = modem.modem.record("dialup/profiles")
    modem.lab.break_replies("webserver/publickey", "error", None, code=100002)
    await set_up(modem)
    with pytest.raises(HomeAssistantError) as error:
        await do(hass, action, **fields)
    assert error.value.translation_key == "command_refused"
    assert modem.modem.record("dialup/profiles") == before


async def test_pin(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    entry: MockConfigEntry,
    next_round: NextRound,
    issue_registry: ir.IssueRegistry,
) -> None:
    """A card that asks for its PIN is an issue until the PIN is entered."""
    issue = (DOMAIN, f"{entry.entry_id}_sim_pin_required")
    assert issue_registry.async_get_issue(*issue) is None
    modem.lab.lock_sim()
    await entry.runtime_data.async_resume()
    assert issue_registry.async_get_issue(*issue)
    assert state_of(hass, "sensor.modem_sim_card") == "pin_required"
    with pytest.raises(HomeAssistantError) as error:
        await do(hass, "unlock_sim", pin="9876")
    assert error.value.translation_key == "command_refused"
    assert error.value.translation_placeholders is not None
    assert error.value.translation_placeholders["message"] == "the PIN is wrong"
    await do(hass, "unlock_sim", pin="1234")
    assert state_of(hass, "sensor.modem_sim_card") == "ready"
    assert issue_registry.async_get_issue(*issue) is None
    assert posts(modem, "pin/operate") == 2


@pytest.mark.usefixtures("entry")
async def test_last_tries(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """The last try is spent by nobody who did not say so."""
    modem.lab.lock_sim()
    modem.modem.sim.pin_tries = 1
    with pytest.raises(ServiceValidationError) as error:
        await do(hass, "unlock_sim", pin="1234")
    assert error.value.translation_key == "too_few_pin_tries"
    assert error.value.translation_placeholders == {"tries": "1"}
    assert posts(modem, "pin/operate") == 0
    await do(hass, "unlock_sim", pin="1234", force=True)
    assert not modem.modem.sim.locked
    modem.lab.lock_sim()
    modem.modem.sim.pin_tries = 0
    with pytest.raises(ServiceValidationError) as error:
        await do(hass, "unlock_sim", pin="1234", force=True)
    assert error.value.translation_key == "sim_puk_required"


@pytest.mark.usefixtures("entry")
@pytest.mark.parametrize(
    ("pin", "key"), [("12", "invalid_pin"), ("12a4", "invalid_pin"), ("1234", "sim_not_locked")]
)
async def test_needless_pin(
    hass: HomeAssistant, modem: HilinkSimulator, pin: str, key: str
) -> None:
    """What the card does not ask for, it is not given."""
    with pytest.raises(ServiceValidationError) as error:
        await do(hass, "unlock_sim", pin=pin)
    assert error.value.translation_key == key
    assert posts(modem, "pin/operate") == 0


async def test_no_sim(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    entry: MockConfigEntry,
    next_round: NextRound,
    issue_registry: ir.IssueRegistry,
) -> None:
    """A missing card is an issue until there is one."""
    issue = (DOMAIN, f"{entry.entry_id}_sim_missing")
    modem.lab.set_options(sim_present=False)
    await next_round()
    assert issue_registry.async_get_issue(*issue)
    modem.lab.set_options(sim_present=True)
    await next_round()
    assert issue_registry.async_get_issue(*issue) is None


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_sim_details(hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem) -> None:
    """The tries that are left and the lock are for those who want to know."""
    await set_up(modem)
    assert state_of(hass, "sensor.modem_sim_pin_tries_left") == "3"
    assert state_of(hass, "sensor.modem_sim_puk_tries_left") == "10"
    assert state_of(hass, "sensor.modem_sim_lock_tries_left") == "100"
    assert state_of(hass, "binary_sensor.modem_sim_lock") == "off"


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_cells(hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem) -> None:
    """Newer firmware tells of other cells."""
    modem = await start_modem(profile="h165-383")
    await set_up(modem)
    assert state_of(hass, "sensor.modem_secondary_cells") == "1"
    assert state_of(hass, "sensor.modem_neighbor_cells") == "3"
    found = await call(hass, "list_cells")
    assert found["secondary"] == [
        {
            "band": "B3",
            "channel": 1875,
            "bandwidth": 15.0,
            "pci": 211,
            "rsrp": -95.0,
            "rsrq": -12.0,
            "rssi": -64.0,
            "sinr": 11.0,
        }
    ]
    assert [cell["band"] for cell in found["neighbors"]] == ["B1", "B1", "N78"]
    modem.lab.remove_endpoint("device/nbrcellinfo")
    assert (await call(hass, "list_cells"))["neighbors"] == []
    modem.lab.remove_endpoint("device/seccellinfo")
    with pytest.raises(HomeAssistantError) as error:
        await call(hass, "list_cells")
    assert error.value.translation_key == "not_supported"


@pytest.mark.usefixtures("entry", "entity_registry_enabled_by_default")
async def test_stick_without_cells(hass: HomeAssistant) -> None:
    """Older firmware has no entities for them."""
    assert hass.states.get("sensor.modem_secondary_cells") is None
