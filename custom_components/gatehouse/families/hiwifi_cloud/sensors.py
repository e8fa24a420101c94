"""Sensors of a cloud."""

from typing import Final

from homeassistant.components.sensor.const import SensorStateClass
from homeassistant.const import EntityCategory

from ..descriptions import GatehouseSensorDescription
from .readings import ROUTERS

SENSORS: Final = (
    GatehouseSensorDescription(
        key="routers_online",
        state_class=SensorStateClass.MEASUREMENT,
        reading=ROUTERS,
        value_fn=lambda data: sum(each.online is True for each in data[ROUTERS]),
    ),
    GatehouseSensorDescription(
        key="routers",
        entity_category=EntityCategory.DIAGNOSTIC,
        reading=ROUTERS,
        value_fn=lambda data: len(data[ROUTERS]),
    ),
)
