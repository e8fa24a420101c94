"""What happens in the soak of a HiLink modem."""

import asyncio
from collections.abc import Callable, Coroutine
import contextlib
from typing import Any, Final

from simulators.hilink.messages import Box, Message

from . import acts
from .acts import Act
from .home import Away, Refused
from .modem_traffic import told_text
from .sent_verdict import ENDED
from .stage import Stage
from .unreliable_modem import UnreliableModem

type _Stage = Stage[UnreliableModem]

_CLEANING_SECONDS: Final = 2.0
_TIDINESS: Final = 0.3
"""Share of what can be deleted that is deleted each time."""

_LOOK_SECONDS: Final = 5.0
_ENTITY: Final = "sensor.h165_383_unread_messages"

_NEWCOMERS: Final = 20
"""Messages that come at once where others were."""


def _told(stage: _Stage) -> list[Message]:
    """Return the messages in the inbox that were told."""
    evidence, expected = stage.evidence, stage.incoming.expected
    evidence.update()
    told = {
        text
        for text, count in expected.items()
        if len({line["id"] for line in evidence.received.get(text, ())}) >= count
    }
    return [message for message in stage.device.box(Box.INBOX) if told_text(message) in told]


def _settled(stage: _Stage) -> list[Message]:
    """Return the messages in the sent box of which Gatehouse knows what became of them."""
    states: dict[str, str] = {}
    # Nothing was written before the first message.
    with contextlib.suppress(FileNotFoundError):
        states = {entry["number"]: entry["state"] for entry in stage.home.journal()}
    return [each for each in stage.device.box(Box.SENT) if states.get(each.phone) in ENDED]


async def _clean_up(stage: _Stage) -> None:
    """Delete what nobody needs, again and again, so that there is room and indexes come back."""
    while True:
        await asyncio.sleep(_CLEANING_SECONDS)
        messages = (*_told(stage), *_settled(stage))
        chosen = [each for each in messages if stage.random.random() < _TIDINESS]
        stage.device.delete(chosen)


async def _look(stage: _Stage) -> None:
    """Want to see the present state more often than Gatehouse reads it by itself."""
    while True:
        await asyncio.sleep(_LOOK_SECONDS)
        await stage.home.running.wait()
        with contextlib.suppress(Away, Refused):
            await stage.home.call("homeassistant", "update_entity", {"entity_id": [_ENTITY]})


async def _replace_while_away(stage: _Stage) -> None:
    """Delete all that was told, and let others have the indexes, while nobody looks."""
    await stage.home.kill()
    stage.device.delete(_told(stage))
    stage.receive(_NEWCOMERS)
    await acts.come_back(stage)


async def _clear(stage: _Stage) -> None:
    """Empty the inbox."""
    if await acts.becomes_quiet(stage):
        stage.device.delete(stage.device.box(Box.INBOX))
        stage.receive(_NEWCOMERS)
    stage.open.set()


async def _clear_while_away(stage: _Stage) -> None:
    """Empty the inbox while Home Assistant is away."""
    if await acts.becomes_quiet(stage):
        await stage.home.kill()
        stage.device.delete(stage.device.box(Box.INBOX))
        stage.receive(_NEWCOMERS)
        await acts.come_back(stage)
    stage.open.set()


MODEM_ACTS: Final[tuple[Act[UnreliableModem], ...]] = (
    acts.KILL_IN_TELLING,
    acts.REBOOT,
    acts.WAIT_FOR_MANY,
    acts.KILL_IN_SENDING,
    ("Home Assistant killed, messages replaced meanwhile", _replace_while_away),
    acts.KILL_IN_REPORTING,
    ("inbox emptied", _clear),
    acts.REBOOT_IN_SENDING,
    acts.RESTART,
    acts.KILL_IN_TELLING,
    ("Home Assistant killed, inbox emptied meanwhile", _clear_while_away),
    acts.REBOOT_WHILE_AWAY,
    acts.KILL,
)

MODEM_CHORES: Final[tuple[Callable[[_Stage], Coroutine[Any, Any, None]], ...]] = (_clean_up, _look)
