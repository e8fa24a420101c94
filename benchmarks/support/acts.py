"""What happens in a soak, one after the other, beside all that goes on anyhow."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from .stage import PATIENCE, Stage

_AWAY: Final = (1.0, 6.0)
"""Seconds for which Home Assistant stays away."""

_REBOOT: Final = (5.0, 10.0)
"""Seconds for which the gateway does."""


async def _return(stage: Stage) -> None:
    """Let Home Assistant come back after a while."""
    await asyncio.sleep(stage.random.uniform(*_AWAY))
    await stage.home.start()


async def _crash_after(stage: Stage, events: int, kind: str) -> None:
    """Let Home Assistant be killed in an event to come."""
    fields = {"events": events, "kind": kind}
    await stage.home.call("message_recorder", "crash_after", fields)


async def kill(stage: Stage) -> None:
    """Kill Home Assistant at any moment."""
    await stage.home.kill()
    await _return(stage)


async def restart(stage: Stage) -> None:
    """Let Home Assistant end properly."""
    await stage.home.stop()
    await _return(stage)


async def kill_in_telling(stage: Stage) -> None:
    """Kill Home Assistant between a message and the note that it was told of."""
    events = stage.random.randint(1, 5)
    await _crash_after(stage, events, "received")
    stage.receive(events)
    await stage.home.died()
    await _return(stage)


async def kill_in_reporting(stage: Stage) -> None:
    """Kill Home Assistant while it tells what became of messages."""
    await _crash_after(stage, stage.random.randint(1, 2), "status")
    stage.order()
    stage.order()
    await stage.home.died()
    await _return(stage)


async def kill_in_sending(stage: Stage) -> None:
    """Kill Home Assistant between a message and the gateway's reply."""
    await _unanswered_send(stage)
    await stage.home.kill()
    await _return(stage)


async def _unanswered_send(stage: Stage) -> None:
    """Wait until the gateway has taken a message, and does not answer."""
    stage.gateway.message_unanswered.clear()
    stage.mishaps.spoil_next_send()
    stage.order()
    await asyncio.wait_for(stage.gateway.message_unanswered.wait(), PATIENCE)


async def wait_for_many(stage: Stage) -> None:
    """Let many messages wait for Home Assistant, and kill it again while it tells of them."""
    backlog = stage.extent.backlog
    await stage.home.kill()
    stage.receive(backlog)
    await _return(stage)
    await _crash_after(stage, backlog // 3 + 1, "received")
    stage.receive(backlog // 3)
    await stage.home.died()
    await _return(stage)


async def reboot(stage: Stage) -> None:
    """Let the gateway restart."""
    stage.gateway.reboot(stage.random.uniform(*_REBOOT))


async def reboot_in_sending(stage: Stage) -> None:
    """Let the gateway restart before a message that it took is sent, and forget it."""
    await _unanswered_send(stage)
    await reboot(stage)


async def reboot_while_away(stage: Stage) -> None:
    """Let the gateway restart while Home Assistant is away, and be back after it."""
    await stage.home.kill()
    stage.gateway.reboot(_AWAY[1] + _REBOOT[1])
    await _return(stage)


async def renumber(stage: Stage) -> None:
    """Let the gateway number its messages anew."""
    stage.gateway.lab.reset_inbox_ids()


async def renumber_while_away(stage: Stage) -> None:
    """Let the gateway do so while Home Assistant is away."""
    await stage.home.kill()
    stage.gateway.lab.reset_inbox_ids()
    await _return(stage)


async def clear(stage: Stage) -> None:
    """Empty the inbox."""
    if await _becomes_quiet(stage):
        stage.gateway.lab.clear_inbox()
    stage.open.set()


async def begin_anew_while_away(stage: Stage) -> None:
    """Empty the inbox, and count from 1, while Home Assistant is away."""
    if await _becomes_quiet(stage):
        await stage.home.kill()
        stage.gateway.lab.clear_inbox()
        stage.gateway.lab.reset_inbox_ids()
        await _return(stage)
    stage.open.set()


async def _becomes_quiet(stage: Stage) -> bool:
    """Let nothing more arrive, and tell whether everything was told of in time.

    What a gateway deletes before nobody could save.
    """
    stage.open.clear()
    stage.mishaps.calm()
    quiet = await stage.until(stage.is_drained)
    stage.left_out += not quiet
    return quiet


ACTS: Final[tuple[tuple[str, Callable[[Stage], Awaitable[None]]], ...]] = (
    ("Home Assistant killed while telling of messages", kill_in_telling),
    ("inbox numbered anew", renumber),
    ("many messages wait, killed while telling of them", wait_for_many),
    ("Home Assistant killed after the gateway took a message", kill_in_sending),
    ("gateway restarted", reboot),
    ("Home Assistant killed, inbox numbered anew meanwhile", renumber_while_away),
    ("Home Assistant killed while telling what became of a message", kill_in_reporting),
    ("Home Assistant restarted", restart),
    ("gateway restarted after it took a message", reboot_in_sending),
    ("Home Assistant killed while telling of messages", kill_in_telling),
    ("inbox emptied", clear),
    ("Home Assistant killed after the gateway took a message", kill_in_sending),
    ("Home Assistant killed, inbox emptied meanwhile, ids from 1", begin_anew_while_away),
    ("Home Assistant killed, gateway back after it", reboot_while_away),
    ("Home Assistant killed while telling of messages", kill_in_telling),
    ("Home Assistant killed while telling what became of a message", kill_in_reporting),
    ("Home Assistant killed at any moment", kill),
    ("inbox numbered anew", renumber),
)
"""In this order, spread over the whole time."""
