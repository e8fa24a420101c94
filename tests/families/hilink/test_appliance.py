"""Clock, language, voice, memory card and cradle in Home Assistant."""

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from custom_components.gatehouse.const import DOMAIN
from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import SetUpModem, StartModem, state_of
from tests.families.hilink.conftest import call

pytestmark = pytest.mark.usefixtures("entity_registry_enabled_by_default")


@pytest.mark.parametrize(
    ("name", "path", "field"),
    [
        ("time_from_the_internet", "sntp/sntpswitch", "SntpSwitch"),
        ("media_server", "sdcard/dlna-setting", "enabled"),
        ("file_server", "sdcard/sdcardsamba", "enabled"),
    ],
)
async def test_switches(
    hass: HomeAssistant,
    start_modem: StartModem,
    set_up: SetUpModem,
    name: str,
    path: str,
    field: str,
) -> None:
    """A switch shows what the device has, and changes it."""
    modem = await start_modem(profile="b525s-23a")
    await set_up(modem)
    entity_id = f"switch.modem_{name}"
    before = modem.lab.recorded(path, field)
    assert state_of(hass, entity_id) == ("on" if before == "1" else "off")
    await hass.services.async_call("switch", "toggle", {"entity_id": entity_id}, blocking=True)
    assert modem.lab.recorded(path, field) != before
    assert state_of(hass, entity_id) == ("off" if before == "1" else "on")


async def test_language(hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem) -> None:
    """The languages are those that the device has."""
    modem = await start_modem(profile="b525s-23a")
    await set_up(modem)
    entity_id = "select.modem_language_of_the_web_page"
    state = hass.states.get(entity_id)
    assert state is not None
    assert state.state == "en_us"
    assert state.attributes["options"] == ["en_us", "de_de", "pl_pl"]
    data = {"entity_id": entity_id, "option": "pl_pl"}
    await hass.services.async_call("select", "select_option", data, blocking=True)
    assert state_of(hass, entity_id) == "pl_pl"
    assert modem.lab.recorded("language/current-language", "CurrentLanguage") == "pl-pl"


async def test_language_without_a_list(
    hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem
) -> None:
    """A select that was there once bears that the device no longer tells its languages."""
    modem = await start_modem(profile="b525s-23a")
    entry = await set_up(modem)
    modem.lab.remove_endpoint("config/global/languagelist.xml")
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert state_of(hass, "select.modem_language_of_the_web_page") == "unknown"


async def test_states_of_a_stick(
    hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem
) -> None:
    """A stick shows its cradle, its card and what it installs on a computer."""
    await set_up(await start_modem(profile="e3372"))
    assert state_of(hass, "binary_sensor.modem_cradle") == "off"
    assert state_of(hass, "binary_sensor.modem_memory_card") == "on"
    assert state_of(hass, "binary_sensor.modem_memory_card_shared") == "on"
    assert state_of(hass, "sensor.modem_autorun_version") == "11.0.2.1(H192SP2C1025)"
    assert hass.states.get("binary_sensor.modem_volte") is None
    assert hass.states.get("switch.modem_media_server") is None


async def test_voice(hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem) -> None:
    """A router with a telephone socket shows its voice."""
    await set_up(await start_modem(profile="h165-383"))
    assert state_of(hass, "binary_sensor.modem_volte") == "on"
    assert state_of(hass, "binary_sensor.modem_call") == "off"


async def test_cradle(hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem) -> None:
    """The settings of the cradle are told and changed."""
    modem = await start_modem(profile="e3372")
    await set_up(modem)
    told = await call(hass, "get_cradle")
    assert (told["eth_wan_mode"], told["connection"]["connection_status"]) == (0, 902)
    await hass.services.async_call(DOMAIN, "set_cradle", {"eth_wan_mode": 2}, blocking=True)
    assert modem.lab.recorded("cradle/basic-info", "eth_wan_mode") == "2"
    assert modem.lab.recorded("cradle/basic-info", "poecat") == "3"
    with pytest.raises(ServiceValidationError) as error:
        await hass.services.async_call(DOMAIN, "set_cradle", {}, blocking=True)
    assert error.value.translation_key == "nothing_to_change"
    modem.lab.remove_endpoint("cradle/status-info")
    assert (await call(hass, "get_cradle"))["connection"] is None
    modem.lab.break_replies("cradle/basic-info", "error", 2, code=118001)
    with pytest.raises(HomeAssistantError, match="cradle error"):
        await hass.services.async_call(DOMAIN, "set_cradle", {"poecat": 1}, blocking=True)


async def test_nothing_of_it(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem
) -> None:
    """A device without all that has no entities for it."""
    await set_up(modem)
    for entity_id in ("switch.modem_file_server", "binary_sensor.modem_cradle"):
        assert hass.states.get(entity_id) is None
