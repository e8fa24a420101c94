"""The data plan that a HiLink device watches, and how it is changed."""

from typing import TYPE_CHECKING, Final

from .models import DataPlan

if TYPE_CHECKING:
    from .client import HilinkClient

_MEBIBYTE: Final = 1024**2
_GIBIBYTE: Final = 1024**3

_ORDER: Final[tuple[str, ...]] = (
    "StartDay",
    "DataLimit",
    "DataLimitAwoke",
    "MonthThreshold",
    "DayThreshold",
    "SetMonthData",
    "trafficmaxlimit",
    "turnoffdataenable",
    "turnoffdataswitch",
    "turnoffdataflag",
)
"""Firmware that is strict takes the elements in no other order."""


class DataPlanSettings:
    """Changes the data plan (monitoring/start_date, not in the seed)."""

    def __init__(self, client: HilinkClient) -> None:
        """Work through a client."""
        self._client = client

    async def set(
        self,
        *,
        data_limit: int | None = None,
        start_day: int | None = None,
        month_threshold: int | None = None,
    ) -> None:
        """Change what is given and keep the rest; one request replaces the whole plan.

        The limit is in bytes a month, 0 for none, and is rounded to whole mebibytes; the day is 1
        to 31, the threshold percent of the limit. Raises client errors; OutcomeUnknown where the
        device may have taken it.
        """
        stored = await self._client.fields(DataPlan.ENDPOINT)
        changes: dict[str, str] = {"SetMonthData": "1"}
        if start_day is not None:
            changes["StartDay"] = str(start_day)
        if month_threshold is not None:
            changes["MonthThreshold"] = str(month_threshold)
        if data_limit is not None:
            mebibytes = _whole_mebibytes(data_limit)
            changes["DataLimit"] = _limit_text(mebibytes)
            changes["trafficmaxlimit"] = str(mebibytes * _MEBIBYTE)
        record = {name: changes.get(name, stored[name]) for name in _ORDER if name in stored}
        await self._client.command(DataPlan.ENDPOINT, record)


def _whole_mebibytes(size: int) -> int:
    """Return the size in the smallest unit that the device knows; little is not nothing."""
    return max(1, round(size / _MEBIBYTE)) if size else 0


def _limit_text(mebibytes: int) -> str:
    """Return the limit as the device's own page writes it."""
    gibibytes, rest = divmod(mebibytes, _GIBIBYTE // _MEBIBYTE)
    return f"{gibibytes}GB" if mebibytes and not rest else f"{mebibytes}MB"
