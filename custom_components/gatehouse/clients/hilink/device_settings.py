"""Lights and antennas of a HiLink device. Not in the seed."""

from collections.abc import Mapping
from typing import Final

from ..errors import NotPermitted, NotSupported
from .models import AntennaChoice, Led
from .models.device_settings import CHOICES, SETTINGS, Antenna
from .records import Requests

_ANTENNA_SETTINGS: Final = "device/antenna_settings"


class DeviceSettings:
    """What a device lets its owner set on its own body."""

    def __init__(self, client: Requests) -> None:
        """Use the session of a client."""
        self._client = client

    async def led(self) -> Led:
        """Read whether the lights are on (led/circle-switch)."""
        return Led.from_fields(await self._client.fields(Led.ENDPOINT))

    async def set_led(self, *, on: bool) -> None:
        """Switch the lights."""
        await self._client.command(Led.ENDPOINT, {"ledSwitch": int(on)})

    async def antenna(self) -> AntennaChoice:
        """Read which antennas are used (device/antenna_set_type, or device/antenna_settings)."""
        try:
            return AntennaChoice.from_fields(await self._client.fields(AntennaChoice.ENDPOINT))
        except NotSupported, NotPermitted:
            return AntennaChoice.from_fields(await self._client.fields(_ANTENNA_SETTINGS))

    async def set_antenna(self, antenna: Antenna) -> None:
        """Choose antennas. Raises NotSupported where the device lacks such a choice."""
        choices = (await self.antenna()).choices
        if choices == tuple(CHOICES.values()):
            fields = {"antennasettype": _code(CHOICES, antenna)}
            await self._client.command(AntennaChoice.ENDPOINT, fields)
        elif choices:
            fields = {"antenna_type": _code(SETTINGS, antenna)}
            await self._client.command(_ANTENNA_SETTINGS, fields)
        else:
            raise NotSupported("the device has no choice of antennas")


def _code(codes: Mapping[int, Antenna], antenna: Antenna) -> int:
    """Return the code of a choice."""
    for code, each in codes.items():
        if each is antenna:
            return code
    raise NotSupported("the device has no such antenna")
