"""Who is connected to a device, and who is kept out."""

from collections.abc import Awaitable, Callable
from typing import Any

from homeassistant.const import ATTR_ENTITY_ID, Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.gatehouse.const import DOMAIN
from custom_components.gatehouse.families.hilink.readings import HOSTS
from simulators.hilink import wlan as simulated
from simulators.hilink.commands import COMMANDS
from simulators.hilink.errors import DeviceError
from simulators.hilink.host_commands import HOSTS as LIST, hosts
from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import SetUpModem, StartModem, state_of

type NextRound = Callable[..., Awaitable[None]]

LAPTOP = "02:00:5e:20:00:01"
TELEVISION = "02:00:5e:20:00:02"
STRANGER = "02:00:5e:20:00:99"
TRACKER = "device_tracker.laptop"
SWITCH = "switch.laptop_internet"


@pytest.fixture
async def router(start_modem: StartModem, hass: HomeAssistant) -> HilinkSimulator:
    """Return a router whose clients Home Assistant knows from elsewhere."""
    entry = MockConfigEntry(domain="other", title="Other")
    entry.add_to_hass(hass)
    for mac, name in ((LAPTOP, "laptop"), (TELEVISION, "tv")):
        dr.async_get(hass).async_get_or_create(
            config_entry_id=entry.entry_id,
            connections={(dr.CONNECTION_NETWORK_MAC, mac)},
            name=name,
        )
    return await start_modem(profile="b525s-23a")


@pytest.fixture
async def entry(router: HilinkSimulator, set_up: SetUpModem) -> MockConfigEntry:
    """Return the entry of the router that is set up."""
    return await set_up(router)


def change(router: HilinkSimulator, mac: str, **fields: str) -> None:
    """Change what the router lists of a client."""
    listed = [
        each | (fields if each["MacAddress"].lower() == mac else {}) for each in hosts(router.modem)
    ]
    router.lab.set_endpoint(LIST, {"Hosts": {"Host": listed}})


def blocked(router: HilinkSimulator) -> list[set[str]]:
    """Return who is kept out of each network."""
    return [
        {value for name, value in each.items() if value and name.startswith("WifiMacFilterMac")}
        if each["WifiMacFilterStatus"] == "2"
        else set()
        for each in simulated.entries(router.modem.records[simulated.FILTER], "Ssids", "Ssid")
    ]


def trackers(hass: HomeAssistant) -> set[str]:
    """Return the clients that have a tracker."""
    return {
        each.unique_id.removeprefix("SERIAL_client_")
        for each in er.async_get(hass).entities.values()
        if each.platform == DOMAIN and each.domain == Platform.DEVICE_TRACKER
    }


async def do(hass: HomeAssistant, action: str, **fields: Any) -> None:
    """Carry out an action."""
    await hass.services.async_call(DOMAIN, action, fields, blocking=True)


async def test_trackers(
    hass: HomeAssistant, router: HilinkSimulator, entry: MockConfigEntry
) -> None:
    """Each client has a tracker that tells whether and how it is connected."""
    assert trackers(hass) == {LAPTOP, TELEVISION}
    state = hass.states.get(TRACKER)
    assert state is not None
    assert (state.state, state.attributes["ip"]) == ("home", "192.168.8.101")
    assert state.attributes["wired"] is False
    assert state_of(hass, "sensor.modem_clients") == "2"
    assert state_of(hass, "sensor.modem_wired_clients") == "1"
    change(router, LAPTOP, Active="0")
    await entry.runtime_data.async_read({HOSTS})
    assert state_of(hass, TRACKER) == "not_home"
    assert state_of(hass, "sensor.modem_clients") == "1"


async def test_newcomer_in_time(
    hass: HomeAssistant, router: HilinkSimulator, entry: MockConfigEntry, next_round: NextRound
) -> None:
    """A client that comes is noticed in the next round while somebody is tracked."""
    listed = hosts(router.modem)
    new = listed[0] | {"MacAddress": STRANGER, "ActualName": "phone", "ID": "Host.3."}
    router.lab.set_endpoint(LIST, {"Hosts": {"Host": [*listed, new]}})
    await next_round()
    assert trackers(hass) == {LAPTOP, TELEVISION, STRANGER}


async def test_newcomer_at_last(
    hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem, next_round: NextRound
) -> None:
    """While nobody is tracked the list is read now and then, which is enough for newcomers."""
    modem = await start_modem(profile="b525s-23a")
    await set_up(modem)
    modem.lab.set_endpoint(
        LIST, {"Hosts": {"Host": [each | {"MacAddress": STRANGER} for each in hosts(modem.modem)]}}
    )
    modem.requests.clear()
    for _ in range(60):
        await next_round(30)
    assert modem.requests.count(("GET", f"/api/{LIST}")) <= 3
    assert STRANGER in trackers(hass)
    assert state_of(hass, "sensor.modem_clients") == "1"


async def test_forgotten_client(
    hass: HomeAssistant, router: HilinkSimulator, entry: MockConfigEntry, set_up: SetUpModem
) -> None:
    """One that the router has forgotten is away, and its device can be removed."""
    listed = [each for each in hosts(router.modem) if each["ActualName"] == "tv"]
    router.lab.set_endpoint(LIST, {"Hosts": {"Host": listed}})
    await entry.runtime_data.async_read({HOSTS})
    assert state_of(hass, TRACKER) == "not_home"
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert state_of(hass, TRACKER) == "unavailable"


async def test_hotspot(hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem) -> None:
    """A hotspot lists only who is there; whoever was there before is away."""
    modem = await start_modem(profile="e8372h-320")
    entry = await set_up(modem)
    assert trackers(hass) == {LAPTOP}
    modem.lab.set_endpoint("wlan/host-list", {"Hosts": None})
    await entry.runtime_data.async_read({HOSTS})
    assert state_of(hass, "sensor.modem_clients") == "0"
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert trackers(hass) == {LAPTOP}


async def test_stick(hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem) -> None:
    """A stick without Wi-Fi has no clients."""
    await set_up(await start_modem(profile="e3372"))
    assert hass.states.get("sensor.modem_clients") is None
    assert trackers(hass) == set()


@pytest.mark.parametrize("mac", [LAPTOP, "02-00-5E-20-00-01", "02005E200001"])
async def test_block(
    hass: HomeAssistant, router: HilinkSimulator, entry: MockConfigEntry, mac: str
) -> None:
    """A client is kept out of all networks, and let in again."""
    await do(hass, "block_client", mac=mac)
    assert blocked(router) == [{LAPTOP.upper()}] * 3
    await do(hass, "block_client", mac=STRANGER)
    assert blocked(router) == [{LAPTOP.upper(), STRANGER.upper()}] * 3
    await do(hass, "unblock_client", mac=mac)
    assert blocked(router) == [{STRANGER.upper()}] * 3


def full(router: HilinkSimulator) -> None:
    """Fill the list."""
    slots = {f"WifiMacFilterMac{slot}": f"02:00:5E:30:00:0{slot}" for slot in range(10)}
    _set_filters(router, WifiMacFilterStatus="2", **slots)


def allow(router: HilinkSimulator) -> None:
    """Let only one client in."""
    _set_filters(router, WifiMacFilterStatus="1", WifiMacFilterMac0=LAPTOP.upper())


def _set_filters(router: HilinkSimulator, **fields: str) -> None:
    """Change the filters of all networks."""
    listed = simulated.entries(router.modem.records[simulated.FILTER], "Ssids", "Ssid")
    router.lab.set_endpoint(
        simulated.FILTER, {"Ssids": {"Ssid": [each | fields for each in listed]}}
    )


def ask(router: HilinkSimulator) -> None:
    """Let the laptop be Home Assistant."""
    change(router, LAPTOP, isLocalDevice="1")


@pytest.mark.parametrize(
    ("mac", "arrange", "key"),
    [
        ("laptop", None, "invalid_mac"),
        (TELEVISION, None, "client_has_cable"),
        (LAPTOP, ask, "client_is_home_assistant"),
        (LAPTOP, full, "block_list_full"),
        (LAPTOP, allow, "allow_list_in_use"),
    ],
)
async def test_bad_block(
    hass: HomeAssistant,
    router: HilinkSimulator,
    entry: MockConfigEntry,
    mac: str,
    arrange: Callable[[HilinkSimulator], None] | None,
    key: str,
) -> None:
    """What cannot be done is not tried."""
    if arrange:
        arrange(router)
    with pytest.raises(ServiceValidationError) as error:
        await do(hass, "block_client", mac=mac)
    assert error.value.translation_key == key
    assert ("POST", f"/api/{simulated.FILTER}") not in router.requests


def _refuse(*_: object) -> str:
    """Refuse a command."""
    raise DeviceError(100007)


async def test_refused(
    hass: HomeAssistant,
    router: HilinkSimulator,
    entry: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the device refuses is told."""
    for endpoint in (simulated.FILTER, "lan/changedevicename"):
        monkeypatch.setitem(COMMANDS, endpoint, _refuse)
    for action, fields in (("block_client", {}), ("rename_client", {"name": "Study"})):
        with pytest.raises(HomeAssistantError) as error:
            await do(hass, action, mac=LAPTOP, **fields)
        assert error.value.translation_key == "command_refused"
    assert blocked(router) == [set()] * 3


async def test_switch(
    hass: HomeAssistant, router: HilinkSimulator, set_up: SetUpModem, next_round: NextRound
) -> None:
    """Who wants that has a switch for each client; it shows what actions do, too."""
    await set_up(router, options={"client_switches": True})
    await next_round()
    assert state_of(hass, SWITCH) == "on"
    await hass.services.async_call("switch", "turn_off", {ATTR_ENTITY_ID: SWITCH}, blocking=True)
    assert state_of(hass, SWITCH) == "off"
    assert blocked(router) == [{LAPTOP.upper()}] * 3
    await do(hass, "unblock_client", mac=LAPTOP)
    assert state_of(hass, SWITCH) == "on"
    with pytest.raises(ServiceValidationError):
        await hass.services.async_call(
            "switch", "turn_off", {ATTR_ENTITY_ID: "switch.tv_internet"}, blocking=True
        )


async def test_no_switches(
    hass: HomeAssistant, router: HilinkSimulator, entry: MockConfigEntry
) -> None:
    """Nobody has such switches without wanting them."""
    assert hass.states.get(SWITCH) is None


async def test_rename(hass: HomeAssistant, router: HilinkSimulator, entry: MockConfigEntry) -> None:
    """A client gets another name on the device."""
    await do(hass, "rename_client", mac=LAPTOP, name=" Study ")
    assert [each["ActualName"] for each in hosts(router.modem)] == ["Study", "tv"]


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"mac": "x", "name": "Study"}, "invalid_mac"),
        ({"mac": STRANGER, "name": "Study"}, "unknown_client"),
        ({"mac": LAPTOP, "name": " "}, "invalid_client_name"),
        ({"mac": LAPTOP, "name": "a\nb"}, "invalid_client_name"),
        ({"mac": LAPTOP, "name": "ä" * 33}, "invalid_client_name"),
    ],
)
async def test_bad_name(
    hass: HomeAssistant,
    router: HilinkSimulator,
    entry: MockConfigEntry,
    fields: dict[str, str],
    key: str,
) -> None:
    """A name that cannot be is not sent."""
    with pytest.raises(ServiceValidationError) as error:
        await do(hass, "rename_client", **fields)
    assert error.value.translation_key == key
    assert hosts(router.modem)[0]["ActualName"] == "laptop"


async def test_names_of_a_hotspot(
    hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem
) -> None:
    """A hotspot keeps no names."""
    await set_up(await start_modem(profile="e8372h-320"))
    with pytest.raises(ServiceValidationError) as error:
        await do(hass, "rename_client", mac=LAPTOP, name="Study")
    assert error.value.translation_key == "names_not_kept"
