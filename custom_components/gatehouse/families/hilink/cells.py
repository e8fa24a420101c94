"""Cells beside the serving one: carriers that are used as well, and neighbors."""

from typing import Any, Final

from homeassistant.components.sensor import SensorStateClass
from homeassistant.const import EntityCategory
from homeassistant.core import SupportsResponse

from ...clients.errors import NotPermitted, NotSupported
from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import Cell, NeighborCells, SecondaryCells
from ..actions import ActionCall, ActionResult, GatehouseAction
from ..descriptions import GatehouseSensorDescription
from ..readings import Cadence, Reading

SECONDARY_CELLS: Final = Reading[HilinkClient, SecondaryCells](
    name="secondary_cells", fetch=lambda client: client.cells.secondary(), cadence=Cadence.SLOW
)
NEIGHBOR_CELLS: Final = Reading[HilinkClient, NeighborCells](
    name="neighbor_cells", fetch=lambda client: client.cells.neighbors(), cadence=Cadence.SLOW
)
CELL_READINGS: Final = (SECONDARY_CELLS, NEIGHBOR_CELLS)

_HIDDEN: Final[dict[str, Any]] = {
    "state_class": SensorStateClass.MEASUREMENT,
    "entity_category": EntityCategory.DIAGNOSTIC,
    "entity_registry_enabled_default": False,
}

CELL_SENSORS: Final = (
    GatehouseSensorDescription(
        key="secondary_cells",
        reading=SECONDARY_CELLS,
        value_fn=lambda data: len(data[SECONDARY_CELLS].cells),
        **_HIDDEN,
    ),
    GatehouseSensorDescription(
        key="neighbor_cells",
        reading=NEIGHBOR_CELLS,
        value_fn=lambda data: len(data[NEIGHBOR_CELLS].cells),
        **_HIDDEN,
    ),
)


async def _list(call: ActionCall[HilinkClient]) -> ActionResult:
    """List what the firmware tells of other cells."""
    secondary = (await call.client.cells.secondary()).cells
    try:
        neighbors = (await call.client.cells.neighbors()).cells
    except NotSupported, NotPermitted:
        neighbors = ()
    return ActionResult(
        response={
            "secondary": [_row(cell) for cell in secondary],
            "neighbors": [_row(cell) for cell in neighbors],
        }
    )


def _row(cell: Cell) -> dict[str, Any]:
    """Return a cell as it is told."""
    return {
        "band": cell.band,
        "channel": cell.channel,
        "bandwidth": cell.bandwidth,
        "pci": cell.pci,
        "rsrp": cell.rsrp,
        "rsrq": cell.rsrq,
        "rssi": cell.rssi,
        "sinr": cell.sinr,
    }


CELL_ACTIONS: Final = (
    GatehouseAction[HilinkClient](
        name="list_cells", run=_list, supports_response=SupportsResponse.ONLY
    ),
)
