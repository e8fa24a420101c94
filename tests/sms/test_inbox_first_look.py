"""The first look at an inbox that has more messages than are read of it."""

import pytest

from custom_components.gatehouse.sms.inbox import Inbox
from custom_components.gatehouse.sms.reading import Limits

from .fakes import NOW, pages, row
from .test_inbox import Home


@pytest.mark.xfail(strict=True, reason="what was not read counts as new once the rest is deleted")
async def test_what_was_read_is_deleted() -> None:
    """Messages from before the first look stay known when all that was read of them is gone."""
    home = Home()
    home.inbox = Inbox(home.keeper, limits=Limits(first_pages=1))
    await home.inbox.load()
    for listing in (
        pages([row(4, "D"), row(3, "C")], [row(2, "B"), row(1, "A")]),
        pages([row(2, "B"), row(1, "A")]),
    ):
        await home.inbox.collect(listing, clock=lambda: NOW, deliver=home.take)
    assert home.texts == []
