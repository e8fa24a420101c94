"""Room for messages in a HiLink device: what is deleted, and when its owner should know."""

from collections.abc import Sequence
from typing import Final

from ...clients.hilink.boxes import BoxType
from ...clients.hilink.client import HilinkClient
from ...clients.hilink.models import MessageStatus, StoredMessage
from ...clients.hilink.sealed import EncryptedReply
from ...errors import failure
from ...sms.received import Received
from ..actions import ActionCall
from ..issues import Fix, GatehouseIssueDescription
from ..readings import Snapshot
from ..sms import AfterReceiving, Upkeep
from .message_rows import inbox_row
from .readings import SMS_COUNT, SMS_LIST

_NEARLY_FULL: Final = 0.9
_ROOMY: Final = 0.5
"""Share of the storage that is taken once it has been cleared."""


async def tidy(client: HilinkClient, told: Sequence[Received], upkeep: Upkeep) -> None:
    """Delete or mark messages that were handed over, by what is in the inbox now.

    What was never handed over nor read by anybody stays as it is.
    """
    inbox = await client.sms.boxes.all(BoxType.INBOX)
    known = {received.fingerprint for received in told}
    done = {each.key for each in inbox if _is_done(each, known)}
    surplus = inbox[upkeep.keep_last :] if upkeep.after is AfterReceiving.DELETE else ()
    doomed = [each for each in surplus if each.key in done]
    if doomed:
        await client.sms.delete(_indexes(doomed))
    unread = [
        each
        for each in inbox
        if each.key in done and each not in doomed and each.status == MessageStatus.UNREAD
    ]
    if unread:
        await client.sms.mark_read(_indexes(unread))


def _is_done(message: StoredMessage, known: set[str]) -> bool:
    """Tell whether nobody needs a message in the device any more."""
    if message.status == MessageStatus.READ or message.is_report:
        return True
    return inbox_row(message).message.fingerprint in known


def _indexes(messages: Sequence[StoredMessage]) -> list[int]:
    """Return the indexes of messages."""
    return [message.index for message in messages if message.index is not None]


def _room(snapshot: Snapshot) -> tuple[int, int]:
    """Return how many messages there are in the device, and how many it can hold."""
    counted = snapshot[SMS_COUNT]
    return counted.local_stored or 0, counted.local_max or 0


def _is_nearly_full(snapshot: Snapshot) -> bool:
    """Tell whether new messages will soon be lost."""
    stored, most = _room(snapshot)
    return bool(most) and stored >= most * _NEARLY_FULL


def _placeholders(snapshot: Snapshot) -> dict[str, str]:
    """Return what fills the text of the issue."""
    stored, most = _room(snapshot)
    return {"stored": str(stored), "most": str(most)}


async def _make_room(call: ActionCall[HilinkClient]) -> None:
    """Delete the oldest messages that were read, until the storage is half empty."""
    if messaging := call.entry.runtime_data.messaging:
        # Somebody may have read one on the device's own page that nobody was told of yet.
        await messaging.async_collect()
    counted = await call.client.sms.count()
    surplus = (counted.local_stored or 0) - int((counted.local_max or 0) * _ROOMY)
    inbox = await call.client.sms.boxes.all(BoxType.INBOX)
    read = [message for message in reversed(inbox) if message.status == MessageStatus.READ]
    if not read:
        raise failure("no_read_messages", device=call.entry.title)
    await call.client.sms.delete(_indexes(read[: max(surplus, 0)]))


def _is_encrypted(snapshot: Snapshot) -> bool:
    """Tell whether the list of messages cannot be read because the firmware encrypts it."""
    record = snapshot.records.get(SMS_LIST)
    return record is not None and record.error == EncryptedReply.__name__


async def _look_again(call: ActionCall[HilinkClient]) -> None:
    """See whether the firmware, which its owner has changed, does so no more."""
    try:
        await call.client.sms.boxes.newest()
    except EncryptedReply as err:
        raise failure("sms_still_encrypted", device=call.entry.title) from err


MESSAGE_ISSUES: Final = (
    GatehouseIssueDescription[HilinkClient](
        key="sms_storage_nearly_full",
        readings=(SMS_COUNT,),
        active_fn=_is_nearly_full,
        placeholders_fn=_placeholders,
        fix=Fix(run=_make_room, read_back=(SMS_COUNT,)),
    ),
    GatehouseIssueDescription[HilinkClient](
        key="sms_encrypted",
        readings=(SMS_COUNT,),
        active_fn=_is_encrypted,
        fix=Fix(run=_look_again, read_back=(SMS_LIST,)),
    ),
)
