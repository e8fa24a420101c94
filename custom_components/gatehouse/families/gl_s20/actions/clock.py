"""The device's clock."""

from datetime import timedelta
from typing import Final

from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ....clients.gl_s20 import rules
from ....clients.gl_s20.client import GlS20Client
from ....errors import failure, input_error
from ...actions import ActionCall, GatehouseAction
from ..readings import TIME
from .validation import check_sntp_server, checked

_SERVER: Final = "sntp_server"
_OFFSET: Final = "utc_offset"
_HOUR: Final = timedelta(hours=1)


async def _set_time(call: ActionCall[GlS20Client]) -> None:
    """Change what is given; where nothing is, take over Home Assistant's time zone."""
    fields = call.fields
    server: str | None = None
    offset: int | None = None
    if _SERVER in fields:
        server = checked(check_sntp_server, fields[_SERVER].strip())
    if _OFFSET in fields:
        offset = checked(rules.check_utc_offset, fields[_OFFSET])
    elif server is None:
        offset = _own_offset()
    async with call.client.changing:
        present = await call.client.system.time()
        server = server or present.sntp_server
        offset = present.utc_offset if offset is None else offset
        if server is None or offset is None:
            missing = _SERVER if server is None else _OFFSET
            raise failure("configuration_incomplete", fields=missing)
        await call.client.system.set_time(sntp_server=server, utc_offset=offset)


def _own_offset() -> int:
    """Return the hours of Home Assistant's time zone now. Raises a translated error."""
    offset = dt_util.now().utcoffset() or timedelta()
    if offset % _HOUR:
        raise input_error(
            "time_zone_not_whole_hours", time_zone=str(dt_util.get_default_time_zone())
        )
    return checked(rules.check_utc_offset, offset // _HOUR)


CLOCK_ACTIONS: Final = (
    GatehouseAction[GlS20Client](
        name="set_time",
        fields={vol.Optional(_SERVER): cv.string, vol.Optional(_OFFSET): vol.Coerce(int)},
        run=_set_time,
        read_back=(TIME,),
    ),
)
