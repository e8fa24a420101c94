"""Actions on the clients of a HiLink device: names, and who is kept out of the Wi-Fi."""

from collections.abc import Awaitable, Callable
import re
from typing import Final

from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import HostInfo
from ...errors import input_error
from ..actions import ActionCall, ActionResult, GatehouseAction
from .client_access import MAC_FILTER, set_access
from .readings import HOSTS

_MAC: Final[VolDictType] = {vol.Required("mac"): cv.string}
_DIGITS: Final = re.compile(r"[0-9a-f]{12}")
_LONGEST_NAME: Final = 64
"""Bytes, as the device's own page has it."""


def _address(text: str) -> str:
    """Return a hardware address of any spelling. Raises a translated error."""
    digits = re.sub(r"[:.\-\s]", "", text.lower())
    if not _DIGITS.fullmatch(digits):
        raise input_error("invalid_mac")
    return ":".join(digits[at : at + 2] for at in range(0, 12, 2))


def _access(*, allowed: bool) -> Callable[[ActionCall[HilinkClient]], Awaitable[ActionResult]]:
    """Return what lets a client into the Wi-Fi, or keeps it out."""

    async def change(call: ActionCall[HilinkClient]) -> ActionResult:
        """Change it; whoever is blocked need not be known to the device yet."""
        await set_access(call.client, _address(call.fields["mac"]), allowed)
        shown = call.snapshot.ok(MAC_FILTER)
        return ActionResult(read_back=(MAC_FILTER,) if shown else ())

    return change


async def _rename(call: ActionCall[HilinkClient]) -> None:
    """Give a client another name on the device."""
    mac, name = _address(call.fields["mac"]), call.fields["name"].strip()
    if not name or not name.isprintable() or len(name.encode()) > _LONGEST_NAME:
        raise input_error("invalid_client_name")
    listed = await call.client.hosts.all()
    if not isinstance(listed, HostInfo):
        raise input_error("names_not_kept")
    host = next((each for each in listed.hosts if each.mac == mac), None)
    if host is None or host.host_id is None:
        raise input_error("unknown_client")
    await call.client.hosts.rename(host, name)


CLIENT_ACTIONS: Final = (
    GatehouseAction[HilinkClient](
        name="rename_client",
        fields={**_MAC, vol.Required("name"): cv.string},
        run=_rename,
        read_back=(HOSTS,),
    ),
    GatehouseAction[HilinkClient](name="block_client", fields=_MAC, run=_access(allowed=False)),
    GatehouseAction[HilinkClient](name="unblock_client", fields=_MAC, run=_access(allowed=True)),
)
