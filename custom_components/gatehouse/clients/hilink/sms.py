"""Messages of a HiLink device: its boxes, what is done with them, and sending."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Final, Protocol

from ..errors import CannotConnect, DeviceBusy, GatehouseError, InvalidReply, OutcomeUnknown
from ..messages import OnTurn, SendReport
from . import xml
from .boxes import Boxes
from .inbox import Inbox
from .models import SmsCount, SmsSendStatus

STATUS_INTERVAL: Final = 1.0
"""Seconds between looks at the progress of sending, as the devices' own page does it."""

_STATUS_LOOKS: Final = 60
_STATUS_LOOKS_PER_NUMBER: Final = 20
_STALE_LOOKS: Final = 4
_IDLE_LOOKS: Final = 15
"""In a row at a device that sends nothing, after which it will tell no more: it has restarted."""

_TURN_LOOKS: Final = 15
"""For the end of somebody else's message, or of what else keeps the device busy."""

_ABSENT_LOOKS: Final = 3
"""Without an answer in a row, after which the device is gone; nothing has been sent then."""

_INDEXES_AT_ONCE: Final = 50


class Requests(Protocol):
    """What is needed of the client."""

    async def fields(self, path: str) -> xml.Fields:
        """Read a page."""

    async def ask(
        self, path: str, fields: Mapping[str, Any], *, sealed: bool = False
    ) -> xml.Fields | str:
        """Ask for something that takes a description."""

    async def command(
        self,
        path: str,
        fields: Mapping[str, Any],
        on_turn: OnTurn | None = None,
        *,
        secret: bool = False,
        sealed: bool = False,
    ) -> xml.Fields | str:
        """Send a command."""


class Sms:
    """Messages (seed "SMS Module")."""

    def __init__(self, client: Requests) -> None:
        """Use the session of a client."""
        self._client = client
        self._sending = asyncio.Lock()
        self.boxes = Boxes(client)
        self.inbox = Inbox(self.boxes, self.count)

    async def count(self) -> SmsCount:
        """Read how many messages each box holds (sms/sms-count). NotSupported: no SMS at all."""
        counted = SmsCount.from_fields(await self._client.fields(SmsCount.ENDPOINT))
        self.inbox.note(counted)
        return counted

    async def delete(self, indexes: Sequence[int]) -> None:
        """Delete messages (sms/delete-sms); an index that nothing has is no error."""
        await self._apply("sms/delete-sms", indexes)

    async def mark_read(self, indexes: Sequence[int]) -> None:
        """Mark received messages as read (sms/set-read)."""
        await self._apply("sms/set-read", indexes)

    async def save_draft(
        self, numbers: Sequence[str], text: str, *, gsm7: bool, saved_at: datetime
    ) -> None:
        """Keep a message without sending it (sms/save-sms); the arguments are those of `send`."""
        fields = _outgoing(numbers, text, saved_at, gsm7=gsm7)
        await self._client.command("sms/save-sms", fields, sealed=await self.boxes.sealed())

    async def _apply(self, path: str, indexes: Sequence[int]) -> None:
        """Do something with messages, several at a time."""
        sealed = await self.boxes.sealed()
        for start in range(0, len(indexes), _INDEXES_AT_ONCE):
            some = [str(index) for index in indexes[start : start + _INDEXES_AT_ONCE]]
            await self._client.command(path, {"Index": some}, secret=sealed)

    async def send_status(self) -> SmsSendStatus:
        """Read how far the device got with the last message (sms/send-status)."""
        return SmsSendStatus.from_fields(await self._client.fields(SmsSendStatus.ENDPOINT))

    async def send(
        self,
        numbers: Sequence[str],
        text: str,
        *,
        gsm7: bool,
        sent_at: datetime,
        on_turn: OnTurn | None = None,
    ) -> SendReport:
        """Send a message once to each number and wait until the device says how it went.

        `gsm7` chooses the coding (GSM 7-bit, else UCS-2); `sent_at` is local time (sms/send-sms).
        Refusals raise; whatever cannot be known any more is reported as unknown. DeviceBusy:
        another message is still on its way.
        """
        async with self._sending:
            try:
                before = await self._submit(_outgoing(numbers, text, sent_at, gsm7=gsm7), on_turn)
            except OutcomeUnknown:
                return SendReport(unknown=tuple(numbers))
            return await self._follow(numbers, before)

    async def _submit(
        self, fields: Mapping[str, Any], on_turn: OnTurn | None
    ) -> SmsSendStatus | None:
        """Give a message to the device once it is free, and return the status of the one before.

        A device that is busy has taken nothing, so that it can be asked again. CannotConnect: it
        does not answer, and was not given the message.
        """
        absent = 0
        for _ in range(_TURN_LOOKS):
            try:
                before = await self._earlier_status()
                sealed = await self.boxes.sealed()
            except CannotConnect as err:
                absent += 1
                if absent == _ABSENT_LOOKS:
                    raise CannotConnect("no answer before a message was to be sent") from err
                await asyncio.sleep(STATUS_INTERVAL)
                continue
            absent = 0
            if before is None or before.sending is None:
                with suppress(DeviceBusy):
                    await self._client.command("sms/send-sms", fields, on_turn, sealed=sealed)
                    return before
            await asyncio.sleep(STATUS_INTERVAL)
        raise DeviceBusy("another message is still on its way")

    async def _follow(self, numbers: Sequence[str], before: SmsSendStatus | None) -> SendReport:
        """Look at the device's progress until it has dealt with all numbers.

        What looks as it did before is at first taken for the end of an earlier message.
        """
        report = _report(numbers, (), ())
        idle = 0
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
            idle = idle + 1 if status.sending is None else 0
            if idle == _IDLE_LOOKS or (idle and not report.unknown):
                break
        return report

    async def _earlier_status(self) -> SmsSendStatus | None:
        """Read how the last message went, None where the device does not tell."""
        try:
            return await self.send_status()
        except CannotConnect:
            raise
        except GatehouseError:
            return None


def _outgoing(numbers: Sequence[str], text: str, date: datetime, *, gsm7: bool) -> dict[str, Any]:
    """Return a message as the device wants it, its elements in the one order that all take."""
    return {
        "Index": -1,
        "Phones": {"Phone": list(numbers)},
        "Sca": None,
        "Content": text,
        "Length": len(text.encode("utf-16-le")) // 2,
        "Reserved": int(gsm7),
        "Date": f"{date:%Y-%m-%d %H:%M:%S}",
    }


def _report(numbers: Sequence[str], sent: Iterable[str], failed: Iterable[str]) -> SendReport:
    """Sort the numbers by what became of them."""
    done, refused = set(sent), set(failed)
    return SendReport(
        sent=tuple(number for number in numbers if number in done),
        failed=tuple(number for number in numbers if number in refused - done),
        unknown=tuple(number for number in numbers if number not in done | refused),
    )
