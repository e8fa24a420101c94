"""The cells beside the serving one, which newer firmware lists."""

from typing import Protocol

from . import xml
from .models import NeighborCells, SecondaryCells


class Requests(Protocol):
    """What is needed of the client."""

    async def fields(self, path: str) -> xml.Fields:
        """Read the fields of a page."""


class Cells:
    """Lists of cells (not in the seed; from the web page of 5G routers)."""

    def __init__(self, client: Requests) -> None:
        """Use the session of a client."""
        self._client = client

    async def secondary(self) -> SecondaryCells:
        """Read the cells that carry data beside the serving one (device/seccellinfo)."""
        return SecondaryCells.from_fields(await self._client.fields(SecondaryCells.ENDPOINT))

    async def neighbors(self) -> NeighborCells:
        """Read the cells in the neighborhood (device/nbrcellinfo)."""
        return NeighborCells.from_fields(await self._client.fields(NeighborCells.ENDPOINT))
