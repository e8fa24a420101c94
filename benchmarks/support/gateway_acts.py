"""What happens in the soak of an OpenVox gateway."""

from typing import Final

from . import acts
from .acts import Act
from .gateway import UnreliableGateway
from .stage import Stage


async def _renumber(stage: Stage[UnreliableGateway]) -> None:
    """Let the gateway number its messages anew."""
    stage.device.lab.reset_inbox_ids()


async def _renumber_while_away(stage: Stage[UnreliableGateway]) -> None:
    """Let the gateway do so while Home Assistant is away."""
    await stage.home.kill()
    stage.device.lab.reset_inbox_ids()
    await acts.come_back(stage)


async def _clear(stage: Stage[UnreliableGateway]) -> None:
    """Empty the inbox."""
    if await acts.becomes_quiet(stage):
        stage.device.lab.clear_inbox()
    stage.open.set()


async def _begin_anew_while_away(stage: Stage[UnreliableGateway]) -> None:
    """Empty the inbox, and count from 1, while Home Assistant is away."""
    if await acts.becomes_quiet(stage):
        await stage.home.kill()
        stage.device.lab.clear_inbox()
        stage.device.lab.reset_inbox_ids()
        await acts.come_back(stage)
    stage.open.set()


GATEWAY_ACTS: Final[tuple[Act[UnreliableGateway], ...]] = (
    acts.KILL_IN_TELLING,
    ("inbox numbered anew", _renumber),
    acts.WAIT_FOR_MANY,
    acts.KILL_IN_SENDING,
    acts.REBOOT,
    ("Home Assistant killed, inbox numbered anew meanwhile", _renumber_while_away),
    acts.KILL_IN_REPORTING,
    acts.RESTART,
    acts.REBOOT_IN_SENDING,
    acts.KILL_IN_TELLING,
    ("inbox emptied", _clear),
    acts.KILL_IN_SENDING,
    ("Home Assistant killed, inbox emptied meanwhile, ids from 1", _begin_anew_while_away),
    acts.REBOOT_WHILE_AWAY,
    acts.KILL_IN_TELLING,
    acts.KILL_IN_REPORTING,
    acts.KILL,
    ("inbox numbered anew", _renumber),
)
