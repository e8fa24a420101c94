"""The address to which a device has to push what the network answers, for its owner to see."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from ..const import CONF_PUSH_ADDRESS
from ..families.push import PushSupport
from ..messaging.store import NotSaved
from .hooks import NoAddress, hook_path, hook_url
from .memory import Memory

_PLACEHOLDER: Final = "ussd_address"


async def async_ussd_placeholders(
    hass: HomeAssistant, entry: ConfigEntry, support: PushSupport[Any, Any] | None
) -> Mapping[str, str] | None:
    """Return what fills the text of the options of a device, also while it is not set up."""
    if support is None or support.ussd is None:
        return None
    try:
        hook = (await Memory.load(hass, entry.entry_id, support)).ussd_hook
    except NotSaved:
        return {_PLACEHOLDER: "?"}
    try:
        return {_PLACEHOLDER: str(hook_url(hass, entry.options.get(CONF_PUSH_ADDRESS), hook))}
    except NoAddress:
        return {_PLACEHOLDER: hook_path(hook)}
