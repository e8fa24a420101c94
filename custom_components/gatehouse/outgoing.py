"""Sending a text message: what is checked before, and what is said after."""

from collections.abc import Sequence
import re
from typing import Any, Final

from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from .clients.messages import SendReport
from .const import CONF_MAX_SMS_PARTS, DEFAULT_MAX_SMS_PARTS, DOMAIN
from .coordinator import GatehouseCoordinator
from .errors import input_error
from .families.base import SmsSupport
from .sms.message import Message
from .sms.numbers import normalize_number
from .sms.segments import segment

_UNSENDABLE: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Control characters and halves of characters, which have no place in a message."""


async def async_send_sms(
    coordinator: GatehouseCoordinator[Any], numbers: Sequence[object], text: str
) -> tuple[SendReport, Message]:
    """Send a message once. Raises translated errors before anything is sent."""
    support = coordinator.family.sms
    if support is None:
        raise input_error("sms_not_supported", device=coordinator.name)
    message = _checked(coordinator, support, numbers, text)
    report = await coordinator.async_command(
        lambda client: support.send(client, message, dt_util.now())
    )
    return report, message


def raise_unless_sent(report: SendReport) -> None:
    """Raise an error if the device did not send the message to everybody."""
    if report.failed:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="sms_failed",
            translation_placeholders={
                "failed": str(len(report.failed)),
                "total": str(len(report.sent) + len(report.failed) + len(report.unknown)),
            },
        )
    if report.unknown:
        raise HomeAssistantError(translation_domain=DOMAIN, translation_key="sms_outcome_unknown")


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
