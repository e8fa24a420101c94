"""The clients of a HiLink device."""

from collections.abc import Callable, Iterator
from typing import Final

from homeassistant.components.sensor.const import SensorStateClass

from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import Host, HostInfo, HostList
from ..clients import ClientSupport, NetworkClient
from ..descriptions import GatehouseSensorDescription
from ..readings import Snapshot
from .client_access import ACCESS
from .readings import HOSTS, HOSTS_NOW_AND_THEN


def _listed(snapshot: Snapshot) -> HostInfo | HostList:
    """Return the newest list."""
    readings = [each for each in (HOSTS, HOSTS_NOW_AND_THEN) if snapshot.ok(each)]
    return snapshot[max(readings, key=snapshot.read_at)]


def _clients(snapshot: Snapshot) -> Iterator[NetworkClient]:
    """Yield the clients that the device lists."""
    for each in _listed(snapshot).hosts:
        if each.mac is None:
            continue
        # What was true before it left says nothing any longer.
        there = each.connected
        yield NetworkClient(
            mac=each.mac,
            name=each.name,
            ip=each.ip if there else None,
            connected=there,
            wired=each.wired if there else None,
            band=each.band if there else None,
        )


def _count(
    key: str, is_one: Callable[[Host], bool], exists_fn: Callable[[Snapshot], bool]
) -> GatehouseSensorDescription:
    """Describe how many of those who are connected are of one kind."""
    return GatehouseSensorDescription(
        key=key,
        state_class=SensorStateClass.MEASUREMENT,
        reading=HOSTS_NOW_AND_THEN,
        exists_fn=exists_fn,
        value_fn=lambda data: sum(each.connected and is_one(each) for each in _listed(data).hosts),
    )


def _tells_interfaces(data: Snapshot) -> bool:
    """Tell whether the device says how its clients are connected."""
    return any(each.wired is not None for each in _listed(data).hosts)


CLIENT_SUPPORT: Final = ClientSupport[HilinkClient](
    reading=HOSTS,
    clients_fn=_clients,
    lists_absent_fn=lambda data: isinstance(_listed(data), HostInfo),
    access=ACCESS,
    discovery=HOSTS_NOW_AND_THEN,
)

CLIENT_SENSORS: Final = (
    _count("clients", lambda _: True, lambda _: True),
    _count("clients_wired", lambda each: each.wired is True, _tells_interfaces),
)
