"""Numbers, choices and texts that can be set on a GL-S20."""

from collections.abc import Mapping
from typing import Final

from homeassistant.components.number.const import NumberMode
from homeassistant.const import SIGNAL_STRENGTH_DECIBELS_MILLIWATT, EntityCategory

from ...clients.errors import InvalidReply
from ...clients.gl_s20.client import GlS20Client
from ...clients.gl_s20.rules import SNTP_SERVER_LENGTH, TX_POWER_RANGE, UTC_OFFSET_RANGE
from ..descriptions import (
    GatehouseNumberDescription,
    GatehouseSelectDescription,
    GatehouseTextDescription,
)
from ..readings import Snapshot
from .actions.validation import check_sntp_server, checked
from .readings import THREAD, TIME


def _slug(offset: int) -> str:
    """Return the key of a time zone."""
    if offset == 0:
        return "utc"
    return f"utc_{'plus' if offset > 0 else 'minus'}_{abs(offset)}"


_FIRST, _LAST = UTC_OFFSET_RANGE
_OFFSETS: Final[Mapping[str, int]] = {_slug(offset): offset for offset in range(_FIRST, _LAST + 1)}
"""Hours by the key of the time zone."""


def _time_zone(data: Snapshot) -> str | None:
    """Return the key of the time zone in which the device lives."""
    offset = data[TIME].utc_offset
    return None if offset is None else _slug(offset)


async def _set_time_zone(client: GlS20Client, option: str) -> None:
    """Set the time zone, and leave the time server as it is."""
    async with client.changing:
        time = await client.system.time()
        if time.sntp_server is None:
            raise InvalidReply("no time server that could be kept")
        await client.system.set_time(sntp_server=time.sntp_server, utc_offset=_OFFSETS[option])


def _sntp_server(data: Snapshot) -> str | None:
    """Return the time server."""
    server = data[TIME].sntp_server
    return server if server and len(server) <= SNTP_SERVER_LENGTH else None


async def _set_sntp_server(client: GlS20Client, server: str) -> None:
    """Set the time server, and leave the time zone as it is."""
    checked(check_sntp_server, server)
    async with client.changing:
        time = await client.system.time()
        if time.utc_offset is None:
            raise InvalidReply("no time zone that could be kept")
        await client.system.set_time(sntp_server=server, utc_offset=time.utc_offset)


NUMBERS: Final[tuple[GatehouseNumberDescription[GlS20Client], ...]] = (
    GatehouseNumberDescription[GlS20Client](
        key="tx_power",
        entity_category=EntityCategory.CONFIG,
        native_unit_of_measurement=SIGNAL_STRENGTH_DECIBELS_MILLIWATT,
        native_min_value=TX_POWER_RANGE[0],
        native_max_value=TX_POWER_RANGE[1],
        native_step=1,
        mode=NumberMode.BOX,
        reading=THREAD,
        value_fn=lambda data: data[THREAD].radio.tx_power,
        set_fn=lambda client, value: client.thread.set_tx_power(round(value)),
        read_back=(THREAD,),
    ),
)

SELECTS: Final[tuple[GatehouseSelectDescription[GlS20Client], ...]] = (
    GatehouseSelectDescription[GlS20Client](
        key="time_zone",
        entity_category=EntityCategory.CONFIG,
        options=list(_OFFSETS),
        reading=TIME,
        value_fn=_time_zone,
        set_fn=_set_time_zone,
        read_back=(TIME,),
    ),
)

TEXTS: Final[tuple[GatehouseTextDescription[GlS20Client], ...]] = (
    GatehouseTextDescription[GlS20Client](
        key="sntp_server",
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
        native_min=1,
        native_max=SNTP_SERVER_LENGTH,
        reading=TIME,
        value_fn=_sntp_server,
        set_fn=_set_sntp_server,
        read_back=(TIME,),
    ),
)
