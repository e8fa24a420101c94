"""Sending a message: request by request, port by port, and looking for what got lost."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from hashlib import sha256
import json
from typing import Any, Final

from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..clients.errors import CommandRefused, DeviceBusy, GatehouseError
from ..const import CONF_FIXED_PORT, CONF_PORT, CONF_PORT_POLICY, LOGGER
from ..coordinator import GatehouseCoordinator
from ..errors import failure, input_error
from ..families.sms import PortPolicy, SmsSupport
from ..sms.journal import MEMORY, JournalEntry, SendState
from ..sms.message import Message
from ..sms.outbox import Plan
from ..sms.transmission import Begin, KeyReused, Refused, Transmission
from . import Messaging
from .contacts import find_contact
from .ports import order_ports
from .store import NotSaved

LOOK_UP_INTERVAL: Final = 5.0
"""Seconds between looks for a message whose outcome is not known."""

_LOOKS: Final = 12

_MOST_PORTS: Final = 4
"""On which a message is tried: what they all refuse, the others refuse as well."""

_PORT_REFUSALS: Final = (CommandRefused, DeviceBusy)
"""Errors after which another port may take the message."""

_KEY_SEPARATOR: Final = "\n"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody wants of the sending of a message."""

    port: int | None = None
    """The only one that may be used."""

    idempotency_key: str | None = field(default=None, repr=False)
    duplicate_window: timedelta = timedelta()


class Dispatch:
    """One message on its way to the device."""

    def __init__(
        self,
        coordinator: GatehouseCoordinator[Any],
        messaging: Messaging,
        support: SmsSupport[Any],
        message: Message,
        wish: Wish,
    ) -> None:
        """Prepare; nothing is sent yet."""
        self._coordinator = coordinator
        self._messaging = messaging
        self._support = support
        self._message = message
        self._wish = wish
        whole = json.dumps(sorted(message.numbers))
        self._whole = sha256(whole.encode()).hexdigest()
        self._own: set[str] = set()
        self._plan = Plan()

    async def run(self, client: Any) -> list[JournalEntry]:
        """Send the message, and return what is known of it for each number.

        Raises client errors and translated ones where nothing was sent; once something was, the
        numbers that remain are left out.
        """
        try:
            async with self._messaging.key_lock(self._wish.idempotency_key):
                self._raise_if_key_reused()
                entries = await self._send_all(client)
            found = await self._find_lost(client, entries)
        finally:
            self._messaging.sought -= self._own
            self._messaging.async_show()
        await self._messaging.async_tell_news()
        return found

    async def _send_all(self, client: Any) -> list[JournalEntry]:
        """Send as many requests as it takes."""
        numbers, size = self._message.numbers, self._support.numbers_per_request
        entries: list[JournalEntry] = []
        parts = [numbers[start : start + size] for start in range(0, len(numbers), size)]
        try:
            for at, part in enumerate(parts, start=1):
                self._plan.following = [(each, self._part_key(each)) for each in parts[at:]]
                entries += await self._send(client, part)
        except (GatehouseError, HomeAssistantError) as err:
            if not entries:
                raise
            LOGGER.debug("A message got only to some: %s", type(err).__name__)
        finally:
            await self._messaging.outbox.end(self._plan, dt_util.utcnow())
        return entries

    async def _send(self, client: Any, numbers: tuple[str, ...]) -> Sequence[JournalEntry]:
        """Send one request, by the first port that does not refuse it."""
        if self._support.lines_fn is None:
            if self._wish.port is not None:
                raise input_error("no_ports", device=self._coordinator.name)
            return await self._attempt(client, numbers, None)
        rejected: Sequence[JournalEntry] = ()
        refusal: Exception = self._no_port()
        ports = await self._choose(numbers)
        for port in ports[:_MOST_PORTS]:
            try:
                with self._messaging.port_usage.in_use(port):
                    entries = await self._attempt(client, numbers, port)
            except _PORT_REFUSALS as err:
                refusal = err
                continue
            if any(entry.state is not SendState.REJECTED for entry in entries):
                return entries
            rejected = entries
        if rejected:
            return rejected
        if ports:
            raise refusal
        # What was sent before is answered for, whether or not a port could send it now.
        return await self._attempt(client, numbers, self._wish.port, objection=refusal)

    async def _choose(self, numbers: tuple[str, ...]) -> Sequence[int]:
        """Return the ports that may be tried. Raises a translated error."""
        ports = self._candidates(numbers)
        if not ports:
            # Perhaps one has become usable since they were read.
            await self._coordinator.async_read(self._support.line_readings)
            ports = self._candidates(numbers)
        return ports

    def _candidates(self, numbers: tuple[str, ...]) -> Sequence[int]:
        """Return the ports that may be tried by what is known of them."""
        entry = self._coordinator.config_entry
        lines = self._messaging.lines
        if (wanted := self._wish.port) is not None:
            if lines and wanted not in {line.number for line in lines}:
                raise input_error("unknown_port", port=str(wanted), count=str(len(lines)))
            return [line.number for line in lines if line.number == wanted and line.usable]
        contact = find_contact(entry, numbers[0])
        return order_ports(
            lines,
            entry.options,
            preferred=contact.data.get(CONF_PORT) if contact else None,
            usage=self._messaging.port_usage.count(),
            latest=self._messaging.port_usage.latest,
        )

    def _no_port(self) -> HomeAssistantError:
        """Return the error that says that no port can send."""
        if self._wish.port is not None:
            return failure("port_not_usable", port=str(self._wish.port))
        options = self._coordinator.config_entry.options
        if options.get(CONF_PORT_POLICY) == PortPolicy.FIXED:
            return failure("port_not_usable", port=str(options.get(CONF_FIXED_PORT)))
        return failure("no_usable_port", device=self._coordinator.name)

    async def _attempt(
        self,
        client: Any,
        numbers: tuple[str, ...],
        port: int | None,
        *,
        objection: Exception | None = None,
    ) -> Sequence[JournalEntry]:
        """Send one request by one port, unless it was sent before or something is against it."""
        line = None if port is None else str(port)
        transmitted = False

        async def transmit(begin: Begin) -> Transmission:
            """Give the message to the device, unless something is against it."""
            if reason := objection or self._obstacle():
                raise Refused(reason)

            nonlocal transmitted
            transmitted = True
            message = replace(self._message, numbers=numbers)
            transmission: Transmission = await self._support.transmit(
                client, message, line, dt_util.now(), partial(self._begin, begin)
            )
            return transmission

        try:
            entries = await self._messaging.outbox.send(
                numbers,
                self._message.text,
                port=line,
                transmit=transmit,
                idempotency_key=self._part_key(numbers),
                duplicate_window=self._wish.duplicate_window,
                plan=self._plan,
                now=dt_util.utcnow(),
            )
        except Refused as err:
            raise err.original from None
        except KeyReused as err:
            raise input_error("idempotency_key_reused") from err
        except NotSaved as err:
            raise failure("message_not_recorded") from err
        if transmitted:
            self._own |= {entry.key for entry in entries}
            self._messaging.sought |= self._own
            await self._messaging.async_tell_news()
        return entries

    async def _begin(self, begin: Begin) -> None:
        """Record that a message is being sent, if that can be recorded."""
        await begin()
        if reason := self._obstacle():
            raise Refused(reason)

    def _obstacle(self) -> HomeAssistantError | None:
        """Return why nothing can be sent any more."""
        if self._coordinator.hass.is_stopping:
            return failure("home_assistant_stopping")
        if self._coordinator.closing:
            return input_error("device_reloading", device=self._coordinator.name)
        return None

    async def _find_lost(self, client: Any, entries: Sequence[JournalEntry]) -> list[JournalEntry]:
        """Look for messages of which nobody knows whether the device has them."""
        entries = self._messaging.present(entries)
        for _ in range(_LOOKS if self._support.outbox_rows else 0):
            if not self._lost(entries):
                break
            await asyncio.sleep(LOOK_UP_INTERVAL)
            if self._obstacle():
                break
            await self._messaging.async_look_up(client)
            entries = self._messaging.present(entries)
        return list(entries)

    def _lost(self, entries: Iterable[JournalEntry]) -> list[JournalEntry]:
        """Return those messages that were sent now, and may not have been."""
        return [
            entry
            for entry in entries
            if entry.key in self._own and entry.state is SendState.UNKNOWN
        ]

    def _part_key(self, numbers: tuple[str, ...]) -> str | None:
        """Return the key for one of several requests, from the key for all of them."""
        key = self._wish.idempotency_key
        if key is None or not self._in_parts:
            return key
        return _KEY_SEPARATOR.join((key, self._whole, *numbers))

    @property
    def _in_parts(self) -> bool:
        """Tell whether messages of this device take several requests."""
        return self._support.numbers_per_request < self._support.max_numbers

    def _raise_if_key_reused(self) -> None:
        """Refuse the key of a message to others. Raises a translated error."""
        key = self._wish.idempotency_key
        if key is None or not self._in_parts:
            return
        now = dt_util.utcnow()
        for entry in self._messaging.outbox.entries:
            if entry.state is SendState.REJECTED or not entry.is_within(MEMORY, now):
                continue
            for used in entry.idempotency_keys:
                base, whole, _ = used.rsplit(_KEY_SEPARATOR, 2)
                if base == key and whole != self._whole:
                    raise input_error("idempotency_key_reused")
