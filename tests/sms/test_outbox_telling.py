"""News of sent messages while the process dies."""

import pytest

from custom_components.gatehouse.sms.matching import RowStatus
from custom_components.gatehouse.sms.outbox import Outbox

from .fakes import NOW, FakeKeeper
from .sending import NUMBER, OTHER, Line, boot, listed, send, states


@pytest.mark.xfail(strict=True, reason="what settles is saved as told before anybody is told")
async def test_crash_while_telling(outbox: Outbox, line: Line, keeper: FakeKeeper) -> None:
    """News that nobody has been told of when the process dies are told by the next one."""
    await send(outbox, line, NUMBER, OTHER)
    rows = [listed(RowStatus.DELIVERED, number=number) for number in (NUMBER, OTHER)]
    assert len(await outbox.settle(rows, NOW)) == 2
    outbox = await boot(keeper)
    told = [change.entry for change in await outbox.settle(rows, NOW)]
    assert states([*told, *await outbox.take_untold(())]) == ["delivered", "delivered"]
