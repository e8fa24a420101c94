"""What is new in a list, also after the device numbers its messages anew."""

from collections.abc import Sequence
from dataclasses import replace
import json

import pytest

from custom_components.gatehouse.sms.ledger import Ledger, Verdict
from custom_components.gatehouse.sms.received import InboxRow
from custom_components.gatehouse.sms.recognition import sort_out

from .fakes import row, unordered


def texts(verdict: Verdict) -> list[str]:
    """Return the texts of what is new, oldest first."""
    return [each.message.text for each in verdict.fresh]


def known(*listing: InboxRow) -> Ledger:
    """Return a ledger that knows a whole list."""
    return Ledger().begin(listing)


@pytest.mark.parametrize(
    ("before", "after", "fresh", "restarted"),
    [
        pytest.param([], [row(1, "A")], ["A"], False, id="first of all"),
        pytest.param([row(5, "A")], [], [], False, id="emptied"),
        pytest.param([row(5, "A")], [row(6, "B")], ["B"], False, id="emptied, then a new one"),
        pytest.param(
            [row(5, "A")], [row(9, "C"), row(7, "B"), row(5, "A")], ["B", "C"], False, id="gaps"
        ),
        pytest.param(
            [row(5, "A")], [row(6, "A"), row(5, "A")], ["A"], False, id="the same words again"
        ),
        pytest.param(
            [row(5, "B"), row(4, "A")], [row(4, "A")], [], False, id="the newest one was deleted"
        ),
        pytest.param([row(5, "A")], [row(1, "B")], ["B"], True, id="counts from 1 again"),
        pytest.param([row(5, "A")], [row(5, "B")], ["B"], True, id="by chance the same number"),
        pytest.param(
            [row(5, "A")], [row(6, "C"), row(4, "B")], ["B", "C"], True, id="noticed late"
        ),
        pytest.param(
            [row(9, "B"), row(5, "A")],
            [row(3, "C"), row(2, "B"), row(1, "A")],
            ["C"],
            True,
            id="renumbered without gaps",
        ),
        pytest.param(
            [row(9, "B"), row(5, "A")],
            [row(102, "C"), row(101, "B"), row(100, "A")],
            ["C"],
            True,
            id="renumbered further up",
        ),
        pytest.param(
            [row(9, "A"), row(5, "A")],
            [row(3, "A"), row(2, "A"), row(1, "A")],
            ["A"],
            True,
            id="renumbered, and the same words once more",
        ),
        pytest.param(
            [unordered("a", "A")],
            [unordered("b", "B"), unordered("a", "A")],
            ["B"],
            False,
            id="without order",
        ),
        pytest.param(
            [unordered("a", "A")], [unordered("a", "B")], ["B"], False, id="a key used again"
        ),
        pytest.param(
            [unordered("a", "A")], [unordered("b", "A")], [], True, id="moved, without order"
        ),
    ],
)
def test_sort_out(
    before: Sequence[InboxRow],
    after: Sequence[InboxRow],
    fresh: list[str],
    restarted: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """What is new is found, and so is a restart."""
    verdict = sort_out(known(*before), after, exhaustive=True)
    assert texts(verdict) == fresh
    assert verdict.restarted is restarted


def test_renumbered_up_needs_the_whole_list() -> None:
    """A page full of new messages is not yet a restart, though the last words come again."""
    ledger = known(row(5, "A"))
    assert texts(sort_out(ledger, [row(7, "A"), row(6, "A")], exhaustive=False)) == ["A", "A"]


def test_rows_without_time_are_doubtful_after_a_restart() -> None:
    """Nobody knows whether it is the old message or the same words again: marked, but not lost."""
    ledger = known(row(5, "A", time=None), row(4, "B"))
    verdict = sort_out(ledger, [row(2, "A", time=None), row(1, "B")], exhaustive=True)
    assert texts(verdict) == ["A"]
    assert verdict.doubtful == {"2"}


def test_the_same_words_without_time_are_no_restart() -> None:
    """Without a time equal words prove nothing."""
    verdict = sort_out(known(row(5, "A", time=None)), [row(6, "A", time=None)], exhaustive=True)
    assert texts(verdict) == ["A"]
    assert not verdict.restarted
    assert not verdict.doubtful


def test_without_order_and_time() -> None:
    """Once gone, a row without order and time may come again as another message."""
    first = unordered("40000||+15550100", "ALARM", time=None)
    ledger = known(first)
    verdict = sort_out(ledger, [], exhaustive=True)
    ledger = ledger.remember([], verdict, ended=True)
    assert texts(sort_out(ledger, [first], exhaustive=True)) == ["ALARM"]


def test_earlier_numberings_are_remembered() -> None:
    """A row that was not listed in one numbering is still known in the next."""
    ledger = known(*(row(order, f"text {order}") for order in range(9, 4, -1)))
    page = [row(4, "text 9"), row(3, "text 8")]
    verdict = sort_out(ledger, page, exhaustive=False)
    ledger = ledger.remember(page, verdict, ended=False)
    assert ledger.epoch == 2
    assert (ledger.high_water, ledger.floor) == (4, 2)
    # Further down there are only known ones.
    longer = [*page, row(2, "text 7"), row(1, "text 6")]
    assert not texts(sort_out(ledger, longer, exhaustive=False))
    # Not even if those that were listed are gone.
    verdict = sort_out(ledger, [row(901, "text 7"), row(900, "text 6")], exhaustive=True)
    assert verdict.restarted
    assert not texts(verdict)


def test_what_was_forgotten_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows below those that are remembered are not new, in this numbering and in the next."""
    monkeypatch.setattr("custom_components.gatehouse.sms.ledger.CAPACITY", 4)
    ledger = known(*(row(order, f"text {order}") for order in (3, 2, 1)))
    page = [row(order, f"text {order}") for order in (6, 5, 4)]
    ledger = ledger.remember(page, sort_out(ledger, page, exhaustive=False), ended=False)
    assert len(ledger.entries) == 5
    assert ledger.floor == 1
    everything = [row(order, f"text {order}") for order in range(7, 0, -1)]
    assert texts(sort_out(ledger, everything, exhaustive=True)) == ["text 7"]
    moved = [row(order + 50, f"text {order}") for order in range(7, 0, -1)]
    verdict = sort_out(ledger, moved, exhaustive=True)
    assert texts(verdict) == ["text 7"]
    ledger = ledger.remember(moved, verdict, ended=True)
    assert ledger.floor == 51
    assert not texts(sort_out(ledger, moved, exhaustive=True))


def test_a_restart_below_what_was_forgotten() -> None:
    """Low numbers are new if nothing that was remembered is there any more."""
    ledger = replace(known(row(900, "A")), floor=899)
    assert not texts(sort_out(ledger, [row(900, "A"), row(2, "B")], exhaustive=True))
    assert texts(sort_out(ledger, [row(2, "B"), row(1, "C")], exhaustive=True)) == ["C", "B"]


def test_dump() -> None:
    """A ledger survives JSON."""
    ledger = known(row(5, "A"), row(4, "B", time=None))
    assert Ledger.parse(json.loads(json.dumps(ledger.dump()))) == ledger
