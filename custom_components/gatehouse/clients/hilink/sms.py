"""Messages of a HiLink device: counts and sending."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Protocol

from ..errors import CannotConnect, DeviceBusy, GatehouseError, InvalidReply, OutcomeUnknown
from ..messages import SendReport
from . import xml
from .models import SmsCount, SmsSendStatus

STATUS_INTERVAL: Final = 1.0
"""Seconds between looks at the progress of sending, as the devices' own page does it."""

_STATUS_LOOKS: Final = 60
_STATUS_LOOKS_PER_NUMBER: Final = 20
_STALE_LOOKS: Final = 4


class Requests(Protocol):
    """What is needed of the client."""

    async def fields(self, path: str) -> xml.Fields:
        """Read a page."""

    async def command(self, path: str, fields: Mapping[str, Any]) -> xml.Fields | str:
        """Send a command."""


class Sms:
    """Messages (seed "SMS Module")."""

    def __init__(self, client: Requests) -> None:
        """Use the session of a client."""
        self._client = client
        self._sending = asyncio.Lock()

    async def count(self) -> SmsCount:
        """Read how many messages each box holds (sms/sms-count). NotSupported: no SMS at all."""
        return SmsCount.from_fields(await self._client.fields(SmsCount.ENDPOINT))

    async def send_status(self) -> SmsSendStatus:
        """Read how far the device got with the last message (sms/send-status)."""
        return SmsSendStatus.from_fields(await self._client.fields(SmsSendStatus.ENDPOINT))

    async def send(
        self, numbers: Sequence[str], text: str, *, gsm7: bool, sent_at: datetime
    ) -> SendReport:
        """Send a message once to each number and wait until the device says how it went.

        `gsm7` chooses the coding (GSM 7-bit, else UCS-2); `sent_at` is local time (sms/send-sms).
        Refusals raise; whatever cannot be known any more is reported as unknown. DeviceBusy:
        another message is still on its way.
        """
        async with self._sending:
            before = await self._earlier_status()
            if before is not None and before.sending is not None:
                raise DeviceBusy("another message is still on its way")
            try:
                await self._client.command(
                    "sms/send-sms",
                    {
                        "Index": -1,
                        "Phones": {"Phone": list(numbers)},
                        "Sca": None,
                        "Content": text,
                        "Length": len(text.encode("utf-16-le")) // 2,
                        "Reserved": int(gsm7),
                        "Date": f"{sent_at:%Y-%m-%d %H:%M:%S}",
                    },
                )
            except OutcomeUnknown:
                return SendReport(unknown=tuple(numbers))
            return await self._follow(numbers, before)

    async def _follow(self, numbers: Sequence[str], before: SmsSendStatus | None) -> SendReport:
        """Look at the device's progress until it has dealt with all numbers.

        What looks as it did before is at first taken for the end of an earlier message.
        """
        report = _report(numbers, (), ())
        for look in range(_STATUS_LOOKS + _STATUS_LOOKS_PER_NUMBER * len(numbers)):
            await asyncio.sleep(STATUS_INTERVAL)
            try:
                status = await self.send_status()
            except CannotConnect, DeviceBusy, InvalidReply:
                continue
            except GatehouseError:
                return report
            if status == before and look < _STALE_LOOKS:
                continue
            report = _report(numbers, status.succeeded, status.failed)
            if status.sending is None and not report.unknown:
                return report
        return report

    async def _earlier_status(self) -> SmsSendStatus | None:
        """Read how the last message went, None where the device does not tell."""
        try:
            return await self.send_status()
        except GatehouseError:
            return None


def _report(numbers: Sequence[str], sent: Iterable[str], failed: Iterable[str]) -> SendReport:
    """Sort the numbers by what became of them."""
    done, refused = set(sent), set(failed)
    return SendReport(
        sent=tuple(number for number in numbers if number in done),
        failed=tuple(number for number in numbers if number in refused - done),
        unknown=tuple(number for number in numbers if number not in done | refused),
    )
