"""The data connection of a HiLink device: connecting, roaming, settings."""

from typing import Final

from homeassistant.components.number import NumberMode
from homeassistant.const import EntityCategory, UnitOfInformation, UnitOfTime

from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import ConnectionSettings
from ..descriptions import (
    GatehouseButtonDescription,
    GatehouseNumberDescription,
    GatehouseSelectDescription,
    GatehouseSwitchDescription,
)
from ..readings import Cadence, Reading
from .readings import INFORMATION, STATUS, TRAFFIC

CONNECTION: Final = Reading[HilinkClient, ConnectionSettings](
    name="connection",
    fetch=lambda client: client.dialup.settings(),
    cadence=Cadence.SLOW,
)
CONNECTION_READINGS: Final = (CONNECTION,)

_CONNECT_MODES: Final = ("automatic", "manual")
"""By `ConnectMode`."""

_LEAST_MTU: Final = 576
_MOST_MTU: Final = 1500
_LONGEST_IDLE: Final = 7200

CONNECTION_SWITCHES: Final = (
    GatehouseSwitchDescription[HilinkClient](
        key="data_roaming",
        entity_category=EntityCategory.CONFIG,
        reading=CONNECTION,
        exists_fn=lambda data: data[CONNECTION].roaming is not None,
        value_fn=lambda data: data[CONNECTION].roaming,
        set_fn=lambda client, on: client.dialup.set_roaming(enabled=on),
        read_back=(CONNECTION, STATUS),
    ),
)

CONNECTION_BUTTONS: Final = (
    GatehouseButtonDescription[HilinkClient](
        key="reconnect",
        entity_category=EntityCategory.CONFIG,
        reading=STATUS,
        press_fn=lambda client: client.dialup.reconnect(),
        read_back=(STATUS, TRAFFIC, INFORMATION),
    ),
    GatehouseButtonDescription[HilinkClient](
        key="connect",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        reading=STATUS,
        press_fn=lambda client: client.dialup.connect(),
        read_back=(STATUS, TRAFFIC),
    ),
    GatehouseButtonDescription[HilinkClient](
        key="disconnect",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        reading=STATUS,
        press_fn=lambda client: client.dialup.disconnect(),
        read_back=(STATUS, TRAFFIC),
    ),
)


async def _set_connect_mode(client: HilinkClient, mode: str) -> None:
    """Choose when the device connects."""
    await client.dialup.set_connect_mode(_CONNECT_MODES.index(mode))


def _connect_mode(settings: ConnectionSettings) -> str | None:
    """Return when the device connects; None for a code that nobody has explained."""
    code = settings.connect_mode
    return None if code is None or code >= len(_CONNECT_MODES) else _CONNECT_MODES[code]


CONNECTION_SELECTS: Final = (
    GatehouseSelectDescription[HilinkClient](
        key="connect_mode",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        options=list(_CONNECT_MODES),
        reading=CONNECTION,
        exists_fn=lambda data: data[CONNECTION].connect_mode is not None,
        value_fn=lambda data: _connect_mode(data[CONNECTION]),
        set_fn=_set_connect_mode,
        read_back=(CONNECTION, STATUS),
    ),
)

CONNECTION_NUMBERS: Final = (
    GatehouseNumberDescription[HilinkClient](
        key="mtu",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        native_unit_of_measurement=UnitOfInformation.BYTES,
        native_min_value=_LEAST_MTU,
        native_max_value=_MOST_MTU,
        native_step=1,
        mode=NumberMode.BOX,
        reading=CONNECTION,
        exists_fn=lambda data: data[CONNECTION].mtu is not None,
        value_fn=lambda data: data[CONNECTION].mtu,
        set_fn=lambda client, mtu: client.dialup.set_mtu(int(mtu)),
        read_back=(CONNECTION,),
    ),
    GatehouseNumberDescription[HilinkClient](
        key="idle_time",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        native_min_value=0,
        native_max_value=_LONGEST_IDLE,
        native_step=1,
        mode=NumberMode.BOX,
        reading=CONNECTION,
        exists_fn=lambda data: data[CONNECTION].idle_time is not None,
        value_fn=lambda data: data[CONNECTION].idle_time,
        set_fn=lambda client, seconds: client.dialup.set_idle_time(int(seconds)),
        read_back=(CONNECTION,),
    ),
)
