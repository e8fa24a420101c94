"""Ethernet, Wi-Fi and failover of a GL-S20 (seed "/eth", "/wifi", "/wan_failover")."""

from typing import Any

from ..secret import Secret
from . import rules
from .envelope import SLOW, get, post
from .models import (
    Addressing,
    EthernetConfiguration,
    EthernetStatus,
    FailoverConfiguration,
    SavedWifis,
    StaticAddress,
    UplinkCheck,
    WifiReconnection,
    WifiScan,
    WifiSecurity,
    WifiStatus,
)
from .session import Session


class Ethernet:
    """The wired connection; commands raise OutcomeUnknown besides."""

    def __init__(self, session: Session) -> None:
        """Use the session of a client."""
        self._session = session

    async def status(self) -> EthernetStatus:
        """Read state and addresses (eth/get_status)."""
        return await self._session.read(EthernetStatus)

    async def configuration(self) -> EthernetConfiguration:
        """Read how the address is found (eth/get_config)."""
        return await self._session.read(EthernetConfiguration)

    async def configure(self, static: StaticAddress | None) -> None:
        """Set the address by hand, or with None by DHCP (eth/set_config).

        The device may be gone from its old address: a lost connection counts as success, which
        remains to be verified. Raises ValueError for a malformed address.
        """
        await self._session.command(post("/eth/set_config", _addressing(static)), cuts_off=True)


class Wifi:
    """The wireless connection; commands raise OutcomeUnknown besides."""

    def __init__(self, session: Session) -> None:
        """Use the session of a client."""
        self._session = session

    async def status(self) -> WifiStatus:
        """Read state and addresses (wifi/get_status)."""
        return await self._session.read(WifiStatus)

    async def stop(self) -> None:
        """Disconnect (wifi/stop); a lost connection counts as success, to be verified."""
        await self._session.command(post("/wifi/stop"), cuts_off=True)

    async def start(
        self,
        ssid: str,
        *,
        security: WifiSecurity,
        password: Secret[str] | None = None,
        save: bool = True,
        bssid: str | None = None,
        static: StaticAddress | None = None,
    ) -> None:
        """Connect to a Wi-Fi, with `bssid` to one of its access points only (wifi/start).

        A lost connection counts as success, which remains to be verified. Raises ValueError for
        malformed values, and for the enterprise security that the device lacks.
        """
        rules.check_wifi_name(ssid)
        rules.check_wifi_password(password.reveal() if password else "")
        if bssid is not None:
            rules.check_bssid(bssid)
        if security is WifiSecurity.WPA2_ENTERPRISE:
            raise ValueError("the device does not support WPA2 enterprise")
        await self._session.command(
            post(
                "/wifi/start",
                {
                    "enable_wifi_save": save,
                    "ssid": ssid,
                    "pwd": password or "",
                    "auth_mode": int(security),
                    "lock_bssid": bssid is not None,
                    **({"bssid": bssid} if bssid else {}),
                    **_addressing(static),
                },
            ),
            cuts_off=True,
        )

    async def saved(self) -> SavedWifis:
        """Read the at most three Wi-Fis that the device remembers (wifi/get_save_wifi)."""
        return await self._session.read(SavedWifis)

    async def delete_saved(self, ssid: str, security: WifiSecurity) -> None:
        """Make the device forget a Wi-Fi (wifi/delete_save_wifi)."""
        await self._session.command(
            post("/wifi/delete_save_wifi", {"ssid": ssid, "auth_mode": int(security)})
        )

    async def scan(self) -> WifiScan:
        """Look for Wi-Fis on the air (wifi/scan): dBm.

        Takes seconds, up to a minute, in which a connection over Wi-Fi may break.
        """
        return await self._session.read(WifiScan, get(WifiScan.ENDPOINT, timeout=SLOW, once=True))

    async def reconnection(self) -> WifiReconnection:
        """Read whether saved Wi-Fis are tried by themselves (wifi/get_reconn_to_saved_wifi)."""
        return await self._session.read(WifiReconnection)

    async def set_reconnection(self, *, enabled: bool) -> None:
        """Let saved Wi-Fis be tried by themselves (wifi/set_reconn_to_saved_wifi)."""
        await self._session.command(post("/wifi/set_reconn_to_saved_wifi", {"enable": enabled}))


class Failover:
    """The change between the two uplinks; commands raise OutcomeUnknown besides."""

    def __init__(self, session: Session) -> None:
        """Use the session of a client."""
        self._session = session

    async def configuration(self) -> FailoverConfiguration:
        """Read checks and priorities (wan_failover/get_config): minutes."""
        return await self._session.read(FailoverConfiguration)

    async def configure(self, *, ethernet: UplinkCheck, wifi: UplinkCheck) -> None:
        """Set switch and addresses of both checks at once (wan_failover/set_config).

        Intervals and counts cannot be set. Raises ValueError for malformed addresses or more than
        three of an IP version.
        """
        for check in (ethernet, wifi):
            rules.check_targets(check.ipv4_targets, check.ipv6_targets)
        await self._session.command(
            post("/wan_failover/set_config", {"eth": ethernet.body(), "wifi": wifi.body()})
        )


def _addressing(static: StaticAddress | None) -> dict[str, Any]:
    """Return how an address is to be found, as it is sent."""
    if static is None:
        return {"protocol": Addressing.DHCP.value}
    for each in (static.ip_address, static.netmask, static.gateway):
        rules.check_ipv4(each)
    return {"protocol": Addressing.STATIC.value, "ipv4": static.body()}
