"""Reading a list page by page while it changes."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from custom_components.gatehouse.sms.ledger import Ledger
from custom_components.gatehouse.sms.reading import EndlessList, Limits, Reading, ReadPage, read
from custom_components.gatehouse.sms.received import InboxRow

from .fakes import NOW, pages, row, unordered

EARLIER = NOW - timedelta(hours=1)
LIMITS = Limits()


def at(order: int) -> InboxRow:
    """Return a row that arrived a second after the one before."""
    return row(order, f"text {order}", time=EARLIER + timedelta(seconds=order))


KNOWN = Ledger().begin([at(order) for order in range(9, 0, -1)])


class Script:
    """Lists that follow each other: each request takes the next."""

    def __init__(self, *listed: Sequence[int]) -> None:
        """Take the orders of the rows of each answer."""
        self.listed = list(listed)
        self.asked: list[int] = []

    async def page(self, number: int) -> Sequence[InboxRow]:
        """Return the next answer."""
        self.asked.append(number)
        return [at(order) for order in self.listed.pop(0)]


def orders(reading: Reading | None) -> list[int | None]:
    """Return the orders of the rows that were read."""
    assert reading is not None
    return [each.order for each in reading.rows]


async def test_one_page_is_enough() -> None:
    """Nothing new: one request."""
    script = Script([9, 8, 7])
    reading = await read(script.page, KNOWN, LIMITS)
    assert orders(reading) == [9, 8, 7]
    assert script.asked == [1]
    assert reading is not None
    assert reading.complete
    assert not reading.exhaustive


async def test_one_new_row() -> None:
    """Below a known row there is nothing new: one request."""
    script = Script([10, 9, 8])
    assert orders(await read(script.page, KNOWN, LIMITS)) == [10, 9, 8]
    assert script.asked == [1]


async def test_down_to_a_known_row() -> None:
    """A page that ends with a new row does not end the reading, the next does."""
    script = Script(*([[12, 11, 10], [9, 8, 7]] * 2))
    assert orders(await read(script.page, KNOWN, LIMITS)) == [12, 11, 10, 9, 8, 7]
    assert script.asked == [1, 2] * 2


async def test_arrivals_shift_pages() -> None:
    """Rows that come twice count once."""
    script = Script(*([[12, 11, 10], [10, 9, 8]] * 2))
    assert orders(await read(script.page, KNOWN, LIMITS)) == [12, 11, 10, 9, 8]


async def test_deletion_hides_a_row() -> None:
    """A row that moved to a page that had been read is found by reading again."""
    script = Script(
        # 13 is deleted after the first page was read: 11 moves there
        *([14, 13, 12], [10, 9, 8]),
        *([14, 12, 11], [10, 9, 8]),
        *([14, 12, 11], [10, 9, 8]),
    )
    reading = await read(script.page, KNOWN, LIMITS)
    assert orders(reading) == [14, 12, 11, 10, 9, 8]


async def test_arrivals_disturb_no_second_reading() -> None:
    """New rows at the top are no reason to start again."""
    script = Script(
        *([12, 11, 10], [9, 8, 7]),
        *([13, 12, 11], [10, 9, 8]),
    )
    assert orders(await read(script.page, KNOWN, LIMITS)) == [13, 12, 11, 10, 9, 8]


async def test_restless_list() -> None:
    """A list that is another one each time is left for later."""
    script = Script(*(each for top in range(20, 60, 10) for each in ([top, top - 1], [])))
    assert await read(script.page, KNOWN, LIMITS) is None
    assert script.asked == [1, 2] * 4


async def test_renumbered_between_pages() -> None:
    """Numbers of two numberings are never mixed."""
    known = Ledger().begin([row(9, "C"), row(7, "B"), row(5, "A", time=EARLIER)])
    before = [row(11, "newer"), row(10, "new")]
    after = [row(5, "newer"), row(4, "new")]
    rest = [row(3, "C"), row(2, "B")], [row(1, "A", time=EARLIER)]
    script = [before, *rest, after, *rest, after, *rest]

    async def page(number: int) -> Sequence[InboxRow]:
        """Return the next answer."""
        return script.pop(0)

    assert orders(await read(page, known, LIMITS)) == [5, 4, 3, 2, 1]
    assert not script


async def test_renumbered_at_the_end() -> None:
    """A list does not go on below what was its end."""
    ended = [[12, 11], [12, 11], [12, 11]]
    mixed = [[12, 11], [2, 1], [2, 1], [2, 1]]
    moved = [[2, 1], [2, 1], [2, 1]]
    script = Script(*ended, *mixed, *moved, *moved)
    assert orders(await read(script.page, Ledger(), LIMITS)) == [2, 1]
    assert not script.listed


async def test_end_of_list() -> None:
    """An empty page ends a list, and so do pages that only repeat the last one."""
    empty = await read(pages([row(2)], [row(1)]), Ledger(), LIMITS)
    assert orders(empty) == [2, 1]
    assert empty is not None
    assert empty.ended
    script = Script(*([[2], [1], [1], [1]] * 2))
    assert orders(await read(script.page, Ledger(), LIMITS)) == [2, 1]
    assert script.asked == [1, 2, 3, 4] * 2


async def test_a_page_of_arrivals_is_no_end() -> None:
    """As many arrivals as a page has rows repeat a page once."""
    script = Script(*([12, 11], [12, 11], [10, 9]), *([14, 13], [12, 11], [10, 9]))
    assert orders(await read(script.page, KNOWN, LIMITS)) == [14, 13, 12, 11, 10, 9]


@pytest.mark.parametrize(
    "make", [lambda number: row(9 - number), lambda number: unordered(f"{number}")]
)
async def test_first_reading(make: Callable[[int], InboxRow]) -> None:
    """All that is there at first has to be known, so that nothing old is taken for new."""
    rows = [make(number) for number in range(4)]
    reading = await read(pages(*([each] for each in rows)), None, LIMITS)
    assert reading is not None
    assert list(reading.rows) == rows
    assert reading.ended


async def test_endless_list() -> None:
    """A list that goes on for ever is not used, as what is below would be taken for known."""

    async def page(number: int) -> Sequence[InboxRow]:
        """Return another page each time."""
        return [row(1000 - number)]

    with pytest.raises(EndlessList):
        await read(page, KNOWN, Limits(pages=20))


async def test_more_than_is_kept() -> None:
    """Of too many new rows the oldest are returned, and the others are left for later."""
    pages_read = [16, 15], [14, 13], [12, 11], [10, 9]
    reading = await read(Script(*pages_read, *pages_read).page, KNOWN, Limits(rows=4))
    assert orders(reading) == [14, 13, 12, 11, 10, 9]
    assert reading is not None
    assert not reading.complete


async def test_more_than_is_kept_and_arrivals() -> None:
    """What arrives between two readings changes nothing at the other end."""
    script = Script(
        *([16, 15], [14, 13], [12, 11], [10, 9]),
        *([17, 16], [15, 14], [13, 12], [11, 10], [9, 8]),
    )
    reading = await read(script.page, KNOWN, Limits(rows=4))
    assert not script.listed
    assert orders(reading) == [13, 12, 11, 10, 9, 8]
    assert reading is not None
    assert not reading.complete


async def test_only_what_was_kept_twice_is_used() -> None:
    """A row that only the second reading has kept is left for later like those above it."""
    script = Script(
        *([17, 16], [15, 14], [13, 12], [11, 10], [9, 8]),
        *([16, 15], [14, 13], [12, 11], [10, 9]),
    )
    reading = await read(script.page, KNOWN, Limits(rows=4))
    assert not script.listed
    assert orders(reading) == [13, 12, 11, 10, 9]
    assert reading is not None
    assert not reading.complete


async def test_more_than_is_kept_and_a_deletion() -> None:
    """A row that was hidden while reading is missed, and found by reading again."""
    hidden = [16, 15], [14, 12], [11, 10], [9, 8]
    found = [16, 14], [13, 12], [11, 10], [9, 8]
    script = Script(*hidden, *found, *found)
    reading = await read(script.page, KNOWN, Limits(rows=5))
    assert not script.listed
    assert orders(reading) == [14, 13, 12, 11, 10, 9, 8]


async def test_what_may_be_known_is_kept() -> None:
    """A row that may be an old one in another place is never left out, however many there are."""
    known = Ledger().begin([row(2, "B"), row(1, "A")])
    listed = [[at(21), at(20)], [row(19, "B"), at(18)], [row(17, "A")]]
    reading = await read(pages(*listed), known, Limits(rows=1))
    assert orders(reading) == [19, 18, 17]


async def test_equal_messages_are_kept_together() -> None:
    """Equal messages can only be counted, so that all of them are kept, or none."""
    alike = [row(order, "Again") for order in range(15, 11, -1)]
    listed = pages([at(17), at(16)], alike[:2], alike[2:], [at(11), at(10)], [at(9)])
    assert orders(await read(listed, KNOWN, Limits(rows=6))) == [15, 14, 13, 12, 11, 10, 9]
    assert orders(await read(listed, KNOWN, Limits(rows=5))) == [11, 10, 9]


async def test_rows_without_order_are_read_to_the_end() -> None:
    """A message may be listed by a time that has long passed."""
    known = Ledger().begin([unordered("a"), unordered("b"), unordered("c")])
    listing: ReadPage = pages([unordered("a"), unordered("b")], [unordered("late"), unordered("c")])
    reading = await read(listing, known, LIMITS)
    assert reading is not None
    assert [each.key for each in reading.rows] == ["a", "b", "late", "c"]


async def test_equal_messages_beyond_a_page() -> None:
    """After a restart equal messages are counted to the last."""
    known = Ledger().begin([row(8, "X"), row(7, "X"), row(6, "old")])
    listed = pages([row(4, "X"), row(3, "X")], [row(2, "X"), row(1, "old")])
    assert orders(await read(listed, known, LIMITS)) == [4, 3, 2, 1]
