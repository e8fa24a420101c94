"""From one account to its routers: each has the entities of a router that is reached directly."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from functools import partial
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_MAC

from ...clients.hiwifi.cloud_account import CloudAccount
from ..base import Family, Identity
from ..descriptions import GatehouseDescription
from ..hiwifi import HIWIFI
from ..hiwifi.identity import identity_of
from ..hiwifi.readings import SYSTEM
from ..members import Member
from ..readings import Reading, Record, Snapshot, Source
from .binary_sensors import CONNECTION, connection_of
from .credentials import create_client
from .members import KIND
from .readings import ROUTERS, RouterReading, router_readings, status_of


class _Router:
    """One of the routers: its readings, and how its entities see them."""

    def __init__(self, number: int, mac: str, name: str, subentry_id: str) -> None:
        """Make the readings."""
        self.mac = mac
        self._readings = router_readings(mac, number)
        self.member = Member(
            key=mac,
            name=name,
            subentry_id=subentry_id,
            manufacturer=HIWIFI.manufacturer,
            is_away=lambda data: status_of(data, mac).is_away,
            identity_of=self._identity_of,
            identity_readings=(self._readings[SYSTEM],),
        )

    @property
    def readings(self) -> tuple[RouterReading[Any], ...]:
        """Return what is read of the router."""
        return tuple(self._readings.values())

    def own(self, shared: GatehouseDescription) -> Any:
        """Return a description of a router that is reached directly, as one of this router.

        It is of the same type, but for the client.
        """
        changes: dict[str, Any] = {
            "part": self.member,
            "reading": self._source(shared.reading),
            "also_reads": tuple(map(self._source, shared.also_reads)),
        }
        for field in fields(shared):
            value = getattr(shared, field.name)
            if field.name == "read_back":
                changes[field.name] = tuple(map(self._source, value))
            elif field.name == "ends_connection":
                # The cloud stays, and will say that the router is away.
                changes[field.name] = False
            elif field.name.endswith("_fn") and value is not None:
                changes[field.name] = partial(self._call, value)
        return replace(shared, **changes)

    def _source(self, shared: Source[Any]) -> Source[Any]:
        """Return what stands for a reading of a router that is reached directly."""
        return self._readings[shared] if isinstance(shared, Reading) else shared

    def _call(self, function: Callable[..., Any], *values: Any) -> Any:
        """Call a function of a description with what it knows: one router and its readings."""
        return function(*map(self._seen, values))

    def _seen(self, value: Any) -> Any:
        """Return what a description of a router that is reached directly understands."""
        match value:
            case Snapshot():
                return self._view(value)
            case CloudAccount():
                return value.router(self.mac)
        return value

    def _view(self, data: Snapshot) -> Snapshot:
        """Return the readings of this router as if they were all."""
        records: Mapping[Source[Any], Record] = data.records
        return Snapshot(
            {shared: records[own] for shared, own in self._readings.items() if own in records}
        )

    def _identity_of(self, data: Snapshot) -> Identity:
        """Take from the readings who the router is, which is known by its address before."""
        identity = identity_of(self._view(data))
        return replace(identity, mac_addresses=frozenset({self.mac}))


def tailor(family: Family[CloudAccount], entry: ConfigEntry) -> Family[CloudAccount]:
    """Return what the family is for one account."""
    routers = [
        _Router(number, subentry.data[CONF_MAC], subentry.title, subentry.subentry_id)
        for number, subentry in enumerate(entry.get_subentries_of_type(KIND), start=1)
    ]

    def every(shared: Iterable[GatehouseDescription]) -> Iterator[Any]:
        """Yield descriptions of a router that is reached directly for each router."""
        return (own for router in routers for own in map(router.own, shared))

    told_by_router = tuple(each for each in HIWIFI.binary_sensors if each.key != CONNECTION)
    return replace(
        family,
        create_client=partial(create_client, macs=[each.mac for each in routers]),
        readings=(ROUTERS, *(reading for each in routers for reading in each.readings)),
        members=tuple(each.member for each in routers),
        sensors=(*family.sensors, *every(HIWIFI.sensors)),
        binary_sensors=(
            *family.binary_sensors,
            *(connection_of(each.member) for each in routers),
            *every(told_by_router),
        ),
        switches=tuple(every(HIWIFI.switches)),
        buttons=tuple(every(HIWIFI.buttons)),
        selects=tuple(every(HIWIFI.selects)),
        images=tuple(every(HIWIFI.images)),
    )
