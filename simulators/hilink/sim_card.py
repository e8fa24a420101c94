"""The SIM card and its PIN."""

from typing import TYPE_CHECKING, Final

from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.shapes import Request
from simulators.hilink.wire import OK, Fields, Value

if TYPE_CHECKING:
    from simulators.hilink.modem import Modem

PIN_TRIES: Final = 3
PUK_TRIES: Final = 10
_NEEDED: Final = "260"
_BLOCKED: Final = "261"


class SimCard:
    """What the card knows of the attempts to open it."""

    def __init__(self) -> None:
        """Begin with a card that wants no PIN."""
        self.pin = "1234"
        self.puk = "12345678"
        self.locked = False
        self.pin_tries = PIN_TRIES
        self.puk_tries = PUK_TRIES

    def enter_pin(self, pin: str) -> None:
        """Open the card."""
        if not self.pin_tries or pin != self.pin:
            self.pin_tries = max(0, self.pin_tries - 1)
            raise DeviceError(Code.PIN_WRONG)
        self.locked = False
        self.pin_tries = PIN_TRIES

    def state(self) -> Fields:
        """Return the fields of pin/status that differ from the recorded ones."""
        if not self.locked:
            return {}
        return {
            "SimState": _NEEDED if self.pin_tries else _BLOCKED,
            "SimPinTimes": str(self.pin_tries),
            "SimPukTimes": str(self.puk_tries),
        }


def operate(modem: Modem, request: Request) -> Value:
    """Enter the PIN; the other operations are not simulated."""
    modem.record("pin/status")
    request.choice("OperateType", "0")
    if not modem.sim.locked:
        raise DeviceError(Code.FAILED)
    modem.sim.enter_pin(request.text("CurrentPin"))
    modem.register()
    return OK
