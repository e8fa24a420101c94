"""Sensors and binary sensors of a router."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from simulators.hiwifi import HiwifiSimulator
from tests.conftest import state_of

from .conftest import SetUpRouter, StartRouter
from .entity_helpers import NextRound, all_shown, shown

CONNECTION = "binary_sensor.router_connection"
INTERNET = "binary_sensor.router_internet"
HEALTH = "sensor.router_health"
CABLE = "binary_sensor.router_wan_cable"
UPTIME = "sensor.router_uptime"
WAN_IP = "sensor.router_wan_ip_address"
DOWNLOAD = "sensor.router_download_today"

VALUES = {
    CONNECTION: "on",
    HEALTH: "ok",
    INTERNET: "on",
    CABLE: "on",
    "sensor.router_download_rate": "16.679166",
    "sensor.router_upload_rate": "0.790682",
    DOWNLOAD: "7.99566141702235",
    "sensor.router_upload_today": "0.266189842484891",
    WAN_IP: "203.0.113.52",
    "sensor.router_wan_type": "dhcp",
    "sensor.router_wan_link_speed": "1000",
    UPTIME: "2026-11-20T11:00:00+00:00",
    "sensor.router_mode": "router",
    "sensor.router_clients": "5",
    "sensor.router_clients_2_4_ghz": "2",
    "sensor.router_clients_5_ghz": "1",
    "sensor.router_wired_clients": "2",
    "sensor.router_guests": "0",
    "sensor.router_channel_2_4_ghz": "6",
    "sensor.router_channel_5_ghz": "149",
}
"""What the newer generation shows after an hour."""

HIDDEN = {
    "sensor.router_wan_ipv6_address": "2001:db8:52::1",
    "sensor.router_connected_since": "2026-11-20T11:00:00+00:00",
    "sensor.router_lan_ports_in_use": "2",
    "sensor.router_wi_fi_quality_2_4_ghz": "46",
    "sensor.router_wi_fi_quality_5_ghz": "88",
}
"""What it shows besides to those who want to know more."""

PAGES_ONLY = {
    CONNECTION: "on",
    HEALTH: "ok",
    WAN_IP: "203.0.113.52",
    "sensor.router_wan_type": "dhcp",
    "sensor.router_clients": "5",
    "sensor.router_clients_2_4_ghz": "3",
    "sensor.router_wired_clients": "2",
}
"""What the oldest firmware tells who logs in with the password."""

OLDER = {
    **PAGES_ONLY,
    INTERNET: "on",
    "sensor.router_download_rate": "16.678912",
    "sensor.router_upload_rate": "0.786432",
    UPTIME: "2026-11-20T11:00:00+00:00",
}
"""What the older generation shows."""


@pytest.fixture(autouse=True)
def noon(freezer: FrozenDateTimeFactory) -> None:
    """Let it be noon, an hour after the router was switched on."""
    freezer.move_to("2026-11-20 12:00:00+00:00")


def sensors(hass: HomeAssistant) -> dict[str, str]:
    """Return what all sensors show."""
    return all_shown(hass, "sensor", "binary_sensor")


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize(
    "drift",
    [
        {},
        {"firmware": "0.9012"},
        {"numbers_as_text": True, "data_as_text": True},
        {"numeric_booleans": True, "empty_list_as_object": True, "mac_style": "bare"},
        {"code_style": "string"},
        {"code_style": "number", "code_place": "outer"},
        {"multi_call": False},
    ],
    ids=str,
)
async def test_values(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    drift: dict[str, Any],
    *,
    signed: bool,
) -> None:
    """Whichever way leads to the router and however it writes, the values are the same."""
    router = await start_router(**drift)
    router.lab.advance(3600)
    await set_up_router(router, signed=signed)
    assert sensors(hass) == VALUES


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.parametrize("signed", [False, True])
async def test_hidden_values(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter, *, signed: bool
) -> None:
    """There is more for those who want it."""
    router.lab.advance(3600)
    await set_up_router(router, signed=signed)
    assert sensors(hass) == VALUES | HIDDEN


@pytest.mark.parametrize(
    ("firmware", "signed", "values"),
    [
        ("0.9007", False, OLDER),
        ("0.9007", True, OLDER),
        ("0.9003", False, PAGES_ONLY),
        ("0.9003", True, OLDER),
    ],
)
async def test_older_generation(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    firmware: str,
    *,
    signed: bool,
    values: dict[str, str],
) -> None:
    """What a firmware does not tell does not exist, also after a while."""
    router = await start_router(firmware=firmware)
    router.lab.advance(3600)
    await set_up_router(router, signed=signed)
    assert sensors(hass) == values
    await next_round(7200)
    await next_round()
    assert sensors(hass).keys() == values.keys()


async def test_one_band(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """A router without the second band has nothing about it."""
    await set_up_router(await start_router(five_ghz=False))
    assert [each for each in all_shown(hass) if "_5_ghz" in each] == []
    assert state_of(hass, "sensor.router_clients_2_4_ghz") == "3"


OWN = {
    "wan.get_status": {
        WAN_IP,
        CABLE,
        "sensor.router_wan_type",
        "sensor.router_wan_link_speed",
        "sensor.router_wan_ipv6_address",
        "sensor.router_connected_since",
    },
    "wan.get_inet_stat": {INTERNET},
    "network.ipstat.get_realspeed": {"sensor.router_download_rate", "sensor.router_upload_rate"},
    "network.ipstat.get_total_load": {DOWNLOAD, "sensor.router_upload_today"},
    "device.sta.list": {
        "sensor.router_clients",
        "sensor.router_clients_2_4_ghz",
        "sensor.router_clients_5_ghz",
        "sensor.router_wired_clients",
        "sensor.router_guests",
    },
    "wireless.get_device_info": {
        "sensor.router_channel_2_4_ghz",
        "sensor.router_channel_5_ghz",
        "select.router_channel_2_4_ghz",
        "select.router_channel_5_ghz",
        "select.router_transmit_power_2_4_ghz",
        "select.router_transmit_power_5_ghz",
    },
    "wireless.get_quality": {
        "sensor.router_wi_fi_quality_2_4_ghz",
        "sensor.router_wi_fi_quality_5_ghz",
    },
    "system.board.get_lan_status": {"sensor.router_lan_ports_in_use"},
    "system.led.get_status": {"switch.router_led"},
    "wireless.get_iface_info": {
        "switch.router_wi_fi",
        "switch.router_wi_fi_2_4_ghz",
        "switch.router_wi_fi_5_ghz",
    },
    "wireless.guest.get_status": {"switch.router_guest_wi_fi", "switch.router_guest_wi_fi_5_ghz"},
    "wireless.get_txpwr_list": set(),
    "system.upgrade.check": set(),
}
"""What is shown of each method."""
PLATFORMS = ("sensor", "binary_sensor", "switch", "select", "update")


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.parametrize("method", OWN)
async def test_method_that_is_refused_later(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    method: str,
) -> None:
    """What may not be read any longer is unavailable, and nothing else."""

    async def after_restart() -> dict[str, str]:
        """Return what is shown when everything has been read anew."""
        router.lab.reboot(60)
        await next_round()
        router.lab.advance(90)
        for _ in range(3):
            await next_round()
        return all_shown(hass, *PLATFORMS)

    await set_up_router(router)
    everything = all_shown(hass, *PLATFORMS).keys()
    router.lab.fail_method(method, 100015, None)
    states = await after_restart()
    assert {each for each, state in states.items() if state == "unavailable"} == OWN[method]
    router.lab.repair()
    states = await after_restart()
    assert states.keys() == everything
    assert "unavailable" not in states.values()


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("method", OWN)
async def test_method_that_was_never_allowed(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    method: str,
    *,
    signed: bool,
) -> None:
    """What may not be read from the beginning does not exist, and all else does."""
    router = await start_router(refused_methods=(method,))
    await set_up_router(router, signed=signed)
    shown_now = all_shown(hass, *PLATFORMS)
    assert set().union(*OWN.values()) - shown_now.keys() == OWN[method] - {INTERNET}
    assert "unavailable" not in shown_now.values()
    assert state_of(hass, INTERNET) == "on"


async def test_internet_by_the_connection(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A router that tells of the internet only along with the connection is believed too."""
    router = await start_router(missing_methods=("wan.get_inet_stat",))
    await set_up_router(router)
    assert state_of(hass, INTERNET) == "on"
    router.lab.set_internet(available=False)
    for _ in range(8):
        await next_round()
    assert state_of(hass, INTERNET) == "off"


@pytest.mark.parametrize("signed", [False, True])
async def test_no_internet(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    *,
    signed: bool,
) -> None:
    """Without internet or without the cable it is seen what is missing."""
    await set_up_router(router, signed=signed)
    router.lab.set_internet(available=False)
    await next_round()
    assert shown(hass, CONNECTION, INTERNET, CABLE) == ["on", "off", "on"]
    router.lab.plug_wan(plugged=False)
    for _ in range(8):
        await next_round()
    assert shown(hass, CONNECTION, INTERNET, CABLE) == ["on", "off", "off"]
    missing = (WAN_IP, "sensor.router_wan_link_speed")
    assert shown(hass, *missing) == ["unknown", "unknown"]
    assert state_of(hass, "sensor.router_download_rate") == "0.0"


async def test_uptime(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter, next_round: NextRound
) -> None:
    """The start of the router stays what it is, though clocks differ, until it starts again."""
    router.lab.advance(3600)
    await set_up_router(router)
    for passed in (33, 27, 31, 30, 35, 24):
        router.lab.advance(passed)
        await next_round(30)
        assert state_of(hass, UPTIME) == "2026-11-20T11:00:00+00:00"
    router.lab.reboot(60)
    await next_round(30)
    assert shown(hass, CONNECTION, UPTIME) == ["off", "unavailable"]
    router.lab.advance(90)
    await next_round(60)
    started = dt_util.parse_datetime(state_of(hass, UPTIME))
    assert started is not None
    assert dt_util.utcnow() - started == timedelta(seconds=30)


async def test_traffic_restarts_at_midnight(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter, next_round: NextRound
) -> None:
    """What has been moved today grows through the day and begins anew with the next one."""
    router.lab.advance(3600)
    await set_up_router(router)
    state = hass.states.get(DOWNLOAD)
    assert state is not None
    assert state.attributes["state_class"] == "total_increasing"
    assert state.attributes["unit_of_measurement"] == "GiB"
    before = float(state.state)
    router.lab.advance(3600)
    for _ in range(8):
        await next_round()
    assert float(state_of(hass, DOWNLOAD)) > before
    router.lab.advance(10 * 3600 + 60)
    for _ in range(8):
        await next_round()
    assert float(state_of(hass, DOWNLOAD)) < before


async def test_clients(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter, next_round: NextRound
) -> None:
    """Who comes is counted in the next round, a guest by its band and as a guest."""
    await set_up_router(router)
    counts = [
        "sensor.router_clients",
        "sensor.router_clients_2_4_ghz",
        "sensor.router_clients_5_ghz",
        "sensor.router_wired_clients",
        "sensor.router_guests",
    ]
    assert shown(hass, *counts) == ["5", "2", "1", "2", "0"]
    router.lab.client_comes("02:00:00:a0:53:99", name="Camera", ifname="wire")
    router.lab.client_leaves("02:00:00:a0:53:02")
    router.router.wifi.switch("guest", on=True)
    router.lab.advance(20)
    router.lab.advance(20)
    await next_round()
    assert shown(hass, *counts) == ["6", "2", "1", "3", "1"]


@pytest.mark.parametrize(
    ("method", "field", "entity_id", "states"),
    [
        ("system.get_info", "type", "sensor.router_mode", {"ap": "ap", "star": "star", "x": None}),
        (
            "wan.get_status",
            "wan_type",
            "sensor.router_wan_type",
            {"pppoe": "pppoe", "wisp": "wisp", "3g": None, "": None},
        ),
        ("wan.get_status", "speed", "sensor.router_wan_link_speed", {"100M": "100", "fast": None}),
        ("wireless.get_quality", "quality", "sensor.router_wi_fi_quality_5_ghz", {"7": "7"}),
        ("system.board.get_lan_status", "link", "sensor.router_lan_ports_in_use", {"up": None}),
    ],
)
@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_odd_values(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    method: str,
    field: str,
    entity_id: str,
    states: dict[str, str | None],
) -> None:
    """A word that nobody knows is unknown, and where there was never another there is nothing."""
    entry = None
    for word, state in states.items():
        router.lab.set_field(method, field, word)
        if entry is None:
            entry = await set_up_router(router)
        else:
            await hass.config_entries.async_reload(entry.entry_id)
            await hass.async_block_till_done()
        expected = state or ("missing" if word == next(iter(states)) else "unknown")
        assert shown(hass, entity_id) == [expected]
