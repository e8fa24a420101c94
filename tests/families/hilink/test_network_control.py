"""Modes, bands and operators of a modem through Home Assistant."""

import asyncio
from typing import Any

from homeassistant.components import persistent_notification
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from custom_components.gatehouse.clients.hilink import radio_changes
from custom_components.gatehouse.families.hilink.readings import STATUS as CONNECTION_STATUS
from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import SetUpModem, StartModem, state_of, until
from tests.families.hilink.conftest import call

MODE = "select.modem_preferred_network_mode"
BANDS = "sensor.modem_permitted_lte_bands"
STATUS = "sensor.modem_connection_status"
BEFORE = {"NetworkMode": "00", "NetworkBand": "2000004400000", "LTEBand": "80800D5"}


@pytest.fixture(autouse=True)
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look without a pause whether the network is back, which frozen time would never end."""
    monkeypatch.setattr(radio_changes, "LOOK_INTERVAL", 0)


@pytest.fixture
async def modem(start_modem: StartModem, set_up: SetUpModem) -> HilinkSimulator:
    """Return a modem that is in its network again at once, and set up."""
    modem = await start_modem(register_seconds=0)
    await set_up(modem)
    return modem


def stored(modem: HilinkSimulator) -> dict[str, Any]:
    """Return the modes and bands that the modem has."""
    return modem.modem.record("net/net-mode")


def posts(modem: HilinkSimulator, path: str) -> int:
    """Count the commands of a kind."""
    return modem.requests.count(("POST", f"/api/{path}"))


async def select(hass: HomeAssistant, entity_id: str, option: str) -> None:
    """Choose an option."""
    await hass.services.async_call(
        "select", "select_option", {"entity_id": entity_id, "option": option}, blocking=True
    )


async def test_mode(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """The modes are those that the modem lists; a choice keeps the bands."""
    state = hass.states.get(MODE)
    assert state is not None
    assert state.attributes["options"] == ["automatic", "3g", "4g"]
    assert state.state == "automatic"
    await select(hass, MODE, "4g")
    assert state_of(hass, MODE) == "4g"
    assert stored(modem) == BEFORE | {"NetworkMode": "03"}
    assert posts(modem, "net/net-mode") == 1


async def test_modes_of_a_5g_router(
    hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem
) -> None:
    """A 5G router has 5G modes, and what else it stores is written back."""
    modem = await start_modem(profile="h165-383", register_seconds=0)
    await set_up(modem)
    before = stored(modem)
    state = hass.states.get(MODE)
    assert state is not None
    assert state.attributes["options"] == ["automatic", "5g", "4g"]
    await select(hass, MODE, "5g")
    assert state_of(hass, MODE) == "5g"
    assert stored(modem) == before | {"NetworkMode": "08"}


async def test_mode_that_is_not_listed(
    hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem
) -> None:
    """A mode that was set elsewhere shows even if the modem does not list it."""
    modem = await start_modem()
    modem.lab.set_field("net/net-mode", "NetworkMode", "0302")
    await set_up(modem)
    assert state_of(hass, MODE) == "4g_3g"


async def test_modem_that_drops_the_link(
    hass: HomeAssistant,
    start_modem: StartModem,
    set_up: SetUpModem,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The modem says that it failed, drops the link and comes back: the select shows the truth."""
    monkeypatch.setattr(radio_changes, "LOOK_INTERVAL", 0.1)
    modem = await start_modem(net_mode_reply_lost=True, register_seconds=20)
    entry = await set_up(modem)
    looks = modem.requests.count(("GET", "/api/net/net-mode"))
    task = asyncio.ensure_future(select(hass, MODE, "4g"))
    await until(lambda: modem.requests.count(("GET", "/api/net/net-mode")) > looks + 3)
    await entry.runtime_data.async_read((CONNECTION_STATUS,))
    assert state_of(hass, STATUS) == "connecting"
    assert not task.done()
    modem.lab.advance(25)
    await task
    assert state_of(hass, MODE) == "4g"
    assert state_of(hass, STATUS) == "connected"
    assert posts(modem, "net/net-mode") == 1


async def test_impossible_mode(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """A mode in which there is no network is undone; the select shows what is."""
    modem.lab.set_options(missing_modes=("02",))
    with pytest.raises(HomeAssistantError) as error:
        await select(hass, MODE, "3g")
    assert error.value.translation_key == "change_undone"
    await hass.async_block_till_done()
    assert state_of(hass, MODE) == "automatic"
    assert stored(modem) == BEFORE
    assert modem.modem.in_service


async def test_refused_mode(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """A refusal is told in words, and nothing has changed."""
    modem.lab.break_replies("net/net-mode", "error", 2, code=100006)
    with pytest.raises(HomeAssistantError) as error:
        await select(hass, MODE, "3g")
    assert error.value.translation_key == "command_refused"
    assert state_of(hass, MODE) == "automatic"
    assert stored(modem) == BEFORE


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_bands(hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem) -> None:
    """Bands are set by their numbers, and shown."""
    modem = await start_modem(register_seconds=0)
    await set_up(modem)
    assert state_of(hass, BANDS) == "B1, B3, B5, B7, B8, B20, B28"
    assert await call(hass, "set_lte_bands", bands=["20", 3]) == {"bands": [3, 20]}
    assert state_of(hass, BANDS) == "B3, B20"
    assert stored(modem) == BEFORE | {"LTEBand": "80004"}
    assert await call(hass, "set_lte_bands", bands="all") == {"bands": "all"}
    assert state_of(hass, BANDS) == "B1, B3, B5, B7, B8, B20, B28"


async def test_bad_bands(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """A band that the modem lacks is not asked for."""
    with pytest.raises(ServiceValidationError) as error:
        await call(hass, "set_lte_bands", bands=[3, 40, 38])
    assert error.value.translation_key == "bands_not_offered"
    assert error.value.translation_placeholders == {
        "technology": "LTE",
        "bands": "38, 40",
        "offered": "1, 3, 5, 7, 8, 20, 28",
    }
    assert posts(modem, "net/net-mode") == 0


async def test_bands_of_a_modem_that_lists_none(
    hass: HomeAssistant, modem: HilinkSimulator
) -> None:
    """Without a list the modem decides, and there is no select of modes to be wrong."""
    modem.lab.remove_endpoint("net/net-mode-list")
    assert await call(hass, "set_lte_bands", bands=[40]) == {"bands": [40]}


async def test_bands_without_network(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """Bands on which there is no network are undone within the time limit."""
    modem.lab.set_options(lte_bands=(3,), missing_modes=("02",))
    with pytest.raises(HomeAssistantError) as error:
        await call(hass, "set_lte_bands", bands=[7], time_limit=15)
    assert error.value.translation_key == "change_undone"
    assert stored(modem) == BEFORE
    assert posts(modem, "net/net-mode") == 2


async def test_scan(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """A search returns the networks; a notice says why there is no connection meanwhile."""
    notices: list[Any] = []
    persistent_notification.async_register_callback(
        hass, lambda kind, changed: notices.append((kind, [*changed.values()]))
    )
    found = await call(hass, "scan_operators")
    assert found["operators"] == [
        {"name": "SKTelecom", "plmn": "45005", "technology": "4g", "state": "current"},
        {"name": "Other Network", "plmn": "00102", "technology": "4g", "state": "available"},
        {"name": "Closed Network", "plmn": "00103", "technology": "3g", "state": "forbidden"},
    ]
    assert [kind.value for kind, _ in notices] == ["added", "removed"]
    assert notices[0][1][0]["title"] == "Modem searches for networks"


async def test_refused_scan(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """A search that fails leaves no notice behind."""
    modem.lab.break_replies("net/plmn-list", "error", 1, code=112005)
    with pytest.raises(HomeAssistantError) as error:
        await call(hass, "scan_operators")
    assert error.value.translation_key == "command_refused"
    assert not persistent_notification._async_get_or_create_notifications(hass)


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_operator(hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem) -> None:
    """An operator is chosen, and the choice left to the modem again."""
    modem = await start_modem(register_seconds=0)
    await set_up(modem)
    assert state_of(hass, "sensor.modem_network_selection") == "automatic"
    await choose(hass, plmn="00102", technology="4g")
    assert modem.modem.record("net/register") == {"Mode": "1", "Plmn": "00102", "Rat": "7"}
    assert state_of(hass, "sensor.modem_network_selection") == "manual"
    assert state_of(hass, "sensor.modem_operator") == "Other Network"
    await choose(hass, plmn="Automatic")
    assert state_of(hass, "sensor.modem_network_selection") == "automatic"
    assert state_of(hass, "sensor.modem_operator") == "SKTelecom"


async def choose(hass: HomeAssistant, **fields: Any) -> None:
    """Choose an operator."""
    await hass.services.async_call("gatehouse", "select_operator", fields, blocking=True)


async def test_closed_operator(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """An operator that does not let the card in is left again."""
    with pytest.raises(HomeAssistantError) as error:
        await choose(hass, plmn="00103", time_limit=15)
    assert error.value.translation_key == "change_undone"
    assert modem.modem.record("net/register")["Mode"] == "0"


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"plmn": "Vodafone"}, "invalid_plmn"),
        ({"plmn": "1234567"}, "invalid_plmn"),
        ({"plmn": "00102", "technology": "6g"}, "unknown_choice"),
    ],
)
async def test_bad_operator(
    hass: HomeAssistant, modem: HilinkSimulator, fields: dict[str, Any], key: str
) -> None:
    """What cannot be right is not sent."""
    with pytest.raises(ServiceValidationError) as error:
        await choose(hass, **fields)
    assert error.value.translation_key == key
    assert posts(modem, "net/register") == 0


async def test_one_thing_at_a_time(
    hass: HomeAssistant, modem: HilinkSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While bands are being changed, nothing else is."""
    monkeypatch.setattr(radio_changes, "LOOK_INTERVAL", 0.1)
    modem.lab.set_options(register_seconds=20)
    task = asyncio.ensure_future(call(hass, "set_lte_bands", bands=[3]))
    await until(lambda: not modem.modem.in_service)
    with pytest.raises(ServiceValidationError) as error:
        await choose(hass, plmn="automatic")
    assert error.value.translation_key == "device_occupied"
    modem.lab.advance(20)
    assert await task == {"bands": [3]}
