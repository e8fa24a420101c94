"""Bands of LTE and NR that newer 5G firmware permits, by net/lock-freq.

The seed does not have it. Its form is known from the web page of such firmware (4.x and 10.x of
H153, H155 and H158), as github.com/Esi-Abolfazl/cpe-band-scan describes it.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, Protocol

from ..errors import (
    CommandRefused,
    ExcludedByMode,
    InvalidReply,
    NotPermitted,
    NotSupported,
)
from . import radio_changes, xml
from .errors import DEFAULT_FAILURE, NETWORK_MODE_FAILED
from .models import FrequencyLock, FrequencyLocks, NetworkMode, OfferedBands
from .radio_changes import PATIENCE, RadioChanges

_UNKNOWN_PAGE: Final = frozenset({DEFAULT_FAILURE, 100005, 100006})

_ABSENT: Final[Mapping[str | None, str]] = {"03": FrequencyLocks.NR, "08": FrequencyLocks.LTE}
"""What must not be written, by the network mode that does not have it."""


class Requests(radio_changes.Requests, Protocol):
    """What is needed of the client."""

    async def configuration(self, path: str) -> xml.Fields:
        """Read the fields of a page of the firmware's own configuration."""


class BandLocks:
    """Locks of bands; all raise NotSupported where the firmware has none.

    Changes are made by `RadioChanges`, and raise ExcludedByMode where the network mode leaves the
    technology out.
    """

    def __init__(self, client: Requests, radio: RadioChanges) -> None:
        """Use the session of a client."""
        self._client = client
        self._radio = radio

    async def read(self) -> FrequencyLocks:
        """Read the locks (net/lock-freq)."""
        return FrequencyLocks.from_fields(await self._client.fields(FrequencyLocks.ENDPOINT))

    async def offered(self) -> OfferedBands:
        """Read which bands the device has (/config/network/bandfreqlist.xml)."""
        return OfferedBands.from_fields(await self._client.configuration(OfferedBands.ENDPOINT))

    async def set_lte_bands(
        self, wanted: Collection[int] | None, *, patience: int = PATIENCE
    ) -> None:
        """Use these LTE bands, None for all; what NR has stays (net/lock-freq)."""
        await self._set(FrequencyLocks.LTE, wanted, patience)

    async def set_nr_bands(
        self, wanted: Collection[int] | None, *, patience: int = PATIENCE
    ) -> None:
        """Use these NR bands, None for all; what LTE has stays (net/lock-freq)."""
        await self._set(FrequencyLocks.NR, wanted, patience)

    async def _set(self, part: str, wanted: Collection[int] | None, patience: int) -> None:
        """Lock the bands of a part."""
        kind = FrequencyLock.NONE if wanted is None else FrequencyLock.BANDS

        def is_taken(fields: xml.Fields) -> bool:
            """Tell whether the device has the lock."""
            found = FrequencyLock.within(fields, part)
            return found is not None and (found.kind, set(found.bands)) == (kind, set(wanted or ()))

        async with self._radio.lock:
            locks = await self._locks()
            if FrequencyLock.within(locks, part) is None:
                raise NotSupported(f"{FrequencyLocks.ENDPOINT} has no {part}")
            if is_taken(locks):
                return
            mode = NetworkMode.from_fields(await self._client.fields(NetworkMode.ENDPOINT))
            absent = _ABSENT.get(mode.network_mode)
            if part == absent:
                raise ExcludedByMode(f"network mode {mode.network_mode} has no {part}")
            previous = {
                name: locks[name]
                for name in FrequencyLocks.PARTS
                if name != absent and FrequencyLock.within(locks, name)
            }
            await self._radio.make(
                FrequencyLocks.ENDPOINT,
                previous,
                previous | {part: _record(kind, sorted(set(wanted or ())))},
                is_taken,
                patience,
                NETWORK_MODE_FAILED,
            )

    async def _locks(self) -> xml.Fields:
        """Read the locks; firmware has many ways to say that it does not know a page."""
        try:
            return await self._client.fields(FrequencyLocks.ENDPOINT)
        except (NotPermitted, InvalidReply) as err:
            raise NotSupported(f"there is no {FrequencyLocks.ENDPOINT}") from err
        except CommandRefused as err:
            if err.code not in _UNKNOWN_PAGE:
                raise
            raise NotSupported(f"there is no {FrequencyLocks.ENDPOINT}") from err


def _record(kind: int, bands: Iterable[int]) -> dict[str, Any]:
    """Return a lock as it is written; those in `all_bands` only would be secondary ones."""
    numbers = [{"band": str(band)} for band in bands]
    return {
        "lock_mode": str(kind),
        "freq_infos": {"freq_info": numbers} if numbers else None,
        "all_bands": ",".join(number["band"] for number in numbers),
    }
