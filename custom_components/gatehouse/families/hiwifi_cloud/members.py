"""The routers behind a cloud, as their owner adds them."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.const import CONF_MAC
from homeassistant.helpers.selector import TextSelector
import voluptuous as vol

from ...clients.hiwifi.cloud_account import CloudAccount
from ...clients.hiwifi.values import mac_address
from ..base import InvalidInput
from ..members import MemberSupport

KIND: Final = "router"


async def _admit(account: CloudAccount, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Ask the cloud for a router, which may be offline. Raises client errors, or InvalidInput."""
    mac = mac_address(fields[CONF_MAC])
    if mac is None:
        raise InvalidInput(CONF_MAC, "invalid_mac")
    await account.server.status(mac)
    return {CONF_MAC: mac}


ROUTER_SUPPORT: Final = MemberSupport[CloudAccount](
    kind=KIND,
    fields={vol.Required(CONF_MAC): TextSelector()},
    unique_field=CONF_MAC,
    admit=_admit,
)
