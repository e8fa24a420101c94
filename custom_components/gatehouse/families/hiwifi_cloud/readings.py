"""What is read of the routers behind a cloud, and how often."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ...clients.errors import AuthenticationFailed, CannotConnect, GatehouseError, InvalidReply
from ...clients.hiwifi.client import HiwifiClient
from ...clients.hiwifi.cloud_account import CloudAccount, RouterStatus
from ..hiwifi import readings
from ..readings import Cadence, Reading, Snapshot

ROUTERS: Final = Reading[CloudAccount, tuple[RouterStatus, ...]](
    name="routers",
    fetch=lambda account: account.statuses(),
    cadence=Cadence.FAST,
    essential=True,
)
"""Who is online; without routers, whether the cloud still takes the secret."""

# Each is a request of its own, by way of the cloud.
_SLOWER: Final = {Cadence.FAST: Cadence.MEDIUM, Cadence.MEDIUM: Cadence.SLOW}


class Unanswered(GatehouseError):
    """A router did not answer, or could not be asked; the cloud itself is there."""


@dataclass(frozen=True, kw_only=True, eq=False)
class RouterReading[ValueT](Reading[CloudAccount, ValueT]):
    """A reading of one of the routers."""

    mac: str
    shared: Reading[HiwifiClient, ValueT]
    """The same of a router that is reached directly."""


def router_readings(mac: str, number: int) -> Mapping[Reading[Any, Any], RouterReading[Any]]:
    """Return the readings of a router, by those of one that is reached directly.

    Names have a `number`, for they go into logs and diagnostics, which no address shall do.
    """
    return {shared: _router_reading(shared, mac, number) for shared in readings.READINGS}


def _router_reading[T](shared: Reading[HiwifiClient, T], mac: str, number: int) -> RouterReading[T]:
    """Return a reading of one of the routers."""
    return RouterReading(
        name=f"{shared.name}_{number}",
        fetch=lambda account: shared.fetch(account.router(mac)),
        cadence=_SLOWER.get(shared.cadence, shared.cadence),
        takes_long=shared.takes_long,
        group=mac,
        mac=mac,
        shared=shared,
    )


def status_of(data: Snapshot, mac: str) -> RouterStatus:
    """Return what the cloud said of a router the last time."""
    statuses = data.last(ROUTERS) or ()
    return next((each for each in statuses if each.mac == mac), RouterStatus(mac=mac))


async def fetch_all(
    account: CloudAccount, wanted: Sequence[Reading[CloudAccount, Any]]
) -> Mapping[Reading[CloudAccount, Any], Any]:
    """Read who is online, then of all who are, side by side."""
    results: dict[Reading[CloudAccount, Any], Any] = {}
    away: set[str] = set()
    if ROUTERS in wanted:
        try:
            results[ROUTERS] = statuses = await account.statuses()
        except InvalidReply as err:
            results[ROUTERS] = err
        except GatehouseError as err:
            return dict.fromkeys(wanted, err)
        else:
            away = {each.mac for each in statuses if each.is_away}
    by_router: dict[str, list[RouterReading[Any]]] = {}
    for each in wanted:
        if isinstance(each, RouterReading):
            by_router.setdefault(each.mac, []).append(each)
    for found in await asyncio.gather(
        *(_fetch_of(account, mac, each, is_away=mac in away) for mac, each in by_router.items())
    ):
        results |= found
    return results


async def _fetch_of(
    account: CloudAccount, mac: str, wanted: Sequence[RouterReading[Any]], *, is_away: bool
) -> dict[Reading[CloudAccount, Any], Any]:
    """Read one router, unless it is known to be away."""
    if is_away:
        return dict.fromkeys(wanted, Unanswered("the cloud does not reach the router"))
    found = await readings.fetch_all(account.router(mac), [each.shared for each in wanted])
    return {each: _own_failure(found[each.shared]) for each in wanted}


def _own_failure(result: Any) -> Any:
    """Return a result, as a failure of the router where it looks like one of the cloud.

    If it is one, the question who is online will show that.
    """
    if isinstance(result, AuthenticationFailed | CannotConnect):
        return Unanswered(type(result).__name__)
    return result
