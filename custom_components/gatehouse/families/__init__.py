"""The registry of families."""

from typing import Any, Final

from ..const import DeviceFamily
from .base import Family
from .gl_s20 import GL_S20
from .hilink import HILINK
from .hiwifi import HIWIFI, HIWIFI_SIGNED
from .hiwifi_cloud import HIWIFI_CLOUD
from .openvox import OPENVOX

_FAMILIES: Final[tuple[Family[Any], ...]] = (
    HILINK,
    GL_S20,
    OPENVOX,
    HIWIFI,
    HIWIFI_SIGNED,
    HIWIFI_CLOUD,
)

FAMILIES: Final[dict[DeviceFamily, Family[Any]]] = {family.key: family for family in _FAMILIES}

RECOGNIZABLE: Final = tuple(family for family in _FAMILIES if not family.is_way)
"""Those that differ in the device, not only in the way to log in."""


def kind_of(key: DeviceFamily) -> DeviceFamily:
    """Return the kind of device, whatever the way to log in to it."""
    if not FAMILIES[key].is_way:
        return key
    return next(
        family.key
        for family in RECOGNIZABLE
        if any(way.family is key for way in family.ways.values())
    )
