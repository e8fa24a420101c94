"""Who is kept out of the Wi-Fi of a HiLink device."""

from contextlib import suppress
from typing import Final

from ...clients.errors import NotPermitted, NotSupported
from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import Host, MacFilter
from ...const import CONF_CLIENT_SWITCHES
from ...errors import input_error
from ..clients import ClientAccess
from ..readings import Cadence, Reading

MAC_FILTER: Final = Reading[HilinkClient, MacFilter](
    name="mac_filter", fetch=lambda client: client.mac_filters.read(), cadence=Cadence.SLOW
)


async def set_access(client: HilinkClient, mac: str, allowed: bool) -> None:  # noqa: FBT001 - as switches do
    """Let a client into the Wi-Fi, or keep it out. Raises translated errors, too."""
    if (await client.mac_filters.read()).allow_list:
        raise input_error("allow_list_in_use")
    if allowed:
        await client.mac_filters.unblock(mac)
        return
    host = await _known(client, mac)
    if host is not None and host.is_asking:
        raise input_error("client_is_home_assistant")
    if host is not None and host.connected and host.wired:
        raise input_error("client_has_cable")
    if not await client.mac_filters.block(mac, host.name if host else None):
        raise input_error("block_list_full")


async def _known(client: HilinkClient, mac: str) -> Host | None:
    """Return what the device tells of a client."""
    with suppress(NotSupported, NotPermitted):
        return next((each for each in (await client.hosts.all()).hosts if each.mac == mac), None)
    return None


ACCESS: Final = ClientAccess[HilinkClient](
    option=CONF_CLIENT_SWITCHES,
    reading_fn=lambda _: MAC_FILTER,
    allowed_fn=lambda data, mac: not data[MAC_FILTER].blocks(mac),
    set_fn=set_access,
)
