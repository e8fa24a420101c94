"""Commands to the Wi-Fi networks, the guest networks and the radios.

Whoever is connected by Wi-Fi, Home Assistant perhaps, loses the connection by most of them.
"""

from typing import Final

from ..errors import InvalidReply
from ..secret import Secret
from . import rules
from .call import Generation
from .dispatcher import Dispatcher
from .models import Interface, RadioName
from .readings import GUEST_NETWORKS, NETWORKS
from .values import Fields

_V1: Final = Generation.V1
_V0: Final = Generation.V0

_OLDER_SWITCHES: Final = {
    Interface.MAIN_2_4: "network.wireless.set_24g_status",
    Interface.MAIN_5: "network.wireless.set_5g_status",
}

_OPEN: Final = "none"


class Wifi:
    """All that is on the air."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        """Use the dispatcher of a client."""
        self._dispatcher = dispatcher

    async def set_enabled(self, *, on: bool) -> None:
        """Switch all main networks (wireless.set_master_status)."""
        data = {"status": int(on)}
        await self._dispatcher.command(
            {
                _V1: ("wireless.set_master_status", data),
                _V0: ("network.wireless.set_status", data),
            }
        )

    async def set_network_enabled(self, interface: Interface, *, on: bool) -> None:
        """Switch one main network for good (wireless.start, wireless.stop)."""
        _check_main(interface)
        await self._dispatcher.command(
            {
                _V1: (f"wireless.{'start' if on else 'stop'}", {"ifname": interface.value}),
                _V0: (_OLDER_SWITCHES[interface], {"status": int(on)}),
            }
        )

    async def set_network(
        self,
        interface: Interface,
        *,
        ssid: str | None = None,
        encryption: str | None = None,
        key: Secret[str] | None = None,
        hidden: bool | None = None,
        delay: int = 0,
    ) -> None:
        """Change settings of a main network, after `delay` seconds (wireless.set_iface_info).

        The router keeps nothing that it is not told: all settings are read and written back with
        the change. The older generation can only change the name of the first network. Raises
        InvalidReply, with nothing changed, where the router does not tell its settings.
        """
        _check_main(interface)
        rules.check_delay(delay)
        if ssid is not None:
            rules.check_ssid(ssid)
        only_name = all(each is None for each in (encryption, key, hidden))
        if await self._dispatcher.find_generation() is _V0:
            renames = only_name and interface is Interface.MAIN_2_4
            older = {_V0: ("network.wireless.set_ssid", {"ssid": ssid})} if ssid and renames else {}
            await self._dispatcher.command(older)
            return
        network = await self._dispatcher.read(NETWORKS[interface])
        record = _record(
            ssid=network.ssid if ssid is None else ssid,
            encryption=network.encryption if encryption is None else encryption,
            key=network.key if key is None else key,
        )
        switches = {
            "hidden": int((network.hidden if hidden is None else hidden) or False),
            "isolate": int(network.isolated or False),
            "delay_time": delay,
        }
        fields = {"ifname": interface.value, **record, **switches}
        await self._dispatcher.command({_V1: ("wireless.set_iface_info", fields)})

    async def set_guest_enabled(
        self,
        interface: Interface,
        *,
        on: bool,
        hide_after: int | None = None,
        stop_after: int | None = None,
    ) -> None:
        """Open or close a guest network (wireless.guest.start, wireless.guest.stop).

        It hides its name and closes again after so many minutes, 0 for never; what is not given is
        left to the router, which hides it after two.
        """
        _check_guest(interface)
        data: dict[str, str | int] = {"type": interface.value}
        if not on:
            await self._dispatcher.command({_V1: ("wireless.guest.stop", data)})
            return
        for name, minutes in (("hide_timeout", hide_after), ("stop_timeout", stop_after)):
            if minutes is not None:
                rules.check_minutes(minutes)
                data[name] = minutes
        await self._dispatcher.command({_V1: ("wireless.guest.start", data)})

    async def set_guest_network(
        self,
        interface: Interface,
        *,
        ssid: str | None = None,
        encryption: str | None = None,
        key: Secret[str] | None = None,
    ) -> None:
        """Change name or key of a guest network; the rest stays (wireless.guest.set_info).

        Raises InvalidReply, with nothing changed, where the router does not tell its settings.
        """
        _check_guest(interface)
        if ssid is not None:
            rules.check_ssid(ssid)
        network = await self._dispatcher.read(GUEST_NETWORKS[interface])
        record = _record(
            ssid=network.ssid if ssid is None else ssid,
            encryption=network.encryption if encryption is None else encryption,
            key=network.key if key is None else key,
        )
        fields = {"type": interface.value, **record}
        await self._dispatcher.command({_V1: ("wireless.guest.set_info", fields)})

    async def set_channel(self, radio: RadioName, channel: int) -> None:
        """Put a radio on a channel, 0 for an automatic one (wireless.set_channel).

        In the older generation there is only the first radio.
        """
        rules.check_channel(radio, channel)
        await self._set_radio(radio, "channel", channel)

    async def set_tx_power(self, radio: RadioName, power: str) -> None:
        """Set the power of a radio, one of those that `TX_POWERS` lists (wireless.set_txpwr)."""
        rules.check_tx_power(power)
        await self._set_radio(radio, "txpwr", power)

    async def _set_radio(self, radio: RadioName, name: str, value: str | int) -> None:
        """Change one setting of a radio."""
        data: Fields = {name: value}
        newer = (f"wireless.set_{name}", {"device": radio.value, **data})
        older = {_V0: (f"network.wireless.set_{name}", data)}
        first = radio is RadioName.RADIO_2_4
        await self._dispatcher.command({_V1: newer, **(older if first else {})})


def _record(*, ssid: str | None, encryption: str | None, key: Secret[str] | None) -> dict[str, str]:
    """Return the settings of a network, none of which may be missing.

    A network whose encryption is not sent would be open.
    """
    revealed = "" if key is None else key.reveal()
    if not ssid or not encryption or (encryption != _OPEN and not revealed):
        raise InvalidReply("the router does not tell the settings that must not change")
    rules.check_key(encryption, revealed)
    return {"ssid": ssid, "encryption": encryption, "key": revealed}


def _check_main(interface: Interface) -> None:
    """Check that it is a main network."""
    if interface not in NETWORKS:
        raise ValueError("this is not a main network")


def _check_guest(interface: Interface) -> None:
    """Check that it is a guest network."""
    if interface not in GUEST_NETWORKS:
        raise ValueError("this is not a guest network")
