"""Which ports a message is tried on, and in which order."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..const import CONF_FIXED_PORT, CONF_PORT_POLICY
from ..families.sms import Line, PortPolicy


def order_ports(
    lines: Iterable[Line],
    options: Mapping[str, Any],
    *,
    preferred: int | None,
    usage: Counter[int],
    latest: int | None,
) -> list[int]:
    """Return the ports that can send, in the order in which they are to be tried.

    `preferred` comes first, if it can send; `usage` says how many messages each port had lately,
    `latest` which one had the last.
    """
    usable = sorted(line.number for line in lines if line.usable)
    ordered = _by_policy(usable, options, usage, latest)
    if preferred in usable:
        return [preferred, *(number for number in ordered if number != preferred)]
    return ordered


def _by_policy(
    usable: Sequence[int], options: Mapping[str, Any], usage: Counter[int], latest: int | None
) -> list[int]:
    """Order ports as the owner wants it."""
    match PortPolicy(options.get(CONF_PORT_POLICY, PortPolicy.FIRST_AVAILABLE)):
        case PortPolicy.FIRST_AVAILABLE:
            return list(usable)
        case PortPolicy.ROUND_ROBIN:
            return sorted(usable, key=lambda number: (number <= (latest or 0), number))
        case PortPolicy.LEAST_USED:
            return sorted(usable, key=lambda number: (usage[number], number))
        case PortPolicy.FIXED:
            return [number for number in usable if number == options.get(CONF_FIXED_PORT)]
