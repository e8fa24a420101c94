"""Models of the cells beside the serving one."""

from dataclasses import dataclass
from typing import ClassVar, Final

from .. import radio
from ..values import value_text
from .reply import Fields, Reply, derive

_COLUMNS: Final = 8


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell that is used as well, or could be."""

    channel: int | None
    """Downlink channel number (EARFCN or NR-ARFCN)."""

    band: str
    """Such as `B3` or `N78`."""

    bandwidth: float | None
    """MHz."""

    pci: int | None
    """Physical cell identity."""

    rsrp: float | None
    """dBm."""

    rsrq: float | None
    """dB."""

    rssi: float | None
    """dBm."""

    sinr: float | None
    """dB."""


def _cells(raw: object) -> tuple[Cell, ...]:
    """Return the cells of rows `arfcn,band,bw,pci,rsrp,rsrq,rssi,sinr;`."""
    rows = (row.split(",") for row in value_text(raw).split(";"))
    return tuple(_cell(*row) for row in rows if len(row) == _COLUMNS)


def _cell(
    channel: str, band: str, width: str, pci: str, rsrp: str, rsrq: str, rssi: str, sinr: str
) -> Cell:
    """Return the cell of a row."""
    return Cell(
        channel=radio.channel(channel),
        band=value_text(band).upper(),
        bandwidth=radio.bandwidth(width),
        pci=radio.physical_cell_id(pci),
        rsrp=radio.rsrp(rsrp),
        rsrq=radio.nr_rsrq(rsrq),
        rssi=radio.rssi(rssi),
        sinr=radio.sinr(sinr),
    )


def _secondary(fields: Fields) -> tuple[Cell, ...]:
    """Return the secondary cells of both technologies."""
    return _cells(fields.get("lteseccell_list")) + _cells(fields.get("nrseccell_list"))


def _neighbors(fields: Fields) -> tuple[Cell, ...]:
    """Return the neighbor cells of both technologies."""
    return _cells(fields.get("nbrcell_ltelist")) + _cells(fields.get("nbrcell_nrlist"))


@dataclass(frozen=True, kw_only=True)
class SecondaryCells(Reply):
    """Cells that carry data beside the serving one (carrier aggregation)."""

    ENDPOINT: ClassVar[str] = "device/seccellinfo"

    cells: tuple[Cell, ...] = derive(_secondary, default=())


@dataclass(frozen=True, kw_only=True)
class NeighborCells(Reply):
    """Cells in the neighborhood of the serving one."""

    ENDPOINT: ClassVar[str] = "device/nbrcellinfo"

    cells: tuple[Cell, ...] = derive(_neighbors, default=())
