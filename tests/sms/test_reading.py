"""Reading a list page by page while it changes."""

from collections.abc import Sequence
from datetime import timedelta

from custom_components.gatehouse.sms.ledger import Ledger
from custom_components.gatehouse.sms.reading import Reading, ReadPage, read
from custom_components.gatehouse.sms.received import InboxRow

from .fakes import NOW, pages, row, unordered

EARLIER = NOW - timedelta(hours=1)
KNOWN = Ledger().begin([row(order) for order in range(9, 0, -1)], ended=True)


class Script:
    """Lists that follow each other: each request takes the next."""

    def __init__(self, *listed: Sequence[int]) -> None:
        """Take the orders of the rows of each answer."""
        self.listed = list(listed)
        self.asked: list[int] = []

    async def page(self, number: int) -> Sequence[InboxRow]:
        """Return the next answer."""
        self.asked.append(number)
        return [row(order) for order in self.listed.pop(0)]


def orders(reading: Reading | None) -> list[int | None]:
    """Return the orders of the rows that were read."""
    assert reading is not None
    return [each.order for each in reading.rows]


async def test_one_page_is_enough() -> None:
    """Nothing new: one request."""
    script = Script([9, 8, 7])
    reading = await read(script.page, KNOWN, page_limit=50)
    assert orders(reading) == [9, 8, 7]
    assert script.asked == [1]
    assert reading is not None
    assert reading.complete
    assert not reading.exhaustive


async def test_down_to_a_known_page() -> None:
    """A page that holds one new row does not end the reading, the next does."""
    script = Script([10, 9, 8], [7, 6, 5])
    assert orders(await read(script.page, KNOWN, page_limit=50)) == [10, 9, 8, 7, 6, 5]
    assert script.asked == [1, 2]


async def test_arrivals_shift_pages() -> None:
    """Rows that come twice count once."""
    script = Script([10, 9, 8], [8, 7, 6])
    assert orders(await read(script.page, KNOWN, page_limit=50)) == [10, 9, 8, 7, 6]


async def test_deletion_hides_a_row() -> None:
    """A row that moved to a page that had been read is found by reading again."""
    script = Script(
        # 13 is deleted after the first page was read: 11 moves there
        *([14, 13, 12], [10, 9, 8], [7, 6, 5]),
        *([14, 12, 11], [10, 9, 8], [7, 6, 5]),
        *([14, 12, 11], [10, 9, 8], [7, 6, 5]),
    )
    reading = await read(script.page, KNOWN, page_limit=50)
    assert orders(reading) == [14, 12, 11, 10, 9, 8, 7, 6, 5]


async def test_arrivals_disturb_no_second_reading() -> None:
    """New rows at the top are no reason to start again."""
    script = Script(
        *([12, 11, 10], [9, 8, 7]),
        *([13, 12, 11], [10, 9, 8], [7, 6, 5]),
    )
    assert orders(await read(script.page, KNOWN, page_limit=50)) == [13, 12, 11, 10, 9, 8, 7, 6, 5]


async def test_restless_list() -> None:
    """A list that is another one each time is left for later."""
    script = Script(*(each for top in range(20, 60, 10) for each in ([top, top - 1], [])))
    assert await read(script.page, KNOWN, page_limit=50) is None
    assert script.asked == [1, 2] * 4


async def test_renumbered_between_pages() -> None:
    """Numbers of two numberings are never mixed."""
    known = Ledger().begin([row(9, "C"), row(7, "B"), row(5, "A", time=EARLIER)], ended=True)
    before = [row(10, "new"), row(9, "C")]
    after = [row(4, "new"), row(3, "C")]
    rest = [row(2, "B"), row(1, "A", time=EARLIER)]
    script = [before, rest, after, rest, after, rest]

    async def page(number: int) -> Sequence[InboxRow]:
        """Return the next answer."""
        return script.pop(0)

    assert orders(await read(page, known, page_limit=50)) == [4, 3, 2, 1]
    assert not script


async def test_renumbered_at_the_end() -> None:
    """A list does not go on below what was its end."""
    ended = [[12, 11], [12, 11], [12, 11]]
    mixed = [[12, 11], [2, 1], [2, 1], [2, 1]]
    moved = [[2, 1], [2, 1], [2, 1]]
    script = Script(*ended, *mixed, *moved, *moved)
    assert orders(await read(script.page, Ledger(), page_limit=50)) == [2, 1]
    assert not script.listed


async def test_end_of_list() -> None:
    """An empty page ends a list, and so do pages that only repeat the last one."""
    empty = await read(pages([row(2)], [row(1)]), Ledger(), page_limit=50)
    assert orders(empty) == [2, 1]
    assert empty is not None
    assert empty.ended
    script = Script(*([[2], [1], [1], [1]] * 2))
    assert orders(await read(script.page, Ledger(), page_limit=50)) == [2, 1]
    assert script.asked == [1, 2, 3, 4] * 2


async def test_a_page_of_arrivals_is_no_end() -> None:
    """As many arrivals as a page has rows repeat a page once."""
    script = Script(*([12, 11], [12, 11], [10, 9], [8, 7]), *([14, 13], [12, 11], [10, 9], [8, 7]))
    assert orders(await read(script.page, KNOWN, page_limit=50)) == [14, 13, 12, 11, 10, 9, 8, 7]


async def test_limit() -> None:
    """An endless list is read to the limit, and known to go on."""
    script = Script(*([[order] for order in (30, 29, 28)] * 2))
    reading = await read(script.page, KNOWN, page_limit=3)
    assert orders(reading) == [30, 29, 28]
    assert reading is not None
    assert not reading.complete


async def test_rows_without_order_are_read_to_the_end() -> None:
    """A message may be listed by a time that has long passed."""
    known = Ledger().begin([unordered("a"), unordered("b"), unordered("c")], ended=True)
    listing: ReadPage = pages([unordered("a"), unordered("b")], [unordered("late"), unordered("c")])
    reading = await read(listing, known, page_limit=50)
    assert reading is not None
    assert [each.key for each in reading.rows] == ["a", "b", "late", "c"]


async def test_equal_messages_beyond_a_page() -> None:
    """After a restart equal messages are counted to the last."""
    known = Ledger().begin([row(8, "X"), row(7, "X"), row(6, "old")], ended=True)
    listed = pages([row(4, "X"), row(3, "X")], [row(2, "X"), row(1, "old")])
    assert orders(await read(listed, known, page_limit=50)) == [4, 3, 2, 1]
