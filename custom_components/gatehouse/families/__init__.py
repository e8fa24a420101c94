"""The registry of families."""

from typing import Any, Final

from ..const import DeviceFamily
from .base import Family
from .hilink import HILINK

FAMILIES: Final[dict[DeviceFamily, Family[Any]]] = {family.key: family for family in (HILINK,)}
