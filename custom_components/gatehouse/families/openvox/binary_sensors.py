"""Binary sensors of an OpenVox gateway and of its ports."""

from typing import Final

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.const import EntityCategory

from ..descriptions import GatehouseBinarySensorDescription
from .ports import PORTS, port_fields, span_of
from .readings import CHANNELS, SPANS


def _port_binary_sensors(number: int) -> tuple[GatehouseBinarySensorDescription, ...]:
    """Describe the binary sensors of a port."""
    return (
        GatehouseBinarySensorDescription(
            key="registered",
            device_class=BinarySensorDeviceClass.CONNECTIVITY,
            reading=CHANNELS,
            value_fn=lambda data: data[CHANNELS].registered(number),
            **port_fields(number),
        ),
        GatehouseBinarySensorDescription(
            key="available",
            reading=SPANS,
            value_fn=lambda data: span_of(data, number).available,
            **port_fields(number),
        ),
    )


BINARY_SENSORS: Final = (
    GatehouseBinarySensorDescription(
        key="connection",
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        entity_category=EntityCategory.DIAGNOSTIC,
        reading=CHANNELS,
        value_fn=lambda _: True,
        shows_absence=True,
    ),
    *(sensor for number in PORTS for sensor in _port_binary_sensors(number)),
)
