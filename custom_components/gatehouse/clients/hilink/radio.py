"""Parsers for what HiLink devices say of the radio: levels, channels, cells, carriers.

Like those of `values`, they return None for what is missing or cannot be, and never raise.
"""

from collections.abc import Mapping
from dataclasses import dataclass
import re
from typing import Final

from .values import Parser, integer, number, split_number, value_text, within


def _level(low: float, high: float) -> Parser[float]:
    """Make the parser of a level in dBm or dB that lies between two bounds."""

    def parse(raw: object) -> float | None:
        """Return the level; firmware mixes up the two units, so both are taken."""
        return within(number(raw, "dBm", "dB"), low, high)

    return parse


# The bounds are a little wider than what 3GPP lets a modem report, so that they drop only the
# placeholders of firmware (-157dBm, -32768 and the like) and never a measurement.

rsrp: Final = _level(-150, -30)
"""dBm; TS 36.133 and TS 38.133 report up to -44 and -31."""

rsrq: Final = _level(-50, 2.5)
"""dB; the extended report of TS 36.133 ends at 2.5."""

nr_rsrq: Final = _level(-50, 20)
"""dB; SS-RSRQ is relative to the RSSI of few symbols, and TS 38.133 reports it from -43 to 20."""

sinr: Final = _level(-30, 50)
"""dB; TS 36.133 and TS 38.133 report -23 to 40."""

rssi: Final = _level(-150, 0)
"""dBm."""

rscp: Final = _level(-150, -20)
"""dBm; TS 25.133 reports -120 to -25."""

ecio: Final = _level(-50, 0)
"""dB; a part of the whole, so never above 0."""

_transmit_level: Final = _level(-100, 60)

_CHANNEL_WIDTHS: Final = frozenset(
    {1.4, 3, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 90, 100, 200, 400}
)
"""MHz; all channel bandwidths of LTE and NR."""

_MHZ_IN: Final[Mapping[str, float]] = {"khz": 0.001, "mhz": 1, "ghz": 1000}

_FREQUENCY_LIMIT: Final = 100_000
"""MHz; NR ends at 71 GHz."""


def frequency(raw: object) -> float | None:
    """Return MHz of a frequency with its unit, such as `1757500kHz`."""
    value, unit = split_number(raw)
    if value is None or unit not in _MHZ_IN:
        return None
    return _positive(round(value * _MHZ_IN[unit], 6), _FREQUENCY_LIMIT)


def frequency_in_tenths(raw: object) -> float | None:
    """Return MHz of a frequency in steps of 0.1 MHz, such as `25450`."""
    tenths = integer(raw)
    return None if tenths is None else _positive(tenths / 10, _FREQUENCY_LIMIT)


def bandwidth(raw: object) -> float | None:
    """Return MHz of `20MHz` or `20M`, or of a bare number that is the width of a channel.

    A bare number that is none could be an index into the widths, but 3 and 5 are both; it is left.
    """
    value = number(raw, "MHz", "M")
    if value is None or (number(raw) is not None and value not in _CHANNEL_WIDTHS):
        return None
    return _positive(value, 1000)


def _positive(value: float, limit: float) -> float | None:
    """Drop zero, which stands for "not known", and what is below or beyond."""
    return value if 0 < value <= limit else None


def cqi(raw: object) -> int | None:
    """Return a channel quality indicator; 127 and 32639 stand for "not measured"."""
    return within(integer(raw), 0, 15)


def rank(raw: object) -> int | None:
    """Return a number of spatial layers."""
    return within(integer(raw), 1, 8)


def block_error_rate(raw: object) -> float | None:
    """Return a block error rate in percent."""
    return within(number(raw, "%"), 0, 100)


def physical_cell_id(raw: object) -> int | None:
    """Return a physical cell identity: 0 to 503 on LTE, to 1007 on NR."""
    return within(integer(raw), 0, 1007)


_CODE: Final = re.compile(r"(0x)?([0-9A-F]{1,20})", re.IGNORECASE)

_NO_CELL: Final = frozenset({(1 << 28) - 1, (1 << 32) - 1, (1 << 36) - 1})
_CELL_LIMIT: Final = (1 << 36) - 1

_NO_AREA: Final = frozenset({0, 0xFFFE, 0xFFFF, 0xFFFFFE, 0xFFFFFF})
"""TS 23.003 reserves 0 and the last but one for "no valid area"; the last is an unset variable."""

_AREA_LIMIT: Final = (1 << 24) - 1
_AREA_DIGITS: Final = 6


def _code(raw: object, *, hexadecimal: bool = False) -> int | None:
    """Return a code that is decimal, unless it has a letter, a `0x` or is known to be hex."""
    found = _CODE.fullmatch(value_text(raw))
    if found is None:
        return None
    return int(found[2], 16 if hexadecimal or found[1] or not found[2].isdecimal() else 10)


def cell_id(raw: object) -> int | None:
    """Return a cell identity of up to 36 bits, zero-padded decimal or hexadecimal."""
    value = within(_code(raw), 0, _CELL_LIMIT)
    return None if value in _NO_CELL else value


def area_code(raw: object) -> int | None:
    """Return a tracking or location area code, decimal or hexadecimal."""
    return _area(_code(raw))


def nr_area_code(raw: object) -> int | None:
    """Return a tracking area code of 5G: six digits are hexadecimal, even without a letter."""
    return _area(_code(raw, hexadecimal=len(value_text(raw)) == _AREA_DIGITS))


def routing_area(raw: object) -> int | None:
    """Return a routing area code of 8 bits, decimal or hexadecimal."""
    return within(_code(raw), 0, 0xFE)


def _area(value: int | None) -> int | None:
    """Drop the reserved area codes and what has more than 24 bits."""
    return None if value in _NO_AREA else within(value, 0, _AREA_LIMIT)


@dataclass(frozen=True, kw_only=True)
class ChannelPair:
    """Channel numbers (ARFCN) of the two directions."""

    downlink: int | None = None
    uplink: int | None = None


_CHANNEL: Final = re.compile(r"(DL|UL)\s*:\s*([0-9]{1,7})(?![0-9])", re.IGNORECASE)

_CHANNEL_LIMIT: Final = 3_279_165
"""The highest NR-ARFCN of TS 38.104."""


def channel(raw: object) -> int | None:
    """Return a bare channel number (ARFCN)."""
    return within(integer(raw), 0, _CHANNEL_LIMIT)


def channel_pair(raw: object) -> ChannelPair | None:
    """Return the channel numbers of `DL:1300 UL:19300`; a bare number is the downlink's."""
    found = {way.upper(): channel(digits) for way, digits in _CHANNEL.findall(value_text(raw))}
    pair = ChannelPair(downlink=found.get("DL", channel(raw)), uplink=found.get("UL"))
    return None if pair == ChannelPair() else pair


@dataclass(frozen=True, kw_only=True)
class TransmitPower:
    """Transmit power of the uplink channels in dBm."""

    pusch: float | None = None
    pucch: float | None = None
    srs: float | None = None
    prach: float | None = None


_TRANSMIT_POWER: Final = re.compile(
    r"P(Pusch|Pucch|Srs|Prach)\s*:\s*([+-]?[0-9.]{1,8}\s*dBm)", re.IGNORECASE
)


def transmit_power(raw: object) -> TransmitPower | None:
    """Return the powers of `PPusch:15dBm PPucch:2dBm PSrs:0dBm PPrach:-4dBm`."""
    found = {
        part.lower(): _transmit_level(level)
        for part, level in _TRANSMIT_POWER.findall(value_text(raw))
    }
    power = TransmitPower(**found)
    return None if power == TransmitPower() else power


_MCS: Final = re.compile(r"(?:^|:)\s*([0-9]{1,3})(?![0-9])")
_MCS_LIMIT: Final = 31


def mcs(raw: object) -> tuple[int, ...] | None:
    """Return the modulation and coding schemes of `…Carrier1Code0:2 …Carrier1Code1:15@64QAM`."""
    found = tuple(int(scheme) for scheme in _MCS.findall(value_text(raw)))
    return tuple(scheme for scheme in found if scheme <= _MCS_LIMIT) or None


_NEIGHBOUR: Final = re.compile(r"No[0-9]{1,3}\s*:\s*([0-9]+)", re.IGNORECASE)


def neighbours(raw: object) -> tuple[int, ...] | None:
    """Return the physical cell identities of `No1:494No2:493`."""
    found = (physical_cell_id(digits) for digits in _NEIGHBOUR.findall(value_text(raw)))
    return tuple(cell for cell in found if cell is not None) or None


@dataclass(frozen=True, kw_only=True)
class Carrier:
    """One carrier of an aggregation."""

    bandwidth: float
    """MHz."""

    channel: int
    """Downlink channel number (EARFCN or NR-ARFCN)."""

    band: str
    """`B` and the number of an LTE band, or `N` and that of an NR band."""

    @property
    def is_nr(self) -> bool:
        """Tell whether this is a carrier of 5G."""
        return self.band.startswith("N")


_CARRIER: Final = re.compile(
    r"\b([0-9]{1,4}(?:\.[0-9]{1,3})?)\s*MHz\s*@\s*([0-9]{1,7})\s*\(\s*([BN][0-9]{1,3})\s*\)",
    re.IGNORECASE,
)


def carriers(raw: object) -> tuple[Carrier, ...] | None:
    """Return the carriers of `20MHz@500(B1) + 15MHz@1875(B3)`."""
    return (
        tuple(
            Carrier(bandwidth=float(width), channel=int(arfcn), band=band.upper())
            for width, arfcn, band in _CARRIER.findall(value_text(raw))
        )
        or None
    )


_TRANSMISSION_MODE: Final = re.compile(r"(?:TM)?\s*\[?([0-9]{1,2})\]?", re.IGNORECASE)


def transmission_mode(raw: object) -> int | None:
    """Return the LTE transmission mode of `TM[3]`."""
    found = _TRANSMISSION_MODE.fullmatch(value_text(raw))
    return within(int(found[1]), 1, 10) if found else None
