"""Settings of a router that must neither get lost nor be spoiled."""

import asyncio

from homeassistant.core import HomeAssistant
import pytest

from simulators.gl_s20 import GlS20Simulator
from simulators.gl_s20.uplinks import Uplink
from tests.conftest import state_of

from . import action_helpers
from .conftest import SetUpRouter, StartRouter
from .entity_helpers import UNSHARED, act, refused, sent

SNTP = "text.gl_s20_sntp_server"
TIME_ZONE = "select.gl_s20_time_zone"
WIFI = "switch.gl_s20_wi_fi"
CHECK = "switch.gl_s20_check_ethernet_for_internet"


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.parametrize("server", ["no such host!", " "])
async def test_impossible_time_server(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter, server: str
) -> None:
    """What can be no time server is refused by the entity as by the action."""
    await set_up_router(router, options=UNSHARED)
    before = state_of(hass, SNTP)
    await refused(hass, "set_value", SNTP, value=server)
    assert sent(router, "sys/set_time_config") == 0
    assert state_of(hass, SNTP) == before


async def test_time_zone_without_a_time_server(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """Where the router does not tell its time server, a new time zone must not erase it."""
    router.lab.remove_field("sys/get_time_config", "sntp")
    await set_up_router(router, options=UNSHARED)
    error = await refused(hass, "select_option", TIME_ZONE, option="utc_plus_1")
    assert error.translation_key == "invalid_reply"
    assert sent(router, "sys/set_time_config") == 0


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_two_settings_at_once(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """What is read, changed and written at the same time does not undo each other."""
    router = await start_router()
    await set_up_router(router, options=UNSHARED)
    router.lab.set_options(latency_seconds=0.02)
    await asyncio.gather(
        act(hass, "select_option", TIME_ZONE, option="utc_plus_5"),
        act(hass, "set_value", SNTP, value="time.example.org"),
        act(hass, "turn_off", CHECK),
        action_helpers.act(hass, "set_failover", wifi_ipv4_targets=["192.0.2.7"]),
    )
    assert state_of(hass, TIME_ZONE) == "utc_plus_5"
    assert state_of(hass, SNTP) == "time.example.org"
    assert state_of(hass, CHECK) == "off"
    checks = router.device.uplinks.checks
    assert (checks[Uplink.ETH].enable, checks[Uplink.WIFI].ipv4) == (False, ["192.0.2.7"])


async def test_switching_on_what_is_on(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A Wi-Fi that is on is not exchanged for another one that the router remembers."""
    wifi = router.device.uplinks.wifi
    (own,) = wifi.saved
    wifi.saved = [type(own)(ssid="Garden", password="garden-invented", auth_mode=7), own]
    await set_up_router(router, options=UNSHARED)
    assert state_of(hass, WIFI) == "on"
    await act(hass, "turn_on", WIFI)
    assert sent(router, "wifi/start") == 0
    assert state_of(hass, "sensor.gl_s20_wi_fi_ssid") == "House"


async def test_odd_network_is_not_sent_back(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """What the router tells of its network in a form that it would not take is no input error."""
    router.lab.set_field("otbr/get_status", "Network.Passphrase", "*****")
    await set_up_router(router, options=UNSHARED)
    key, text = await action_helpers.failure(hass, "set_thread_network", channel=20)
    assert key == "configuration_incomplete"
    assert "passphrase" in text
    assert sent(router, "otbr/set_config") == 0


async def test_odd_failover_is_not_sent_back(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A router with more targets than it takes keeps them."""
    await set_up_router(router, options=UNSHARED)
    router.lab.set_field(
        "wan_failover/get_config", "eth.check_ipv4", [f"192.0.2.{n}" for n in range(1, 5)]
    )
    assert (await refused(hass, "turn_off", CHECK)).translation_key == "invalid_reply"
    key, _ = await action_helpers.failure(hass, "set_failover", wifi_enabled=True)
    assert key == "configuration_incomplete"
    assert sent(router, "wan_failover/set_config") == 0
