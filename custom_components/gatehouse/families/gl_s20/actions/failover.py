"""The change between the two uplinks."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from ....clients.gl_s20 import rules
from ....clients.gl_s20.client import GlS20Client
from ....clients.gl_s20.models import UplinkCheck
from ....errors import failure, input_error
from ...actions import ActionCall, GatehouseAction
from ..readings import FAILOVER
from .validation import check

_UPLINKS: Final = ("ethernet", "wifi")
_LIST_OF_ADDRESSES: Final = vol.All(cv.ensure_list, [cv.string])
_PARTS: Final = {
    "enabled": cv.boolean,
    "ipv4_targets": _LIST_OF_ADDRESSES,
    "ipv6_targets": _LIST_OF_ADDRESSES,
}
_FIELDS: Final[VolDictType] = {
    vol.Optional(f"{uplink}_{part}"): kind for uplink in _UPLINKS for part, kind in _PARTS.items()
}


async def _set_failover(call: ActionCall[GlS20Client]) -> None:
    """Change what is given and leave the rest as it is."""
    changes = {uplink: _changes(call.fields, uplink) for uplink in _UPLINKS}
    if not any(changes.values()):
        raise input_error("nothing_to_change")
    async with call.client.changing:
        configuration = await call.client.failover.configuration()
        await call.client.failover.configure(
            ethernet=_changed("ethernet", configuration.ethernet, changes["ethernet"]),
            wifi=_changed("wifi", configuration.wifi, changes["wifi"]),
        )


def _changes(fields: Mapping[str, Any], uplink: str) -> dict[str, Any]:
    """Return what is to change of the check of an uplink. Raises a translated error."""
    changes = {part: fields[name] for part in _PARTS if (name := f"{uplink}_{part}") in fields}
    check(rules.check_targets, changes.get("ipv4_targets", ()), changes.get("ipv6_targets", ()))
    return changes


def _changed(uplink: str, present: UplinkCheck, changes: Mapping[str, Any]) -> UplinkCheck:
    """Return a check with what is to change."""
    wanted = replace(present, **changes)
    if wanted.enabled is None:
        raise failure("configuration_incomplete", fields=f"{uplink}_enabled")
    try:
        rules.check_targets(wanted.ipv4_targets, wanted.ipv6_targets)
    except ValueError:
        # The router has what it would not take; then somebody has to choose.
        fields = f"{uplink}_ipv4_targets, {uplink}_ipv6_targets"
        raise failure("configuration_incomplete", fields=fields) from None
    return wanted


FAILOVER_ACTIONS: Final = (
    GatehouseAction[GlS20Client](
        name="set_failover", fields=_FIELDS, run=_set_failover, read_back=(FAILOVER,)
    ),
)
