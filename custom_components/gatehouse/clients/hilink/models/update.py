"""Models of the firmware that the maker's server offers, and of planned restarts."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final

from ..values import count, elements, flag, integer, percentage, text, within
from .reply import Fields, Reply, derive, read

_MINUTES_OF_A_DAY: Final = 24 * 60


class UpdateState(StrEnum):
    """How far an update is."""

    NONE = "none"
    """Nothing newer is known."""

    CHECKING = "checking"
    FOUND = "found"
    DOWNLOADING = "downloading"
    INSTALLING = "installing"
    FAILED = "failed"
    DONE = "done"


_STATES: Final = {
    10: UpdateState.NONE,
    11: UpdateState.CHECKING,
    12: UpdateState.FOUND,
    13: UpdateState.NONE,
    14: UpdateState.NONE,
    20: UpdateState.FAILED,
    30: UpdateState.DOWNLOADING,
    31: UpdateState.FOUND,
    40: UpdateState.DOWNLOADING,
    50: UpdateState.INSTALLING,
    51: UpdateState.FAILED,
    52: UpdateState.INSTALLING,
    60: UpdateState.INSTALLING,
    70: UpdateState.FAILED,
    80: UpdateState.FAILED,
    90: UpdateState.DONE,
    100: UpdateState.DONE,
}
"""By the numbers of the devices' own page."""


@dataclass(frozen=True, kw_only=True)
class UpdateStatus(Reply):
    """How far the device is with new firmware."""

    ENDPOINT: ClassVar[str] = "online-update/status"

    code: int | None = read(integer, "CurrentComponentStatus")
    progress: int | None = read(percentage, "DownloadProgress")
    """Percent of the download."""

    @property
    def state(self) -> UpdateState | None:
        """Return how far it is; None for a number that nobody has explained."""
        return None if self.code is None else _STATES.get(self.code)


def _version(fields: Fields) -> str | None:
    """Return the version of the first part of the firmware, which is the firmware itself."""
    parts = elements(fields.get("ComponentList"), "Component")
    versions = (text(part.get("Version")) for part in parts if isinstance(part, dict))
    return next((version for version in versions if version), None)


@dataclass(frozen=True, kw_only=True)
class UpdateOffer(Reply):
    """What the server offers."""

    ENDPOINT: ClassVar[str] = "online-update/url-list"

    version: str | None = derive(_version, default=None)


def _minute(name: str) -> int | None:
    """Declare a time of day in minutes after midnight."""
    return derive(
        lambda fields: within(count(fields.get(name)), 0, _MINUTES_OF_A_DAY - 1), default=None
    )


@dataclass(frozen=True, kw_only=True)
class RestartSchedule(Reply):
    """Restarts that the device does by itself."""

    ENDPOINT: ClassVar[str] = "diagnosis/time_reboot"

    enabled: bool | None = read(flag, "enable")
    days: int | None = read(count, "dayinterval")
    """Days from one restart to the next."""

    begin: int | None = _minute("begintime")
    """Minutes after midnight; the device chooses a moment between this one and the end."""

    end: int | None = _minute("endtime")
