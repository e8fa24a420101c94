"""Sensors of the messages of an OpenVox gateway and of its ports."""

from typing import Final

from homeassistant.components.sensor.const import SensorStateClass

from ..descriptions import GatehouseSensorDescription, Part
from ..readings import Snapshot
from ..sms import MESSAGES, LineCounts
from .ports import PORTS


def _counts(data: Snapshot, number: int) -> LineCounts:
    """Return the messages of a port."""
    return data[MESSAGES].lines.get(number, LineCounts())


def _port_sensors(number: int) -> tuple[GatehouseSensorDescription, ...]:
    """Describe the sensors of a port."""
    values = {
        "sms_received": lambda data: _counts(data, number).received,
        "sms_sent": lambda data: _counts(data, number).sent,
        "sms_failed": lambda data: _counts(data, number).failed,
    }
    return tuple(
        GatehouseSensorDescription(
            key=key,
            part=Part(key="port", number=number),
            state_class=SensorStateClass.MEASUREMENT,
            reading=MESSAGES,
            exists_fn=lambda data: number in data[MESSAGES].lines,
            value_fn=value_fn,
        )
        for key, value_fn in values.items()
    )


MESSAGE_SENSORS: Final = (
    GatehouseSensorDescription(
        key="sms_unread",
        state_class=SensorStateClass.MEASUREMENT,
        reading=MESSAGES,
        value_fn=lambda data: data[MESSAGES].unread,
    ),
    GatehouseSensorDescription(
        key="sms_pending",
        state_class=SensorStateClass.MEASUREMENT,
        reading=MESSAGES,
        value_fn=lambda data: data[MESSAGES].pending,
    ),
    GatehouseSensorDescription(
        key="sms_failed",
        state_class=SensorStateClass.MEASUREMENT,
        reading=MESSAGES,
        value_fn=lambda data: data[MESSAGES].failed,
    ),
    *(sensor for number in PORTS for sensor in _port_sensors(number)),
)
