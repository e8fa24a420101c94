"""Actions."""

from typing import Final

from homeassistant.const import ATTR_CONFIG_ENTRY_ID
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv, service
import voluptuous as vol

from .const import DOMAIN
from .coordinator import GatehouseConfigEntry
from .outgoing import async_send_sms, raise_unless_sent

SERVICE_SEND_SMS: Final = "send_sms"
ATTR_MESSAGE: Final = "message"
ATTR_NUMBERS: Final = "numbers"

_SEND_SMS_SCHEMA: Final = vol.Schema(
    {
        vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string,
        # Text or not is checked later, where the answer can say what to do.
        vol.Required(ATTR_NUMBERS): cv.ensure_list,
        vol.Required(ATTR_MESSAGE): cv.string,
    }
)


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions."""
    hass.services.async_register(
        DOMAIN,
        SERVICE_SEND_SMS,
        _async_send_sms,
        schema=_SEND_SMS_SCHEMA,
        supports_response=SupportsResponse.OPTIONAL,
    )


async def _async_send_sms(call: ServiceCall) -> ServiceResponse:
    """Send a text message; whoever asks for the response learns what happened to each number."""
    entry: GatehouseConfigEntry = service.async_get_config_entry(
        call.hass, DOMAIN, call.data.get(ATTR_CONFIG_ENTRY_ID)
    )
    report, message = await async_send_sms(
        entry.runtime_data, call.data[ATTR_NUMBERS], call.data[ATTR_MESSAGE]
    )
    if not call.return_response:
        raise_unless_sent(report)
        return None
    outcomes = {
        "sent": report.sent,
        "failed": report.failed,
        "unknown": report.unknown,
    }
    return {
        "results": {number: outcome for outcome, numbers in outcomes.items() for number in numbers},
        "segments": message.segmentation.segments,
        "coding": message.segmentation.coding,
    }
