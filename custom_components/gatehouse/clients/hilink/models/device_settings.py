"""Models of the lights and antennas of a device."""

# ruff: noqa: RUF009 - the calls declare fields, as field() itself does

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final

from ..values import count, flag
from .reply import Fields, Reply, derive, read


class Antenna(StrEnum):
    """Antennas that a device can use."""

    AUTOMATIC = "automatic"
    INTERNAL = "internal"
    EXTERNAL = "external"
    EXTERNAL_1 = "external_1"
    """The first external one together with an internal one."""

    MIXED = "mixed"


CHOICES: Final[Mapping[int, Antenna]] = {
    0: Antenna.AUTOMATIC,
    1: Antenna.EXTERNAL,
    2: Antenna.INTERNAL,
    3: Antenna.MIXED,
}
"""By `antennasettype` of device/antenna_set_type."""

SETTINGS: Final[Mapping[int, Antenna]] = {
    0: Antenna.INTERNAL,
    1: Antenna.EXTERNAL,
    2: Antenna.EXTERNAL_1,
    3: Antenna.AUTOMATIC,
}
"""By `antenna_type` of device/antenna_settings."""


@dataclass(frozen=True, kw_only=True)
class Led(Reply):
    """The lights."""

    ENDPOINT: ClassVar[str] = "led/circle-switch"

    on: bool | None = read(flag, "ledSwitch")


def _antenna(fields: Fields) -> Antenna | None:
    """Return the choice, whichever of both pages it is from."""
    choice = count(fields.get("antennasettype"))
    if choice is not None:
        return CHOICES.get(choice)
    setting = count(fields.get("antenna_type"))
    return None if setting is None else SETTINGS.get(setting)


def _antennas(fields: Fields) -> tuple[Antenna, ...]:
    """Return what can be chosen."""
    if "antennasettype" in fields:
        return tuple(CHOICES.values())
    return tuple(SETTINGS.values()) if "antenna_type" in fields else ()


@dataclass(frozen=True, kw_only=True)
class AntennaChoice(Reply):
    """Which antennas are used."""

    ENDPOINT: ClassVar[str] = "device/antenna_set_type"

    antenna: Antenna | None = derive(_antenna, default=None)
    choices: tuple[Antenna, ...] = derive(_antennas, default=())
