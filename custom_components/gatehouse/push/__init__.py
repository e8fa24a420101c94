"""Pushes of an entry: a device tells that there is news, which is then fetched from it.

Nothing that a push says is believed: whoever forges one makes Gatehouse look, and no more.
"""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from aiohttp.web import Request
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from yarl import URL

from ..clients.errors import CommandRefused, InvalidReply, NotPermitted, NotSupported
from ..const import CONF_PUSH, CONF_PUSH_ADDRESS, LOGGER
from ..coordinator import GatehouseConfigEntry, GatehouseCoordinator
from ..errors import failure
from ..families.push import PUSH_STATE, PushState, PushSupport
from ..families.readings import Outcome, Record, Snapshot, Source
from ..messaging import Messaging
from ..messaging.store import NotSaved
from .hooks import NoAddress, hook_url, register_hook, unregister_hook
from .memory import Memory
from .pace import Nudge
from .ussd import Ussd

_REFUSALS: Final = (CommandRefused, InvalidReply, NotPermitted, NotSupported)
"""Answers of a device that will not be different in the next round."""

_PROBLEMS: Final = {
    PushState.NO_ADDRESS: "push_no_address",
    PushState.REFUSED: "push_refused",
}


class Push:
    """The pushes of one device."""

    def __init__(
        self,
        hass: HomeAssistant,
        coordinator: GatehouseCoordinator[Any],
        support: PushSupport[Any, Any],
        memory: Memory,
        messaging: Messaging,
    ) -> None:
        """Prepare; nothing is set up before the start."""
        self._hass = hass
        self._coordinator = coordinator
        self._entry: GatehouseConfigEntry = coordinator.config_entry
        self._support = support
        self._memory = memory
        self._wanted = bool(self._entry.options.get(CONF_PUSH))
        self._base: str | None = self._entry.options.get(CONF_PUSH_ADDRESS)
        self._state = PushState.WAITING if self._concerned else PushState.OFF
        self._lock = asyncio.Lock()
        self._nudge = Nudge(hass, self._entry, messaging.async_collect)
        self._task: asyncio.Task[None] | None = None
        self._started = False
        self._pending = self._concerned
        """Whether the device has to be looked at as soon as it answers."""

        self._error: str | None = None
        self._looked_at = dt_util.utcnow()
        self.ussd = Ussd(support.ussd) if support.ussd else None
        """None where the device's USSD is not known."""

    @property
    def _concerned(self) -> bool:
        """Tell whether the device is to push, or has to be given back what it had."""
        return self._wanted or bool(self._memory.ours)

    @property
    def asks(self) -> bool:
        """Tell whether USSD can be asked."""
        ussd = self._support.ussd
        return ussd is not None and ussd.is_configured_fn(self._entry.options)

    async def async_start(self) -> None:
        """Listen, and set the device up, which nobody has to wait for."""
        memory = self._memory
        self._started = True
        if self._wanted or self.asks:
            # Only those who want pushes need the web server of Home Assistant.
            await async_setup_component(self._hass, "webhook", {})
        if self._wanted:
            name = f"{self._coordinator.name}: news"
            register_hook(self._hass, name, memory.message_hook, self._on_push, post=True)
        if self.ussd and self.asks:
            name = f"{self._coordinator.name}: USSD"
            register_hook(self._hass, name, memory.ussd_hook, self.ussd.async_hear)
        if self._concerned:
            reading = (self._support.reading,)
            self._entry.async_on_unload(self._coordinator.async_add_listener(lambda: None, reading))
            self._schedule()

    @callback
    def async_stop(self) -> None:
        """Listen no more; whoever waits for an answer waits no longer."""
        unregister_hook(self._hass, self._memory.message_hook)
        unregister_hook(self._hass, self._memory.ussd_hook)
        self._nudge.async_stop()
        if self.ussd:
            self.ussd.async_stop()

    async def async_attend(self, snapshot: Snapshot) -> Mapping[Source[Any], Record]:
        """Look whether something is to be done, and return how things stand."""
        if self._is_due(snapshot):
            self._schedule()
        record = Record(outcome=Outcome.OK, value=self._state, read_at=dt_util.utcnow())
        return {PUSH_STATE: record}

    async def async_switch_on(self, client: Any, base: str | None = None) -> str:
        """Let the device push, whatever somebody else has set up, and return to where.

        Raises client errors, or a translated one.
        """
        before = self._wanted, self._base
        self._wanted, self._base = True, base or self._base
        try:
            async with self._lock:
                await self._look(client, consent=True)
                self._raise_problem()
        except BaseException:
            self._wanted, self._base = before
            self._pending = True
            if not self._wanted:
                self._state = PushState.OFF
            raise
        self._show()
        return self._address(self._memory.message_hook)

    async def async_switch_off(self, client: Any) -> None:
        """Give the device back what it had. Raises client errors, or a translated one."""
        before, self._wanted = self._wanted, False
        try:
            async with self._lock:
                await self._look(client)
        except BaseException:
            self._wanted = before
            self._pending = True
            raise
        self._show()

    def _raise_problem(self) -> None:
        """Raise a translated error where the device does not push now."""
        if problem := _PROBLEMS.get(self._state):
            raise failure(problem, device=self._coordinator.name)

    @property
    def ussd_address(self) -> str:
        """Return where the device has to push what the network answers. Raises NoAddress."""
        return self._address(self._memory.ussd_hook)

    def _address(self, hook: str) -> str:
        """Return the address of a webhook. Raises NoAddress."""
        return str(hook_url(self._hass, self._base, hook))

    def report(self) -> dict[str, Any]:
        """Return how the pushes fare, without what they say."""
        return {
            "state": self._state,
            "error": self._error,
            "confirmed": self._memory.confirmed,
            "nudges": self._nudge.nudges,
            "looks": self._nudge.looks,
            "ussd": self.ussd.report() if self.ussd else None,
        }

    @callback
    def _on_push(self, _: Request) -> None:
        """Take a push for no more than a sign that there may be news."""
        self._nudge.async_nudge()

    def _is_due(self, snapshot: Snapshot) -> bool:
        """Tell whether something may have to be done, which only a look at the device can tell."""
        if not (self._started and self._concerned):
            return False
        if self._pending:
            return True
        if self._state is PushState.NO_ADDRESS:
            return self._target() is not None
        reading = self._support.reading
        if not snapshot.ok(reading) or snapshot.read_at(reading) <= self._looked_at:
            return False
        return self._state is not PushState.ON or not self._is_in_place(snapshot[reading])

    def _target(self) -> tuple[URL, Any] | None:
        """Return where to push, and the setting for it; None where nobody knows one that works."""
        try:
            url = hook_url(self._hass, self._base, self._memory.message_hook)
            return url, self._support.setting_fn(url)
        except NoAddress, ValueError:
            return None

    def _is_in_place(self, found: Any) -> bool:
        """Tell whether the device has what it was given, which pushes to where it should."""
        memory = self._memory
        target = self._target()
        return (
            memory.confirmed
            and found == memory.ours[-1]
            and target is not None
            and str(target[0]) == memory.address
        )

    @callback
    def _schedule(self) -> None:
        """Bring the device into line, in the background."""
        if self._task is None or self._task.done():
            self._task = self._entry.async_create_background_task(
                self._hass, self._bring_into_line(), "gatehouse push", eager_start=False
            )

    async def _bring_into_line(self) -> None:
        """Look at the device, and do what is to be done. It never raises."""
        try:
            async with self._lock:
                await self._coordinator.async_command(self._look)
        except HomeAssistantError as err:
            cause = err.__cause__
            self._error = type(cause or err).__name__
            self._pending = not isinstance(cause, _REFUSALS)
            if self._wanted and not self._pending:
                self._state = PushState.REFUSED
            LOGGER.debug("Setting up pushes of %s failed: %s", self._entry.title, self._error)
        else:
            self._error = None
        self._show()

    @callback
    def _show(self) -> None:
        """Show how things stand."""
        if self._coordinator.data.last(PUSH_STATE) is not self._state:
            self._coordinator.async_put(PUSH_STATE, self._state)

    async def _look(self, client: Any, *, consent: bool = False) -> None:
        """Look how the device is set up, and set it up as it should be.

        What somebody else has set up since is replaced only with the owner's consent. Raises
        client errors, or a translated one.
        """
        found = await self._read(client)
        try:
            if not self._wanted:
                await self._give_back(client, found)
            elif self._is_in_place(found):
                self._state = PushState.ON
            elif self._memory.confirmed and found not in self._memory.ours and not consent:
                self._state = PushState.CHANGED
            else:
                await self._give(client, found)
        except NotSaved as err:
            raise failure("push_not_recorded", device=self._coordinator.name) from err
        self._pending = False

    async def _read(self, client: Any) -> Any:
        """Return how the device is set up."""
        found = await self._support.reading.fetch(client)
        self._looked_at = dt_util.utcnow()
        return found

    async def _give(self, client: Any, found: Any) -> None:
        """Let the device push here, and keep in mind what it had."""
        target = self._target()
        if target is None:
            self._state = PushState.NO_ADDRESS
            return
        url, setting = target
        memory = self._memory
        if memory.previous is None or not memory.is_ours(found):
            memory.previous = found
            memory.ours = []
            memory.confirmed = False
        memory.ours = [*memory.ours[-1:], setting]
        memory.address = str(url)
        # Saved before: what the device had must not get lost, whatever happens now.
        await memory.save()
        await self._support.apply(client, setting)
        taken = await self._read(client)
        if self._support.path_fn(taken) != url.path or not self._support.is_on_fn(taken):
            self._state = PushState.REFUSED
            return
        memory.ours = [taken]
        memory.confirmed = True
        await memory.save()
        self._state = PushState.ON

    async def _give_back(self, client: Any, found: Any) -> None:
        """Give the device back what it had, unless it has something else by now."""
        memory = self._memory
        if memory.previous is not None and memory.is_ours(found):
            await self._support.restore(client, memory.previous)
        await memory.forget_device()
        self._state = PushState.OFF


async def async_set_up_push(
    hass: HomeAssistant, coordinator: GatehouseCoordinator[Any]
) -> Push | None:
    """Prepare for pushes, where the device makes any."""
    support = coordinator.family.push
    if support is None or coordinator.messaging is None:
        return None
    try:
        memory = await Memory.load(hass, coordinator.config_entry.entry_id, support)
    except NotSaved:
        LOGGER.warning("Pushes of %s cannot be used: nothing can be saved", coordinator.name)
        return None
    push = Push(hass, coordinator, support, memory, coordinator.messaging)
    coordinator.async_attend(push.async_attend)
    return push
