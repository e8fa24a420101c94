"""What the sensors of recorded models show."""

from collections.abc import Awaitable, Callable

from homeassistant.components.sensor import ATTR_OPTIONS, SensorDeviceClass
from homeassistant.const import ATTR_DEVICE_CLASS, ATTR_UNIT_OF_MEASUREMENT
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.gatehouse.families.hilink import HILINK
from simulators.hilink.simulator import HilinkSimulator

from .conftest import SetUpModem, StartModem, state_of


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (
            "e8372h-320",
            {
                "band": ("7", None),
                "cell_id": ("7267507", None),
                "cqi_0": ("8", None),
                "downlink_bandwidth": ("10.0", "MHz"),
                "downlink_earfcn": ("3200", None),
                "downlink_frequency": ("2665.0", "MHz"),
                "enodeb_id": ("28388", None),
                "network_type": ("lte", None),
                "operator": ("SKTelecom", None),
                "pci": ("144", None),
                "plmn": ("45005", None),
                "preferred_network_mode": ("automatic", None),
                "rsrp": ("-96.0", "dBm"),
                "rsrq": ("-8.0", "dB"),
                "rssi": ("-73.0", "dBm"),
                "sector": ("179", None),
                "sim_card": ("ready", None),
                "sinr": ("5.0", "dB"),
                "tac": ("12583", None),
                "transmission_mode": ("3", None),
                "transmit_power_prach": ("3.0", "dBm"),
                "transmit_power_pucch": ("-3.0", "dBm"),
                "transmit_power_pusch": ("7.0", "dBm"),
                "transmit_power_srs": ("8.0", "dBm"),
                "uplink_frequency": ("2545.0", "MHz"),
                "wan_ip_address": ("10.19.125.192", None),
                "wi_fi_clients": ("1", None),
            },
        ),
        (
            "b525s-23a",
            {
                "band": ("7", None),
                "downlink_earfcn": ("2850", None),
                "operator": ("Cyfrowy Polsat", None),
                "rsrp": ("-105.0", "dBm"),
                "sinr": ("6.0", "dB"),
                "month_counter_cleared": ("2021-04-02", None),
                "wi_fi_clients": ("7", None),
            },
        ),
        (
            "e3372",
            {"network_type": ("dc_hspa_plus", None), "operator": ("Beeline KZ", None)},
        ),
        ("e5573cs-322", {"battery": ("100", "%")}),
        (
            "h165-383",
            {
                "network_type": ("nr_nsa", None),
            },
        ),
    ],
)
async def test_values(
    profile: str,
    expected: dict[str, tuple[str, str | None]],
    start_modem: StartModem,
    set_up: SetUpModem,
    hass: HomeAssistant,
) -> None:
    """The values that a device gave its owner are what Home Assistant shows."""
    modem = await start_modem(profile=profile)
    await set_up(modem)
    shown = {}
    for name in expected:
        state = hass.states.get(f"sensor.modem_{name}")
        assert state is not None, name
        shown[name] = (state.state, state.attributes.get(ATTR_UNIT_OF_MEASUREMENT))
    assert shown == expected


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_every_sensor_can_exist(
    start_modem: StartModem, set_up: SetUpModem, hass: HomeAssistant
) -> None:
    """With a 5G model and a 4G one, each described sensor has been seen with a proper state."""
    seen = set()
    for position, profile in enumerate(("h165-383", "e8372h-320", "e5573cs-322", "e3372")):
        modem = await start_modem(profile=profile, locks_bands=position == 0)
        if position == 1:
            for name, value in {
                "rscp": "-80dBm",
                "ecio": "-6dB",
                "lac": "1234",
                "nrbler": "2",
                "nrcqi1": "9",
                "nrrank": "2",
                "nrrssi": "-60dBm",
            }.items():
                modem.lab.set_field("device/signal", name, value)
            modem.lab.set_field("device/information", "WanIPv6Address", "2001:db8::1")
            modem.lab.set_field("monitoring/month_statistics", "CurrentDayUsed", "1000000")
        entry = await set_up(modem)
        registry = er.async_get(hass)
        for entity in er.async_entries_for_config_entry(registry, entry.entry_id):
            if entity.domain != "sensor":
                continue
            state = hass.states.get(entity.entity_id)
            assert state is not None
            if state.attributes.get(ATTR_DEVICE_CLASS) == SensorDeviceClass.ENUM:
                assert state.state in {*state.attributes[ATTR_OPTIONS], "unknown"}
            if state.state not in {"unknown", "unavailable"}:
                seen.add(entity.unique_id.removeprefix("SERIAL_"))
        await hass.config_entries.async_remove(entry.entry_id)
    described = {description.key for description in HILINK.sensors}
    assert described - seen == set()


async def test_default_entities(
    modem: HilinkSimulator, set_up: SetUpModem, entity_registry: er.EntityRegistry
) -> None:
    """Out of the box a user sees what most people want, and no cell arithmetic."""
    entry = await set_up(modem)
    entities = er.async_entries_for_config_entry(entity_registry, entry.entry_id)
    enabled = {entity.entity_id for entity in entities if entity.disabled_by is None}
    assert {
        "sensor.modem_rsrp",
        "sensor.modem_network_type",
        "sensor.modem_download_rate",
        "sensor.modem_unread_messages",
        "switch.modem_mobile_data",
        "button.modem_restart",
    } <= enabled
    assert (
        not {
            "sensor.modem_tac",
            "sensor.modem_transmit_power_prach",
            "button.modem_clear_traffic_statistics",
        }
        & enabled
    )


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_values_that_come_and_go(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    set_up: SetUpModem,
    next_round: Callable[..., Awaitable[None]],
) -> None:
    """A value that a device no longer gives is unknown, not unavailable and not the old one."""
    await set_up(modem)
    uptime, connected = "sensor.modem_uptime", "sensor.modem_connected_since"
    assert "unknown" not in {state_of(hass, uptime), state_of(hass, connected)}
    modem.lab.set_field("device/information", "uptime", "")
    modem.lab.set_field("monitoring/traffic-statistics", "CurrentConnectTime", "0")
    for _ in range(40):
        await next_round(30)
    assert {state_of(hass, uptime), state_of(hass, connected)} == {"unknown"}


async def test_data_left(hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem) -> None:
    """The rest of the allowance is what the month has not used, and never below nothing."""
    for name, value in {
        "SetMonthData": "1",
        "DataLimit": "1GB",
        "trafficmaxlimit": "1073741824",
    }.items():
        modem.lab.set_field("monitoring/start_date", name, value)
    modem.lab.set_field("monitoring/month_statistics", "CurrentMonthDownload", "268435456")
    modem.lab.set_field("monitoring/month_statistics", "CurrentMonthUpload", "268435456")
    entry = await set_up(modem)
    left = float(state_of(hass, "sensor.modem_data_left_this_month"))
    assert left == 0.5
    modem.lab.set_field("monitoring/month_statistics", "CurrentMonthUpload", "1073741824")
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert float(state_of(hass, "sensor.modem_data_left_this_month")) == 0


async def test_uptime_does_not_drift(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    set_up: SetUpModem,
    next_round: Callable[..., Awaitable[None]],
) -> None:
    """The time of the last start stays the same while the modem runs, and moves after a restart."""
    await set_up(modem)
    first = hass.states.get("sensor.modem_uptime")
    for _ in range(40):
        modem.lab.advance(30)
        await next_round(30)
    second = hass.states.get("sensor.modem_uptime")
    assert first is not None
    assert second is not None
    assert second.state == first.state
    modem.lab.reboot(seconds=10)
    modem.lab.advance(20)
    await next_round()
    modem.lab.expire_sessions()
    for _ in range(60):
        modem.lab.advance(30)
        await next_round(30)
    third = hass.states.get("sensor.modem_uptime")
    assert third is not None
    assert third.state > first.state
