"""The coordinator: which readings are due, how each went, and commands."""

import asyncio
from collections.abc import (
    AsyncGenerator,
    Awaitable,
    Callable,
    Generator,
    Iterable,
    Mapping,
    Sequence,
)
from contextlib import aclosing, contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util import dt as dt_util

from .access_issues import async_tell_access
from .clients.errors import (
    AuthenticationFailed,
    CannotConnect,
    GatehouseError,
    NotPermitted,
    NotSupported,
    SessionConflict,
)
from .const import CONF_CREDENTIALS_REFUSED, LOGGER
from .errors import (
    action_error,
    error_key,
    error_placeholders,
    input_error,
    is_refusal,
    update_error,
)
from .families.base import Client, Family, Identity
from .families.readings import (
    Cadence,
    Outcome,
    Reading,
    Record,
    Snapshot,
    Source,
)

if TYPE_CHECKING:
    from .messaging import Messaging
    from .network_clients import NetworkClients
    from .push import Push

type GatehouseConfigEntry = ConfigEntry[GatehouseCoordinator[Any]]

type Attendant = Callable[[Snapshot], Awaitable[Mapping[Source[Any], Record]]]
"""Adds to what has been read in a round; raises nothing."""

POLL_INTERVAL: Final = Cadence.FAST.value
WATCH_INTERVAL: Final = timedelta(seconds=10)
"""Between rounds while somebody waits for something to change."""

_HOPELESS: Final = 3
"""Failures in a row after which a reading is not watched any longer."""

PROBE_INTERVAL: Final = timedelta(hours=1)
"""Between questions whether something unsupported or denied has become possible."""

_CATCH_UP: Final = 48
"""Infrequent readings that one round catches up with at most."""

_UNANSWERED_LIMIT: Final = 2
"""Readings of one round: the device is gone when so many get no answer, or the essential one."""


_PATIENCE: Final = 90
"""Seconds; the longest that a message to one number takes."""


class GatehouseCoordinator[ClientT: Client](DataUpdateCoordinator[Snapshot]):
    """Keeps the readings of one device fresh with as few requests as possible."""

    config_entry: GatehouseConfigEntry

    def __init__(
        self,
        hass: HomeAssistant,
        entry: GatehouseConfigEntry,
        family: Family[ClientT],
        client: ClientT,
    ) -> None:
        """Prepare the coordinator; nothing is read yet."""
        super().__init__(
            hass, LOGGER, config_entry=entry, name=entry.title, update_interval=POLL_INTERVAL
        )
        self.family = family
        self.client = client
        self.data = Snapshot()
        self.messaging: Messaging | None = None
        """None where the device carries no messages."""

        self.push: Push | None = None
        """None where the device makes no pushes."""

        self.clients: NetworkClients | None = None
        """None where the device is no router."""

        self._attendants: list[Attendant] = []
        self._due: dict[Reading[ClientT, Any], float] = dict.fromkeys(family.readings, 0.0)
        self._read_back: set[Reading[ClientT, Any]] = set()
        self._commands = 0
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._engaged = False
        self._alone = False

    @property
    def paused(self) -> bool:
        """Tell whether the device is left alone."""
        return self.update_interval is None

    @property
    def closing(self) -> bool:
        """Tell whether the device is being unloaded."""
        return self._shutdown_requested

    @property
    def identity(self) -> Identity:
        """Return which device it is, as far as it has told."""
        return self.family.identity_of(self.data)

    @override
    async def _async_update_data(self) -> Snapshot:
        """Read what is due."""
        undisturbed = self._engaged and not self._read_back
        if self.paused or (undisturbed and self.last_update_success):
            return self.data
        if undisturbed:
            # Who works on the device looks for it, and knows best whether to be surprised.
            raise update_error(CannotConnect("being worked on"))
        records: dict[Source[Any], Record] = dict(self.data.records)
        regular = not self._read_back
        unanswered = 0
        async with aclosing(self._fetch(self._choose())) as results:
            async for reading, result in results:
                if isinstance(result, GatehouseError):
                    unanswered += isinstance(result, CannotConnect)
                    if unanswered == _UNANSWERED_LIMIT or self._ends_round(reading, result):
                        self._distrust_all()
                        self._remember_refusal(result)
                        key, placeholders = error_key(result), error_placeholders(result)
                        async_tell_access(self.hass, self.config_entry, key, placeholders)
                        raise update_error(result) from result
                    record = self._failed(reading, result)
                else:
                    record = Record(outcome=Outcome.OK, value=result, read_at=dt_util.utcnow())
                records[reading] = record
                self._due[reading] = monotonic() + self._delay(reading, record).total_seconds()
                if self.update_interval is None or self._shutdown_requested:
                    # Paused or unloaded meanwhile: another reading would log in again.
                    break
        async_tell_access(self.hass, self.config_entry, None)
        self._distrust_absent(records)
        for attendant in self._attendants if regular else ():
            records |= await attendant(Snapshot(dict(records)))
        for source in self.family.home_readings:
            value = await source.look(self.hass, self.config_entry, Snapshot(records))
            records[source] = Record(outcome=Outcome.OK, value=value, read_at=dt_util.utcnow())
        return self._paced(Snapshot(records))

    async def _fetch(
        self, readings: Sequence[Reading[ClientT, Any]]
    ) -> AsyncGenerator[tuple[Reading[ClientT, Any], Any]]:
        """Read one after the other, or all at once where the device takes that."""
        if self.family.fetch_all and readings:
            results = await self.family.fetch_all(self.client, readings)
            for reading in readings:
                yield reading, results[reading]
            return
        for reading in readings:
            result: Any
            try:
                result = await reading.fetch(self.client)
            except GatehouseError as err:
                result = err
            yield reading, result

    def _paced(self, snapshot: Snapshot) -> Snapshot:
        """Choose the time of the next round by what has been read in this one."""
        if self.update_interval is not None:
            watched = False
            for reading in self.family.readings:
                record = snapshot.records.get(reading)
                hopeful = record is not None and record.failures < _HOPELESS
                if hopeful and reading.watched_fn(snapshot):
                    watched = True
                    soon = monotonic() + WATCH_INTERVAL.total_seconds()
                    self._due[reading] = min(self._due[reading], soon)
            self.update_interval = WATCH_INTERVAL if watched else POLL_INTERVAL
        return snapshot

    def _ends_round(self, reading: Reading[ClientT, Any], err: GatehouseError) -> bool:
        """Tell whether a failure concerns the whole device.

        Of the essential reading, one odd answer in a row is forgiven like any other's.
        """
        if isinstance(err, AuthenticationFailed | SessionConflict):
            return True
        record = self.data.records.get(reading)
        worked = record is not None and record.outcome is Outcome.OK
        return reading.essential and (isinstance(err, CannotConnect) or not worked)

    def _choose(self) -> list[Reading[ClientT, Any]]:
        """Choose the readings of this round, the essential one first.

        The first round reads all but what takes long, to learn what the device can do. Later ones
        read what is frequent and at most one other reading, and one about a single client, so that
        no round is long; only after an absence they catch up at once. After a command, only what it
        changed is read.
        """
        if self._read_back:
            wanted, self._read_back = self._read_back, set()
            return sorted(wanted, key=lambda reading: not reading.essential)
        if not self.data.records:
            readings = [reading for reading in self.family.readings if not reading.takes_long]
            return sorted(readings, key=lambda reading: not reading.essential)
        # What would be due before the middle of the time to the next round is due in this one.
        deadline = monotonic() + (self.update_interval or POLL_INTERVAL).total_seconds() / 2
        needed = dict.fromkeys(each for context in self.async_contexts() for each in context)
        listed = dict.fromkeys(self.family.readings)
        # What concerns a single client of a router is in nobody's list.
        singles = [each for each in needed if isinstance(each, Reading) and each not in listed]
        due = [
            reading
            for reading in (*listed, *singles)
            if self._due.get(reading, 0.0) <= deadline and (reading.essential or reading in needed)
        ]
        frequent = [reading for reading in due if self._is_frequent(reading)]
        others = [reading for reading in due if not self._is_frequent(reading)]
        frequent.sort(key=lambda reading: not reading.essential)
        others.sort(key=lambda reading: self._due.get(reading, 0.0))
        # However many clients or boxes there are, nothing else has to wait for them.
        lanes: dict[tuple[bool, str], list[Reading[ClientT, Any]]] = {}
        for reading in others:
            lanes.setdefault((reading in listed, reading.group), []).append(reading)
        return frequent + [reading for lane in lanes.values() for reading in self._turn(lane)]

    def _turn(self, lane: Sequence[Reading[ClientT, Any]]) -> Sequence[Reading[ClientT, Any]]:
        """Choose whose turn it is among what waits for each other, the most urgent first."""
        distrusted = [reading for reading in lane if not self._due.get(reading)]
        return distrusted[:_CATCH_UP] or lane[:1]

    def _is_frequent(self, reading: Reading[ClientT, Any]) -> bool:
        """Tell whether a reading does not have to wait for its turn."""
        return reading.cadence is Cadence.FAST or reading.watched_fn(self.data)

    def _distrust_absent(self, records: dict[Source[Any], Record]) -> None:
        """Let nothing count that was read of what is away, so that all is read when it is back."""
        snapshot = Snapshot(records)
        away = {each.key for each in self.family.members if each.is_away(snapshot)}
        for reading in self.family.readings:
            if reading.group in away:
                before = self.data.records.get(reading, Record(outcome=Outcome.FAILING))
                records[reading] = replace(before, outcome=Outcome.FAILING)
                self._due[reading] = 0.0

    def _failed(self, reading: Reading[ClientT, Any], err: GatehouseError) -> Record:
        """Judge a failure; one odd answer does not yet condemn a reading that has worked."""
        before = self.data.records.get(reading, Record(outcome=Outcome.FAILING))
        outcome = Outcome.FAILING
        doubtful = before.read_at is not None and before.failures == 0
        if isinstance(err, NotSupported | NotPermitted) and not doubtful:
            unsupported = isinstance(err, NotSupported)
            outcome = Outcome.UNSUPPORTED if unsupported else Outcome.DENIED
        if outcome is not before.outcome:
            LOGGER.debug("Reading %s of %s is %s", reading.name, self.name, outcome)
        return replace(
            before, outcome=outcome, failures=before.failures + 1, error=type(err).__name__
        )

    def _delay(self, reading: Reading[ClientT, Any], record: Record) -> timedelta:
        """Return the time until the reading is due again."""
        match record.outcome:
            case Outcome.OK:
                return reading.interval
            case Outcome.FAILING:
                # The next round heals most failures; what keeps failing is asked ever less often.
                return min(POLL_INTERVAL * (1 << min(record.failures - 1, 7)), PROBE_INTERVAL)
        return PROBE_INTERVAL

    def _distrust_all(self) -> None:
        """Distrust everything read so far: the device may come back changed."""
        self._due = dict.fromkeys(self.family.readings, 0.0)

    def _remember_refusal(self, err: GatehouseError) -> None:
        """Keep refused credentials from being sent again, even after a restart."""
        entry = self.config_entry
        if is_refusal(err) and CONF_CREDENTIALS_REFUSED not in entry.data:
            self.hass.config_entries.async_update_entry(
                entry, data={**entry.data, CONF_CREDENTIALS_REFUSED: error_key(err)}
            )

    async def async_command[ResultT](
        self,
        command: Callable[[ClientT], Awaitable[ResultT]],
        *,
        read_back: Iterable[Reading[ClientT, Any]] = (),
        alone: bool = False,
    ) -> ResultT:
        """Carry out a command and read what it changed. Raises translated errors.

        What is done alone bears no other command beside it.
        """
        self._raise_if_engaged()
        if alone and self._commands:
            raise input_error("device_occupied", device=self.name)
        if self.paused:
            raise input_error("polling_paused", device=self.name)
        if self.closing:
            raise input_error("device_reloading", device=self.name)
        self._commands += 1
        self._alone = alone
        self._quiet.clear()
        try:
            result = await self.async_carry_out(command)
        finally:
            self._commands -= 1
            self._alone = False
            if not self._commands:
                self._quiet.set()
        await self.async_read(read_back)
        return result

    async def async_carry_out[ResultT](
        self, command: Callable[[ClientT], Awaitable[ResultT]]
    ) -> ResultT:
        """Carry out a command, whatever else goes on. Raises translated errors."""
        try:
            return await command(self.client)
        except GatehouseError as err:
            if is_refusal(err):
                self._remember_refusal(err)
                self.config_entry.async_start_reauth(self.hass)
            raise action_error(err) from err

    @contextmanager
    def async_engage(self) -> Generator[None]:
        """Keep polls and commands away from a device that installs its firmware."""
        self._raise_if_engaged()
        self._engaged = True
        try:
            yield
        finally:
            self._engaged = False

    def _raise_if_engaged(self) -> None:
        """Refuse what would disturb the device. Raises a translated error."""
        if self._engaged:
            raise input_error("device_updating", device=self.name)
        if self._alone:
            raise input_error("device_occupied", device=self.name)

    async def async_read(self, readings: Iterable[Reading[ClientT, Any]]) -> None:
        """Read something now."""
        if stale := set(readings):
            self._read_back |= stale
            await self.async_refresh()

    @callback
    def async_attend(self, attendant: Attendant) -> None:
        """Let somebody add to what is read, at the end of each regular round."""
        self._attendants.append(attendant)

    @callback
    def async_put[ValueT](self, source: Source[ValueT], value: ValueT) -> None:
        """Show a value that has become known between two rounds."""
        record = Record(outcome=Outcome.OK, value=value, read_at=dt_util.utcnow())
        self.data = Snapshot({**self.data.records, source: record})
        self.async_update_listeners()

    @callback
    def async_expect_absence(self) -> None:
        """Treat the device as gone at its owner's wish, which is no error to write down."""
        self._distrust_all()
        self.last_update_success = False
        self.async_update_listeners()

    async def async_pause(self) -> None:
        """Stop polling and log out, so that the owner can use the device's own page."""
        self._raise_if_engaged()
        self.update_interval = None
        self.async_update_listeners()
        await self._release()

    async def async_close(self) -> None:
        """Stop for good and log out."""
        await self.async_shutdown()
        await self._release()

    async def _release(self) -> None:
        """Log out, but not under the feet of a command, whose outcome would be lost."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                await self._quiet.wait()
        await self.client.release()

    async def async_resume(self) -> None:
        """Poll again, beginning now with everything."""
        self.update_interval = POLL_INTERVAL
        self._read_back.clear()
        self._distrust_all()
        await self.async_refresh()
