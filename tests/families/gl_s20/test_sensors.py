"""Sensors and binary sensors of a router."""

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from simulators.gl_s20 import GlS20Simulator
from tests.conftest import state_of

from .conftest import SetUpRouter, StartRouter
from .entity_helpers import UNSHARED, NextRound, shown

SENSORS = {
    "active_uplink": "ethernet",
    "ethernet_ip_address": "192.0.2.20",
    "ethernet_status": "connected",
    "free_memory": "5120.0",
    "joiners_joined": "0",
    "joiners_pending": "0",
    "joiners_timed_out": "0",
    "memory_usage": "37.5",
    "otbr_version": "0.3.0-simulated",
    "pan_id": "0x51A2",
    "thread_channel": "26",
    "thread_network_name": "GL-S20-1a2",
    "thread_role": "leader",
    "thread_version": "v1.3",
    "wan_status": "online",
    "wi_fi_ip_address": "192.0.2.21",
    "wi_fi_ssid": "House",
    "wi_fi_status": "connected",
}
HIDDEN = {
    "clock_drift": None,
    "extended_pan_id": "1122334455667788",
    "firmware_type": "GL-S20-OTBR",
    "mesh_local_prefix": "fd00:db80:0:5120::/64",
    "on_mesh_prefix": "fd11:2233:4455:6677::/64",
    "rcp_version": "openthread-esp32/simulated; esp32h2; 2026-01-01 00:00:00 UTC",
    "rloc16": "0x0400",
    "saved_wi_fi_networks": "1",
    "thread_ipv6_addresses": "4",
    "thread_transmit_power": "6",
    "wi_fi_bssid": "02:00:5e:00:53:01",
    "wi_fi_failure_reason": "unknown",
}
BINARY_SENSORS = {
    "backbone_border_router": "off",
    "commissioner": "off",
    "ethernet": "on",
    "internet": "on",
    "thread": "on",
    "wi_fi": "on",
}
PRIMARY = {"sensor.gl_s20_thread_role", "sensor.gl_s20_active_uplink"} | {
    "binary_sensor.gl_s20_thread",
    "binary_sensor.gl_s20_internet",
}
ENUMERATIONS = {
    "thread_role": ("otbr/get_status", "RCP.State"),
    "wan_status": ("sys/get_info", "wan_status"),
    "ethernet_status": ("eth/get_status", "status"),
    "wi_fi_status": ("wifi/get_status", "status"),
}


async def test_sensors(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """Each value is shown in its unit."""
    await set_up_router(router, options=UNSHARED)
    assert {key: state_of(hass, f"sensor.gl_s20_{key}") for key in SENSORS} == SENSORS
    state = hass.states.get("sensor.gl_s20_free_memory")
    assert state is not None
    assert state.attributes["unit_of_measurement"] == "KiB"
    for key, value in BINARY_SENSORS.items():
        assert state_of(hass, f"binary_sensor.gl_s20_{key}") == value


async def test_what_is_hidden(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    entity_registry: er.EntityRegistry,
) -> None:
    """Few details are shown unless asked for, and most of what is shown is diagnostic."""
    entry = await set_up_router(router, options=UNSHARED)
    entries = [
        each
        for each in er.async_entries_for_config_entry(entity_registry, entry.entry_id)
        if each.domain in {"sensor", "binary_sensor"}
    ]
    hidden = {each.entity_id for each in entries if each.disabled}
    assert hidden == {f"sensor.gl_s20_{key}" for key in HIDDEN}
    primary = {each.entity_id for each in entries if each.entity_category is None}
    assert primary == PRIMARY
    assert {each.entity_category for each in entries} == {None, EntityCategory.DIAGNOSTIC}
    assert not [state for state in hass.states.async_all() if state.entity_id in hidden]


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_hidden_sensors(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """What is hidden has its values too."""
    await set_up_router(router, options=UNSHARED)
    told = {key: state_of(hass, f"sensor.gl_s20_{key}") for key in HIDDEN}
    assert int(told["clock_drift"]) != 0
    assert {**told, "clock_drift": None} == HIDDEN


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_clock_drift(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    freezer: FrozenDateTimeFactory,
) -> None:
    """The drift is that of the device's clock, whatever its time zone."""
    freezer.move_to("2026-09-01T12:00:00+00:00")
    router = await start_router(clock_error_seconds=90)
    router.device.timezone = 3
    await set_up_router(router, options=UNSHARED)
    assert state_of(hass, "sensor.gl_s20_clock_drift") == "90"
    router.lab.remove_field("sys/get_time_config", "localtime")
    for _ in range(50):
        await next_round(30)
    assert state_of(hass, "sensor.gl_s20_clock_drift") == "unknown"


async def test_a_router_without_network(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """With Thread off and no Wi-Fi what does not exist is unknown."""
    router = await start_router(thread_enabled=False, wifi_connected=False)
    await set_up_router(router, options=UNSHARED)
    assert shown(
        hass,
        "sensor.gl_s20_thread_role",
        "binary_sensor.gl_s20_thread",
        "binary_sensor.gl_s20_wi_fi",
        "sensor.gl_s20_wi_fi_status",
        "sensor.gl_s20_wi_fi_ssid",
        "sensor.gl_s20_wi_fi_ip_address",
    ) == ["disabled", "off", "off", "idle", "unknown", "unknown"]


async def test_no_way_to_the_internet(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """Losing both uplinks is shown."""
    await set_up_router(router, options=UNSHARED)
    router.lab.plug_ethernet(plugged=False)
    router.lab.set_access_point("House", on=False)
    await next_round()
    assert shown(
        hass,
        "sensor.gl_s20_active_uplink",
        "sensor.gl_s20_wan_status",
        "binary_sensor.gl_s20_internet",
        "sensor.gl_s20_ethernet_status",
        "sensor.gl_s20_wi_fi_status",
    ) == ["none", "no_network", "off", "no_cable", "failed"]


@pytest.mark.parametrize(
    ("priorities", "uplink"),
    [((1, 2), "ethernet"), ((2, 1), "wifi"), ((None, None), "ethernet")],
)
async def test_active_uplink_by_priority(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    priorities: tuple[int | None, int | None],
    uplink: str,
) -> None:
    """While both are connected the priorities decide, and Ethernet where there are none."""
    router.lab.set_field("wan_failover/get_config", "priority.eth", priorities[0])
    router.lab.set_field("wan_failover/get_config", "priority.wifi", priorities[1])
    await set_up_router(router, options=UNSHARED)
    assert state_of(hass, "sensor.gl_s20_active_uplink") == uplink


@pytest.mark.parametrize("odd", [9, "sideways", None, [], {}])
async def test_unknown_states(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    caplog: pytest.LogCaptureFixture,
    odd: object,
) -> None:
    """A state that nobody has explained is unknown, and the rest goes on."""
    for endpoint, field in ENUMERATIONS.values():
        router.lab.set_field(endpoint, field, odd)
    router.lab.set_field("otbr/get_bbr_status", "State", odd)
    await set_up_router(router, options=UNSHARED)
    assert shown(hass, *(f"sensor.gl_s20_{key}" for key in ENUMERATIONS)) == ["unknown"] * 4
    assert (
        shown(
            hass,
            "binary_sensor.gl_s20_thread",
            "binary_sensor.gl_s20_internet",
            "binary_sensor.gl_s20_ethernet",
            "binary_sensor.gl_s20_wi_fi",
            "sensor.gl_s20_active_uplink",
            "switch.gl_s20_thread_network",
            "switch.gl_s20_wi_fi",
        )
        == ["unknown"] * 7
    )
    assert shown(hass, "sensor.gl_s20_wi_fi_ssid", "sensor.gl_s20_pan_id") == ["House", "0x51A2"]
    assert "Traceback" not in caplog.text


async def test_joiner_counts(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """Joiners are counted by how far they got; an unknown status counts nowhere."""
    router = await start_router(commissioner_seconds=0)
    router.device.commissioner.enable(router.device.now, router.device.options)
    for eui64, timeout in (("1" * 16, 60), ("2" * 16, 600), ("*", 600)):
        router.device.commissioner.add([(eui64, "J01NME")], timeout, router.device.now)
    router.lab.let_join("2" * 16)
    router.lab.advance(70)
    entities = [f"sensor.gl_s20_joiners_{key}" for key in ("pending", "joined", "timed_out")]
    await set_up_router(router, options=UNSHARED)
    assert shown(hass, *entities) == ["1", "1", "1"]
    router.lab.set_field("otbr/get_joiner_list", "DeviceList", [{"EUI64": "*", "Status": 7}])
    await next_round(10)
    assert shown(hass, *entities) == ["0", "0", "0"]
