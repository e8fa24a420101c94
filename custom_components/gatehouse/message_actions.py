"""Actions of messages: sending them, and looking at those that the device keeps."""

from datetime import datetime, timedelta
from typing import Any, Final

from homeassistant.const import ATTR_CONFIG_ENTRY_ID
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv, service
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType
import voluptuous as vol

from .const import CONF_DEVICE_TYPE, DOMAIN
from .coordinator import GatehouseConfigEntry
from .errors import input_error
from .families import FAMILIES
from .families.sms import Box, Filter, ListedMessage, Query
from .messaging.contacts import find_contact
from .messaging.dispatch import Wish
from .outgoing import Sent, async_send_sms, raise_unless_sent
from .sms.numbers import normalize_number

SERVICE_LIST_SMS: Final = "list_sms"
SERVICE_SEND_SMS: Final = "send_sms"

ATTR_BOX: Final = "box"
ATTR_DUPLICATE_WINDOW: Final = "duplicate_window"
ATTR_FILTER: Final = "filter"
ATTR_IDEMPOTENCY_KEY: Final = "idempotency_key"
ATTR_MESSAGE: Final = "message"
ATTR_NUMBER: Final = "number"
ATTR_NUMBERS: Final = "numbers"
ATTR_PAGE: Final = "page"
ATTR_PAGE_SIZE: Final = "page_size"
ATTR_PORT: Final = "port"
ATTR_SINCE: Final = "since"
ATTR_UNTIL: Final = "until"

_LONGEST_WINDOW: Final = 86400
"""Seconds for which the journal keeps every message."""

_SEND_SMS_SCHEMA: Final = vol.Schema(
    {
        vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string,
        # Text or not is checked later, where the answer can say what to do.
        vol.Required(ATTR_NUMBERS): cv.ensure_list,
        vol.Required(ATTR_MESSAGE): cv.string,
        vol.Optional(ATTR_PORT): cv.positive_int,
        vol.Optional(ATTR_IDEMPOTENCY_KEY): vol.All(cv.string, vol.Length(min=1, max=255)),
        vol.Optional(ATTR_DUPLICATE_WINDOW, default=0): vol.All(
            vol.Coerce(int), vol.Range(min=0, max=_LONGEST_WINDOW)
        ),
    }
)

_LIST_SMS_SCHEMA: Final = vol.Schema(
    {
        vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string,
        vol.Optional(ATTR_BOX, default=Box.INBOX): vol.Coerce(Box),
        vol.Optional(ATTR_PAGE, default=1): vol.All(vol.Coerce(int), vol.Range(min=1)),
        vol.Optional(ATTR_PAGE_SIZE, default=10): vol.All(
            vol.Coerce(int), vol.Range(min=1, max=100)
        ),
        vol.Optional(ATTR_NUMBER, default=""): cv.string,
        vol.Optional(ATTR_SINCE): cv.datetime,
        vol.Optional(ATTR_UNTIL): cv.datetime,
        vol.Optional(ATTR_FILTER, default=Filter.ALL): vol.Coerce(Filter),
    }
)


@callback
def async_register_message_actions(hass: HomeAssistant) -> None:
    """Register the actions."""
    hass.services.async_register(
        DOMAIN,
        SERVICE_SEND_SMS,
        _async_send_sms,
        schema=_SEND_SMS_SCHEMA,
        supports_response=SupportsResponse.OPTIONAL,
    )
    service.async_register_admin_service(
        hass,
        DOMAIN,
        SERVICE_LIST_SMS,
        _async_list_sms,
        schema=_LIST_SMS_SCHEMA,
        supports_response=SupportsResponse.ONLY,
    )


async def _async_send_sms(call: ServiceCall) -> ServiceResponse:
    """Send a text message; whoever asks for the response learns what happened to each number."""
    entry = _entry_of(call)
    wish = Wish(
        port=call.data.get(ATTR_PORT),
        idempotency_key=call.data.get(ATTR_IDEMPOTENCY_KEY),
        duplicate_window=timedelta(seconds=call.data[ATTR_DUPLICATE_WINDOW]),
    )
    sent = await async_send_sms(
        entry.runtime_data, call.data[ATTR_NUMBERS], call.data[ATTR_MESSAGE], wish
    )
    if call.return_response:
        return _sent_response(sent)
    raise_unless_sent(sent)
    return None


def _sent_response(sent: Sent) -> JsonObjectType:
    """Return what happened to each number; devices with ports tell more of it."""
    response: JsonObjectType = {
        "results": dict(sent.results),
        "segments": sent.message.segmentation.segments,
        "coding": sent.message.segmentation.coding,
    }
    if any(entry.port for entry in sent.entries):
        response["messages"] = [
            {
                "number": entry.number,
                "state": entry.state.value,
                "port": entry.port and int(entry.port),
                "id": entry.key,
                "device_id": entry.device_id,
            }
            for entry in sent.entries
        ]
    return response


async def _async_list_sms(call: ServiceCall) -> ServiceResponse:
    """Return a page of the messages that the device keeps."""
    entry = _entry_of(call)
    coordinator = entry.runtime_data
    support = coordinator.family.sms
    if support is None or (listing_fn := support.listing) is None:
        raise input_error("sms_list_not_supported", device=coordinator.name)
    query = _query(call.data)
    listing = await coordinator.async_command(
        lambda client: listing_fn(client, coordinator.data, query)
    )
    return {
        "messages": [_listed(entry, message) for message in listing.messages],
        "page": query.page,
        "pages": listing.pages,
    }


def _query(fields: dict[str, Any]) -> Query:
    """Return what is asked for. Raises a translated error."""
    box, shown = fields[ATTR_BOX], fields[ATTR_FILTER]
    if box is Box.OUTBOX and shown is not Filter.ALL:
        raise input_error("filter_of_inbox")
    number = fields[ATTR_NUMBER].strip()
    return Query(
        box=box,
        page=fields[ATTR_PAGE],
        page_size=fields[ATTR_PAGE_SIZE],
        # A sender may have a name.
        number=normalize_number(number) or number,
        since=_aware(fields.get(ATTR_SINCE)),
        until=_aware(fields.get(ATTR_UNTIL)),
        filter=shown,
    )


def _aware(moment: datetime | None) -> datetime | None:
    """Return a moment with time zone; without one it is meant as the clocks of the house show."""
    return moment and dt_util.as_utc(moment)


def _listed(entry: GatehouseConfigEntry, message: ListedMessage) -> JsonObjectType:
    """Return a message for the response; what the device does not tell is left out."""
    contact = find_contact(entry, message.number)
    told: JsonObjectType = {
        "id": message.id,
        "number": message.number,
        "contact": contact.title if contact else None,
        "port": message.port,
        "time": message.time.isoformat() if message.time else None,
        "status": message.status,
        "text": message.text,
    }
    return {key: value for key, value in told.items() if value is not None}


def _entry_of(call: ServiceCall) -> GatehouseConfigEntry:
    """Return the device of an action; where there is but one that has messages, it is meant."""
    entry_id = call.data.get(ATTR_CONFIG_ENTRY_ID)
    if entry_id is None:
        entries = call.hass.config_entries.async_entries(
            DOMAIN, include_ignore=False, include_disabled=False
        )
        able = [each.entry_id for each in entries if FAMILIES[each.data[CONF_DEVICE_TYPE]].sms]
        entry_id = able[0] if len(able) == 1 else None
    entry: GatehouseConfigEntry = service.async_get_config_entry(call.hass, DOMAIN, entry_id)
    return entry
