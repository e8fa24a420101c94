"""Sensors of a GL-S20: the uplinks."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.components.sensor.const import SensorDeviceClass
from homeassistant.const import EntityCategory

from ...clients.gl_s20.models import EthernetState, WanStatus, WifiState
from ..descriptions import GatehouseSensorDescription
from .readings import ETHERNET, FAILOVER, SAVED_WIFIS, SYSTEM, WIFI
from .uplink import UPLINK, Uplink

_DIAGNOSTIC: Final[Mapping[str, Any]] = {"entity_category": EntityCategory.DIAGNOSTIC}
_HIDDEN: Final[Mapping[str, Any]] = {**_DIAGNOSTIC, "entity_registry_enabled_default": False}

NETWORK_SENSORS: Final = (
    GatehouseSensorDescription(
        key="active_uplink",
        device_class=SensorDeviceClass.ENUM,
        options=list(Uplink),
        reading=UPLINK,
        also_reads=(ETHERNET, WIFI, FAILOVER),
        value_fn=lambda data: data[UPLINK].current,
    ),
    GatehouseSensorDescription(
        key="wan_status",
        device_class=SensorDeviceClass.ENUM,
        options=list(WanStatus),
        reading=SYSTEM,
        value_fn=lambda data: data[SYSTEM].wan_status,
        **_DIAGNOSTIC,
    ),
    GatehouseSensorDescription(
        key="ethernet_status",
        device_class=SensorDeviceClass.ENUM,
        options=list(EthernetState),
        reading=ETHERNET,
        value_fn=lambda data: data[ETHERNET].state,
        **_DIAGNOSTIC,
    ),
    GatehouseSensorDescription(
        key="ethernet_ip",
        reading=ETHERNET,
        value_fn=lambda data: data[ETHERNET].ipv4_address,
        **_DIAGNOSTIC,
    ),
    GatehouseSensorDescription(
        key="wifi_status",
        device_class=SensorDeviceClass.ENUM,
        options=list(WifiState),
        reading=WIFI,
        value_fn=lambda data: data[WIFI].state,
        **_DIAGNOSTIC,
    ),
    GatehouseSensorDescription(
        key="wifi_ssid",
        reading=WIFI,
        value_fn=lambda data: data[WIFI].ssid,
        **_DIAGNOSTIC,
    ),
    GatehouseSensorDescription(
        key="wifi_bssid",
        reading=WIFI,
        value_fn=lambda data: data[WIFI].bssid,
        **_HIDDEN,
    ),
    GatehouseSensorDescription(
        key="wifi_ip",
        reading=WIFI,
        value_fn=lambda data: data[WIFI].ipv4_address,
        **_DIAGNOSTIC,
    ),
    GatehouseSensorDescription(
        key="wifi_failure",
        reading=WIFI,
        value_fn=lambda data: data[WIFI].failure,
        **_HIDDEN,
    ),
    GatehouseSensorDescription(
        key="saved_wifis",
        reading=SAVED_WIFIS,
        value_fn=lambda data: len(data[SAVED_WIFIS].networks),
        **_HIDDEN,
    ),
)
