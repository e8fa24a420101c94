"""Binary sensors of a HiWiFi router."""

from typing import Final

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.const import EntityCategory

from ..descriptions import GatehouseBinarySensorDescription
from ..readings import Outcome, Snapshot
from .readings import INTERNET, SYSTEM, WAN


def _only_wan_tells_internet(data: Snapshot) -> bool:
    """Tell whether the router says only along with the connection if the internet is reached."""
    record = data.records.get(INTERNET)
    if record is None or record.outcome not in {Outcome.DENIED, Outcome.UNSUPPORTED}:
        return False
    return record.read_at is None and data[WAN].internet is not None


BINARY_SENSORS: Final = (
    GatehouseBinarySensorDescription(
        key="connection",
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        reading=SYSTEM,
        value_fn=lambda _: True,
        shows_absence=True,
    ),
    GatehouseBinarySensorDescription(
        key="internet",
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        reading=INTERNET,
        exists_fn=lambda data: data[INTERNET].reachable is not None,
        value_fn=lambda data: data[INTERNET].reachable,
    ),
    GatehouseBinarySensorDescription(
        key="internet_by_wan",
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        reading=WAN,
        exists_fn=_only_wan_tells_internet,
        value_fn=lambda data: data[WAN].internet,
    ),
    GatehouseBinarySensorDescription(
        key="wan_cable",
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        entity_category=EntityCategory.DIAGNOSTIC,
        reading=WAN,
        exists_fn=lambda data: data[WAN].linked is not None,
        value_fn=lambda data: data[WAN].linked,
    ),
)
