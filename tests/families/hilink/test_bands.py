"""Bands of a 5G router that locks them, through Home Assistant."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest
import voluptuous as vol

from custom_components.gatehouse.clients.hilink import radio_changes
from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import SetUpModem, StartModem, state_of
from tests.families.hilink.conftest import call

LTE = "sensor.modem_permitted_lte_bands"
NR = "sensor.modem_permitted_5g_bands"
LIST = "config/network/bandfreqlist.xml"
ALL_LTE = "B1, B3, B5, B7, B8, B20, B28, B32, B38, B40, B41, B42, B43"
ALL_NR = "n1, n28, n41, n78"


@pytest.fixture(autouse=True)
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look without a pause whether the network is back, which frozen time would never end."""
    monkeypatch.setattr(radio_changes, "LOOK_INTERVAL", 0)


@pytest.fixture
async def router(
    start_modem: StartModem,
    set_up: SetUpModem,
    entity_registry_enabled_by_default: None,
) -> HilinkSimulator:
    """Return a 5G router with locks that is in its network again at once, and set up."""
    router = await start_modem(profile="h165-383", locks_bands=True, register_seconds=0)
    await set_up(router)
    return router


def posts(router: HilinkSimulator) -> int:
    """Count the changes of locks."""
    return router.requests.count(("POST", "/api/net/lock-freq"))


async def test_5g_bands(hass: HomeAssistant, router: HilinkSimulator) -> None:
    """5G bands are set by their numbers, and shown; the LTE bands stay."""
    assert state_of(hass, NR) == ALL_NR
    assert await call(hass, "set_5g_bands", bands=["78", 1]) == {"bands": [1, 78]}
    assert state_of(hass, NR) == "n1, n78"
    assert state_of(hass, LTE) == ALL_LTE
    assert await call(hass, "set_5g_bands", bands="all") == {"bands": "all"}
    assert state_of(hass, NR) == ALL_NR


async def test_lte_bands(hass: HomeAssistant, router: HilinkSimulator) -> None:
    """LTE bands of such a router are set as those of any other."""
    assert state_of(hass, LTE) == ALL_LTE
    assert await call(hass, "set_lte_bands", bands=[20, 3]) == {"bands": [3, 20]}
    assert state_of(hass, LTE) == "B3, B20"
    assert state_of(hass, NR) == ALL_NR
    assert posts(router) == 1


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_lte_bands_of_a_router_without_mask(
    hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem
) -> None:
    """The bands are shown where only the locks tell them."""
    router = await start_modem(profile="h165-383", locks_bands=True)
    router.lab.remove_field("net/net-mode", "LTEBand")
    await set_up(router)
    assert state_of(hass, LTE) == ALL_LTE


@pytest.mark.parametrize(
    ("action", "bands", "technology", "offered"),
    [
        ("set_5g_bands", [78, 79], "5G", "1, 28, 41, 78"),
        ("set_lte_bands", [79], "LTE", "1, 3, 5, 7, 8, 20, 28, 32, 38, 40, 41, 42, 43"),
    ],
)
async def test_bad_bands(
    hass: HomeAssistant,
    router: HilinkSimulator,
    action: str,
    bands: list[int],
    technology: str,
    offered: str,
) -> None:
    """A band that the router lacks is not asked for, wherever it lists those it has."""
    router.lab.remove_endpoint("net/net-mode-list")
    with pytest.raises(ServiceValidationError) as error:
        await call(hass, action, bands=bands)
    assert error.value.translation_key == "bands_not_offered"
    assert error.value.translation_placeholders == {
        "technology": technology,
        "bands": "79",
        "offered": offered,
    }
    assert posts(router) == 0


@pytest.mark.parametrize("bands", [[], [0], [1025], ["all", 1], "n78"])
async def test_no_bands(hass: HomeAssistant, router: HilinkSimulator, bands: Any) -> None:
    """What cannot be bands goes nowhere."""
    with pytest.raises(vol.Invalid):
        await call(hass, "set_5g_bands", bands=bands)
    assert posts(router) == 0


@pytest.mark.parametrize("page", [None, "OK"])
async def test_router_that_lists_no_bands(
    hass: HomeAssistant, router: HilinkSimulator, page: str | None
) -> None:
    """Without a list the router decides."""
    if page is None:
        router.lab.remove_endpoint(LIST)
    else:
        router.lab.set_endpoint(LIST, page)
    assert await call(hass, "set_5g_bands", bands=[41]) == {"bands": [41]}
    with pytest.raises(HomeAssistantError) as error:
        await call(hass, "set_5g_bands", bands=[79])
    assert error.value.translation_key == "command_refused"
    assert state_of(hass, NR) == "n41"


async def test_bands_without_network(hass: HomeAssistant, router: HilinkSimulator) -> None:
    """5G bands on which there is no network are undone within the time limit."""
    await hass.services.async_call(
        "select",
        "select_option",
        {"entity_id": "select.modem_preferred_network_mode", "option": "5g"},
        blocking=True,
    )
    router.lab.set_options(nr_bands=(78,))
    with pytest.raises(HomeAssistantError) as error:
        await call(hass, "set_5g_bands", bands=[28], time_limit=15)
    assert error.value.translation_key == "change_undone"
    assert state_of(hass, NR) == ALL_NR
    assert router.modem.in_service


async def test_mode_without_5g(hass: HomeAssistant, router: HilinkSimulator) -> None:
    """Somebody who excludes 5G is told so when he chooses its bands."""
    router.lab.set_field("net/net-mode", "NetworkMode", "03")
    with pytest.raises(HomeAssistantError) as error:
        await call(hass, "set_5g_bands", bands=[78])
    assert error.value.translation_key == "excluded_by_mode"
    assert posts(router) == 0


async def test_router_without_locks(
    hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem
) -> None:
    """A router that cannot be confined to bands has no such sensor, and says so."""
    await set_up(await start_modem(profile="h122-373"))
    assert hass.states.get(NR) is None
    with pytest.raises(HomeAssistantError) as error:
        await call(hass, "set_5g_bands", bands=[78])
    assert error.value.translation_key == "not_supported"
