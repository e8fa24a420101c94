"""The Ethernet address: Home Assistant goes along, or says where the router should be."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_URL
from homeassistant.core import HomeAssistant
import pytest
import pytest_socket
from yarl import URL

from simulators.gl_s20 import GlS20Options, GlS20Simulator
from tests.conftest import state_of

from .action_helpers import ACTIONS, act, failure, refusal, sent
from .conftest import SetUpRouter, StartRouter

HERE = "127.0.0.1"
THERE = "127.0.0.2"
STATIC: Final[dict[str, Any]] = {
    "addressing": "static",
    "ip_address": THERE,
    "netmask": "255.0.0.0",
    "gateway": "127.0.0.9",
}


@pytest.fixture(autouse=True)
def short_search(socket_enabled: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for the router without pauses, at two loopback addresses."""
    monkeypatch.setattr(f"{ACTIONS}.reach.LOOK_INTERVAL", 0)
    pytest_socket.socket_allow_hosts([HERE, THERE])


@pytest.fixture
async def router(start_router: StartRouter) -> GlS20Simulator:
    """Return a router that is reached at its Ethernet address, and only there."""
    router = await start_router(reached_over="eth", eth_connect_seconds=0)
    router.lab.set_field("eth/get_status", "ipv4.ip", HERE)
    return router


async def arrive(router: GlS20Simulator) -> GlS20Simulator:
    """Let somebody of the same kind answer at the other address."""
    there = GlS20Simulator(GlS20Options(), clock=lambda: 0.0)
    await there.start(URL(router.url).port or 0, THERE)
    return there


async def test_moving(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """The entry follows a router that is found at its new address, and everything goes on."""
    entry = await set_up_router(router)
    there = await arrive(router)
    try:
        assert await act(hass, "set_ethernet", **STATIC) == {"url": there.url}
        assert router.lab.state()["ethernet_ip"] == THERE
        assert router.lab.state()["moved"] == ["eth"]
        await hass.async_block_till_done()
        assert entry.data[CONF_URL] == there.url
        assert entry.state is ConfigEntryState.LOADED
        assert state_of(hass, "sensor.gl_s20_thread_role") == "leader"
        # Whoever answered did not see a login before it had told who it is.
        assert there.requests[0] == ("GET", "/ui/check_initialized")
        assert sent(there, "ui/login") == 1
        assert await hass.config_entries.async_unload(entry.entry_id)
    finally:
        await there.stop()


async def test_somebody_else_at_the_new_address(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """Another router at the new address is left alone, and gets to see no login."""
    entry = await set_up_router(router)
    there = await arrive(router)
    there.lab.set_field("ui/check_initialized", "mac", "94:83:C4:00:00:01")
    try:
        key, text = await failure(hass, "set_ethernet", **STATIC)
        assert key == "router_not_at_address"
        assert THERE in text
        assert "Reconfigure" in text
        assert set(there.requests) == {("GET", "/ui/check_initialized")}
        assert entry.data[CONF_URL] == router.url
    finally:
        await there.stop()


async def test_nobody_at_the_new_address(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A router that is not found is told to be where it should be."""
    entry = await set_up_router(router)
    key, text = await failure(hass, "set_ethernet", **STATIC)
    assert key == "router_not_at_address"
    assert THERE in text
    assert sent(router, "eth/set_config") == 1
    assert entry.data[CONF_URL] == router.url


async def test_same_address(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """The address that the router has already can be made static."""
    entry = await set_up_router(router)
    router.lab.set_options(reached_over="any")
    fields = {**STATIC, "ip_address": HERE}
    assert await act(hass, "set_ethernet", **fields) == {"url": router.url}
    assert router.lab.state()["ethernet_ip"] == HERE
    assert entry.data[CONF_URL] == router.url
    assert sent(router, "eth/get_config") == 2


@pytest.mark.parametrize("addressing", ["dhcp", "static"])
async def test_reached_another_way(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter, addressing: str
) -> None:
    """Whoever is reached over Wi-Fi stays there, whatever the Ethernet does."""
    router = await start_router(reached_over="wifi")
    entry = await set_up_router(router)
    fields = STATIC if addressing == "static" else {"addressing": addressing}
    assert await act(hass, "set_ethernet", **fields) == {"url": router.url}
    assert router.device.uplinks.ethernet.addressing.protocol == addressing
    assert entry.data[CONF_URL] == router.url
    assert state_of(hass, "sensor.gl_s20_ethernet_status") == "connecting"


async def test_lost_to_dhcp(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A router that DHCP gives no address is gone, which is said with what to do."""
    await set_up_router(router)
    router.lab.set_dhcp(answers=False)
    # The port has an address until it asks for another one.
    router.lab.set_options(reached_over="any")
    router.lab.break_replies("ui/check_initialized", "drop", None)
    key, text = await failure(hass, "set_ethernet", addressing="dhcp")
    assert key == "router_left_for_dhcp"
    assert HERE in text
    assert "Reconfigure" in text


async def test_connection_that_breaks(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A router that is gone before it can answer has done what it was told."""
    entry = await set_up_router(router)
    there = await arrive(router)
    router.lab.break_replies("eth/set_config", "drop", 1, executed=True)
    try:
        await act(hass, "set_ethernet", **STATIC)
        assert sent(router, "eth/set_config") == 1
        assert entry.data[CONF_URL] == there.url
        await hass.async_block_till_done()
        assert await hass.config_entries.async_unload(entry.entry_id)
    finally:
        await there.stop()


@pytest.mark.parametrize(
    ("fields", "key", "said"),
    [
        ({"addressing": "auto"}, "unknown_choice", "dhcp, static"),
        ({"addressing": "dhcp"}, "address_with_dhcp", "DHCP"),
        ({"ip_address": None}, "invalid_ip_address", "missing"),
        ({"ip_address": "192.168.8"}, "invalid_ip_address", "192.168.8.20"),
        ({"netmask": None}, "invalid_netmask", "missing"),
        ({"netmask": "255.0.255.0"}, "invalid_netmask", "255.255.255.0"),
        ({"netmask": "0.0.0.255"}, "invalid_netmask", "255.255.255.0"),
        ({"gateway": "home"}, "invalid_gateway", "192.168.8.1"),
        ({"gateway": THERE}, "address_not_usable", "different"),
        ({"ip_address": "127.255.255.255"}, "address_not_usable", "addresses of devices"),
        ({"gateway": "192.0.2.1"}, "gateway_elsewhere", "127.0.0.0/8"),
    ],
)
async def test_wrong_address(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    fields: Mapping[str, Any],
    key: str,
    said: str,
) -> None:
    """An address that would cut the router off is refused before anything is sent."""
    await set_up_router(router)
    router.requests.clear()
    given = {name: value for name, value in {**STATIC, **fields}.items() if value is not None}
    found, text = await refusal(hass, "set_ethernet", **given)
    assert found == key
    assert said in text
    assert router.requests == []
