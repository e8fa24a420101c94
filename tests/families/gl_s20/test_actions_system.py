"""Failover, clock, log and configuration."""

from collections.abc import Mapping
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from simulators.gl_s20 import GlS20Simulator
from simulators.gl_s20.uplinks import Uplink
from tests.conftest import state_of

from .action_helpers import NextRound, act, failure, refusal, sent
from .conftest import SetUpRouter, StartRouter

ZONE = "select.gl_s20_time_zone"
ROLE = "sensor.gl_s20_thread_role"


async def test_failover(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """What is given is changed and shown at once, and the rest stays."""
    await set_up_router(router)
    checks = router.device.uplinks.checks
    before = checks[Uplink.WIFI].fields()
    await act(
        hass,
        "set_failover",
        ethernet_enabled=True,
        ethernet_ipv4_targets=["192.0.2.1", "192.0.2.2", "192.0.2.3"],
        ethernet_ipv6_targets=[],
    )
    assert checks[Uplink.ETH].enable
    assert checks[Uplink.ETH].ipv4 == ["192.0.2.1", "192.0.2.2", "192.0.2.3"]
    assert checks[Uplink.ETH].ipv6 == []
    assert checks[Uplink.WIFI].fields() == before
    assert state_of(hass, "switch.gl_s20_check_ethernet_for_internet") == "on"
    assert state_of(hass, "switch.gl_s20_check_wi_fi_for_internet") == "off"
    await act(hass, "set_failover", wifi_enabled=True, wifi_ipv6_targets="2001:db8::1")
    assert checks[Uplink.WIFI].enable
    assert checks[Uplink.WIFI].ipv6 == ["2001:db8::1"]
    assert checks[Uplink.ETH].enable
    assert state_of(hass, "switch.gl_s20_check_wi_fi_for_internet") == "on"


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({}, "nothing_to_change"),
        ({"wifi_ipv4_targets": ["192.0.2"]}, "invalid_targets"),
        ({"wifi_ipv4_targets": ["2001:db8::1"]}, "invalid_targets"),
        ({"ethernet_ipv6_targets": ["192.0.2.1"]}, "invalid_targets"),
        ({"ethernet_ipv4_targets": ["192.0.2.1"] * 4}, "invalid_targets"),
    ],
)
async def test_wrong_failover(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    fields: Mapping[str, Any],
    key: str,
) -> None:
    """What cannot be right is told before anything is sent."""
    await set_up_router(router)
    router.requests.clear()
    assert (await refusal(hass, "set_failover", **fields))[0] == key
    assert router.requests == []


async def test_failover_that_is_not_told(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A switch of which nobody knows where it stands is not moved along by accident."""
    await set_up_router(router)
    router.lab.set_field("wan_failover/get_config", "wifi.enable", "perhaps")
    key, text = await failure(hass, "set_failover", ethernet_enabled=True)
    assert key == "configuration_incomplete"
    assert "wifi_enabled" in text
    assert sent(router, "wan_failover/set_config") == 0
    await act(hass, "set_failover", ethernet_enabled=True, wifi_enabled=False)
    assert router.device.uplinks.checks[Uplink.ETH].enable


@pytest.mark.parametrize(
    ("fields", "server", "offset"),
    [
        ({"sntp_server": " time.example.org "}, "time.example.org", 0),
        ({"utc_offset": -3}, "pool.ntp.org", -3),
        ({"utc_offset": 14, "sntp_server": "2001:db8::123"}, "2001:db8::123", 14),
    ],
)
async def test_time(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    fields: Mapping[str, Any],
    server: str,
    offset: int,
) -> None:
    """Time server and time zone are set, each by itself or both."""
    await set_up_router(router)
    await act(hass, "set_time", **fields)
    assert router.device.sntp == server
    assert router.device.timezone == offset
    assert state_of(hass, ZONE) == {0: "utc", -3: "utc_minus_3", 14: "utc_plus_14"}[offset]


@pytest.mark.parametrize(
    ("zone", "date", "offset"),
    [
        ("Europe/Berlin", "2026-07-01", 2),
        ("Europe/Berlin", "2026-12-01", 1),
        ("America/Los_Angeles", "2026-07-01", -7),
    ],
)
async def test_time_of_home_assistant(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    freezer: FrozenDateTimeFactory,
    zone: str,
    date: str,
    offset: int,
) -> None:
    """Without any field the router takes over Home Assistant's time zone as it is now."""
    await set_up_router(router)
    freezer.move_to(date)
    await hass.config.async_set_time_zone(zone)
    await act(hass, "set_time")
    assert router.device.timezone == offset
    assert router.device.sntp == "pool.ntp.org"


async def test_time_zone_between_the_hours(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A time zone that the router cannot have is told by its name."""
    await set_up_router(router)
    await hass.config.async_set_time_zone("Asia/Kolkata")
    key, text = await refusal(hass, "set_time")
    assert key == "time_zone_not_whole_hours"
    assert "Asia/Kolkata" in text
    assert sent(router, "sys/set_time_config") == 0


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"utc_offset": -13}, "invalid_utc_offset"),
        ({"utc_offset": 15}, "invalid_utc_offset"),
        ({"sntp_server": ""}, "invalid_sntp_server"),
        ({"sntp_server": "pool ntp org"}, "invalid_sntp_server"),
        ({"sntp_server": "x" * 64}, "invalid_sntp_server"),
    ],
)
async def test_wrong_time(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    fields: Mapping[str, Any],
    key: str,
) -> None:
    """What cannot be right is told before anything is sent."""
    await set_up_router(router)
    router.requests.clear()
    assert (await refusal(hass, "set_time", **fields))[0] == key
    assert router.requests == []


@pytest.mark.parametrize(
    ("hidden", "fields", "said"),
    [
        ("sntp", {"utc_offset": 1}, "sntp_server"),
        ("timezone", {"sntp_server": "time.example.org"}, "utc_offset"),
    ],
)
async def test_time_that_is_not_told(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    hidden: str,
    fields: Mapping[str, Any],
    said: str,
) -> None:
    """What the router does not tell has to be given."""
    await set_up_router(router)
    router.lab.remove_field("sys/get_time_config", hidden)
    key, text = await failure(hass, "set_time", **fields)
    assert key == "configuration_incomplete"
    assert said in text
    assert sent(router, "sys/set_time_config") == 0


@pytest.mark.parametrize("shape", ["field", "string", "list", "raw_text"])
async def test_log(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter, shape: str
) -> None:
    """The log is returned however the firmware hands it over, or only its end."""
    router = await start_router(log_shape=shape)
    await set_up_router(router)
    for number in range(5):
        router.device.log.note("test", f"line {number}")
    lines = (await act(hass, "get_log"))["log"].splitlines()
    assert len(lines) == 6
    assert lines[0].endswith("boot: started")
    assert (await act(hass, "get_log", lines=2))["log"].splitlines() == [
        "W (0) test: line 3",
        "W (0) test: line 4",
    ]
    assert (await refusal(hass, "get_log", lines=0))[0] == "invalid_lines"


async def test_secrets_in_the_log(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """Secrets that are known are masked in whichever case, and everything else stays."""
    router.device.commissioner.add([("*", "J01NU5")], 120, 0)
    await set_up_router(router)
    network = router.device.thread.network
    secrets = [
        network.key.upper(),
        network.pskc,
        network.passphrase,
        network.dataset,
        "J01NU5",
        "house-invented",
        router.password,
    ]
    for each in secrets:
        router.device.log.note("leak", f"before {each} after")
    log = (await act(hass, "get_log", lines=len(secrets)))["log"]
    assert log.splitlines() == ["W (0) leak: before ********** after"] * len(secrets)
    router.device.log.note("wifi", "connected to House at 192.0.2.21")
    assert (await act(hass, "get_log", lines=1))["log"].endswith("connected to House at 192.0.2.21")


async def test_keeping_the_configuration(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """What was exported can be imported again, after which the router restarts and comes back."""
    await set_up_router(router)
    kept = (await act(hass, "export_configuration"))["configuration"]
    assert kept["otbr_cfg"]["nwk_key"] == router.device.thread.network.key
    await act(hass, "set_thread_network", name="House")
    await act(hass, "import_configuration", configuration=kept, confirm=True)
    assert state_of(hass, ROLE) == "unavailable"
    assert sent(router, "sys/import_sys_config") == 1
    router.lab.advance(30)
    await next_round()
    assert state_of(hass, ROLE) == "leader"
    assert state_of(hass, "sensor.gl_s20_thread_network_name") == kept["otbr_cfg"]["nwk_name"]


@pytest.mark.parametrize(
    ("configuration", "confirm", "key"),
    [
        ({"cfg_ver": 1}, False, "not_confirmed"),
        ({}, True, "invalid_configuration"),
        ("cfg_ver", True, "invalid_configuration"),
        ({"cfg_ver": {1, 2}}, True, "invalid_configuration"),
    ],
)
async def test_wrong_configuration(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    configuration: object,
    confirm: bool,  # noqa: FBT001 - a parameter of the test
    key: str,
) -> None:
    """What cannot be a configuration is not sent, nor is what nobody confirmed."""
    await set_up_router(router)
    fields = {"configuration": configuration, "confirm": confirm}
    assert (await refusal(hass, "import_configuration", **fields))[0] == key
    assert sent(router, "sys/import_sys_config") == 0


async def test_refused_configuration(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A configuration that the router refuses changes nothing, and the router stays."""
    await set_up_router(router)
    fields = {"configuration": {"cfg_ver": 9}, "confirm": True}
    assert (await failure(hass, "import_configuration", **fields))[0] == "command_refused"
    assert state_of(hass, ROLE) == "leader"
