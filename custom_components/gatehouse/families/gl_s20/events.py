"""Events of a GL-S20."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from typing import Final

from ...clients.gl_s20.models import Joiner, JoinerList, JoinerStatus
from ..descriptions import GatehouseEventDescription, Occurrence
from ..readings import Snapshot
from .readings import ETHERNET, FAILOVER, JOINERS, THREAD, WIFI
from .uplink import UPLINK, Uplink

_ADDED: Final = "added"
_ROLE_CHANGED: Final = "role_changed"

_ENDS: Final[Mapping[JoinerStatus | None, str]] = {
    JoinerStatus.JOINED: "joined",
    JoinerStatus.TIMED_OUT: "timed_out",
}
"""Events by the status in which the waiting for a joiner has come to its end."""

_CHANGES: Final[Mapping[Uplink | None, str]] = {
    Uplink.WIFI: "failover_to_wifi",
    Uplink.ETHERNET: "back_to_ethernet",
}
"""Events by the uplink that has taken over."""


def _by_key(joiners: JoinerList) -> dict[Hashable, Joiner]:
    """Tell joiners apart, among which there may be several for any device."""
    seen: Counter[Hashable] = Counter()
    keyed: dict[Hashable, Joiner] = {}
    for joiner in joiners.joiners:
        key = (joiner.eui64, joiner.pskd, joiner.added_at)
        keyed[key, seen[key]] = joiner
        seen[key] += 1
    return keyed


def _joiner_occurrences(before: Snapshot, after: Snapshot) -> Iterator[Occurrence]:
    """Compare two lists; what had happened before the first one is no event."""
    old, new = before.last(JOINERS), after.last(JOINERS)
    if old is None or new is None or old is new:
        return
    known = _by_key(old)
    for key, joiner in _by_key(new).items():
        attributes = {"eui64": joiner.eui64}
        past = known.get(key)
        if past is None:
            yield Occurrence(event_type=_ADDED, attributes=attributes)
        again = past is not None and past.joined_at != joiner.joined_at
        if joiner.status in _ENDS and (past is None or past.status is not joiner.status or again):
            yield Occurrence(event_type=_ENDS[joiner.status], attributes=attributes)


def _role_occurrences(before: Snapshot, after: Snapshot) -> Iterator[Occurrence]:
    """Compare two roles, both of which must be known."""
    old, new = before.last(THREAD), after.last(THREAD)
    if old is None or new is None:
        return
    if old.radio.role and new.radio.role and old.radio.role is not new.radio.role:
        attributes = {"from": old.radio.role.value, "to": new.radio.role.value}
        yield Occurrence(event_type=_ROLE_CHANGED, attributes=attributes)


def _uplink_occurrences(before: Snapshot, after: Snapshot) -> Iterator[Occurrence]:
    """Compare the uplinks that were used last, both of which must be known."""
    old, new = before.last(UPLINK), after.last(UPLINK)
    if old and new and old.latest and new.latest and old.latest is not new.latest:
        yield Occurrence(event_type=_CHANGES[new.latest])


EVENTS: Final[tuple[GatehouseEventDescription, ...]] = (
    GatehouseEventDescription(
        key="joiner",
        event_types=[_ADDED, *_ENDS.values()],
        reading=JOINERS,
        occurrences_fn=_joiner_occurrences,
    ),
    GatehouseEventDescription(
        key="thread_role",
        event_types=[_ROLE_CHANGED],
        reading=THREAD,
        occurrences_fn=_role_occurrences,
    ),
    GatehouseEventDescription(
        key="uplink",
        event_types=list(_CHANGES.values()),
        reading=UPLINK,
        also_reads=(ETHERNET, WIFI, FAILOVER),
        occurrences_fn=_uplink_occurrences,
    ),
)
