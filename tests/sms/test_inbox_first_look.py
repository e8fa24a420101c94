"""The first look at an inbox."""

from .fakes import NOW, pages, row
from .test_inbox import Home


async def test_what_was_read_is_deleted() -> None:
    """Messages from before the first look stay known when many above them are gone."""
    home = Home()
    await home.inbox.load()
    before = [[row(order, f"text {order}")] for order in range(80, 0, -1)]
    for listing in (pages(*before), pages(*before[60:])):
        await home.inbox.collect(listing, clock=lambda: NOW, deliver=home.take)
    assert home.texts == []
