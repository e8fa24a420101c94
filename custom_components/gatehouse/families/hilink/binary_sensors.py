"""Binary sensors of a HiLink device."""

from typing import Final

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.const import EntityCategory

from ...clients.hilink.network import ConnectionState, connection_state
from ..descriptions import GatehouseBinarySensorDescription
from ..readings import Snapshot
from .readings import NOTIFICATIONS, SMS_COUNT, STATUS

_BATTERY_CHARGING: Final = 1


def _is_charging(data: Snapshot) -> bool | None:
    """Tell whether the battery is charging; None where the device does not say."""
    status = data[STATUS].battery_status
    return None if status is None else status == _BATTERY_CHARGING


def _is_connected(data: Snapshot) -> bool | None:
    """Tell whether the mobile connection is up; None for a state that nobody has explained."""
    state = connection_state(data[STATUS])
    return None if state is None else state is ConnectionState.CONNECTED


BINARY_SENSORS: Final = (
    GatehouseBinarySensorDescription(
        key="mobile_connection",
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        reading=STATUS,
        value_fn=_is_connected,
    ),
    GatehouseBinarySensorDescription(
        key="roaming",
        entity_category=EntityCategory.DIAGNOSTIC,
        reading=STATUS,
        exists_fn=lambda data: data[STATUS].roaming is not None,
        value_fn=lambda data: data[STATUS].roaming,
    ),
    GatehouseBinarySensorDescription(
        key="battery_charging",
        device_class=BinarySensorDeviceClass.BATTERY_CHARGING,
        entity_category=EntityCategory.DIAGNOSTIC,
        reading=STATUS,
        exists_fn=lambda data: data[STATUS].battery_percent is not None,
        value_fn=_is_charging,
    ),
    GatehouseBinarySensorDescription(
        key="sms_storage_full",
        device_class=BinarySensorDeviceClass.PROBLEM,
        entity_category=EntityCategory.DIAGNOSTIC,
        reading=NOTIFICATIONS,
        also_reads=(SMS_COUNT,),
        exists_fn=lambda data: (
            data.ok(SMS_COUNT) and data[NOTIFICATIONS].sms_storage_full is not None
        ),
        value_fn=lambda data: data[NOTIFICATIONS].sms_storage_full,
    ),
)
