"""Commands to the router itself."""

from typing import Final

from .call import Generation
from .dispatcher import Dispatcher

_V1: Final = Generation.V1
_V0: Final = Generation.V0


class System:
    """The router itself."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        """Use the dispatcher of a client."""
        self._dispatcher = dispatcher

    async def restart(self) -> None:
        """Restart, about five seconds after the answer (system.reboot)."""
        await self._dispatcher.command({_V1: ("system.reboot", {}), _V0: ("system.os.reboot", {})})

    async def set_led(self, *, on: bool) -> None:
        """Switch the lights at the front (system.led.set_status)."""
        action = ("system.led.set_status", {"status": int(on)})
        await self._dispatcher.command({_V1: action, _V0: action})

    async def upgrade(self) -> None:
        """Install the firmware that the vendor's server offers (system.upgrade.start).

        Raises CommandRefused with code 528 where there is none, or no server.
        """
        await self._dispatcher.command(
            {_V1: ("system.upgrade.start", {}), _V0: ("system.rom.upgrade", {})}, timeout=60
        )
