"""News of sent messages while the process dies."""

import pytest

from custom_components.gatehouse.sms.matching import RowStatus
from custom_components.gatehouse.sms.outbox import Outbox
from custom_components.gatehouse.sms.telling import News

from .fakes import NOW, DiskFull, Failure, FakeKeeper, PowerLoss
from .sending import NUMBER, OTHER, Line, boot, listed, news, send, states

ROWS = [listed(RowStatus.DELIVERED, number=number) for number in (NUMBER, OTHER)]


class Listener:
    """Hears news, until the process dies of them."""

    def __init__(self, *, lifetime: int = 99) -> None:
        """Prepare to hear so many."""
        self.lifetime = lifetime
        self.heard: list[News] = []

    def hear(self, heard: News) -> None:
        """Hear of a message."""
        self.heard.append(heard)
        if len(self.heard) == self.lifetime:
            raise PowerLoss


async def test_crash_before_telling(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """News that nobody has begun to tell are found again, and are no repetition."""
    await send(outbox, line, NUMBER, OTHER)
    outbox.settle(ROWS, NOW)
    outbox = await boot(keeper)
    outbox.settle(ROWS, NOW)
    assert states(await news(outbox)) == ["delivered", "delivered"]


@pytest.mark.parametrize("heard", [1, 2])
async def test_crash_while_telling(
    outbox: Outbox, line: Line, keeper: FakeKeeper, heard: int
) -> None:
    """None is lost: what may have been told is told again, and marked."""
    await send(outbox, line, NUMBER, OTHER)
    outbox.settle(ROWS, NOW)
    with pytest.raises(PowerLoss):
        await outbox.tell(Listener(lifetime=heard).hear, NOW)
    outbox = await boot(keeper)
    listener = Listener()
    await outbox.tell(listener.hear, NOW)
    assert [(each.entry.number, each.again) for each in listener.heard] == [
        (NUMBER, True),
        (OTHER, True),
    ]
    assert await news(await boot(keeper)) == []


async def test_told_and_not_saved(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """What was told is not told again by the same process, though that could not be saved."""
    await send(outbox, line)
    outbox.settle(ROWS, NOW)
    listener = Listener()

    def hear(heard: News) -> None:
        """Let the next save fail."""
        listener.hear(heard)
        keeper.failure = Failure.FAILED_BEFORE

    with pytest.raises(DiskFull):
        await outbox.tell(hear, NOW)
    await outbox.tell(listener.hear, NOW)
    assert len(listener.heard) == 1
    assert await news(await boot(keeper)) == []


async def test_known_better_after_a_crash(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """What becomes of a message after a crash is no repetition of what was told before."""
    await send(outbox, line)
    outbox.settle([listed(RowStatus.SENT)], NOW)
    with pytest.raises(PowerLoss):
        await outbox.tell(Listener(lifetime=1).hear, NOW)
    outbox = await boot(keeper)
    outbox.settle(ROWS, NOW)
    assert states(await news(outbox)) == ["delivered"]
