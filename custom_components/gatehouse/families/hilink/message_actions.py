"""Actions on the messages that a HiLink device keeps."""

from collections.abc import Iterable
from typing import Final

from homeassistant.core import SupportsResponse
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ...clients.hilink.boxes import BoxType
from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import MessageStatus, StoredMessage
from ...errors import input_error
from ...sms.numbers import normalize_number
from ...sms.segments import Coding, segment
from ..actions import ActionCall, ActionResult, GatehouseAction
from .message_rows import message_id
from .readings import SMS_COUNT

_IDS: Final[VolDictType] = {
    vol.Required("ids"): vol.All(cv.ensure_list, vol.Length(min=1), [cv.string])
}


async def _delete(call: ActionCall[HilinkClient]) -> ActionResult:
    """Delete messages, each only if it still is the one that was listed."""
    found = await _find(call, BoxType)
    await call.client.sms.delete(_indexes(found))
    return _result(call, "deleted", found)


async def _mark_read(call: ActionCall[HilinkClient]) -> ActionResult:
    """Mark received messages as read."""
    found = await _find(call, (BoxType.INBOX, BoxType.SIM_INBOX))
    unread = {key: each for key, each in found.items() if each.status == MessageStatus.UNREAD}
    await call.client.sms.mark_read(_indexes(unread))
    return _result(call, "marked", found)


async def _save_draft(call: ActionCall[HilinkClient]) -> ActionResult:
    """Keep a message that somebody may send later on the device's own page."""
    text = call.fields["message"]
    if not text.strip():
        raise input_error("empty_message")
    numbers: list[str] = []
    for position, number in enumerate(call.fields["numbers"], start=1):
        if (bare := normalize_number(number)) is None:
            raise input_error("invalid_number", position=str(position))
        numbers.append(bare)
    segmentation = segment(text)
    await call.client.sms.save_draft(
        tuple(dict.fromkeys(numbers)),
        text,
        gsm7=segmentation.coding is Coding.GSM7,
        saved_at=dt_util.now(),
    )
    return ActionResult(
        response={"segments": segmentation.segments, "coding": segmentation.coding.value}
    )


async def _find(
    call: ActionCall[HilinkClient], boxes: Iterable[BoxType]
) -> dict[str, StoredMessage]:
    """Return the messages that are meant, as far as they are there, by id."""
    wanted = set(call.fields["ids"])
    found: dict[str, StoredMessage] = {}
    for box in boxes:
        if wanted <= found.keys():
            break
        messages = {message_id(each): each for each in await call.client.sms.boxes.all(box)}
        found |= {key: messages[key] for key in wanted & messages.keys()}
    return found


def _indexes(found: dict[str, StoredMessage]) -> list[int]:
    """Return the indexes of messages."""
    return [message.index for message in found.values() if message.index is not None]


def _result(
    call: ActionCall[HilinkClient], done: str, found: dict[str, StoredMessage]
) -> ActionResult:
    """Return what was done with which messages."""
    ids = list(dict.fromkeys(call.fields["ids"]))
    return ActionResult(
        response={
            done: [key for key in ids if key in found],
            "not_found": [key for key in ids if key not in found],
        }
    )


MESSAGE_ACTIONS: Final = (
    GatehouseAction[HilinkClient](
        name="delete_sms",
        fields=_IDS,
        run=_delete,
        supports_response=SupportsResponse.OPTIONAL,
        admin=True,
        read_back=(SMS_COUNT,),
    ),
    GatehouseAction[HilinkClient](
        name="mark_sms_read",
        fields=_IDS,
        run=_mark_read,
        supports_response=SupportsResponse.OPTIONAL,
        admin=True,
        read_back=(SMS_COUNT,),
    ),
    GatehouseAction[HilinkClient](
        name="save_sms_draft",
        fields={
            vol.Required("numbers"): vol.All(cv.ensure_list, vol.Length(min=1), [cv.string]),
            vol.Required("message"): cv.string,
        },
        run=_save_draft,
        supports_response=SupportsResponse.OPTIONAL,
        read_back=(SMS_COUNT,),
    ),
)
