"""The network of a device: DHCP server, fixed addresses, dynamic DNS.

Source: the seed's "DHCP Module" and "DDNS Module"; fixed addresses are not in it.
"""

from collections.abc import Mapping
from typing import Any, Final

from .models import Ddns, DhcpSettings, StaticLeases
from .models.lan import DdnsAccount
from .models.security import rows
from .records import Requests, change, listing
from .values import mac_address

_DHCP_FIELDS: Final[Mapping[str, str]] = {
    "enabled": "DhcpStatus",
    "router_address": "DhcpIPAddress",
    "netmask": "DhcpLanNetmask",
    "first_address": "DhcpStartIPAddress",
    "last_address": "DhcpEndIPAddress",
    "lease_time": "DhcpLeaseTime",
    "automatic_dns": "DnsStatus",
    "primary_dns": "PrimaryDns",
    "secondary_dns": "SecondaryDns",
}

_ADD: Final = 1
_DELETE: Final = 2
_EDIT: Final = 3


class Lan:
    """What the device tells its clients, and what it is called in the internet.

    All methods raise what those of HilinkClient raise; NotSupported where the firmware lacks the
    page or the field.
    """

    def __init__(self, client: Requests) -> None:
        """Use a client's requests."""
        self._client = client

    async def dhcp_settings(self) -> DhcpSettings:
        """Read the settings of the network (seed "DHCP Module": dhcp/settings): addresses, s."""
        return DhcpSettings.from_fields(await self._client.fields(DhcpSettings.ENDPOINT))

    async def set_dhcp_settings(self, changes: Mapping[str, bool | int | str]) -> None:
        """Change settings by the names that `DhcpSettings` gives them.

        The device may leave its address with this, and then may not be able to answer.
        """
        fields = {
            _DHCP_FIELDS[name]: int(value) if isinstance(value, bool) else value
            for name, value in changes.items()
        }
        await change(self._client, DhcpSettings.ENDPOINT, fields)

    async def static_leases(self) -> StaticLeases:
        """Read the fixed addresses (dhcp/static-addr-info)."""
        return StaticLeases.from_fields(await listing(self._client, StaticLeases.ENDPOINT))

    async def add_static_lease(self, mac: str, address: str) -> None:
        """Give a client a fixed address."""
        listed = await self._lease_rows()
        row = {"HostHw": mac, "HostIp": address, "HostEnabled": 1}
        await self._write_leases([*listed, row])

    async def delete_static_lease(self, mac: str) -> bool:
        """Take the fixed address of a client away; tell whether it had one."""
        listed = await self._lease_rows()
        meant = mac_address(mac)
        kept = [row for row in listed if mac_address(row.get("HostHw")) != meant]
        if len(kept) == len(listed):
            return False
        await self._write_leases(kept)
        return True

    async def ddns(self) -> Ddns:
        """Read the accounts for dynamic DNS, without passwords (ddns/ddns-list)."""
        return Ddns.from_fields(await listing(self._client, Ddns.ENDPOINT))

    async def set_ddns(self, account: DdnsAccount) -> None:
        """Enter an account, in place of the one that has the same domain."""
        fields = await listing(self._client, Ddns.ENDPOINT)
        listed = Ddns.from_fields(fields).accounts
        same = next((each for each in listed if each.domain == account.domain), None)
        if "ddnslist" in fields:
            await self._write_slot(account)
            return
        index = len(listed) if same is None else same.index
        await self._operate(_ADD if same is None else _EDIT, account, index)

    async def delete_ddns(self, domain: str) -> bool:
        """Forget an account; tell whether there was one with the domain."""
        fields = await listing(self._client, Ddns.ENDPOINT)
        listed = Ddns.from_fields(fields).accounts
        found = next((each for each in listed if each.domain == domain), None)
        if found is None:
            return False
        if "ddnslist" in fields:
            await self._write_slot(DdnsAccount(provider=found.provider, domain=None, enabled=False))
        else:
            await self._operate(_DELETE, found, found.index)
        return True

    async def _lease_rows(self) -> list[dict[str, Any]]:
        """Return the fixed addresses as the device gave them."""
        return rows(await listing(self._client, StaticLeases.ENDPOINT), "Hosts", "Host")

    async def _write_leases(self, listed: list[dict[str, Any]]) -> None:
        """Replace the list of fixed addresses, which is numbered."""
        hosts = [{**row, "HostIndex": number} for number, row in enumerate(listed, start=1)]
        fields = {"Hosts": {"Host": hosts} if hosts else None}
        await self._client.command(StaticLeases.ENDPOINT, fields)

    async def _write_slot(self, account: DdnsAccount) -> None:
        """Replace the one account of old firmware."""
        await self._client.command(
            Ddns.ENDPOINT,
            {
                "index": 0,
                "server": account.provider,
                "username": account.username,
                "password": _plain(account),
                "domain": account.domain,
                "enable": int(account.enabled or False),
            },
            secret=True,
        )

    async def _operate(self, operation: int, account: DdnsAccount, index: int) -> None:
        """Do something to one of the accounts."""
        row = {
            "index": index,
            "provider": account.provider,
            "status": int(account.enabled or False),
            "username": account.username,
            "password": _plain(account),
            "domainname": account.domain,
        }
        fields = {"operate": operation, "ddnss": {"ddns": row}}
        await self._client.command(Ddns.ENDPOINT, fields, secret=True)


def _plain(account: DdnsAccount) -> str | None:
    """Return the password as it is sent."""
    return None if account.password is None else account.password.reveal()
