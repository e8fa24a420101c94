"""What is read from a HiWiFi router, and how often."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from ...clients.errors import GatehouseError
from ...clients.hiwifi import readings
from ...clients.hiwifi.client import HiwifiClient
from ...clients.hiwifi.models import Access, Interface
from ..readings import Cadence, Outcome, Reading, Snapshot

_ASKED: Final[dict[Reading[HiwifiClient, Any], readings.Reading[Any]]] = {}
"""What each reading asks the router for."""


def _reading[T](
    asked: readings.Reading[T],
    cadence: Cadence,
    *,
    essential: bool = False,
    takes_long: bool = False,
) -> Reading[HiwifiClient, T]:
    """Return a reading of what the client can read."""
    reading = Reading[HiwifiClient, T](
        name=asked.name,
        fetch=lambda client: client.read(asked),
        cadence=cadence,
        essential=essential,
        takes_long=takes_long,
    )
    _ASKED[reading] = asked
    return reading


async def fetch_all(
    client: HiwifiClient, wanted: Sequence[Reading[HiwifiClient, Any]]
) -> Mapping[Reading[HiwifiClient, Any], Any]:
    """Read several at once, in one request where the router takes that.

    What takes long is asked for by itself, so that the others do not wait, or fail, with it.
    """
    results = await _fetch_together(client, [each for each in wanted if not each.takes_long])
    for each in wanted:
        if each.takes_long:
            results |= await _fetch_together(client, [each])
    return results


async def _fetch_together(
    client: HiwifiClient, wanted: Sequence[Reading[HiwifiClient, Any]]
) -> dict[Reading[HiwifiClient, Any], Any]:
    """Read several in one request where the router takes that."""
    try:
        poll = await client.poll([_ASKED[each] for each in wanted])
    except GatehouseError as err:
        return dict.fromkeys(wanted, err)
    return {each: poll.results[_ASKED[each]] for each in wanted}


# Where each reading is a request of its own, a round makes five: the fast ones and one other.
SYSTEM: Final = _reading(readings.SYSTEM, Cadence.FAST, essential=True)
INTERNET: Final = _reading(readings.INTERNET, Cadence.FAST)
RATES: Final = _reading(readings.RATES, Cadence.FAST)
CLIENTS: Final = _reading(readings.CLIENTS, Cadence.FAST)
WAN: Final = _reading(readings.WAN, Cadence.MEDIUM)
TRAFFIC: Final = _reading(readings.TRAFFIC, Cadence.MEDIUM)
LAN_PORTS: Final = _reading(readings.LAN_PORTS, Cadence.SLOW)
LED: Final = _reading(readings.LED, Cadence.SLOW)
RADIOS: Final = _reading(readings.RADIOS, Cadence.SLOW)
TX_POWERS: Final = _reading(readings.TX_POWERS, Cadence.DAILY)
FIRMWARE: Final = _reading(readings.FIRMWARE, Cadence.DAILY, takes_long=True)
NETWORK_2_4: Final = _reading(readings.NETWORKS[Interface.MAIN_2_4], Cadence.SLOW)
NETWORK_5: Final = _reading(readings.NETWORKS[Interface.MAIN_5], Cadence.SLOW)
QUALITY_2_4: Final = _reading(readings.QUALITIES[Interface.MAIN_2_4], Cadence.SLOW)
QUALITY_5: Final = _reading(readings.QUALITIES[Interface.MAIN_5], Cadence.SLOW)
GUEST_2_4: Final = _reading(readings.GUEST_NETWORKS[Interface.GUEST_2_4], Cadence.MEDIUM)
GUEST_5: Final = _reading(readings.GUEST_NETWORKS[Interface.GUEST_5], Cadence.SLOW)

READINGS: Final = tuple(_ASKED)

_BY_NAME: Final = (INTERNET, RATES, LED)
"""What even the oldest firmware tells that can be asked by the names of methods."""


def takes_calls(snapshot: Snapshot) -> bool:
    """Tell whether methods can be called, which a firmware with a few pages only does not take."""
    records = (snapshot.records.get(each) for each in _BY_NAME)
    return any(each is None or each.outcome is not Outcome.UNSUPPORTED for each in records)


@cache
def access(mac: str) -> Reading[HiwifiClient, Access]:
    """Return the reading of whether a client may use the internet."""
    asked = readings.access(mac)
    # The name goes into logs and diagnostics, which nobody's address shall do.
    reading = Reading[HiwifiClient, Access](
        name="access", fetch=lambda client: client.read(asked), cadence=Cadence.SLOW
    )
    _ASKED[reading] = asked
    return reading
