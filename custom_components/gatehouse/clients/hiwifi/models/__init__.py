"""Typed content of the replies of a HiWiFi router."""

from .household import Access, ClientCounts, LanClient, LanClients, Link
from .reply import Part
from .system import (
    Firmware,
    LanPorts,
    Led,
    RouterInfo,
    SystemInfo,
    UpgradeProgress,
    WanPort,
)
from .wan import ClientRates, ClientTraffic, Internet, Ipv6Address, Rates, Traffic, Wan
from .wifi import (
    GuestNetwork,
    Interface,
    Network,
    Quality,
    Radio,
    RadioName,
    Radios,
    Station,
    Stations,
    TxPower,
    TxPowers,
)

__all__ = [
    "Access",
    "ClientCounts",
    "ClientRates",
    "ClientTraffic",
    "Firmware",
    "GuestNetwork",
    "Interface",
    "Internet",
    "Ipv6Address",
    "LanClient",
    "LanClients",
    "LanPorts",
    "Led",
    "Link",
    "Network",
    "Part",
    "Quality",
    "Radio",
    "RadioName",
    "Radios",
    "Rates",
    "RouterInfo",
    "Station",
    "Stations",
    "SystemInfo",
    "Traffic",
    "TxPower",
    "TxPowers",
    "UpgradeProgress",
    "Wan",
    "WanPort",
]
