"""Sensors of an OpenVox gateway and of its ports."""

from collections.abc import Iterable
from typing import Final

from homeassistant.components.sensor.const import SensorStateClass
from homeassistant.const import MAX_LENGTH_STATE_STATE, EntityCategory

from ..descriptions import GatehouseSensorDescription
from .ports import PORTS, port_fields, sim_of
from .readings import CHANNELS, SIMS, SPANS


def _count(states: Iterable[bool | None]) -> int | None:
    """Count the ports of which something is true; None where the gateway tells it of none."""
    told = [state for state in states if state is not None]
    return sum(told) if told else None


def _port_sensors(number: int) -> tuple[GatehouseSensorDescription, ...]:
    """Describe the sensors of a port."""
    return (
        GatehouseSensorDescription(
            key="sim_status",
            entity_category=EntityCategory.DIAGNOSTIC,
            reading=SIMS,
            value_fn=lambda data: (
                (sim_of(data, number).status or "")[:MAX_LENGTH_STATE_STATE] or None
            ),
            **port_fields(number),
        ),
        GatehouseSensorDescription(
            key="imsi",
            entity_category=EntityCategory.DIAGNOSTIC,
            entity_registry_enabled_default=False,
            reading=SIMS,
            value_fn=lambda data: sim_of(data, number).imsi,
            **port_fields(number),
        ),
    )


SENSORS: Final = (
    GatehouseSensorDescription(
        key="idle_channels",
        state_class=SensorStateClass.MEASUREMENT,
        reading=CHANNELS,
        value_fn=lambda data: data[CHANNELS].idle,
    ),
    GatehouseSensorDescription(
        key="registered_channels",
        state_class=SensorStateClass.MEASUREMENT,
        reading=CHANNELS,
        value_fn=lambda data: _count(channel.registered for channel in data[CHANNELS].channels),
    ),
    GatehouseSensorDescription(
        key="available_ports",
        state_class=SensorStateClass.MEASUREMENT,
        reading=SPANS,
        value_fn=lambda data: _count(span.available for span in data[SPANS]),
    ),
    *(sensor for number in PORTS for sensor in _port_sensors(number)),
)
