"""Switches and buttons of a HiWiFi router.

A Home Assistant that is connected by the Wi-Fi that it switches off cuts itself off.
"""

from asyncio import sleep
from typing import Final

from homeassistant.components.button.const import ButtonDeviceClass
from homeassistant.const import EntityCategory

from ...clients.hiwifi.client import HiwifiClient
from ...clients.hiwifi.models import GuestNetwork, Interface, Network
from ..descriptions import GatehouseButtonDescription, GatehouseSwitchDescription
from ..readings import Reading, Snapshot
from .readings import GUEST_2_4, GUEST_5, LED, NETWORK_2_4, NETWORK_5, SYSTEM, takes_calls

LOOK_INTERVAL: Final = 2
"""Seconds between looks whether a guest network has followed."""

_LOOKS: Final = 5


def _wifi_enabled(data: Snapshot) -> bool | None:
    """Tell whether any main network is switched on."""
    networks = filter(None, (data.get(NETWORK_2_4), data.get(NETWORK_5)))
    known = [each.enabled for each in networks if each.enabled is not None]
    return any(known) if known else None


async def _set_guest(
    client: HiwifiClient,
    reading: Reading[HiwifiClient, GuestNetwork],
    interface: Interface,
    *,
    on: bool,
) -> None:
    """Open a guest network, to be seen and used until it is closed again, or close it.

    What it tells is not the setting but whether it works, which takes it some seconds.
    """
    await client.wifi.set_guest_enabled(interface, on=on, hide_after=0, stop_after=0)
    for _ in range(_LOOKS):
        if (await reading.fetch(client)).enabled is on:
            return
        await sleep(LOOK_INTERVAL)


def _band(
    key: str, reading: Reading[HiwifiClient, Network], interface: Interface
) -> GatehouseSwitchDescription[HiwifiClient]:
    """Describe the switch of one main network, of a router that has two."""
    return GatehouseSwitchDescription[HiwifiClient](
        key=key,
        entity_category=EntityCategory.CONFIG,
        reading=reading,
        exists_fn=lambda data: (
            data[reading].enabled is not None and data.ok(NETWORK_2_4) and data.ok(NETWORK_5)
        ),
        value_fn=lambda data: data[reading].enabled,
        set_fn=lambda client, on: client.wifi.set_network_enabled(interface, on=on),
        read_back=(reading,),
    )


def _guest(
    key: str,
    reading: Reading[HiwifiClient, GuestNetwork],
    interface: Interface,
    *,
    enabled: bool = True,
) -> GatehouseSwitchDescription[HiwifiClient]:
    """Describe the switch of a guest network."""
    return GatehouseSwitchDescription[HiwifiClient](
        key=key,
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=enabled,
        reading=reading,
        exists_fn=lambda data: data[reading].supported is not False,
        value_fn=lambda data: data[reading].enabled,
        set_fn=lambda client, on: _set_guest(client, reading, interface, on=on),
        read_back=(reading,),
    )


SWITCHES: Final[tuple[GatehouseSwitchDescription[HiwifiClient], ...]] = (
    GatehouseSwitchDescription[HiwifiClient](
        key="wifi",
        entity_category=EntityCategory.CONFIG,
        reading=NETWORK_2_4,
        also_reads=(NETWORK_5,),
        exists_fn=lambda data: takes_calls(data) and _wifi_enabled(data) is not None,
        value_fn=_wifi_enabled,
        set_fn=lambda client, on: client.wifi.set_enabled(on=on),
        read_back=(NETWORK_2_4, NETWORK_5),
    ),
    _band("wifi_2_4", NETWORK_2_4, Interface.MAIN_2_4),
    _band("wifi_5", NETWORK_5, Interface.MAIN_5),
    _guest("guest_wifi", GUEST_2_4, Interface.GUEST_2_4),
    # By default both guest networks are one, and the first one stands for it.
    _guest("guest_wifi_5", GUEST_5, Interface.GUEST_5, enabled=False),
    GatehouseSwitchDescription[HiwifiClient](
        key="led",
        entity_category=EntityCategory.CONFIG,
        reading=LED,
        exists_fn=lambda data: data[LED].on is not None,
        value_fn=lambda data: data[LED].on,
        set_fn=lambda client, on: client.system.set_led(on=on),
        read_back=(LED,),
    ),
)

BUTTONS: Final = (
    GatehouseButtonDescription[HiwifiClient](
        key="restart",
        device_class=ButtonDeviceClass.RESTART,
        entity_category=EntityCategory.CONFIG,
        reading=SYSTEM,
        press_fn=lambda client: client.system.restart(),
        ends_connection=True,
    ),
)
