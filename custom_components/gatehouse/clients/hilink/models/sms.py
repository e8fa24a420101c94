"""Models of the message boxes and of a sending in progress."""

from dataclasses import dataclass
from typing import ClassVar

from ..values import comma_list, count, text
from .reply import Reply, read, read_tuple, total


@dataclass(frozen=True, kw_only=True)
class SmsCount(Reply):
    """Number of messages in each box of the device and of the SIM card."""

    ENDPOINT: ClassVar[str] = "sms/sms-count"

    local_unread: int | None = read(count, "LocalUnread")
    local_inbox: int | None = read(count, "LocalInbox")
    local_outbox: int | None = read(count, "LocalOutbox")
    local_draft: int | None = read(count, "LocalDraft")
    local_deleted: int | None = read(count, "LocalDeleted")
    """Messages in the trash."""

    local_max: int | None = read(count, "LocalMax")
    """Messages that the device can hold."""

    sim_unread: int | None = read(count, "SimUnread")
    sim_inbox: int | None = read(count, "SimInbox")
    sim_outbox: int | None = read(count, "SimOutbox")
    sim_draft: int | None = read(count, "SimDraft")

    sim_max: int | None = read(count, "SimMax")
    """Messages that the SIM card can hold."""

    sim_used: int | None = read(count, "SimUsed")
    """Places taken on the SIM card."""

    new_messages: int | None = read(count, "NewMsg")
    """Messages since the last look; not reliable on all firmware."""

    @property
    def unread(self) -> int | None:
        """Return the unread messages of the device and the SIM card together."""
        return total(self.local_unread, self.sim_unread)

    @property
    def local_stored(self) -> int | None:
        """Return the messages that take room in the device."""
        return total(self.local_inbox, self.local_outbox, self.local_draft, self.local_deleted)

    @property
    def stored(self) -> int | None:
        """Return the messages in all boxes; unread ones are part of the inbox."""
        return total(
            self.local_inbox,
            self.local_outbox,
            self.local_draft,
            self.sim_inbox,
            self.sim_outbox,
            self.sim_draft,
        )


@dataclass(frozen=True, kw_only=True)
class SmsSendStatus(Reply):
    """How far the sending of a message is."""

    ENDPOINT: ClassVar[str] = "sms/send-status"

    sending: str | None = read(text, "Phone", secret=True)
    """Number that is being sent to; None when all are done."""

    succeeded: tuple[str, ...] = read_tuple(comma_list, "SucPhone", secret=True)
    """Numbers for which the network took the message."""

    failed: tuple[str, ...] = read_tuple(comma_list, "FailPhone", secret=True)
    """Numbers for which it did not."""

    total: int | None = read(count, "TotalCount")
    """Numbers to send to."""

    current: int | None = read(count, "CurIndex")
    """Position of the number that is being sent to."""
