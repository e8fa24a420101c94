"""Names of the network modes."""

from collections.abc import Mapping
from typing import Final

from ..readings import Snapshot
from .readings import NETWORK_MODE

MODES: Final[Mapping[str, str]] = {
    "00": "automatic",
    "01": "2g",
    "02": "3g",
    "03": "4g",
    "0201": "3g_2g",
    "0301": "4g_2g",
    "0302": "4g_3g",
    "030201": "4g_3g_2g",
    "08": "5g",
    "0803": "5g_4g",
    "080302": "5g_4g_3g",
}
"""By `NetworkMode`: codes of single modes, the best one first."""


def mode_of(data: Snapshot) -> str | None:
    """Return the name of the present mode."""
    return MODES.get(data[NETWORK_MODE].network_mode or "")
