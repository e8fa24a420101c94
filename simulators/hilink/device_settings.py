"""Lights and antennas."""

from collections.abc import Callable
from typing import Final

from simulators.hilink.modem import Modem
from simulators.hilink.shapes import Request
from simulators.hilink.wire import OK, Value

LED: Final = "led/circle-switch"
ANTENNA_CHOICE: Final = "device/antenna_set_type"
ANTENNA: Final = "device/antenna_settings"


def _keeper(endpoint: str, name: str, *allowed: str) -> Callable[[Modem, Request], Value]:
    """Return a command that replaces the one field of a record."""

    def keep(modem: Modem, request: Request) -> Value:
        """Replace it."""
        stored = modem.record(endpoint)
        modem.records[endpoint] = stored | {name: request.choice(name, *allowed)}
        return OK

    return keep


SETTING_COMMANDS: Final[dict[str, Callable[[Modem, Request], Value]]] = {
    LED: _keeper(LED, "ledSwitch", "0", "1"),
    ANTENNA_CHOICE: _keeper(ANTENNA_CHOICE, "antennasettype", "0", "1", "2", "3"),
    ANTENNA: _keeper(ANTENNA, "antenna_type", "0", "1", "2", "3"),
}
