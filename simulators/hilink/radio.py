"""Signal values that move with the clock, in the format of the recorded ones."""

from collections.abc import Mapping
import math
import re
from typing import Final

from simulators.hilink.link import GSM, LTE, NR, UMTS, Technology
from simulators.hilink.wire import Fields, Value

SLOT_SECONDS: Final = 10
_MEASUREMENT: Final = re.compile(r"(-?\d+)(\.\d+)?([A-Za-z]*)")
_SWINGS: Final[Mapping[str, float]] = {
    "rsrp": 4,
    "rssi": 4,
    "rscp": 4,
    "nrrsrp": 5,
    "nrrssi": 5,
    "rsrq": 1.5,
    "ecio": 1.5,
    "nrrsrq": 1.5,
    "sinr": 3,
    "nrsinr": 4,
}
_IN_EVERY_NETWORK: Final = frozenset({"psatt", "plmn", "ims"})
_CELL: Final = frozenset({"cell_id", "lac", "rac"})
_IN_3G: Final[Fields] = {"rscp": "-85dBm", "ecio": "-7dB", "rssi": "-78dBm"}
_IN_2G: Final[Fields] = {"rssi": "-80dBm"}


def signal(
    recorded: Fields, technology: Technology | None, now: float, *, in_service: bool
) -> Fields:
    """Return the fields of device/signal at a moment."""
    if not in_service:
        kept = {"psatt", "mode"}
        return {name: value if name in kept else None for name, value in recorded.items()}
    fields = dict(recorded) if technology is None else _in(technology, recorded)
    return {name: _moved(name, value, now) for name, value in fields.items()}


def _in(technology: Technology, recorded: Fields) -> Fields:
    """Return what is left of the recorded fields in another technology."""
    if technology is LTE:
        kept = {name for name in recorded if not name.startswith("nr")}
    elif technology is NR:
        kept = {name for name in recorded if name.startswith("nr")}
        kept |= _IN_EVERY_NETWORK | {"pci", "cell_id", "tac"}
    else:
        kept = set(_IN_EVERY_NETWORK | _CELL)
    fields = {name: value if name in kept else None for name, value in recorded.items()}
    # The first generation leaves even the 3G values empty.
    if "txpower" in recorded:
        extra = _IN_3G if technology is UMTS else _IN_2G if technology is GSM else {}
        fields |= {name: value for name, value in extra.items() if name in recorded}
    return fields | {"mode": technology.mode}


def _moved(name: str, value: Value, now: float) -> Value:
    """Return a measurement moved by its swing, with its own decimals and unit."""
    swing = _SWINGS.get(name)
    if swing is None or not isinstance(value, str):
        return value
    match = _MEASUREMENT.fullmatch(value)
    if match is None:
        return value
    whole, decimals, unit = match.groups()
    number = float(whole + (decimals or "")) + swing * _wave(int(now // SLOT_SECONDS))
    # Half decibels are the finest step these devices report.
    rounded = round(number * 2) / 2 if decimals else round(number)
    return f"{rounded:.1f}{unit}" if decimals else f"{rounded:d}{unit}"


def _wave(slot: int) -> float:
    """Return a number between -1 and 1 that is 0 in the first slot."""
    return (math.sin(0.55 * slot) + math.sin(1.7 * slot)) / 2
