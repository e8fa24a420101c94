"""The firewall of a device: switches, the exposed client, forwarded ports, filters.

Source: the seed's "Security Module", whose fields are those of the devices' own pages.
"""

from collections.abc import Mapping
from typing import Any, Final

from .models import (
    Dmz,
    Firewall,
    IpFilters,
    Nat,
    PortForwards,
    PortTriggers,
    SipAlg,
    Upnp,
    UrlFilters,
)
from .models.security import PROTOCOLS, rows
from .records import Requests, change, listing
from .values import text

_FIREWALL_FIELDS: Final[Mapping[str, str]] = {
    "enabled": "FirewallMainSwitch",
    "ip_filter": "FirewallIPFilterSwitch",
    "block_ping": "FirewallWanPortPingSwitch",
    "url_filter": "firewallurlfilterswitch",
    "mac_filter": "firewallmacfilterswitch",
}


class Security:
    """What lets connections from the internet in, or keeps them out.

    All methods raise what those of HilinkClient raise; NotSupported where the firmware lacks the
    page or the field.
    """

    def __init__(self, client: Requests) -> None:
        """Use a client's requests."""
        self._client = client

    async def upnp(self) -> Upnp:
        """Read whether clients may open ports (security/upnp)."""
        return Upnp.from_fields(await self._client.fields(Upnp.ENDPOINT))

    async def set_upnp(self, *, enabled: bool) -> None:
        """Switch UPnP."""
        await change(self._client, Upnp.ENDPOINT, {"UpnpStatus": int(enabled)})

    async def sip_alg(self) -> SipAlg:
        """Read the helper for internet telephony (security/sip)."""
        return SipAlg.from_fields(await self._client.fields(SipAlg.ENDPOINT))

    async def set_sip_alg(self, *, enabled: bool) -> None:
        """Switch the helper for internet telephony; its port stays."""
        await change(self._client, SipAlg.ENDPOINT, {"SipStatus": int(enabled)})

    async def firewall(self) -> Firewall:
        """Read the switches of the firewall (security/firewall-switch)."""
        return Firewall.from_fields(await self._client.fields(Firewall.ENDPOINT))

    async def set_firewall(self, **switches: bool) -> None:
        """Change switches of the firewall by the names that `Firewall` gives them."""
        changes = {_FIREWALL_FIELDS[name]: int(value) for name, value in switches.items()}
        await change(self._client, Firewall.ENDPOINT, changes)

    async def nat(self) -> Nat:
        """Read how addresses are translated (security/nat)."""
        return Nat.from_fields(await self._client.fields(Nat.ENDPOINT))

    async def set_nat(self, nat_type: int) -> None:
        """Choose how addresses are translated: 0 symmetric, 1 full cone."""
        await change(self._client, Nat.ENDPOINT, {"NATType": nat_type})

    async def dmz(self) -> Dmz:
        """Read which client is exposed to the internet (security/dmz)."""
        return Dmz.from_fields(await self._client.fields(Dmz.ENDPOINT))

    async def set_dmz(self, *, enabled: bool, address: str | None = None) -> None:
        """Expose a client to the internet, or none; without an address the last one stays."""
        changes: dict[str, object] = {"DmzStatus": int(enabled)}
        if address is not None:
            changes["DmzIPAddress"] = address
        await change(self._client, Dmz.ENDPOINT, changes)

    async def port_forwards(self) -> PortForwards:
        """Read the forwarded ports (security/virtual-servers)."""
        return PortForwards.from_fields(await listing(self._client, PortForwards.ENDPOINT))

    async def add_port_forward(
        self,
        *,
        name: str,
        protocol: str,
        ports: tuple[int, int],
        address: str,
        address_ports: tuple[int, int],
    ) -> None:
        """Forward ports, given as first and last, to as many of a client."""
        row: dict[str, object] = {
            "VirtualServerIPName": name,
            "VirtualServerStatus": 1,
            "VirtualServerRemoteIP": None,
            "VirtualServerWanPort": ports[0],
            "VirtualServerWanEndPort": ports[1],
            "VirtualServerLanPort": address_ports[0],
            "VirtualServerLanEndPort": address_ports[1],
            "VirtualServerIPAddress": address,
            "VirtualServerProtocol": PROTOCOLS[protocol],
        }
        await self._write_forwards([*await self._forward_rows(), row])

    async def delete_port_forward(self, name: str) -> bool:
        """Delete what is forwarded under a name; tell whether there was any."""
        listed = await self._forward_rows()
        kept = [row for row in listed if text(row.get("VirtualServerIPName")) != name]
        if len(kept) == len(listed):
            return False
        await self._write_forwards(kept)
        return True

    async def port_triggers(self) -> PortTriggers:
        """Read the port triggers (security/special-applications)."""
        return PortTriggers.from_fields(await listing(self._client, PortTriggers.ENDPOINT))

    async def ip_filters(self) -> IpFilters:
        """Read the filters by address (security/lan-ip-filter)."""
        return IpFilters.from_fields(await listing(self._client, IpFilters.ENDPOINT))

    async def url_filters(self) -> UrlFilters:
        """Read the blocked web addresses (security/url-filter)."""
        return UrlFilters.from_fields(await listing(self._client, UrlFilters.ENDPOINT))

    async def _forward_rows(self) -> list[dict[str, Any]]:
        """Return the forwarded ports as the device gave them."""
        return rows(await listing(self._client, PortForwards.ENDPOINT), "Servers", "Server")

    async def _write_forwards(self, listed: list[dict[str, Any]]) -> None:
        """Replace the list of forwarded ports."""
        servers = {"Server": listed} if listed else None
        await self._client.command(PortForwards.ENDPOINT, {"Servers": servers})
