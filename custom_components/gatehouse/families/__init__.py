"""The registry of families."""

from typing import Any, Final

from ..const import DeviceFamily
from .base import Family
from .gl_s20 import GL_S20
from .hilink import HILINK
from .openvox import OPENVOX

_FAMILIES: Final[tuple[Family[Any], ...]] = (HILINK, GL_S20, OPENVOX)

FAMILIES: Final[dict[DeviceFamily, Family[Any]]] = {family.key: family for family in _FAMILIES}
