"""An inbox on a busy device: parts of a message come while newer messages do."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from custom_components.gatehouse.sms.parts import SETTLE_TIME
from custom_components.gatehouse.sms.received import InboxRow

from .fakes import NOW, DiskFull, Failure, PowerLoss, pages, row
from .test_inbox import HALF, Home

WHOLE = f"{HALF}rest"
PAGE = 5


@pytest.fixture
async def home() -> Home:
    """Return an inbox that knows one message."""
    home = Home()
    await home.inbox.load()
    await home.collect(row(1, "old"))
    return home


def wholes(home: Home) -> list[bool]:
    """Return whether each event with the whole text was marked."""
    return [each.redelivered for each in home.deliveries if each.message.text == WHOLE]


def plain(home: Home) -> int:
    """Count the events of the message in parts, whole or not, that were not marked."""
    return sum(
        each.message.text.startswith(HALF) and not each.redelivered for each in home.deliveries
    )


async def test_a_newer_message_in_between(home: Home) -> None:
    """A message whose rest comes after a newer message is told of once without a mark."""
    await home.collect(row(2, HALF), row(1, "old"))
    await home.collect(row(3, "B"), row(2, HALF), row(1, "old"))
    collected = await home.collect(row(3, "B"), row(2, WHOLE), row(1, "old"))
    assert "B" in home.texts
    assert len(wholes(home)) == 1
    assert plain(home) == 1
    assert not collected.restarted


async def test_a_rest_that_comes_too_late(home: Home) -> None:
    """What was told of without its rest is told of again, marked, and nothing else is."""
    await home.collect(row(2, HALF), row(1, "old"))
    later = NOW + SETTLE_TIME
    await home.collect(row(2, HALF), row(1, "old"), now=later)
    assert home.texts == [HALF]
    later += timedelta(seconds=5)
    collected = await home.collect(row(2, WHOLE), row(1, "old"), now=later)
    assert wholes(home) == [True]
    assert not collected.restarted


async def test_a_rest_below_known_pages(home: Home) -> None:
    """The rest is found although there are pages of known messages above it."""
    newer = tuple(row(number, f"newer {number}") for number in range(20, 2, -1))

    async def collect(*listing: InboxRow) -> None:
        """Collect a list of several pages."""
        listed: list[Sequence[InboxRow]] = [
            listing[start : start + PAGE] for start in range(0, len(listing), PAGE)
        ]
        await home.inbox.collect(pages(*listed), clock=lambda: NOW, deliver=home.take)

    await collect(*newer, row(2, HALF), row(1, "old"))
    await collect(*newer, row(2, WHOLE), row(1, "old"))
    await collect(row(21, "newest"), *newer, row(2, WHOLE), row(1, "old"))
    assert len(wholes(home)) == 1
    assert plain(home) == 1


@pytest.mark.parametrize("failure", Failure)
async def test_a_crash_while_the_rest_is_told(home: Home, failure: Failure) -> None:
    """Whatever saving does as the rest comes, the whole message is told of once."""
    await home.collect(row(2, HALF), row(1, "old"))
    home.keeper.failure = failure
    with pytest.raises((PowerLoss, DiskFull)):
        await home.collect(row(2, WHOLE), row(1, "old"))
    if failure.kills:
        home = await home.restart()
    for _ in range(2):
        await home.collect(row(2, WHOLE), row(1, "old"))
    assert home.texts == [WHOLE]
