"""What else is on the air around the device: Thread networks and Wi-Fi access points."""

from dataclasses import dataclass
from typing import Final

from simulators.gl_s20.network import Network


@dataclass(frozen=True, kw_only=True)
class HeardNetwork:
    """A Thread network of somebody else."""

    network: Network
    rssi: int
    lqi: int
    commissioning: bool = False
    """Whether its commissioner expects this device."""


@dataclass(frozen=True, kw_only=True)
class AccessPoint:
    """A Wi-Fi access point."""

    ssid: str
    bssid: str
    auth_mode: int
    password: str
    rssi: int


THREAD_NETWORKS: Final = (
    HeardNetwork(
        network=Network(
            name="ha-thread-7e57",
            extended_pan_id="5ca1ab1e5ca1ab1e",
            pan_id=0x7E57,
            channel=15,
            key="c0ffeec0ffeec0ffeec0ffeec0ffee00",
            passphrase="invented-elsewhere",  # noqa: S106 - nobody's
            mesh_local_prefix="fd5ca1ab1e000000",
            timestamp=7,
        ),
        rssi=-58,
        lqi=3,
        commissioning=True,
    ),
    HeardNetwork(
        network=Network(
            name="Next door",
            extended_pan_id="0ddba11c0ddba11c",
            pan_id=0x0DDB,
            channel=20,
            key="badc0debadc0debadc0debadc0deba00",
            passphrase="invented-next-door",  # noqa: S106 - nobody's
            mesh_local_prefix="fd0ddba11c000000",
            timestamp=3,
        ),
        rssi=-87,
        lqi=1,
    ),
)
ACCESS_POINTS: Final = (
    AccessPoint(
        ssid="House",
        bssid="02:00:5e:00:53:01",
        auth_mode=3,
        password="house-invented",  # noqa: S106 - nobody's
        rssi=-52,
    ),
    AccessPoint(
        ssid="House",
        bssid="02:00:5e:00:53:02",
        auth_mode=3,
        password="house-invented",  # noqa: S106 - nobody's
        rssi=-71,
    ),
    AccessPoint(
        ssid="Garden",
        bssid="02:00:5e:00:53:03",
        auth_mode=7,
        password="garden-invented",  # noqa: S106 - nobody's
        rssi=-64,
    ),
    AccessPoint(ssid="Café", bssid="02:00:5e:00:53:04", auth_mode=0, password="", rssi=-80),
)
