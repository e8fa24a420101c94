"""Which uplink of a GL-S20 is in use, which the device itself does not tell."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from ...clients.gl_s20.models import EthernetState, WifiState
from ..readings import HomeReading, Snapshot
from .readings import ETHERNET, FAILOVER, WIFI


class Uplink(StrEnum):
    """A way to the internet."""

    ETHERNET = "ethernet"
    WIFI = "wifi"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class ActiveUplink:
    """What follows from states and priorities."""

    current: Uplink | None = None
    """None where too little is known."""

    latest: Uplink | None = None
    """The one that was used last, even if there is none at present."""


def _prefers_wifi(snapshot: Snapshot) -> bool:
    """Tell whether Wi-Fi is used while both are connected; Ethernet is, where nobody says."""
    failover = snapshot.last(FAILOVER)
    if failover is None or failover.ethernet_priority is None or failover.wifi_priority is None:
        return False
    return failover.wifi_priority < failover.ethernet_priority


def _current(snapshot: Snapshot) -> Uplink | None:
    """Return the uplink in use."""
    ethernet, wifi = snapshot.get(ETHERNET), snapshot.get(WIFI)
    if ethernet is None or ethernet.state is None or wifi is None or wifi.state is None:
        return None
    connected = {
        Uplink.ETHERNET: ethernet.state is EthernetState.CONNECTED,
        Uplink.WIFI: wifi.state is WifiState.CONNECTED,
    }
    order = (Uplink.ETHERNET, Uplink.WIFI)
    if _prefers_wifi(snapshot):
        order = (Uplink.WIFI, Uplink.ETHERNET)
    return next((uplink for uplink in order if connected[uplink]), Uplink.NONE)


async def _look(_: HomeAssistant, __: ConfigEntry, snapshot: Snapshot) -> ActiveUplink:
    """Conclude which uplink is in use, and remember which one was."""
    before = snapshot.last(UPLINK) or ActiveUplink()
    current = _current(snapshot)
    latest = before.latest if current in {None, Uplink.NONE} else current
    return ActiveUplink(current=current, latest=latest)


UPLINK: Final = HomeReading[ActiveUplink](name="uplink", look=_look)
