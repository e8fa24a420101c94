"""Sensors of a HiLink device."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, Final

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import (
    SIGNAL_STRENGTH_DECIBELS,
    SIGNAL_STRENGTH_DECIBELS_MILLIWATT,
    EntityCategory,
    UnitOfDataRate,
    UnitOfFrequency,
    UnitOfRatio,
    UnitOfTime,
)

from ...clients.hilink.network import (
    ConnectionState,
    NetworkType,
    SimState,
    connection_state,
    network_type,
    sim_state,
)
from ..descriptions import GatehouseSensorDescription
from ..readings import Reading, Snapshot
from .data_plan import AMOUNT, PLAN_SENSORS
from .network_modes import MODES, mode_of
from .readings import (
    INFORMATION,
    MODULES,
    MONTH,
    NETWORK_MODE,
    OPERATOR,
    SIGNAL,
    SIM,
    SMS_COUNT,
    STATUS,
    TRAFFIC,
    USSD_STATUS,
)
from .sms import carries_messages
from .ussd import USSD_STATES, has_ussd, ussd_state


def _field(
    reading: Reading[Any, Any], key: str, *, of: str | None = None, **kwargs: Any
) -> GatehouseSensorDescription:
    """Describe a sensor for one field; it exists once the device has given a value.

    The field has the key's name unless `of` says otherwise.
    """
    value = attrgetter(of or key)

    def current(data: Snapshot) -> Any:
        """Return the field's value."""
        return value(data[reading])

    return GatehouseSensorDescription(
        key=key,
        reading=reading,
        exists_fn=lambda data: current(data) is not None,
        value_fn=current,
        **kwargs,
    )


def _radio(key: str, unit: str | None = None, **kwargs: Any) -> GatehouseSensorDescription:
    """Describe a detail of the radio link, which few people want on their dashboard."""
    return _field(
        SIGNAL,
        key,
        entity_category=EntityCategory.DIAGNOSTIC,
        native_unit_of_measurement=unit,
        **{"entity_registry_enabled_default": False, **kwargs},
    )


def _level(key: str, unit: str, *, enabled: bool = True) -> GatehouseSensorDescription:
    """Describe a level in dBm or a ratio in dB."""
    power = unit == SIGNAL_STRENGTH_DECIBELS_MILLIWATT
    return _radio(
        key,
        unit,
        device_class=SensorDeviceClass.SIGNAL_STRENGTH if power else None,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0 if power else 1,
        entity_registry_enabled_default=enabled,
    )


_DBM: Final = SIGNAL_STRENGTH_DECIBELS_MILLIWATT
_DB: Final = SIGNAL_STRENGTH_DECIBELS

_FREQUENCY: Final[Mapping[str, Any]] = {
    "unit": UnitOfFrequency.MEGAHERTZ,
    "device_class": SensorDeviceClass.FREQUENCY,
}
_COUNTER: Final[Mapping[str, Any]] = {
    **AMOUNT,
    "state_class": SensorStateClass.TOTAL_INCREASING,
}
_RATE: Final[Mapping[str, Any]] = {
    "device_class": SensorDeviceClass.DATA_RATE,
    "native_unit_of_measurement": UnitOfDataRate.BYTES_PER_SECOND,
    "suggested_unit_of_measurement": UnitOfDataRate.MEGABITS_PER_SECOND,
    "suggested_display_precision": 2,
    "state_class": SensorStateClass.MEASUREMENT,
}
_DIAGNOSTIC: Final[Mapping[str, Any]] = {"entity_category": EntityCategory.DIAGNOSTIC}
_HIDDEN: Final[Mapping[str, Any]] = {"entity_registry_enabled_default": False}


def _booted_at(data: Snapshot) -> datetime | None:
    """Return when the device started."""
    if (uptime := data[INFORMATION].uptime) is None:
        return None
    return data.read_at(INFORMATION) - timedelta(seconds=uptime)


def _connected_at(data: Snapshot) -> datetime | None:
    """Return when the mobile connection came up; the counter stands at 0 while there is none."""
    if not (seconds := data[TRAFFIC].current_connect_time):
        return None
    return data.read_at(TRAFFIC) - timedelta(seconds=seconds)


def _wan_address(data: Snapshot, field: str) -> str | None:
    """Return an address of the mobile connection, which newer firmware moved to another page."""
    if connection_state(data[STATUS]) not in {ConnectionState.CONNECTED, None}:
        return None
    address: str | None = getattr(data[STATUS], field)
    if address is None and (information := data.get(INFORMATION)):
        address = getattr(information, field)
    return address


_CONNECTION: Final = (
    GatehouseSensorDescription(
        key="network_type",
        device_class=SensorDeviceClass.ENUM,
        options=list(NetworkType),
        reading=STATUS,
        also_reads=(SIGNAL, OPERATOR),
        value_fn=lambda data: network_type(data[STATUS], data.get(SIGNAL), data.get(OPERATOR)),
    ),
    GatehouseSensorDescription(
        key="connection_status",
        device_class=SensorDeviceClass.ENUM,
        options=list(ConnectionState),
        reading=STATUS,
        value_fn=lambda data: connection_state(data[STATUS]),
    ),
    GatehouseSensorDescription(
        key="operator",
        reading=OPERATOR,
        value_fn=lambda data: data[OPERATOR].name,
    ),
    GatehouseSensorDescription(
        key="plmn",
        reading=OPERATOR,
        value_fn=lambda data: data[OPERATOR].numeric,
        **_DIAGNOSTIC,
        **_HIDDEN,
    ),
    GatehouseSensorDescription(
        key="sim_state",
        device_class=SensorDeviceClass.ENUM,
        options=list(SimState),
        reading=STATUS,
        also_reads=(SIM,),
        value_fn=lambda data: sim_state(data.get(SIM), data[STATUS]),
        **_DIAGNOSTIC,
    ),
    GatehouseSensorDescription(
        key="preferred_network_mode",
        device_class=SensorDeviceClass.ENUM,
        options=list(MODES.values()),
        reading=NETWORK_MODE,
        value_fn=mode_of,
        **_DIAGNOSTIC,
        **_HIDDEN,
    ),
    GatehouseSensorDescription(
        key="wan_ip",
        reading=STATUS,
        also_reads=(INFORMATION,),
        exists_fn=lambda data: _wan_address(data, "wan_ip") is not None,
        value_fn=lambda data: _wan_address(data, "wan_ip"),
        **_DIAGNOSTIC,
    ),
    GatehouseSensorDescription(
        key="wan_ipv6",
        reading=STATUS,
        also_reads=(INFORMATION,),
        exists_fn=lambda data: _wan_address(data, "wan_ipv6") is not None,
        value_fn=lambda data: _wan_address(data, "wan_ipv6"),
        **_DIAGNOSTIC,
        **_HIDDEN,
    ),
    GatehouseSensorDescription(
        key="uptime",
        device_class=SensorDeviceClass.UPTIME,
        reading=INFORMATION,
        exists_fn=lambda data: data[INFORMATION].uptime is not None,
        value_fn=_booted_at,
        **_DIAGNOSTIC,
    ),
    GatehouseSensorDescription(
        key="connected_since",
        device_class=SensorDeviceClass.UPTIME,
        reading=TRAFFIC,
        value_fn=_connected_at,
        **_DIAGNOSTIC,
        **_HIDDEN,
    ),
    _field(
        STATUS,
        "battery",
        of="battery_percent",
        device_class=SensorDeviceClass.BATTERY,
        native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        **_DIAGNOSTIC,
    ),
    _field(
        STATUS,
        "wifi_clients",
        state_class=SensorStateClass.MEASUREMENT,
        **_DIAGNOSTIC,
        **_HIDDEN,
    ),
)

_SIGNAL: Final = (
    _level("rsrp", _DBM),
    _level("rsrq", _DB),
    _level("rssi", _DBM),
    _level("sinr", _DB),
    _level("rscp", _DBM, enabled=False),
    _level("ecio", _DB, enabled=False),
    _level("nr_rsrp", _DBM),
    _level("nr_rsrq", _DB),
    _level("nr_sinr", _DB),
    _level("nr_rssi", _DBM, enabled=False),
    _level("tx_power_pusch", _DBM, enabled=False),
    _level("tx_power_pucch", _DBM, enabled=False),
    _level("tx_power_srs", _DBM, enabled=False),
    _level("tx_power_prach", _DBM, enabled=False),
    _level("nr_tx_power", _DBM, enabled=False),
    _radio("band", entity_registry_enabled_default=True),
    _radio("cell_id", entity_registry_enabled_default=True),
    _radio("enodeb_id"),
    _radio("sector"),
    _radio("pci"),
    _radio("tac"),
    _radio("lac"),
    _radio("downlink_earfcn"),
    _radio("uplink_earfcn"),
    _radio("nr_earfcn"),
    _radio("downlink_bandwidth", **_FREQUENCY),
    _radio("uplink_bandwidth", **_FREQUENCY),
    _radio("downlink_frequency", **_FREQUENCY),
    _radio("uplink_frequency", **_FREQUENCY),
    _radio("nr_downlink_bandwidth", **_FREQUENCY),
    _radio("nr_uplink_bandwidth", **_FREQUENCY),
    _radio("nr_downlink_frequency", **_FREQUENCY),
    _radio("nr_uplink_frequency", **_FREQUENCY),
    _radio("cqi0", state_class=SensorStateClass.MEASUREMENT),
    _radio("cqi1", state_class=SensorStateClass.MEASUREMENT),
    _radio("nr_cqi0", state_class=SensorStateClass.MEASUREMENT),
    _radio("nr_cqi1", state_class=SensorStateClass.MEASUREMENT),
    _radio("nr_rank", state_class=SensorStateClass.MEASUREMENT),
    _radio("nr_bler", UnitOfRatio.PERCENTAGE, state_class=SensorStateClass.MEASUREMENT),
    _radio("transmission_mode"),
)

_USE: Final = (
    _field(TRAFFIC, "download_rate", of="current_download_rate", **_RATE),
    _field(TRAFFIC, "upload_rate", of="current_upload_rate", **_RATE),
    _field(TRAFFIC, "total_download", **_COUNTER),
    _field(TRAFFIC, "total_upload", **_COUNTER),
    _field(TRAFFIC, "connection_download", of="current_download", **_COUNTER, **_HIDDEN),
    _field(TRAFFIC, "connection_upload", of="current_upload", **_COUNTER, **_HIDDEN),
    _field(MONTH, "month_use", of="month_total", **_COUNTER),
    _field(MONTH, "month_download", **_COUNTER),
    _field(MONTH, "month_upload", **_COUNTER),
    _field(MONTH, "day_use", of="day_used", **_COUNTER),
    _field(
        MONTH,
        "month_duration",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.DAYS,
        suggested_display_precision=1,
        **_DIAGNOSTIC,
    ),
    _field(
        MONTH,
        "month_cleared",
        of="last_clear",
        device_class=SensorDeviceClass.DATE,
        **_DIAGNOSTIC,
        **_HIDDEN,
    ),
)

_MESSAGES: Final = (
    GatehouseSensorDescription(
        key="sms_unread",
        state_class=SensorStateClass.MEASUREMENT,
        reading=SMS_COUNT,
        also_reads=(MODULES,),
        exists_fn=carries_messages,
        value_fn=lambda data: data[SMS_COUNT].unread,
    ),
    GatehouseSensorDescription(
        key="sms_stored",
        state_class=SensorStateClass.MEASUREMENT,
        reading=SMS_COUNT,
        also_reads=(MODULES,),
        exists_fn=carries_messages,
        value_fn=lambda data: data[SMS_COUNT].stored,
        **_DIAGNOSTIC,
    ),
    GatehouseSensorDescription(
        key="ussd_session",
        device_class=SensorDeviceClass.ENUM,
        options=list(USSD_STATES.values()),
        reading=USSD_STATUS,
        also_reads=(MODULES,),
        exists_fn=has_ussd,
        value_fn=ussd_state,
        **_DIAGNOSTIC,
        **_HIDDEN,
    ),
)

SENSORS: Final = (*_CONNECTION, *_SIGNAL, *_USE, *PLAN_SENSORS, *_MESSAGES)
