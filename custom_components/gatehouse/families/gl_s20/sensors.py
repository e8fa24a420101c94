"""Sensors of a GL-S20: Thread, joiners, and the device itself."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.components.sensor.const import SensorDeviceClass, SensorStateClass
from homeassistant.const import (
    SIGNAL_STRENGTH_DECIBELS_MILLIWATT,
    EntityCategory,
    UnitOfInformation,
    UnitOfRatio,
    UnitOfTime,
)

from ...clients.gl_s20.models import JoinerStatus, ThreadRole
from ..descriptions import GatehouseSensorDescription
from ..readings import Snapshot
from .readings import FIRMWARE, JOINERS, STATUS, THREAD, TIME
from .sensors_network import NETWORK_SENSORS

_DIAGNOSTIC: Final[Mapping[str, Any]] = {"entity_category": EntityCategory.DIAGNOSTIC}
_HIDDEN: Final[Mapping[str, Any]] = {**_DIAGNOSTIC, "entity_registry_enabled_default": False}

_PENDING: Final = frozenset({JoinerStatus.READY, JoinerStatus.JOINING})


def _hexadecimal(value: int | None) -> str | None:
    """Return a short address of IEEE 802.15.4 as people write it."""
    return None if value is None else f"0x{value:04X}"


def _joiners(key: str, statuses: frozenset[JoinerStatus]) -> GatehouseSensorDescription:
    """Describe how many joiners have got so far."""
    return GatehouseSensorDescription(
        key=key,
        state_class=SensorStateClass.MEASUREMENT,
        reading=JOINERS,
        value_fn=lambda data: sum(each.status in statuses for each in data[JOINERS].joiners),
        **_DIAGNOSTIC,
    )


def _drift(data: Snapshot) -> int | None:
    """Return by how many seconds the device's clock, which shows whole ones, was fast."""
    drift = data[TIME].drift(data.read_at(TIME).timestamp())
    return None if drift is None else round(drift)


THREAD_SENSORS: Final = (
    GatehouseSensorDescription(
        key="thread_role",
        device_class=SensorDeviceClass.ENUM,
        options=list(ThreadRole),
        reading=THREAD,
        value_fn=lambda data: data[THREAD].radio.role,
    ),
    GatehouseSensorDescription(
        key="thread_network_name",
        reading=THREAD,
        value_fn=lambda data: data[THREAD].network.network_name,
        **_DIAGNOSTIC,
    ),
    GatehouseSensorDescription(
        key="thread_channel",
        reading=THREAD,
        value_fn=lambda data: data[THREAD].network.channel,
        **_DIAGNOSTIC,
    ),
    GatehouseSensorDescription(
        key="pan_id",
        reading=THREAD,
        value_fn=lambda data: _hexadecimal(data[THREAD].network.pan_id),
        **_DIAGNOSTIC,
    ),
    GatehouseSensorDescription(
        key="extended_pan_id",
        reading=THREAD,
        value_fn=lambda data: data[THREAD].network.extended_pan_id,
        **_HIDDEN,
    ),
    GatehouseSensorDescription(
        key="thread_version",
        reading=THREAD,
        exists_fn=lambda data: data[THREAD].thread_version is not None,
        value_fn=lambda data: data[THREAD].thread_version,
        **_DIAGNOSTIC,
    ),
    GatehouseSensorDescription(
        key="otbr_version",
        reading=THREAD,
        exists_fn=lambda data: data[THREAD].border_router_version is not None,
        value_fn=lambda data: data[THREAD].border_router_version,
        **_DIAGNOSTIC,
    ),
    GatehouseSensorDescription(
        key="rcp_version",
        reading=THREAD,
        exists_fn=lambda data: data[THREAD].radio.version is not None,
        value_fn=lambda data: data[THREAD].radio.version,
        **_HIDDEN,
    ),
    GatehouseSensorDescription(
        key="rloc16",
        reading=THREAD,
        value_fn=lambda data: _hexadecimal(data[THREAD].radio.rloc16),
        **_HIDDEN,
    ),
    GatehouseSensorDescription(
        key="thread_tx_power",
        native_unit_of_measurement=SIGNAL_STRENGTH_DECIBELS_MILLIWATT,
        device_class=SensorDeviceClass.SIGNAL_STRENGTH,
        state_class=SensorStateClass.MEASUREMENT,
        reading=THREAD,
        value_fn=lambda data: data[THREAD].radio.tx_power,
        **_HIDDEN,
    ),
    GatehouseSensorDescription(
        key="mesh_local_prefix",
        reading=THREAD,
        value_fn=lambda data: data[THREAD].network.mesh_local_prefix,
        **_HIDDEN,
    ),
    GatehouseSensorDescription(
        key="on_mesh_prefix",
        reading=THREAD,
        value_fn=lambda data: ", ".join(data[THREAD].network.on_mesh_prefixes) or None,
        **_HIDDEN,
    ),
    GatehouseSensorDescription(
        key="thread_addresses",
        state_class=SensorStateClass.MEASUREMENT,
        reading=THREAD,
        value_fn=lambda data: len(data[THREAD].network.ipv6_addresses),
        **_HIDDEN,
    ),
    _joiners("joiners_pending", _PENDING),
    _joiners("joiners_joined", frozenset({JoinerStatus.JOINED})),
    _joiners("joiners_timed_out", frozenset({JoinerStatus.TIMED_OUT})),
)

DEVICE_SENSORS: Final = (
    GatehouseSensorDescription(
        key="memory_usage",
        native_unit_of_measurement=UnitOfRatio.PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        reading=STATUS,
        exists_fn=lambda data: data[STATUS].memory_usage is not None,
        value_fn=lambda data: data[STATUS].memory_usage,
        **_DIAGNOSTIC,
    ),
    GatehouseSensorDescription(
        key="memory_free",
        native_unit_of_measurement=UnitOfInformation.BYTES,
        suggested_unit_of_measurement=UnitOfInformation.KIBIBYTES,
        device_class=SensorDeviceClass.DATA_SIZE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        reading=STATUS,
        exists_fn=lambda data: data[STATUS].memory_free is not None,
        value_fn=lambda data: data[STATUS].memory_free,
        **_DIAGNOSTIC,
    ),
    GatehouseSensorDescription(
        key="clock_drift",
        native_unit_of_measurement=UnitOfTime.SECONDS,
        device_class=SensorDeviceClass.DURATION,
        state_class=SensorStateClass.MEASUREMENT,
        reading=TIME,
        exists_fn=lambda data: data[TIME].local_time is not None,
        value_fn=_drift,
        **_HIDDEN,
    ),
    GatehouseSensorDescription(
        key="firmware_type",
        reading=FIRMWARE,
        exists_fn=lambda data: data[FIRMWARE].firmware_type is not None,
        value_fn=lambda data: data[FIRMWARE].firmware_type,
        **_HIDDEN,
    ),
)

SENSORS: Final = (*THREAD_SENSORS, *NETWORK_SENSORS, *DEVICE_SENSORS)
