"""The soak notices what is wrong with messages that were to be sent."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks.support.sending import Answer, Order
from benchmarks.support.sent_verdict import Fate, SentVerdict
from benchmarks.support.verdict import Row

from .ledgers import GONE, counts, entry, error, evidence, order, state, status, wrong

SILENT = "sends that nobody was told of"
UNENDED = "said to be accepted and no more, and has an end"
OVERSTATED = "said to have got further than it did"
DENIED = "said not to be sent, and was"
MISSED = "said to be unknown to the end, and has an end"
REPEATED = "events told of twice, and not marked"
UNWRITTEN = "sent without being written down"


def judged(
    path: Path,
    message: Order,
    *fates: Fate,
    events: Sequence[Mapping[str, Any]] = (),
    journal: Sequence[Mapping[str, Any]] = (),
    unanswered: Mapping[str, str] | None = None,
) -> list[Row]:
    """Return what is said of one message."""
    verdict = SentVerdict(
        orders=[message],
        fates={message.number: fates} if fates else {},
        evidence=evidence(path, events),
        journal=journal,
        unanswered=unanswered or {},
    )
    return list(verdict.rows())


TAKEN = [state("accepted")]
SENT, DELIVERED, FAILED, UNKNOWN = map(status, ("sent", "delivered", "failed", "unknown"))


@pytest.mark.parametrize(
    ("answers", "events", "fates", "outcome"),
    [
        (TAKEN, [DELIVERED], [Fate.DELIVERED], {}),
        (TAKEN, [SENT, DELIVERED], [Fate.DELIVERED], {}),
        (TAKEN, [SENT], [Fate.DELIVERED], {"said to be sent and no more, and is delivered": 1}),
        (TAKEN, [SENT], [Fate.SENT], {}),
        (TAKEN, [FAILED], [Fate.FAILED], {}),
        # What the gateway forgets nobody can find out.
        (TAKEN, [], [Fate.LOST], {}),
        (TAKEN, [UNKNOWN], [Fate.LOST], {}),
        (TAKEN, [], [Fate.DELIVERED], {UNENDED: 1}),
        (TAKEN, [], [Fate.FAILED], {UNENDED: 1}),
        ([GONE], [], [Fate.DELIVERED], {SILENT: 1}),
        ([GONE], [], [Fate.LOST], {SILENT: 1}),
        ([GONE], [], [], {SILENT: 1}),
        ([GONE], [UNKNOWN], [], {}),
        ([GONE], [UNKNOWN, DELIVERED], [Fate.DELIVERED], {}),
        ([GONE, state("unknown")], [UNKNOWN, FAILED], [Fate.FAILED], {}),
        ([GONE, state("unknown")], [], [], {}),
        ([state("sending")], [], [], {SILENT: 1}),
        (TAKEN, [UNKNOWN], [Fate.DELIVERED], {UNENDED: 1}),
        ([state("unknown")], [UNKNOWN], [Fate.DELIVERED], {MISSED: 1}),
        ([state("unknown")], [], [Fate.FAILED], {MISSED: 1}),
        (TAKEN, [DELIVERED], [Fate.SENT], {OVERSTATED: 1}),
        (TAKEN, [SENT], [Fate.LOST], {OVERSTATED: 1}),
        (TAKEN, [SENT], [Fate.FAILED], {OVERSTATED: 1}),
        (TAKEN, [], [], {OVERSTATED: 1}),
        ([state("unknown")], [FAILED], [Fate.DELIVERED], {DENIED: 1}),
        (TAKEN, [DELIVERED, DELIVERED], [Fate.DELIVERED], {REPEATED: 1}),
        (TAKEN, [DELIVERED, {**DELIVERED, "redelivered": True}], [Fate.DELIVERED], {}),
        (TAKEN, [FAILED, DELIVERED], [Fate.DELIVERED], {"told to have two ends": 1}),
        (TAKEN, [DELIVERED], [Fate.DELIVERED, Fate.SENT], {"sent twice": 1}),
    ],
)
def test_accounts(
    tmp_path: Path,
    answers: list[Any],
    events: list[Any],
    fates: list[Fate],
    outcome: dict[str, int],
) -> None:
    """A message that was written down ends in one account, which is true."""
    rows = judged(
        tmp_path, order(*answers), *fates, events=events, journal=[entry("whatever it says")]
    )
    assert wrong(rows) == outcome


@pytest.mark.parametrize(
    ("answers", "fates", "outcome"),
    [
        ([error("cannot_connect")], [], {}),
        ([state("rejected")], [], {}),
        ([GONE, state("rejected")], [], {}),
        ([GONE], [], {SILENT: 1}),
        ([error("cannot_connect")], [Fate.LOST], {DENIED: 1, UNWRITTEN: 1}),
        ([state("rejected")], [Fate.SENT], {DENIED: 1, UNWRITTEN: 1}),
        ([error("sms_outcome_unknown")], [Fate.SENT], {MISSED: 1, UNWRITTEN: 1}),
        ([error("unknown_error")], [], {"answers by an error without a text": 1}),
        ([GONE], [Fate.LOST], {SILENT: 1, UNWRITTEN: 1}),
    ],
)
def test_refusals(
    tmp_path: Path, answers: list[Any], fates: list[Fate], outcome: dict[str, int]
) -> None:
    """A message that was refused is not sent, and whoever wanted it has been told."""
    rows = judged(tmp_path, order(*answers), *fates, journal=[entry("rejected")])
    assert wrong(rows) == outcome


def test_cut_off_before_anything(tmp_path: Path) -> None:
    """Nobody owes an account of a message that was not even written down."""
    assert not wrong(judged(tmp_path, order(GONE)))


def test_asked_for_again(tmp_path: Path) -> None:
    """The account of a repetition counts, and the one of what came before it stays."""
    message = order(GONE, error("cannot_connect"), state("accepted", "b"))
    journal = [entry("failed", "a"), entry("delivered", "b")]
    events = [status("failed", "a"), status("delivered", "b")]
    rows = judged(tmp_path, message, Fate.DELIVERED, events=events, journal=journal)
    assert not wrong(rows)
    assert counts(rows)["end: delivered; at the device: delivered"] == 1
    rows = judged(tmp_path, message, Fate.DELIVERED, events=events[1:], journal=journal)
    assert wrong(rows) == {SILENT: 1}


@pytest.mark.parametrize(
    ("events", "fates", "outcome"),
    [
        ([], [], {}),
        ([FAILED], [Fate.FAILED], {}),
        ([], [Fate.FAILED], {MISSED: 1}),
    ],
)
def test_answers_without_id(
    tmp_path: Path, events: list[Any], fates: list[Fate], outcome: dict[str, int]
) -> None:
    """Where an answer has no id it is about the latest message of its number."""
    rows = judged(
        tmp_path,
        order(GONE, Answer(word="unknown")),
        *fates,
        events=[status("failed", "b"), *events],
        journal=[entry("failed", "b"), entry("unknown", "a")],
    )
    assert wrong(rows) == outcome


def test_strangers(tmp_path: Path) -> None:
    """News of a message that nobody wanted to be sent are a mistake."""
    events = [DELIVERED, status("sent", "b", "2")]
    rows = judged(
        tmp_path, order(*TAKEN), Fate.DELIVERED, events=events, journal=[entry("delivered")]
    )
    assert wrong(rows) == {"told of, and never asked for": 1, OVERSTATED: 1}


@pytest.mark.parametrize(("word", "found"), [("delivered", 1), ("unknown", 0)])
@pytest.mark.parametrize("cut_off", [True, False])
def test_lost_replies(tmp_path: Path, word: str, found: int, *, cut_off: bool) -> None:
    """A message whose reply got lost, on either way, is found by looking, or stays unknown."""
    answers = [GONE, state("unknown")] if cut_off else [state("unknown")]
    rows = judged(
        tmp_path,
        order(*answers),
        Fate.DELIVERED,
        journal=[entry("rejected"), entry(word)],
        unanswered={} if cut_off else {"1": "drop"},
    )
    assert counts(rows)["taken, and no reply came"] == 1
    assert counts(rows)["of these found by looking"] == found


@pytest.mark.parametrize(
    ("message", "again"),
    [
        (order(), True),
        (order(key=None), True),
        (order(GONE), True),
        (order(GONE, key=None), False),
        (order(error("cannot_connect"), key=None), True),
        (order(error("sms_outcome_unknown"), key=None), False),
        (order(error("unknown_error"), key=None), False),
        (order(state("rejected")), False),
        (order(state("unknown")), False),
        (order(GONE, state("accepted")), False),
        (order(*[error("cannot_connect")] * 100), False),
    ],
)
def test_repetitions(message: Order, *, again: bool) -> None:
    """Nobody asks again where that may send twice, or where there is an answer."""
    assert message.may_ask is again
