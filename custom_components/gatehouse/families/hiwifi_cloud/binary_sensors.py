"""Binary sensors of a cloud, and of each router behind it."""

from typing import Final

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass

from ..descriptions import GatehouseBinarySensorDescription
from ..members import Member
from .readings import ROUTERS, status_of

CONNECTION: Final = "connection"

BINARY_SENSORS: Final = (
    GatehouseBinarySensorDescription(
        key=CONNECTION,
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        reading=ROUTERS,
        value_fn=lambda _: True,
        shows_absence=True,
    ),
)


def connection_of(router: Member) -> GatehouseBinarySensorDescription:
    """Describe whether the cloud reaches a router."""
    return GatehouseBinarySensorDescription(
        key=CONNECTION,
        part=router,
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        reading=ROUTERS,
        value_fn=lambda data: status_of(data, router.key).online,
        shows_absence=True,
    )
