"""What is read from a GL-S20, and how often."""

from typing import Final

from ...clients.gl_s20.client import GlS20Client
from ...clients.gl_s20.models import (
    BackboneRouterStatus,
    CurrentFirmware,
    EthernetConfiguration,
    EthernetStatus,
    FailoverConfiguration,
    JoinerList,
    OnlineFirmware,
    SavedWifis,
    SystemInformation,
    SystemStatus,
    ThreadStatus,
    TimeConfiguration,
    WifiReconnection,
    WifiStatus,
)
from ..readings import Cadence, Reading, Snapshot


def _admits_joiners(snapshot: Snapshot) -> bool:
    """Tell that somebody probably waits for a device to join."""
    information = snapshot.last(SYSTEM)
    return information is not None and bool(information.commissioner_active)


SYSTEM: Final = Reading[GlS20Client, SystemInformation](
    name="system",
    fetch=lambda client: client.system.information(),
    cadence=Cadence.FAST,
    essential=True,
)
THREAD: Final = Reading[GlS20Client, ThreadStatus](
    name="thread", fetch=lambda client: client.thread.status(), cadence=Cadence.FAST
)
ETHERNET: Final = Reading[GlS20Client, EthernetStatus](
    name="ethernet", fetch=lambda client: client.ethernet.status(), cadence=Cadence.FAST
)
WIFI: Final = Reading[GlS20Client, WifiStatus](
    name="wifi", fetch=lambda client: client.wifi.status(), cadence=Cadence.FAST
)
STATUS: Final = Reading[GlS20Client, SystemStatus](
    name="status", fetch=lambda client: client.system.status(), cadence=Cadence.MEDIUM
)
BACKBONE_ROUTER: Final = Reading[GlS20Client, BackboneRouterStatus](
    name="backbone_router",
    fetch=lambda client: client.thread.backbone_router(),
    cadence=Cadence.MEDIUM,
)
JOINERS: Final = Reading[GlS20Client, JoinerList](
    name="joiners",
    fetch=lambda client: client.joiners.read(),
    cadence=Cadence.MEDIUM,
    watched_fn=_admits_joiners,
)
FAILOVER: Final = Reading[GlS20Client, FailoverConfiguration](
    name="failover", fetch=lambda client: client.failover.configuration(), cadence=Cadence.SLOW
)
RECONNECTION: Final = Reading[GlS20Client, WifiReconnection](
    name="reconnection", fetch=lambda client: client.wifi.reconnection(), cadence=Cadence.SLOW
)
SAVED_WIFIS: Final = Reading[GlS20Client, SavedWifis](
    name="saved_wifis", fetch=lambda client: client.wifi.saved(), cadence=Cadence.SLOW
)
TIME: Final = Reading[GlS20Client, TimeConfiguration](
    name="time", fetch=lambda client: client.system.time(), cadence=Cadence.SLOW
)
ETHERNET_CONFIGURATION: Final = Reading[GlS20Client, EthernetConfiguration](
    name="ethernet_configuration",
    fetch=lambda client: client.ethernet.configuration(),
    cadence=Cadence.SLOW,
)
IDENTITY: Final = Reading(name="identity", fetch=GlS20Client.identity, cadence=Cadence.DAILY)
FIRMWARE: Final = Reading[GlS20Client, CurrentFirmware](
    name="firmware", fetch=lambda client: client.system.firmware(), cadence=Cadence.DAILY
)
ONLINE_FIRMWARE: Final = Reading[GlS20Client, OnlineFirmware](
    name="online_firmware",
    fetch=lambda client: client.system.online_firmware(),
    cadence=Cadence.DAILY,
    takes_long=True,
)

READINGS: Final = (
    SYSTEM,
    THREAD,
    ETHERNET,
    WIFI,
    STATUS,
    BACKBONE_ROUTER,
    JOINERS,
    FAILOVER,
    RECONNECTION,
    SAVED_WIFIS,
    TIME,
    ETHERNET_CONFIGURATION,
    IDENTITY,
    FIRMWARE,
    ONLINE_FIRMWARE,
)
