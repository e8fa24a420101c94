"""The inbox and the outbox of an entry, of which there is one each, whatever is set up anew."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..clients.errors import GatehouseError, OutcomeUnknown
from ..const import DOMAIN
from ..families.sms import Box, SmsSupport
from ..sms.inbox import Inbox
from ..sms.keeper import InvalidDocument
from ..sms.outbox import Outbox
from .store import BoxStore


@dataclass(frozen=True, kw_only=True)
class Boxes:
    """What is remembered of the messages of an entry."""

    inbox: Inbox
    inbox_store: BoxStore
    outbox: Outbox


# A message may still be on its way when the entry is set up anew: two memories would contradict.
_BOXES: Final[HassKey[dict[str, Boxes]]] = HassKey(f"{DOMAIN}_boxes")


async def async_load_boxes(
    hass: HomeAssistant, entry: ConfigEntry, support: SmsSupport[Any]
) -> Boxes:
    """Return the boxes of an entry, loaded."""
    known = hass.data.setdefault(_BOXES, {})
    if entry.entry_id in known:
        return known[entry.entry_id]
    inbox_store = BoxStore(hass, entry.entry_id, Box.INBOX)
    inbox = Inbox(inbox_store)
    await _load(hass, entry, Box.INBOX, inbox_store, inbox.load)
    outbox_store = BoxStore(hass, entry.entry_id, Box.OUTBOX)
    outbox = Outbox(
        outbox_store,
        refusals=(GatehouseError,),
        uncertain=(OutcomeUnknown,),
        delivery_reports=support.delivery_reports,
    )
    await _load(hass, entry, Box.OUTBOX, outbox_store, lambda: outbox.load(dt_util.utcnow()))
    return known.setdefault(
        entry.entry_id, Boxes(inbox=inbox, inbox_store=inbox_store, outbox=outbox)
    )


async def async_remove_boxes(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Forget all messages of an entry."""
    hass.data.get(_BOXES, {}).pop(entry.entry_id, None)
    for box in Box:
        ir.async_delete_issue(hass, DOMAIN, _issue_id(entry, box))
        await BoxStore(hass, entry.entry_id, box).remove()


async def _load(
    hass: HomeAssistant,
    entry: ConfigEntry,
    box: Box,
    store: BoxStore,
    load: Callable[[], Awaitable[None]],
) -> None:
    """Load a box, anew and with a word to the owner where what was kept makes no sense."""
    try:
        await load()
    except InvalidDocument:
        name = await store.set_aside(dt_util.now())
        ir.async_create_issue(
            hass,
            DOMAIN,
            _issue_id(entry, box),
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key=f"{box}_damaged",
            translation_placeholders={"device": entry.title, "file": name},
        )
        await load()


def _issue_id(entry: ConfigEntry, box: Box) -> str:
    """Return the id of the issue that a box is damaged."""
    return f"{entry.entry_id}_{box}_damaged"
