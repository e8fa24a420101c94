"""Models of the bands that newer 5G firmware has and permits."""

# ruff: noqa: RUF009 - the calls declare fields, as field() itself does

from dataclasses import dataclass
from typing import ClassVar, Self

from ..values import elements, integer, value_text
from .reply import Fields, Reply, derive, read, read_tuple


def _bands(fields: Fields) -> tuple[int, ...]:
    """Return the bands of a lock; what is left over from an earlier one does not count."""
    if integer(fields.get("lock_mode")) == 0:
        return ()
    rows = elements(fields.get("freq_infos"), "freq_info")
    found = {integer(row.get("band")) for row in rows if isinstance(row, dict)}
    return tuple(sorted(band for band in found if band is not None))


@dataclass(frozen=True, kw_only=True)
class FrequencyLock(Reply):
    """What LTE or NR is confined to."""

    NONE: ClassVar[int] = 0
    BANDS: ClassVar[int] = 3

    kind: int | None = read(integer, "lock_mode")
    """NONE, 1 frequencies, 2 cells, BANDS."""

    bands: tuple[int, ...] = derive(_bands, default=())
    """Numbers; none where there is no lock."""

    @classmethod
    def within(cls, fields: Fields, name: str) -> Self | None:
        """Take the lock of a part of the reply."""
        part = fields.get(name)
        return cls.from_fields(part) if isinstance(part, dict) else None


@dataclass(frozen=True, kw_only=True)
class FrequencyLocks(Reply):
    """What both are confined to."""

    ENDPOINT: ClassVar[str] = "net/lock-freq"
    LTE: ClassVar[str] = "lte_info"
    NR: ClassVar[str] = "nr_info"
    PARTS: ClassVar[tuple[str, ...]] = (LTE, NR)

    lte: FrequencyLock | None = derive(
        lambda fields: FrequencyLock.within(fields, FrequencyLocks.LTE), default=None
    )
    nr: FrequencyLock | None = derive(
        lambda fields: FrequencyLock.within(fields, FrequencyLocks.NR), default=None
    )


def _listed(raw: object) -> tuple[int, ...] | None:
    """Return the numbers in a text such as `1,3,7`."""
    found = {integer(number) for number in value_text(raw).split(",")}
    return tuple(sorted(number for number in found if number is not None)) or None


@dataclass(frozen=True, kw_only=True)
class OfferedBands(Reply):
    """The bands that the device has."""

    ENDPOINT: ClassVar[str] = "network/bandfreqlist.xml"
    """Below `/config/`, and not `/api/`."""

    lte: tuple[int, ...] = read_tuple(_listed, "lte_support_band_list")
    nr: tuple[int, ...] = read_tuple(_listed, "nr_support_band_list")
