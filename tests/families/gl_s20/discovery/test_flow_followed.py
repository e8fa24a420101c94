"""Known devices that show themselves again, perhaps at a new address."""

from homeassistant.config_entries import (
    SOURCE_DHCP,
    ConfigEntryState,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from yarl import URL

from simulators.gl_s20 import GlS20Simulator
from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import state_of
from tests.flow_helpers import add_entry

from ..conftest import SetUpRouter
from ..flow_helpers import (
    aborted,
    add_router,
    become_another,
    logins,
)
from .helpers import (
    ELSEWHERE,
    HERE,
    MODEM_MAC,
    WIFI_MAC,
    Shown,
    Stranger,
    both_ways,
    lease,
    tells_nothing,
)


@both_ways
@pytest.mark.usefixtures("port_80")
async def test_known_device_is_left_alone(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter, shown: Shown
) -> None:
    """A device that is in use does not pay for showing itself with a request."""
    entry = await set_up_router(router)
    router.requests.clear()
    assert await aborted(hass, *shown(HERE)) == "already_configured"
    assert router.requests == []
    assert entry.data["url"] == router.url
    assert entry.state is ConfigEntryState.LOADED


@both_ways
async def test_known_device_is_back(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter, shown: Shown
) -> None:
    """An entry that waits for its device tries again when the device shows itself."""
    router.lab.reboot(60)
    entry = await set_up_router(router)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    router.lab.advance(61)
    assert await aborted(hass, *shown(HERE)) == "already_configured"
    assert entry.state is ConfigEntryState.LOADED


@both_ways
async def test_known_device_at_a_new_address(
    hass: HomeAssistant, router: GlS20Simulator, port_80: int, shown: Shown
) -> None:
    """An entry follows its device; one that was set up before starts there by itself."""
    entry = add_router(hass, router, url=f"http://{ELSEWHERE}:{port_80}")
    await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert await aborted(hass, *shown(HERE)) == "already_configured"
    assert entry.data["url"] == router.url
    assert entry.data["password"] == "gatehouse-2026"
    assert entry.state is ConfigEntryState.LOADED


@both_ways
async def test_device_that_moved_a_moment_ago(
    hass: HomeAssistant,
    router: GlS20Simulator,
    second_interface: GlS20Simulator,
    port_80: int,
    set_up_router: SetUpRouter,
    shown: Shown,
) -> None:
    """An entry follows its device before it has noticed itself that the old address is void."""
    entry = await set_up_router(second_interface)
    await second_interface.stop()
    assert entry.state is ConfigEntryState.LOADED
    assert await aborted(hass, *shown(HERE)) == "already_configured"
    assert entry.data["url"] == router.url
    assert entry.state is ConfigEntryState.LOADED
    assert logins(router) == 1, "by a single reload"
    assert state_of(hass, "sensor.gl_s20_thread_role") == "leader"


@both_ways
@pytest.mark.usefixtures("port_80")
async def test_second_address(
    hass: HomeAssistant,
    router: GlS20Simulator,
    second_interface: GlS20Simulator,
    set_up_router: SetUpRouter,
    shown: Shown,
) -> None:
    """An entry does not leave the address of the cable because there is one of the Wi-Fi, too."""
    entry = await set_up_router(second_interface)
    assert await aborted(hass, *shown(HERE)) == "already_configured"
    assert entry.data["url"] == second_interface.url
    assert entry.state is ConfigEntryState.LOADED
    assert logins(router) == 0


@both_ways
@pytest.mark.usefixtures("port_80")
async def test_entry_with_a_name(hass: HomeAssistant, router: GlS20Simulator, shown: Shown) -> None:
    """Whoever uses the device's name keeps it."""
    url = "http://gl-s20-otbr"
    entry = add_router(hass, router, url=url)
    assert await aborted(hass, *shown(HERE)) == "already_configured"
    assert entry.data["url"] == url


async def test_lease_of_a_known_device_at_a_place_of_another(
    hass: HomeAssistant,
    stranger: Stranger,
    router: GlS20Simulator,
    device_registry: dr.DeviceRegistry,
) -> None:
    """What does not answer like the device is not followed, and is told nothing."""
    url = f"http://{ELSEWHERE}:{stranger.port}"
    entry = add_router(hass, router, url=url)
    device_registry.async_get_or_create(
        config_entry_id=entry.entry_id, connections={(dr.CONNECTION_NETWORK_MAC, WIFI_MAC)}
    )
    assert await aborted(hass, SOURCE_DHCP, lease(HERE)) == "already_configured"
    assert entry.data["url"] == url
    assert len(stranger.headers) == 1
    tells_nothing(stranger)


async def test_lease_of_another_unit(
    hass: HomeAssistant, router: GlS20Simulator, port_80: int, device_registry: dr.DeviceRegistry
) -> None:
    """A unit that is not the one it should be is not followed."""
    url = f"http://{ELSEWHERE}:{port_80}"
    entry = add_router(hass, router, url=url)
    device_registry.async_get_or_create(
        config_entry_id=entry.entry_id, connections={(dr.CONNECTION_NETWORK_MAC, WIFI_MAC)}
    )
    become_another(router)
    assert await aborted(hass, SOURCE_DHCP, lease(HERE)) == "already_configured"
    assert entry.data["url"] == url


def add_modem(
    hass: HomeAssistant, modem: HilinkSimulator, device_registry: dr.DeviceRegistry, host: str
) -> MockConfigEntry:
    """Add an entry for a modem that was at a host, and whose MAC address is known."""
    entry = add_entry(hass, modem, url=str(URL(modem.url).with_host(host)))
    device_registry.async_get_or_create(
        config_entry_id=entry.entry_id, connections={(dr.CONNECTION_NETWORK_MAC, MODEM_MAC)}
    )
    return entry


async def test_modem_that_moved(
    hass: HomeAssistant, modem: HilinkSimulator, device_registry: dr.DeviceRegistry
) -> None:
    """Devices of another family are followed likewise."""
    entry = add_modem(hass, modem, device_registry, ELSEWHERE)
    assert await aborted(hass, SOURCE_DHCP, lease(HERE, MODEM_MAC, "")) == "already_configured"
    assert entry.data["url"] == modem.url
    assert await hass.config_entries.async_setup(entry.entry_id)


@pytest.mark.parametrize("host", [HERE, "homerouter.cpe"])
async def test_modem_where_it_was(
    hass: HomeAssistant, modem: HilinkSimulator, device_registry: dr.DeviceRegistry, host: str
) -> None:
    """A lease at the same address, or of a modem that has a name, is no reason to ask anything."""
    entry = add_modem(hass, modem, device_registry, host)
    assert await aborted(hass, SOURCE_DHCP, lease(HERE, MODEM_MAC, "")) == "already_configured"
    assert URL(entry.data["url"]).host == host
    assert modem.requests == []


async def test_modem_that_still_answers(
    hass: HomeAssistant, modem: HilinkSimulator, device_registry: dr.DeviceRegistry
) -> None:
    """A modem with a second address stays where its owner wants it."""
    entry = add_modem(hass, modem, device_registry, ELSEWHERE)
    twin = HilinkSimulator(modem.modem.options, clock=lambda: 0.0)
    await twin.start(URL(modem.url).port or 0, ELSEWHERE)
    assert await aborted(hass, SOURCE_DHCP, lease(HERE, MODEM_MAC, "")) == "already_configured"
    await twin.stop()
    assert entry.data["url"] == twin.url
    assert modem.requests == []


async def test_modem_whose_address_another_device_has(
    hass: HomeAssistant, modem: HilinkSimulator, device_registry: dr.DeviceRegistry
) -> None:
    """What does not answer like a modem is not followed."""
    entry = add_modem(hass, modem, device_registry, ELSEWHERE)
    modem.lab.break_replies("*", "html", None)
    assert await aborted(hass, SOURCE_DHCP, lease(HERE, MODEM_MAC, "")) == "already_configured"
    assert URL(entry.data["url"]).host == ELSEWHERE
