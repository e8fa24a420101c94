"""A small integration for measurements: it writes down what happens to messages.

Each event becomes a line of a file before Gatehouse goes on, in one unbuffered write, which the end
of the process cannot undo. It can also end the process in the middle of an event.
"""

from functools import partial
import json
import os
import signal
import time
from typing import Any, Final

from homeassistant.const import EVENT_STATE_CHANGED, STATE_UNAVAILABLE
from homeassistant.core import (
    Event,
    EventStateChangedData,
    HomeAssistant,
    ServiceCall,
    State,
    callback,
)
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import ConfigType
import voluptuous as vol

DOMAIN: Final = "message_recorder"

_KINDS: Final = {"received_late": "received", "delivered": "status"}
"""By an event type that only such entities have."""

CONFIG_SCHEMA = vol.Schema(
    {DOMAIN: vol.Schema({vol.Required("file"): cv.string})}, extra=vol.ALLOW_EXTRA
)


class Recorder:
    """Writes lines, and ends the process when it is told to."""

    def __init__(self, descriptor: int) -> None:
        """Write to an open file."""
        self._descriptor = descriptor
        self._events_left: dict[str, int] = {}
        """Until the process ends, by kind; without a kind it goes on."""

    def write(self, kind: str, **fields: Any) -> None:
        """Write a line."""
        line = json.dumps({"kind": kind, "at": time.time(), **fields})
        os.write(self._descriptor, f"{line}\n".encode())

    @callback
    def hear(self, event: Event[EventStateChangedData]) -> None:
        """Write down what an event entity tells."""
        before, after = event.data["old_state"], event.data["new_state"]
        kind = _kind(after)
        if after is None or before is None or kind is None or before.state == after.state:
            return
        if STATE_UNAVAILABLE in {before.state, after.state}:
            # What an entity remembers from before a restart is no event.
            return
        told = {name: after.attributes.get(name) for name in _TOLD}
        self.write(kind, **told)
        if kind in self._events_left:
            self._events_left[kind] -= 1
            if not self._events_left[kind]:
                os.kill(os.getpid(), signal.SIGKILL)

    @callback
    def note(self, call: ServiceCall) -> None:
        """Write down what an automation knows."""
        self.write("automation", id=call.data["id"])

    @callback
    def crash_after(self, call: ServiceCall) -> None:
        """End the process with so many more events of a kind."""
        self._events_left[call.data["kind"]] = call.data["events"]


_TOLD: Final = ("event_type", "id", "text", "number", "redelivered", "port")


def _kind(state: State | None) -> str | None:
    """Return what an entity tells of, None for any other."""
    types = state.attributes.get("event_types", ()) if state else ()
    return next((kind for name, kind in _KINDS.items() if name in types), None)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Begin to write."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    descriptor = await hass.async_add_executor_job(
        partial(os.open, config[DOMAIN]["file"], flags, mode=0o600)
    )
    recorder = Recorder(descriptor)
    hass.bus.async_listen(EVENT_STATE_CHANGED, recorder.hear)
    hass.services.async_register(
        DOMAIN, "note", recorder.note, schema=vol.Schema({vol.Required("id"): cv.string})
    )
    hass.services.async_register(
        DOMAIN,
        "crash_after",
        recorder.crash_after,
        schema=vol.Schema(
            {
                vol.Required("kind"): vol.In(_KINDS.values()),
                vol.Required("events"): vol.All(cv.positive_int, vol.Range(min=1)),
            }
        ),
    )
    return True
