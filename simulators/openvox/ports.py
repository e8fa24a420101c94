"""The ports: a radio and a SIM each."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from simulators.openvox.options import OpenVoxOptions

UNKNOWN_STATUS: Final = "Unknown Network Status"
_IMSI: Final = "00101{:010d}"


class SimState(StrEnum):
    """What a SIM is up to."""

    READY = "ready"
    ROAMING = "roaming"
    SEARCHING = "searching"
    DENIED = "denied"
    ABSENT = "absent"


class _Shown(NamedTuple):
    """What a state means to others."""

    status: str
    registered: bool = False
    readable: bool = True


_STATES: Final = {
    SimState.READY: _Shown("Registered (Home network)", registered=True),
    SimState.ROAMING: _Shown("Registered (Roaming)", registered=True),
    SimState.SEARCHING: _Shown("Not registered (Searching)"),
    SimState.DENIED: _Shown("Registration denied"),
    SimState.ABSENT: _Shown(UNKNOWN_STATUS, readable=False),
}


@dataclass(kw_only=True)
class Port:
    """One port."""

    number: int
    name: str
    sim: SimState
    up: bool = True
    """Whether the radio is switched on."""
    free_at: float = 0
    """When the messages it has to send are through."""

    @property
    def registered(self) -> bool:
        """Return whether it is in a network."""
        return self.up and _STATES[self.sim].registered

    @property
    def imsi(self) -> str:
        """Return the IMSI that can be read."""
        return _IMSI.format(self.number) if self.up and _STATES[self.sim].readable else ""

    @property
    def status(self) -> str:
        """Return the state of the SIM in the device's words."""
        return _STATES[self.sim].status if self.up else UNKNOWN_STATUS

    def idle(self, now: float) -> bool:
        """Return whether it could send at once."""
        return self.registered and now >= self.free_at


def build(options: OpenVoxOptions) -> dict[int, Port]:
    """Return the ports by their numbers."""
    return {
        number: Port(
            number=number,
            name=f"{options.port_style}-{number}",
            sim=SimState.ABSENT if number in options.ports_without_sim else SimState.READY,
        )
        for number in range(1, options.ports + 1)
    }
