"""Sensors of a HiWiFi router: the way out, and the router itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, Final

from homeassistant.components.sensor.const import SensorDeviceClass, SensorStateClass
from homeassistant.const import EntityCategory, UnitOfDataRate, UnitOfInformation

from ..descriptions import GatehouseSensorDescription
from ..readings import Reading, Snapshot
from .readings import LAN_PORTS, RATES, SYSTEM, TRAFFIC, WAN
from .sensors_wifi import WIFI_SENSORS

_DIAGNOSTIC: Final[Mapping[str, Any]] = {"entity_category": EntityCategory.DIAGNOSTIC}
_HIDDEN: Final[Mapping[str, Any]] = {**_DIAGNOSTIC, "entity_registry_enabled_default": False}

_RATE: Final[Mapping[str, Any]] = {
    "device_class": SensorDeviceClass.DATA_RATE,
    "state_class": SensorStateClass.MEASUREMENT,
    "native_unit_of_measurement": UnitOfDataRate.BITS_PER_SECOND,
    "suggested_unit_of_measurement": UnitOfDataRate.MEGABITS_PER_SECOND,
    "suggested_display_precision": 2,
}
_AMOUNT: Final[Mapping[str, Any]] = {
    "device_class": SensorDeviceClass.DATA_SIZE,
    "state_class": SensorStateClass.TOTAL_INCREASING,
    "native_unit_of_measurement": UnitOfInformation.BYTES,
    "suggested_unit_of_measurement": UnitOfInformation.GIBIBYTES,
    "suggested_display_precision": 2,
}

_WAN_TYPES: Final = ("dhcp", "pppoe", "static", "wisp")
_MODES: Final = ("router", "ap", "star")


def _field(
    reading: Reading[Any, Any], key: str, *, of: str | None = None, **kwargs: Any
) -> GatehouseSensorDescription:
    """Describe a sensor for one field; it exists once the router has given a value.

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


def _choice(
    reading: Reading[Any, Any], key: str, *, of: str, options: tuple[str, ...]
) -> GatehouseSensorDescription:
    """Describe a sensor for one of a few words; another word counts as none."""
    value = attrgetter(of)

    def current(data: Snapshot) -> str | None:
        """Return the word."""
        found: str | None = value(data[reading])
        return found if found in options else None

    return GatehouseSensorDescription(
        key=key,
        device_class=SensorDeviceClass.ENUM,
        options=list(options),
        reading=reading,
        exists_fn=lambda data: current(data) is not None,
        value_fn=current,
        **_DIAGNOSTIC,
    )


def _booted_at(data: Snapshot) -> datetime | None:
    """Return when the router started."""
    if (uptime := data[SYSTEM].uptime) is None:
        return None
    return data.read_at(SYSTEM) - timedelta(seconds=uptime)


def _connected_at(data: Snapshot) -> datetime | None:
    """Return when the connection came up; the counter stands at 0 while there is none."""
    if not (uptime := data[WAN].uptime):
        return None
    return data.read_at(WAN) - timedelta(seconds=uptime)


def _wan_ipv6(data: Snapshot) -> str | None:
    """Return the first IPv6 address."""
    return next((each.address for each in data[WAN].ipv6 if each.address), None)


SENSORS: Final = (
    _field(RATES, "download_rate", of="download", **_RATE),
    _field(RATES, "upload_rate", of="upload", **_RATE),
    _field(TRAFFIC, "download_today", of="download", **_AMOUNT),
    _field(TRAFFIC, "upload_today", of="upload", **_AMOUNT),
    _field(WAN, "wan_ip", of="ip", **_DIAGNOSTIC),
    GatehouseSensorDescription(
        key="wan_ipv6",
        reading=WAN,
        exists_fn=lambda data: _wan_ipv6(data) is not None,
        value_fn=_wan_ipv6,
        **_HIDDEN,
    ),
    _choice(WAN, "wan_type", of="type", options=_WAN_TYPES),
    _field(
        WAN,
        "wan_link_speed",
        of="speed",
        device_class=SensorDeviceClass.DATA_RATE,
        native_unit_of_measurement=UnitOfDataRate.MEGABITS_PER_SECOND,
        **_DIAGNOSTIC,
    ),
    GatehouseSensorDescription(
        key="connected_since",
        device_class=SensorDeviceClass.UPTIME,
        reading=WAN,
        exists_fn=lambda data: data[WAN].uptime is not None,
        value_fn=_connected_at,
        **_HIDDEN,
    ),
    GatehouseSensorDescription(
        key="uptime",
        device_class=SensorDeviceClass.UPTIME,
        reading=SYSTEM,
        exists_fn=lambda data: data[SYSTEM].uptime is not None,
        value_fn=_booted_at,
        **_DIAGNOSTIC,
    ),
    _choice(SYSTEM, "mode", of="type", options=_MODES),
    GatehouseSensorDescription(
        key="lan_ports_linked",
        state_class=SensorStateClass.MEASUREMENT,
        reading=LAN_PORTS,
        exists_fn=lambda data: bool(data[LAN_PORTS].linked),
        value_fn=lambda data: sum(each is True for each in data[LAN_PORTS].linked),
        **_HIDDEN,
    ),
    *WIFI_SENSORS,
)
