"""Binary sensors of a GL-S20."""

from enum import StrEnum
from typing import Final

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.const import EntityCategory

from ...clients.gl_s20.models import EthernetState, WanStatus, WifiState
from ..descriptions import GatehouseBinarySensorDescription
from .readings import BACKBONE_ROUTER, ETHERNET, SYSTEM, THREAD, WIFI


def _is(state: StrEnum | None, wanted: StrEnum) -> bool | None:
    """Tell whether a state is the wanted one; None for a state that nobody has explained."""
    return None if state is None else state is wanted


BINARY_SENSORS: Final[tuple[GatehouseBinarySensorDescription, ...]] = (
    GatehouseBinarySensorDescription(
        key="thread_connected",
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        reading=THREAD,
        value_fn=lambda data: data[THREAD].radio.attached,
    ),
    GatehouseBinarySensorDescription(
        key="internet",
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        reading=SYSTEM,
        value_fn=lambda data: _is(data[SYSTEM].wan_status, WanStatus.ONLINE),
    ),
    GatehouseBinarySensorDescription(
        key="ethernet",
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        entity_category=EntityCategory.DIAGNOSTIC,
        reading=ETHERNET,
        value_fn=lambda data: _is(data[ETHERNET].state, EthernetState.CONNECTED),
    ),
    GatehouseBinarySensorDescription(
        key="wifi",
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        entity_category=EntityCategory.DIAGNOSTIC,
        reading=WIFI,
        value_fn=lambda data: _is(data[WIFI].state, WifiState.CONNECTED),
    ),
    GatehouseBinarySensorDescription(
        key="commissioner",
        entity_category=EntityCategory.DIAGNOSTIC,
        reading=SYSTEM,
        value_fn=lambda data: data[SYSTEM].commissioner_active,
    ),
    GatehouseBinarySensorDescription(
        key="backbone_router",
        entity_category=EntityCategory.DIAGNOSTIC,
        reading=BACKBONE_ROUTER,
        value_fn=lambda data: data[BACKBONE_ROUTER].active,
    ),
)
