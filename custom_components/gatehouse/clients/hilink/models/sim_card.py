"""Models of the SIM card's PIN and of the device's bond to one network."""

from dataclasses import dataclass
from typing import ClassVar

from ..values import count, flag
from .reply import Reply, read


@dataclass(frozen=True, kw_only=True)
class PinStatus(Reply):
    """Whether the SIM card wants its PIN, and how often it may still be tried."""

    ENDPOINT: ClassVar[str] = "pin/status"

    sim_state: int | None = read(count, "SimState")
    """Code; `network.sim_state` tells its meaning."""

    pin_state: int | None = read(count, "PinOptState")
    """Code; 258 while the card has no PIN."""

    pin_tries: int | None = read(count, "SimPinTimes")
    puk_tries: int | None = read(count, "SimPukTimes")


@dataclass(frozen=True, kw_only=True)
class SimLock(Reply):
    """Whether the device takes SIM cards of one network only."""

    ENDPOINT: ClassVar[str] = "pin/simlock"

    enabled: bool | None = read(flag, "SimLockEnable")
    tries: int | None = read(count, "SimLockRemainTimes")
    """How often the unlock code may still be tried."""
