"""USSD: a code for the network, what it says, and what it is answered in turn."""

from enum import StrEnum
from typing import Final

from simulators.hilink.errors import Code, DeviceError

LONGEST: Final = 182
PATIENCE: Final = 20.0
"""Seconds after which the device no longer waits for the network."""


class State(StrEnum):
    """How a session stands."""

    NONE = "0"
    ACTIVE = "1"
    WAITING = "2"


class Ussd:
    """The one session of the device, which stays its own until it is released."""

    def __init__(self) -> None:
        """Know two codes: one that is answered, and one that leads to a menu."""
        self.says: dict[str, tuple[str, ...]] = {
            "*100#": ("Your balance is 10.00",),
            "*101#": ("1 Balance\n2 Data", "Your balance is 10.00"),
        }
        self.heard: list[str] = []
        self.open = False
        self._to_say: tuple[str, ...] | None = ()
        self._asked_at = 0.0
        self._told = False

    def send(self, content: str, now: float, *, in_network: bool) -> None:
        """Take a code, or an answer to what the network asks."""
        if not content:
            raise DeviceError(Code.USSD_EMPTY)
        if len(content) > LONGEST:
            raise DeviceError(Code.USSD_TOO_LONG)
        answering = self.state is State.WAITING
        if self.open and not answering:
            raise DeviceError(Code.USSD_ACTIVE)
        if not in_network:
            raise DeviceError(Code.USSD_UNSUPPORTED)
        self.heard.append(content)
        self._to_say = (self._to_say or ())[1:] if answering else self.says.get(content)
        self.open, self._told, self._asked_at = True, False, now

    def get(self, now: float, seconds: float) -> str:
        """Return what the network says, as often as somebody asks."""
        if not self.open:
            raise DeviceError(Code.FAILED)
        if not self._to_say:
            late = now - self._asked_at >= PATIENCE
            raise DeviceError(Code.USSD_TIMEOUT if late else Code.USSD_PROCESSING)
        if now - self._asked_at < seconds:
            raise DeviceError(Code.USSD_PROCESSING)
        self._told = True
        return self._to_say[0]

    @property
    def state(self) -> State:
        """Return how the session stands."""
        if not self.open:
            return State.NONE
        if not self._told:
            return State.ACTIVE
        return State.WAITING if len(self._to_say or ()) > 1 else State.NONE

    def release(self) -> None:
        """End the session."""
        self.open, self._told, self._to_say = False, False, ()
