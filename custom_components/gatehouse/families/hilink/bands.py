"""Which bands of LTE and 5G a HiLink device may use."""

from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from homeassistant.const import EntityCategory
from homeassistant.core import SupportsResponse
from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from ...clients.errors import InvalidReply, NotPermitted, NotSupported
from ...clients.hilink.bands import HIGHEST_BAND, HIGHEST_NR_BAND
from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import FrequencyLocks, OfferedBands
from ...clients.hilink.network_control import NetworkControl
from ...errors import input_error
from ..actions import ActionCall, ActionResult, GatehouseAction
from ..descriptions import GatehouseSensorDescription
from ..readings import Cadence, Reading, Snapshot
from .network_control import NETWORK_MODES, PATIENCE_FIELD
from .readings import NETWORK_MODE, STATUS

BAND_LOCKS: Final = Reading[HilinkClient, FrequencyLocks](
    name="band_locks",
    fetch=lambda client: client.network_control.locks.read(),
    cadence=Cadence.SLOW,
)
OFFERED_BANDS: Final = Reading[HilinkClient, OfferedBands](
    name="offered_bands",
    fetch=lambda client: client.network_control.locks.offered(),
    cadence=Cadence.DAILY,
)
BAND_READINGS: Final = (BAND_LOCKS, OFFERED_BANDS)

_ALL: Final = "all"

_NO_PAGE: Final = (NotSupported, NotPermitted, InvalidReply)
"""Errors of firmware that does not know a page."""


def _lte_bands(data: Snapshot) -> str | None:
    """Name the LTE bands in use; all are those that the device lists."""
    locks = data.last(BAND_LOCKS)
    bands = locks.lte.bands if locks and locks.lte else data[NETWORK_MODE].lte_bands
    if not bands:
        listed, offered = data.last(NETWORK_MODES), data.last(OFFERED_BANDS)
        bands = (listed.lte_bands if listed else ()) or (offered.lte if offered else ())
    return _named("B", bands)


def _nr_bands(data: Snapshot) -> str | None:
    """Name the 5G bands in use in the same way."""
    lock, offered = data[BAND_LOCKS].nr, data.last(OFFERED_BANDS)
    return _named("n", (lock.bands if lock else ()) or (offered.nr if offered else ()))


def _named(prefix: str, bands: Iterable[int]) -> str | None:
    """Return the names of bands as they are written for a technology."""
    return ", ".join(f"{prefix}{band}" for band in bands) or None


async def _offered_lte(control: NetworkControl) -> tuple[int, ...]:
    """Return the LTE bands that the device lists; newer firmware does so elsewhere."""
    with suppress(*_NO_PAGE):
        if listed := (await control.mode_list()).lte_bands:
            return listed
    with suppress(*_NO_PAGE):
        return (await control.locks.offered()).lte
    return ()


async def _offered_nr(control: NetworkControl) -> tuple[int, ...]:
    """Return the 5G bands that the device lists."""
    with suppress(*_NO_PAGE):
        return (await control.locks.offered()).nr
    return ()


@dataclass(frozen=True, kw_only=True)
class _Technology:
    """Whose bands are chosen."""

    name: str
    offered: Callable[[NetworkControl], Awaitable[tuple[int, ...]]]
    choose: Callable[[NetworkControl, list[int] | None, int], Awaitable[None]]


_LTE: Final = _Technology(
    name="LTE",
    offered=_offered_lte,
    choose=lambda control, bands, patience: control.set_lte_bands(bands, patience=patience),
)
_5G: Final = _Technology(
    name="5G",
    offered=_offered_nr,
    choose=lambda control, bands, patience: control.locks.set_nr_bands(bands, patience=patience),
)


async def _set_bands(technology: _Technology, call: ActionCall[HilinkClient]) -> ActionResult:
    """Choose bands among those that the device has."""
    bands: list[int] | None = call.fields["bands"]
    control = call.client.network_control
    if bands is not None and (offered := await technology.offered(control)):
        foreign = sorted(set(bands) - set(offered))
        if foreign:
            raise input_error(
                "bands_not_offered",
                technology=technology.name,
                bands=_listed(foreign),
                offered=_listed(offered),
            )
    await technology.choose(control, bands, call.fields["time_limit"])
    return ActionResult(response={"bands": _ALL if bands is None else [*sorted(set(bands))]})


def _listed(bands: Iterable[int]) -> str:
    """Return numbers as a text."""
    return ", ".join(map(str, bands))


def _band_field(highest: int) -> Callable[[Any], list[int] | None]:
    """Take the numbers of bands, None for all."""
    number = vol.All(vol.Coerce(int), vol.Range(min=1, max=highest))
    numbers = vol.Schema(vol.All(cv.ensure_list, vol.Length(min=1), [number]))

    def field(value: Any) -> list[int] | None:
        """Take the value of the field."""
        if value in (_ALL, [_ALL]):
            return None
        found: list[int] = numbers(value)
        return found

    return field


BAND_SENSORS: Final = (
    GatehouseSensorDescription(
        key="lte_bands",
        reading=NETWORK_MODE,
        also_reads=(NETWORK_MODES, BAND_LOCKS, OFFERED_BANDS),
        exists_fn=lambda data: bool(data[NETWORK_MODE].lte_bands is not None or _lte_bands(data)),
        value_fn=_lte_bands,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
    ),
    GatehouseSensorDescription(
        key="nr_bands",
        reading=BAND_LOCKS,
        also_reads=(OFFERED_BANDS,),
        exists_fn=lambda data: data[BAND_LOCKS].nr is not None,
        value_fn=_nr_bands,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
    ),
)

BAND_ACTIONS: Final = tuple(
    GatehouseAction[HilinkClient](
        name=name,
        fields={vol.Required("bands"): _band_field(highest), **PATIENCE_FIELD},
        run=partial(_set_bands, technology),
        supports_response=SupportsResponse.OPTIONAL,
        admin=True,
        alone=True,
        read_back=(NETWORK_MODE, BAND_LOCKS, STATUS),
    )
    for name, technology, highest in (
        ("set_lte_bands", _LTE, HIGHEST_BAND),
        ("set_5g_bands", _5G, HIGHEST_NR_BAND),
    )
)
