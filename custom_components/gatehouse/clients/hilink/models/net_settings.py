"""Models of what can be chosen in the mobile network."""

from dataclasses import dataclass
from typing import ClassVar

from .. import bands
from ..values import elements, flag, integer, text
from .reply import Fields, Reply, derive, read


def _modes(fields: Fields) -> tuple[str, ...]:
    """Return the codes of the network modes."""
    codes = map(text, elements(fields.get("AccessList"), "Access"))
    return tuple(dict.fromkeys(code for code in codes if code))


def _masks(fields: Fields) -> list[int]:
    """Return all masks of LTE bands."""
    found = elements(fields.get("LTEBandList"), "LTEBand")
    masks = (bands.mask(each.get("Value")) for each in found if isinstance(each, dict))
    return [mask for mask in masks if mask is not None]


def _lte_bands(fields: Fields) -> tuple[int, ...]:
    """Return the numbers of the LTE bands that are listed by number."""
    listed = {
        band for mask in _masks(fields) if not bands.is_all(mask) for band in bands.numbers(mask)
    }
    return tuple(sorted(listed))


def _all_bands(fields: Fields) -> str | None:
    """Return the largest mask, which stands for all bands."""
    return f"{max(masks):X}" if (masks := _masks(fields)) else None


@dataclass(frozen=True, kw_only=True)
class NetworkModeList(Reply):
    """Network modes and LTE bands that the device offers."""

    ENDPOINT: ClassVar[str] = "net/net-mode-list"

    modes: tuple[str, ...] = derive(_modes, default=())
    """Codes such as `00`; those of `NetworkMode.network_mode`."""

    lte_bands: tuple[int, ...] = derive(_lte_bands, default=())
    """Numbers."""

    all_lte_bands: str | None = derive(_all_bands, default=None)
    """Mask to write where all bands are meant."""


@dataclass(frozen=True, kw_only=True)
class Registration(Reply):
    """How the device chooses its network."""

    ENDPOINT: ClassVar[str] = "net/register"

    manual: bool | None = read(flag, "Mode")
    """Whether somebody has chosen the network."""

    plmn: str | None = read(text, "Plmn")
    """Country and network code of the chosen one."""

    rat: int | None = read(integer, "Rat")
    """Radio access technology of the chosen one, as in `Operator.rat`."""


@dataclass(frozen=True, kw_only=True)
class FoundOperator(Reply):
    """A network that a search has found."""

    state: int | None = read(integer, "State")
    """0 unknown, 1 available, 2 the present one, 3 forbidden."""

    full_name: str | None = read(text, "FullName")
    short_name: str | None = read(text, "ShortName")
    numeric: str | None = read(text, "Numeric")
    """Country and network code."""

    rat: int | None = read(integer, "Rat")
    """Radio access technology, as in `Operator.rat`."""


def _operators(fields: Fields) -> tuple[FoundOperator, ...]:
    """Return the networks of a list."""
    found = elements(fields.get("Networks"), "Network")
    return tuple(FoundOperator.from_fields(each) for each in found if isinstance(each, dict))


@dataclass(frozen=True, kw_only=True)
class OperatorList(Reply):
    """The networks that a search has found."""

    ENDPOINT: ClassVar[str] = "net/plmn-list"

    operators: tuple[FoundOperator, ...] = derive(_operators, default=())
