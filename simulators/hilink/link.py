"""The radio link: SIM, network mode, registration and data connection."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from simulators.hilink.options import HilinkOptions


class ConnectionStatus(StrEnum):
    """States of the data connection."""

    CONNECTING = "900"
    CONNECTED = "901"
    DISCONNECTED = "902"


@dataclass(frozen=True, kw_only=True)
class Technology:
    """How one radio technology shows in the replies."""

    network_type: str
    network_type_ex: str
    rat: str
    mode: str


GSM: Final = Technology(network_type="3", network_type_ex="3", rat="0", mode="0")
UMTS: Final = Technology(network_type="9", network_type_ex="46", rat="2", mode="2")
LTE: Final = Technology(network_type="19", network_type_ex="101", rat="7", mode="7")
NR: Final = Technology(network_type="20", network_type_ex="111", rat="12", mode="12")

AUTOMATIC: Final = frozenset({"00", "0302", "0301", "030201"})
TECHNOLOGIES: Final = {"01": GSM, "02": UMTS, "0201": UMTS, "03": LTE, "08": NR}


class Link:
    """What the radio does now, derived from what happened to it last."""

    def __init__(self, connected_for: float | None) -> None:
        """Start registered, and connected for so long if at all."""
        self.data_enabled = True
        self.dialed = connected_for is not None
        self.technology: Technology | None = None
        self.served = True
        """Whether there is a network that the settings and the SIM card permit."""
        self._registered_at = 0.0
        self._connected_at = -(connected_for or 0.0)

    def register(self, at: float, options: HilinkOptions) -> None:
        """Look for a network from a moment on, then connect again."""
        self._registered_at = at + options.register_seconds
        self.connect(self._registered_at, options)

    def connect(self, at: float, options: HilinkOptions) -> None:
        """Begin a data connection at a moment."""
        self._connected_at = max(at, self._registered_at) + options.connect_seconds

    def in_service(self, now: float, options: HilinkOptions) -> bool:
        """Return whether the device is registered in a network."""
        return options.sim_present and self.served and now >= self._registered_at

    def status(self, now: float, options: HilinkOptions) -> ConnectionStatus:
        """Return the state of the data connection."""
        if not (options.sim_present and self.served and self.data_enabled and self.dialed):
            return ConnectionStatus.DISCONNECTED
        if now < self._connected_at:
            return ConnectionStatus.CONNECTING
        return ConnectionStatus.CONNECTED

    def connected_since(self, now: float, options: HilinkOptions) -> float | None:
        """Return when the present data connection came up."""
        if self.status(now, options) is ConnectionStatus.CONNECTED:
            return self._connected_at
        return None
