"""Switches and buttons of a HiLink device."""

from typing import Final

from homeassistant.components.button.const import ButtonDeviceClass
from homeassistant.const import EntityCategory

from ...clients.hilink.client import HilinkClient
from ..descriptions import GatehouseButtonDescription, GatehouseSwitchDescription
from .readings import MOBILE_DATA, MONTH, STATUS, TRAFFIC

SWITCHES: Final = (
    GatehouseSwitchDescription[HilinkClient](
        key="mobile_data",
        reading=MOBILE_DATA,
        exists_fn=lambda data: data[MOBILE_DATA].enabled is not None,
        value_fn=lambda data: data[MOBILE_DATA].enabled,
        set_fn=lambda client, on: client.set_mobile_data(enabled=on),
        read_back=(MOBILE_DATA, STATUS),
    ),
)

BUTTONS: Final = (
    GatehouseButtonDescription[HilinkClient](
        key="restart",
        device_class=ButtonDeviceClass.RESTART,
        entity_category=EntityCategory.CONFIG,
        reading=STATUS,
        press_fn=HilinkClient.restart,
        ends_connection=True,
    ),
    GatehouseButtonDescription[HilinkClient](
        key="clear_traffic",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        reading=TRAFFIC,
        press_fn=HilinkClient.clear_traffic,
        read_back=(TRAFFIC, MONTH),
    ),
)
