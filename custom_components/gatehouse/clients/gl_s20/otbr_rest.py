"""The REST API of the OpenThread Border Router, which newer firmware serves on a port of its own.

It asks for no password. Source: the manufacturer's guide for Home Assistant; firmware 2.0.1-B1.
"""

from collections.abc import Awaitable

from aiohttp import ClientConnectionError, ClientError, ClientSession
from python_otbr_api import OTBR, OTBRError

from ..errors import CannotConnect, InvalidReply
from ..secret import Secret


class OtbrRest:
    """The second door of a GL-S20: all methods raise CannotConnect or InvalidReply."""

    def __init__(self, session: ClientSession, url: str) -> None:
        """Prepare; nothing is sent yet. The URL has no slash at its end."""
        self.url = url
        self._api = OTBR(url, session)

    async def dataset(self) -> Secret[str] | None:
        """Read the active dataset in hexadecimal; None where there is none."""
        tlv = await _asked(self._api.get_active_dataset_tlvs())
        return Secret(tlv.hex()) if tlv else None

    async def write_dataset(self, dataset: Secret[str]) -> None:
        """Disable Thread, for nothing is taken before, and write a dataset bit by bit."""
        await _asked(self._api.set_enabled(False))
        await _asked(self._api.set_active_dataset_tlvs(bytes.fromhex(dataset.reveal())))

    async def enable(self) -> None:
        """Enable Thread."""
        await _asked(self._api.set_enabled(True))


async def _asked[T](request: Awaitable[T]) -> T:
    """Wait for the answer. The texts of errors are left out, for they may repeat a dataset."""
    try:
        return await request
    except ClientConnectionError, TimeoutError:
        raise CannotConnect("the border router's API does not answer") from None
    except OTBRError, ClientError, ValueError:
        raise InvalidReply("the border router's API gives an odd answer") from None
