"""The clients of a HiWiFi router."""

from collections.abc import Iterator, Mapping
from typing import Final

from ...clients.hiwifi.client import HiwifiClient
from ...clients.hiwifi.models import Link
from ...const import CONF_CLIENT_SWITCHES
from ..clients import ClientAccess, ClientSupport, NetworkClient
from ..readings import Snapshot
from .readings import CLIENTS, access

_BANDS: Final[Mapping[Link | None, str]] = {Link.WIFI_2_4: "2.4 GHz", Link.WIFI_5: "5 GHz"}


def _clients(snapshot: Snapshot) -> Iterator[NetworkClient]:
    """Yield the clients that the router lists."""
    for each in snapshot[CLIENTS].clients:
        if each.mac is None:
            continue
        connected = bool(each.online)
        yield NetworkClient(
            mac=each.mac,
            name=each.name or None,
            # What was true before it left says nothing any longer.
            ip=each.ip if connected else None,
            connected=each.online,
            wired=each.wired if connected else None,
            band=_BANDS.get(each.link) if connected else None,
            signal=each.signal if connected else None,
            guest=each.guest if connected else None,
        )


async def _set_access(client: HiwifiClient, mac: str, allowed: bool) -> None:  # noqa: FBT001 - as switches do
    """Let a client into the internet, or keep it out."""
    if allowed:
        await client.household.unblock([mac])
    else:
        await client.household.block([mac])


CLIENT_SUPPORT: Final = ClientSupport[HiwifiClient](
    reading=CLIENTS,
    clients_fn=_clients,
    lists_absent_fn=lambda data: data[CLIENTS].lists_absent,
    access=ClientAccess(
        option=CONF_CLIENT_SWITCHES,
        reading_fn=access,
        allowed_fn=lambda data, mac: data[access(mac)].allowed,
        set_fn=_set_access,
    ),
)
