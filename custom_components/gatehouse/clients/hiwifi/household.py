"""Commands about the clients in the house."""

from collections.abc import Collection
from typing import Final

from . import rules
from .call import Generation
from .dispatcher import Dispatcher
from .models import Interface
from .values import mac_address

_V1: Final = Generation.V1
_V0: Final = Generation.V0


class Household:
    """The clients in the house, by hardware address in any spelling."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        """Use the dispatcher of a client."""
        self._dispatcher = dispatcher

    async def rename(self, mac: str, name: str) -> None:
        """Give a client another name on the router (device.sta.set)."""
        rules.check_client_name(name)
        data = {"mac": _written(mac), "name": name}
        await self._dispatcher.command(
            {_V1: ("device.sta.set", data), _V0: ("network.device.set_device_name", data)}
        )

    async def block(self, macs: Collection[str]) -> None:
        """Keep clients from the internet (device.macfilter.forbid)."""
        await self._filter(macs, "forbid", "add_to_black_list")

    async def unblock(self, macs: Collection[str]) -> None:
        """Let clients into the internet again (device.macfilter.allow)."""
        await self._filter(macs, "allow", "remove_from_black_list")

    async def kick(self, mac: str, interface: Interface) -> None:
        """Drop a client from a Wi-Fi network once (wireless.kick)."""
        data = {"mac": _written(mac)}
        await self._dispatcher.command(
            {
                _V1: ("wireless.kick", {"ifname": interface.value, **data}),
                _V0: ("network.common.kick_device", data),
            }
        )

    async def _filter(self, macs: Collection[str], newer: str, older: str) -> None:
        """Change who may use the internet; the older generation takes one at a time."""
        rules.check_macs(macs)
        addresses = [_written(each) for each in macs]
        if await self._dispatcher.find_generation() is _V1:
            data = {"maclist": addresses}
            await self._dispatcher.command({_V1: (f"device.macfilter.{newer}", data)})
            return
        for each in addresses:
            await self._dispatcher.command({_V0: (f"network.device.{older}", {"mac": each})})


def _written(mac: str) -> str:
    """Return a hardware address as the router writes it. Raises ValueError where it is none."""
    rules.check_mac(mac)
    return (mac_address(mac) or "").upper()
