"""The data connection: connecting, its settings, its access points (APN)."""

from collections.abc import Mapping
from typing import Any, Final, Protocol, override

from ..errors import CommandRefused, NotSupported
from . import records, xml
from .errors import DEFAULT_FAILURE
from .models import ApnProfile, ApnProfiles, ConnectionSettings

_CONNECT: Final = 1
_DISCONNECT: Final = 0
_NEW: Final = 1
_DIAL_NUMBER: Final = "*99#"


class Requests(records.Requests, Protocol):
    """What is needed of the client."""

    @override
    async def command(
        self, path: str, fields: Mapping[str, Any], on_turn: Any = None, *, secret: bool = False
    ) -> xml.Fields | str:
        """Send a command, encrypted where it is secret."""


class Dialup:
    """The data connection (seed "Dialup Module")."""

    def __init__(self, client: Requests) -> None:
        """Use the session of a client."""
        self._client = client

    async def connect(self) -> None:
        """Connect (dialup/dial)."""
        await self._client.command("dialup/dial", {"Action": _CONNECT})

    async def disconnect(self) -> None:
        """Disconnect (dialup/dial); the device may connect again by itself, as its settings say."""
        await self._client.command("dialup/dial", {"Action": _DISCONNECT})

    async def reconnect(self) -> None:
        """Leave the network and come back (net/reconnect), or dial anew where that is impossible.

        The connection gets a new address in most networks.
        """
        try:
            await self._client.command("net/reconnect", {"ReconnectAction": 1})
        except NotSupported:
            await self._dial_anew()
        except CommandRefused as err:
            if err.code != DEFAULT_FAILURE:
                raise
            await self._dial_anew()

    async def _dial_anew(self) -> None:
        """End the connection and dial again."""
        await self.disconnect()
        await self.connect()

    async def settings(self) -> ConnectionSettings:
        """Read when the device connects (dialup/connection)."""
        return ConnectionSettings.from_fields(
            await self._client.fields(ConnectionSettings.ENDPOINT)
        )

    async def set_roaming(self, *, enabled: bool) -> None:
        """Connect while roaming or do not; everything else stays as it is."""
        await self._change({"RoamAutoConnectEnable": int(enabled)})

    async def set_mtu(self, mtu: int) -> None:
        """Set the size of the largest packet in bytes; everything else stays as it is."""
        await self._change({"MTU": mtu})

    async def set_idle_time(self, seconds: int) -> None:
        """Set after how many seconds without traffic a connection by demand ends."""
        await self._change({"MaxIdelTime": seconds})

    async def set_connect_mode(self, mode: int) -> None:
        """Connect automatically (0) or by hand (1)."""
        await self._change({"ConnectMode": mode})

    async def _change(self, changes: Mapping[str, object]) -> None:
        """Change some of the settings, which the device replaces as a whole."""
        await records.change(self._client, ConnectionSettings.ENDPOINT, changes)

    async def profiles(self) -> ApnProfiles:
        """Read the access points, by index (dialup/profiles)."""
        return ApnProfiles.from_fields(await self._client.fields(ApnProfiles.ENDPOINT))

    async def select_profile(self, index: int) -> None:
        """Use another access point; the connection comes up anew."""
        await self._write({"SetDefault": index, "Delete": 0, "Modify": 0})

    async def delete_profile(self, index: int) -> None:
        """Delete an access point that is not in use."""
        await self._write({"SetDefault": 0, "Delete": index, "Modify": 0})

    async def add_profile(self, profile: ApnProfile, *, password: str | None, select: bool) -> None:
        """Add an access point, and use it from now on (`select`).

        Some firmware uses a new one in any case.
        """
        await self._write(
            {
                "SetDefault": int(select),
                "Delete": 0,
                "Modify": _NEW,
                "Profile": {
                    "Index": None,
                    "IsValid": 1,
                    "Name": profile.name,
                    "ApnIsStatic": int(bool(profile.apn)),
                    "ApnName": profile.apn,
                    "DialupNum": _DIAL_NUMBER,
                    "Username": profile.username,
                    "Password": password,
                    "AuthMode": profile.authentication or 0,
                    "IpIsStatic": None,
                    "IpAddress": None,
                    "DnsIsStatic": None,
                    "PrimaryDns": None,
                    "SecondaryDns": None,
                    "ReadOnly": 0,
                    "iptype": profile.ip_type or 0,
                },
            }
        )

    async def _write(self, fields: Mapping[str, Any]) -> None:
        """Change the access points; they hold passwords."""
        await self._client.command(ApnProfiles.ENDPOINT, fields, secret=True)
