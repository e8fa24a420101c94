"""Which row in a device's outbox is which message."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from custom_components.gatehouse.sms.journal import JournalEntry, SendState, hash_text
from custom_components.gatehouse.sms.matching import (
    OutboxRow,
    RowStatus,
    is_same,
    is_similar,
    match,
)

from .fakes import NOW

SECOND = timedelta(seconds=1)


def entry(key: str, after: float = 0, *, text: str = "Hello", **fields: Any) -> JournalEntry:
    """Return an entry that was made some seconds after the present."""
    return replace(
        JournalEntry(
            key=key,
            call=key,
            port="1",
            number="+15550100",
            text_hash=hash_text(text),
            text=text,
            created=NOW + after * SECOND,
            state=SendState.ACCEPTED,
        ),
        **fields,
    )


def listed(after: float = 0, status: RowStatus = RowStatus.SENT, **fields: Any) -> OutboxRow:
    """Return a row that the device made some seconds after the present."""
    row = OutboxRow(
        port="1", number="+15550100", text="Hello", time=NOW + after * SECOND, status=status
    )
    return replace(row, **fields)


@pytest.mark.parametrize(
    ("row", "matches"),
    [
        (listed(), True),
        (listed(-120), True),
        (listed(-121), False),
        (listed(3600), True),
        (listed(time=None), False),
        (listed(port="2"), False),
        (listed(port=None), True),
        (listed(text="Hello!"), False),
        (listed(text="\ufeffHello \r\n"), True),
        (listed(number="+15550101"), False),
        (listed(number="15550100"), False),
    ],
)
def test_match(row: OutboxRow, matches: bool) -> None:  # noqa: FBT001 - a column of the table
    """Port, number, text and time have to fit."""
    assert bool(match([entry("a")], [row], NOW)) is matches


def test_a_port_that_the_device_chose() -> None:
    """An entry without port is on any."""
    assert match([entry("a", port=None)], [listed(port="7")], NOW)


def test_what_was_not_sent_has_no_row() -> None:
    """The row of a rejected message is another's."""
    assert not match([entry("a", state=SendState.REJECTED)], [listed()], NOW)


def test_first_in_first_out() -> None:
    """Equal messages get their rows in their order, each one row."""
    rows = [listed(7), listed(2)]
    found = match([entry("a"), entry("b", 5), entry("c", 6)], rows, NOW)
    assert found == {"a": rows[1], "b": rows[0]}


def test_rows_of_the_same_second() -> None:
    """The list has the newest first, also within a second."""
    rows = [listed(text="Hello "), listed()]
    assert match([entry("a"), entry("b")], rows, NOW) == {"a": rows[1], "b": rows[0]}


def test_rows_are_kept() -> None:
    """A row that has been assigned is not given to another, whatever becomes of the list."""
    first = entry("a", state=SendState.DELIVERED, listed_at=NOW)
    second = entry("b", 5, state=SendState.UNKNOWN)
    assert match([first, second], [listed(status=RowStatus.DELIVERED)], NOW).keys() == {"a"}
    assert match([first, second], [listed(7)], NOW).keys() == {"b"}
    old = entry("c", -90000, state=SendState.SENT, listed_at=NOW)
    assert match([old, second], [listed()], NOW).keys() == {"c"}


def test_what_the_device_has_for_sure_comes_first() -> None:
    """A message that may never have been sent does not take the row of one that was."""
    doubtful = entry("a", state=SendState.UNKNOWN)
    sure = entry("b", 5)
    assert match([doubtful, sure], [listed(6)], NOW).keys() == {"b"}
    assert match([doubtful, sure], [listed(6), listed(1)], NOW).keys() == {"a", "b"}


def test_a_row_knows_no_less() -> None:
    """A message that is known to be sent is not the one that the device still holds."""
    sent = entry("a", state=SendState.SENT)
    unknown = entry("b", state=SendState.UNKNOWN)
    rows = [listed(status=RowStatus.SENT), listed(status=RowStatus.PENDING)]
    assert match([sent, unknown], rows, NOW) == {"a": rows[0], "b": rows[1]}
    assert match([sent], [listed(status=RowStatus.UNKNOWN)], NOW)
    assert not match([sent], [listed(status=RowStatus.PENDING)], NOW)


def test_a_row_that_knows_something_comes_first() -> None:
    """Of equal rows, one that does not know how far it is is left to whom it can be news."""
    accepted, sent = (
        entry(state, state=state, listed_at=NOW) for state in (SendState.ACCEPTED, SendState.SENT)
    )
    rows = [listed(status=RowStatus.SENT), listed(status=RowStatus.UNKNOWN)]
    assert match([accepted, sent], rows, NOW) == {"sent": rows[0], "accepted": rows[1]}


def test_old_messages_look_for_no_row() -> None:
    """A message that was given up leaves the row to one of today."""
    old = entry("a", -86400, state=SendState.UNKNOWN)
    assert match([old, entry("b", state=SendState.UNKNOWN)], [listed()], NOW).keys() == {"b"}


def test_exact_numbers_come_first() -> None:
    """A number that is only similar is the second choice."""
    numbers = "0171 1234567", "+49 171 1234567"
    rows = [listed(number=numbers[1]), listed(number=numbers[0])]
    entries = [entry("a", number=numbers[1]), entry("b", number=numbers[0])]
    assert match(entries, rows, NOW) == {"a": rows[0], "b": rows[1]}
    assert match(entries[:1], rows[1:], NOW).keys() == {"a"}
    assert match([replace(entries[0], state=SendState.UNKNOWN)], rows[1:], NOW).keys() == {"a"}


@pytest.mark.parametrize(
    ("one", "other", "same", "similar"),
    [
        ("+491711234567", "+49 (171) 123-4567", True, True),
        ("+491711234567", "00491711234567", False, True),
        ("+491711234567", "491711234567", False, True),
        ("+491711234567", "01711234567", False, True),
        ("+491711234567", "1711234567", False, True),
        ("01711234567", "1711234567", False, True),
        ("+390612345678", "0612345678", False, True),
        ("+491711234567", "+441711234567", False, False),
        ("+491711234567", "00441711234567", False, False),
        ("+491711234567", "01711234568", False, False),
        ("+4712345678", "12345678", False, False),
        ("12345678", "12345678", True, False),
        ("ALARM", "ALARM", True, False),
        ("ALARM", "+491711234567", False, False),
    ],
)
def test_numbers(
    one: str,
    other: str,
    same: bool,  # noqa: FBT001 - a column of the table
    similar: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """A number is recognized without the prefix of its country if there is enough left of it."""
    assert is_same(one, other) is same
    assert is_similar(one, other) is is_similar(other, one) is similar


def test_time_without_zone() -> None:
    """A time that cannot be compared is refused where it comes from."""
    with pytest.raises(ValueError, match="time zone"):
        listed(time=datetime(2030, 6, 1))  # noqa: DTZ001 - it is the point


def test_repr_is_discreet() -> None:
    """Neither text nor number appear where a row is logged."""
    shown = repr(listed(text="the secret"))
    assert "secret" not in shown
    assert "5550100" not in shown
