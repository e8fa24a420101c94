"""Models of Ethernet, Wi-Fi and the failover between them."""

# ruff: noqa: RUF009 - the calls declare fields, as field() itself does

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any, ClassVar, Final

from ...secret import Secret
from ..values import (
    address,
    addresses,
    chosen,
    count,
    exact_text,
    flag,
    integer,
    mac_address,
    secret,
    text,
)
from .reply import Part, Reply, read, read_all, read_part, read_parts


class EthernetState(StrEnum):
    """State of the Ethernet connection."""

    NOT_CONNECTED = "not_connected"
    CONNECTED = "connected"
    CONNECTING = "connecting"
    NO_CABLE = "no_cable"


_ETHERNET_STATES: Final[Mapping[int | str, EthernetState]] = {
    0: EthernetState.NOT_CONNECTED,
    1: EthernetState.CONNECTED,
    2: EthernetState.CONNECTING,
    3: EthernetState.NO_CABLE,
}
"""Not the codes of the Wi-Fi: 1 and 2 change places."""


class WifiState(StrEnum):
    """State of the Wi-Fi connection."""

    IDLE = "idle"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    FAILED = "failed"


_WIFI_STATES: Final[Mapping[int | str, WifiState]] = {
    0: WifiState.IDLE,
    1: WifiState.CONNECTING,
    2: WifiState.CONNECTED,
    3: WifiState.FAILED,
}
"""Not the codes of the Ethernet: 1 and 2 change places."""


class Addressing(StrEnum):
    """Where the IPv4 address comes from."""

    DHCP = "dhcp"
    STATIC = "static"


_ADDRESSING: Final[Mapping[int | str, Addressing]] = {
    "dhcp": Addressing.DHCP,
    "static": Addressing.STATIC,
    1: Addressing.DHCP,
    0: Addressing.STATIC,
}
"""The exported configuration has a switch in the place of the word."""


class WifiSecurity(IntEnum):
    """How a Wi-Fi is protected, by the device's numbers."""

    OPEN = 0
    WEP = 1
    WPA_PSK = 2
    WPA2_PSK = 3
    WPA_WPA2_PSK = 4
    WPA2_ENTERPRISE = 5
    WPA3_PSK = 6
    WPA2_WPA3_PSK = 7
    WAPI_PSK = 8
    OWE = 9


_SECURITY: Final[Mapping[int | str, WifiSecurity]] = {int(each): each for each in WifiSecurity}


@dataclass(frozen=True, kw_only=True)
class StaticAddress(Part):
    """An IPv4 address that is set by hand."""

    ip_address: str | None = read(address, "ip")
    netmask: str | None = read(address, "netmask")
    gateway: str | None = read(address, "gateway")

    def body(self) -> dict[str, Any]:
        """Return what the device wants to be sent."""
        return {"ip": self.ip_address, "netmask": self.netmask, "gateway": self.gateway}


@dataclass(frozen=True, kw_only=True)
class EthernetStatus(Reply):
    """State of the Ethernet connection."""

    ENDPOINT: ClassVar[str] = "/eth/get_status"

    state: EthernetState | None = read(chosen(_ETHERNET_STATES), "status")
    addressing: Addressing | None = read(chosen(_ADDRESSING), "protocol", "dhcp")
    ipv4_address: str | None = read(address, "ipv4.ip")
    ipv4_gateway: str | None = read(address, "ipv4.gateway")
    ipv6_address: str | None = read(address, "ipv6.ip")


@dataclass(frozen=True, kw_only=True)
class EthernetConfiguration(Reply):
    """How the Ethernet gets its address."""

    ENDPOINT: ClassVar[str] = "/eth/get_config"

    addressing: Addressing | None = read(chosen(_ADDRESSING), "protocol", "dhcp")
    static: StaticAddress = read_part(StaticAddress, "ipv4")


@dataclass(frozen=True, kw_only=True)
class WifiStatus(Reply):
    """State of the Wi-Fi connection."""

    ENDPOINT: ClassVar[str] = "/wifi/get_status"

    state: WifiState | None = read(chosen(_WIFI_STATES), "status")

    failure: str | None = read(text, "fail_msg")
    """Why the connection failed, in the device's words."""

    ssid: str | None = read(exact_text, "ssid")
    bssid: str | None = read(mac_address, "bssid")
    ipv4_address: str | None = read(address, "ipv4.ip")
    ipv4_gateway: str | None = read(address, "ipv4.gateway")
    ipv6_address: str | None = read(address, "ipv6.ip")


@dataclass(frozen=True, kw_only=True)
class SavedWifi(Part):
    """A Wi-Fi that the device remembers."""

    ssid: str | None = read(exact_text, "ssid")
    bssid: str | None = read(mac_address, "bssid")

    lock_bssid: bool | None = read(flag, "lock_bssid")
    """Whether only the access point `bssid` will do."""

    security: WifiSecurity | None = read(chosen(_SECURITY), "auth_mode", "authmode")
    password: Secret[str] | None = read(secret, "pwd", "password")
    addressing: Addressing | None = read(chosen(_ADDRESSING), "protocol", "dhcp")
    static: StaticAddress = read_part(StaticAddress, "ipv4")


@dataclass(frozen=True, kw_only=True)
class SavedWifis(Reply):
    """All Wi-Fis that the device remembers, at most three."""

    ENDPOINT: ClassVar[str] = "/wifi/get_save_wifi"

    networks: tuple[SavedWifi, ...] = read_parts(SavedWifi, "list", "result")


@dataclass(frozen=True, kw_only=True)
class ScannedWifi(Part):
    """A Wi-Fi on the air."""

    ssid: str | None = read(exact_text, "ssid")
    bssid: str | None = read(mac_address, "bssid")
    security: WifiSecurity | None = read(chosen(_SECURITY), "auth_mode", "authmode")

    rssi: int | None = read(integer, "rssi")
    """dBm."""


@dataclass(frozen=True, kw_only=True)
class WifiScan(Reply):
    """Wi-Fis on the air."""

    ENDPOINT: ClassVar[str] = "/wifi/scan"

    networks: tuple[ScannedWifi, ...] = read_parts(ScannedWifi, "list", "result")


@dataclass(frozen=True, kw_only=True)
class WifiReconnection(Reply):
    """Whether the device tries the saved Wi-Fis when the current one fails."""

    ENDPOINT: ClassVar[str] = "/wifi/get_reconn_to_saved_wifi"

    enabled: bool | None = read(flag, "enable")


@dataclass(frozen=True, kw_only=True)
class UplinkCheck(Part):
    """How the device finds out whether an uplink reaches the internet."""

    enabled: bool | None = read(flag, "enable", "check")

    interval: int | None = read(count, "check_interval")
    """Minutes between checks."""

    successes: int | None = read(count, "check_success_time")
    """Answered pings after which the uplink counts as available."""

    failures: int | None = read(count, "check_fail_time")
    """Unanswered pings after which the uplink counts as broken."""

    ipv4_targets: tuple[str, ...] = read_all(addresses, "check_ipv4")
    """At most three addresses."""

    ipv6_targets: tuple[str, ...] = read_all(addresses, "check_ipv6")
    """At most three addresses."""

    def body(self) -> dict[str, Any]:
        """Return what the device lets one set; the numbers it only tells."""
        return {
            "enable": bool(self.enabled),
            "check_ipv4": list(self.ipv4_targets),
            "check_ipv6": list(self.ipv6_targets),
        }


@dataclass(frozen=True, kw_only=True)
class FailoverConfiguration(Reply):
    """When the device changes from one uplink to the other."""

    ENDPOINT: ClassVar[str] = "/wan_failover/get_config"

    ethernet: UplinkCheck = read_part(UplinkCheck, "eth")
    wifi: UplinkCheck = read_part(UplinkCheck, "wifi")

    ethernet_priority: int | None = read(integer, "priority.eth")
    """The smaller the number, the higher the priority."""

    wifi_priority: int | None = read(integer, "priority.wifi")
    """The smaller the number, the higher the priority."""
