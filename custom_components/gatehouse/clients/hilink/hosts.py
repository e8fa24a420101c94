"""The clients of a HiLink device."""

from collections.abc import Mapping
from typing import Any, Protocol

from ..errors import NotPermitted, NotSupported
from . import xml
from .models import Host, HostInfo, HostList


class Requests(Protocol):
    """What is needed of the client."""

    async def fields(self, path: str) -> xml.Fields:
        """Read a page."""

    async def command(self, path: str, fields: Mapping[str, Any]) -> xml.Fields | str:
        """Send a command."""


class Hosts:
    """Who is connected, by cable and by Wi-Fi. Not in the seed."""

    def __init__(self, client: Requests) -> None:
        """Use the session of a client."""
        self._client = client
        self._only_wifi = False
        self._tells_all = False

    async def all(self) -> HostInfo | HostList:
        """Read the clients (lan/HostInfo), or those in the Wi-Fi where there is no more.

        NotSupported: the device has neither list, as a stick without Wi-Fi.
        """
        if self._only_wifi:
            return await self._in_wifi()
        try:
            hosts = HostInfo.from_fields(await self._client.fields(HostInfo.ENDPOINT))
        except NotSupported, NotPermitted:
            # One that has told of all is only odd for once.
            if self._tells_all:
                raise
        else:
            self._tells_all = True
            return hosts
        in_wifi = await self._in_wifi()
        self._only_wifi = True
        return in_wifi

    async def rename(self, host: Host, name: str) -> None:
        """Give a client another name (lan/changedevicename)."""
        await self._client.command(
            "lan/changedevicename", {"ID": host.host_id or "", "ActualName": name}
        )

    async def _in_wifi(self) -> HostList:
        """Read the clients in the Wi-Fi (wlan/host-list)."""
        try:
            return HostList.from_fields(await self._client.fields(HostList.ENDPOINT))
        except NotSupported, NotPermitted:
            # Firmware may be updated, and a login given.
            self._only_wifi = False
            raise
