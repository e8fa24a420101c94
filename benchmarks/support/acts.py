"""What happens in a soak, one after the other, beside all that goes on anyhow."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

from .stage import PATIENCE, Stage
from .unreliable import Unreliable

type Act[D: Unreliable] = tuple[str, Callable[[Stage[D]], Awaitable[None]]]
"""A name, and what happens."""

_AWAY: Final = (1.0, 6.0)
"""Seconds for which Home Assistant stays away."""

_REBOOT: Final = (5.0, 10.0)
"""Seconds for which the device does."""


async def come_back(stage: Stage[Any]) -> None:
    """Let Home Assistant come back after a while."""
    await asyncio.sleep(stage.random.uniform(*_AWAY))
    await stage.home.start()


async def _crash_after(stage: Stage[Any], events: int, kind: str) -> None:
    """Let Home Assistant be killed in an event to come."""
    fields = {"events": events, "kind": kind}
    await stage.home.call("message_recorder", "crash_after", fields)


async def kill(stage: Stage[Any]) -> None:
    """Kill Home Assistant at any moment."""
    await stage.home.kill()
    await come_back(stage)


async def restart(stage: Stage[Any]) -> None:
    """Let Home Assistant end properly."""
    await stage.home.stop()
    await come_back(stage)


async def kill_in_telling(stage: Stage[Any]) -> None:
    """Kill Home Assistant between a message and the note that it was told of."""
    events = stage.random.randint(1, 5)
    await _crash_after(stage, events, "received")
    stage.receive(events)
    await stage.home.died()
    await come_back(stage)


async def kill_in_reporting(stage: Stage[Any]) -> None:
    """Kill Home Assistant while it tells what became of messages."""
    await _crash_after(stage, stage.random.randint(1, 2), "status")
    stage.order()
    stage.order()
    await stage.home.died()
    await come_back(stage)


async def kill_in_sending(stage: Stage[Any]) -> None:
    """Kill Home Assistant between a message and the device's reply."""
    await _unanswered_send(stage)
    await stage.home.kill()
    await come_back(stage)


async def _unanswered_send(stage: Stage[Any]) -> None:
    """Wait until the device has taken a message, and does not answer."""
    stage.device.message_unanswered.clear()
    stage.mishaps.spoil_next_send()
    stage.order()
    await asyncio.wait_for(stage.device.message_unanswered.wait(), PATIENCE)


async def wait_for_many(stage: Stage[Any]) -> None:
    """Let many messages wait for Home Assistant, and kill it again while it tells of them."""
    backlog = stage.extent.backlog
    await stage.home.kill()
    stage.receive(backlog)
    await come_back(stage)
    await _crash_after(stage, backlog // 3 + 1, "received")
    stage.receive(backlog // 3)
    await stage.home.died()
    await come_back(stage)


async def reboot(stage: Stage[Any]) -> None:
    """Let the device restart."""
    stage.device.reboot(stage.random.uniform(*_REBOOT))


async def reboot_in_sending(stage: Stage[Any]) -> None:
    """Let the device restart before a message that it took is sent, and forget it."""
    await _unanswered_send(stage)
    await reboot(stage)


async def reboot_while_away(stage: Stage[Any]) -> None:
    """Let the device restart while Home Assistant is away, and be back after it."""
    await stage.home.kill()
    stage.device.reboot(_AWAY[1] + _REBOOT[1])
    await come_back(stage)


async def becomes_quiet(stage: Stage[Any]) -> bool:
    """Let nothing more arrive, and tell whether everything was told of in time.

    What a device deletes before nobody could save.
    """
    stage.open.clear()
    stage.mishaps.calm()
    quiet = await stage.until(stage.is_drained)
    stage.left_out += not quiet
    return quiet


KILL: Final = ("Home Assistant killed at any moment", kill)
RESTART: Final = ("Home Assistant restarted", restart)
KILL_IN_TELLING: Final = ("Home Assistant killed while telling of messages", kill_in_telling)
WAIT_FOR_MANY: Final = ("many messages wait, killed while telling of them", wait_for_many)
KILL_IN_SENDING: Final = ("Home Assistant killed after a message was taken", kill_in_sending)
KILL_IN_REPORTING: Final = (
    "Home Assistant killed while telling what became of a message",
    kill_in_reporting,
)
REBOOT: Final = ("device restarted", reboot)
REBOOT_IN_SENDING: Final = ("device restarted after it took a message", reboot_in_sending)
REBOOT_WHILE_AWAY: Final = ("Home Assistant killed, device back after it", reboot_while_away)
