"""Sending a text message: what is checked before, and what is said after."""

from collections.abc import Sequence
from dataclasses import dataclass, field
import re
from typing import Any, Final

from .const import CONF_MAX_SMS_PARTS, DEFAULT_MAX_SMS_PARTS
from .coordinator import GatehouseCoordinator
from .errors import failure, input_error
from .families.sms import SmsSupport
from .messaging.dispatch import Dispatch, Wish
from .sms.journal import JournalEntry, SendState
from .sms.message import Message
from .sms.numbers import normalize_number
from .sms.segments import segment

_UNSENDABLE: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Control characters and halves of characters, which have no place in a message."""

_NOT_SENT: Final = frozenset({SendState.FAILED, SendState.REJECTED})


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A message that was to be sent, and what became of it."""

    message: Message
    entries: tuple[JournalEntry, ...]
    """Of the numbers that came to their turn."""

    results: dict[str, str] = field(repr=False)
    """In a word, for each number."""


async def async_send_sms(
    coordinator: GatehouseCoordinator[Any],
    numbers: Sequence[object],
    text: str,
    wish: Wish | None = None,
) -> Sent:
    """Send a message once. Raises translated errors where nothing was sent."""
    support, messaging = coordinator.family.sms, coordinator.messaging
    if support is None or messaging is None:
        raise input_error("sms_not_supported", device=coordinator.name)
    message = _checked(coordinator, support, numbers, text)
    dispatch = Dispatch(coordinator, messaging, support, message, wish or Wish())
    entries = await coordinator.async_command(dispatch.run)
    found = {entry.number: entry.state for entry in entries}
    results = {number: _word(found.get(number)) for number in message.numbers}
    return Sent(message=message, entries=tuple(entries), results=results)


def raise_unless_sent(sent: Sent) -> None:
    """Raise an error if the device did not send the message to everybody."""
    outcomes = list(sent.results.values())
    if failed := outcomes.count(SendState.FAILED):
        raise failure("sms_failed", failed=str(failed), total=str(len(outcomes)))
    if SendState.UNKNOWN in outcomes:
        raise failure("sms_outcome_unknown")


def _word(state: SendState | None) -> str:
    """Return the result for a number; one that did not come to its turn has failed."""
    return SendState.FAILED.value if state is None or state in _NOT_SENT else state.value


def _checked(
    coordinator: GatehouseCoordinator[Any],
    support: SmsSupport[Any],
    numbers: Sequence[object],
    text: str,
) -> Message:
    """Check a message and bring its numbers into shape. Raises translated errors."""
    normalized: dict[str, None] = {}
    for position, number in enumerate(numbers, start=1):
        if not isinstance(number, str):
            # YAML and templates make numbers of digits: the + is lost, or they are read as octal.
            raise input_error("number_not_text", position=str(position))
        if (bare := normalize_number(number)) is None:
            raise input_error("invalid_number", position=str(position))
        normalized[bare] = None
    if not normalized:
        raise input_error("no_numbers")
    if len(normalized) > support.max_numbers:
        raise input_error(
            "too_many_numbers", count=str(len(normalized)), limit=str(support.max_numbers)
        )
    if not text.strip():
        raise input_error("empty_message")
    if _UNSENDABLE.search(text):
        raise input_error("invalid_character")
    segmentation = segment(text)
    limit = int(coordinator.config_entry.options.get(CONF_MAX_SMS_PARTS, DEFAULT_MAX_SMS_PARTS))
    if segmentation.segments > limit:
        raise input_error("message_too_long", segments=str(segmentation.segments), limit=str(limit))
    return Message(numbers=tuple(normalized), text=text, segmentation=segmentation)
