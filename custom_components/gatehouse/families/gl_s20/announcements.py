"""What border routers announce in the local network, as far as Home Assistant has heard it."""

from dataclasses import dataclass
from typing import Final

from homeassistant.components.thread.discovery import THREAD_TYPE, async_read_zeroconf_cache
from homeassistant.components.zeroconf import async_get_async_instance
from homeassistant.core import HomeAssistant
from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

_PARTITION_ID: Final = b"pt"


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """A border router; all values are hexadecimal digits in lower case."""

    extended_address: str
    extended_pan_id: str
    border_agent_id: str | None
    partition_id: str | None
    """The same for all routers that hear each other, directly or over others."""


async def async_announcements(hass: HomeAssistant) -> tuple[Announcement, ...]:
    """Return the border routers that have been heard of; nobody is asked."""
    zeroconf = await async_get_async_instance(hass)
    return tuple(
        Announcement(
            extended_address=router.extended_address,
            extended_pan_id=router.extended_pan_id,
            border_agent_id=router.border_agent_id,
            partition_id=_partition_id(zeroconf, router.instance_name),
        )
        for router in async_read_zeroconf_cache(zeroconf)
    )


def _partition_id(zeroconf: AsyncZeroconf, instance: str) -> str | None:
    """Return the id of a router's partition, which Home Assistant's Thread does not look at."""
    service = AsyncServiceInfo(THREAD_TYPE, f"{instance}.{THREAD_TYPE}")
    service.load_from_cache(zeroconf.zeroconf)
    partition = service.properties.get(_PARTITION_ID)
    return partition.hex() if partition else None
