"""Switches and buttons of a GL-S20."""

from typing import Final

from homeassistant.components.button.const import ButtonDeviceClass
from homeassistant.const import EntityCategory

from ...clients.gl_s20.client import GlS20Client
from ...clients.gl_s20.models import RejoinKind, ThreadRole, WifiState
from ..descriptions import GatehouseButtonDescription, GatehouseSwitchDescription
from ..readings import Snapshot
from .actions.commissioner import open_network
from .readings import (
    BACKBONE_ROUTER,
    ETHERNET,
    FAILOVER,
    JOINERS,
    RECONNECTION,
    SYSTEM,
    THREAD,
    WIFI,
)
from .uplink_control import objection_to_wifi_off, set_ethernet_check, set_wifi, set_wifi_check


async def _set_commissioner(client: GlS20Client, *, enabled: bool) -> None:
    """Open the network to joiners, or close it."""
    if enabled:
        await open_network(client)
    else:
        await client.joiners.set_commissioner(enabled=False)


async def _rejoin_timed_out(client: GlS20Client) -> None:
    """Give those who came too late another chance, which needs an open network."""
    await open_network(client)
    await client.joiners.rejoin(RejoinKind.TIMED_OUT)


async def _set_thread(client: GlS20Client, *, enabled: bool) -> None:
    """Start or stop Thread."""
    await (client.thread.start() if enabled else client.thread.stop())


def _thread_enabled(data: Snapshot) -> bool | None:
    """Tell whether Thread runs, whether or not a network has been found."""
    role = data[THREAD].radio.role
    return None if role is None else role is not ThreadRole.DISABLED


def _wifi_enabled(data: Snapshot) -> bool | None:
    """Tell whether the device is in a Wi-Fi or tries to be."""
    state = data[WIFI].state
    return None if state is None else state is not WifiState.IDLE


SWITCHES: Final[tuple[GatehouseSwitchDescription[GlS20Client], ...]] = (
    GatehouseSwitchDescription[GlS20Client](
        key="thread_network",
        entity_category=EntityCategory.CONFIG,
        reading=THREAD,
        value_fn=_thread_enabled,
        set_fn=lambda client, on: _set_thread(client, enabled=on),
        read_back=(SYSTEM, THREAD, BACKBONE_ROUTER),
    ),
    GatehouseSwitchDescription[GlS20Client](
        key="commissioner",
        entity_category=EntityCategory.CONFIG,
        reading=SYSTEM,
        value_fn=lambda data: data[SYSTEM].commissioner_active,
        set_fn=lambda client, on: _set_commissioner(client, enabled=on),
        read_back=(SYSTEM, JOINERS),
    ),
    GatehouseSwitchDescription[GlS20Client](
        key="backbone_router",
        entity_category=EntityCategory.CONFIG,
        reading=BACKBONE_ROUTER,
        value_fn=lambda data: data[BACKBONE_ROUTER].active,
        set_fn=lambda client, on: client.thread.set_backbone_router(enabled=on),
        read_back=(BACKBONE_ROUTER,),
    ),
    GatehouseSwitchDescription[GlS20Client](
        key="wifi",
        entity_category=EntityCategory.CONFIG,
        reading=WIFI,
        also_reads=(ETHERNET,),
        value_fn=_wifi_enabled,
        set_fn=lambda client, on: set_wifi(client, enabled=on),
        read_back=(SYSTEM, ETHERNET, WIFI),
        objection_fn=lambda data, url, on: None if on else objection_to_wifi_off(data, url),
    ),
    GatehouseSwitchDescription[GlS20Client](
        key="wifi_reconnection",
        entity_category=EntityCategory.CONFIG,
        reading=RECONNECTION,
        value_fn=lambda data: data[RECONNECTION].enabled,
        set_fn=lambda client, on: client.wifi.set_reconnection(enabled=on),
        read_back=(RECONNECTION,),
    ),
    GatehouseSwitchDescription[GlS20Client](
        key="ethernet_check",
        entity_category=EntityCategory.CONFIG,
        reading=FAILOVER,
        value_fn=lambda data: data[FAILOVER].ethernet.enabled,
        set_fn=lambda client, on: set_ethernet_check(client, enabled=on),
        read_back=(FAILOVER,),
    ),
    GatehouseSwitchDescription[GlS20Client](
        key="wifi_check",
        entity_category=EntityCategory.CONFIG,
        reading=FAILOVER,
        value_fn=lambda data: data[FAILOVER].wifi.enabled,
        set_fn=lambda client, on: set_wifi_check(client, enabled=on),
        read_back=(FAILOVER,),
    ),
)

BUTTONS: Final = (
    GatehouseButtonDescription[GlS20Client](
        key="restart",
        device_class=ButtonDeviceClass.RESTART,
        entity_category=EntityCategory.CONFIG,
        reading=SYSTEM,
        press_fn=lambda client: client.system.restart(),
        ends_connection=True,
    ),
    GatehouseButtonDescription[GlS20Client](
        key="rejoin_timed_out",
        entity_category=EntityCategory.CONFIG,
        reading=JOINERS,
        press_fn=_rejoin_timed_out,
        read_back=(SYSTEM, JOINERS),
    ),
)
