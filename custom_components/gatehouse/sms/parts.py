"""Messages whose parts come one by one: they wait, and keep nobody waiting."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from .claims import Claim, InboxState, Waiting
from .ledger import Verdict, ascending
from .received import InboxRow

SETTLE_TIME: Final = timedelta(seconds=30)
"""How long a message waits for the next of the parts that it may lack."""


@dataclass(frozen=True, kw_only=True)
class Followed:
    """What has become of the messages that waited for parts."""

    state: InboxState
    released: tuple[Claim, ...]
    """Those that wait no longer."""

    verdict: Verdict
    """What else is known and new."""


def follow(
    state: InboxState, listing: Sequence[InboxRow], verdict: Verdict, now: datetime
) -> Followed:
    """Give the messages that wait what has come for them.

    A message that was handed over too early is new again, and doubtful, once it has more parts.
    """
    taken: set[str] = set()
    claims: list[Claim] = []
    released: list[Claim] = []
    for claim in state.claims:
        if claim.waiting is None:
            claims.append(claim)
            continue
        followed = _followed(claim, claim.waiting, listing, verdict, taken, now)
        claims.append(followed)
        if followed.waiting is None:
            released.append(followed)
    fresh = ({row.key for row in verdict.fresh} | verdict.grown) - taken
    return Followed(
        state=replace(state, claims=tuple(claims)),
        released=tuple(released),
        verdict=replace(
            verdict,
            fresh=tuple(row for row in ascending(listing) if row.key in fresh),
            settled=verdict.settled | (taken - verdict.grown),
            doubtful=(verdict.doubtful | verdict.grown) - taken,
        ),
    )


def _followed(
    claim: Claim,
    waiting: Waiting,
    listing: Sequence[InboxRow],
    verdict: Verdict,
    taken: set[str],
    now: datetime,
) -> Claim:
    """Return a claim with what its row has by now, which is taken."""
    row = next(
        (row for row in listing if row.key not in taken and _is_row(row, claim, waiting, verdict)),
        None,
    )
    if row is not None:
        taken.add(row.key)
        since = waiting.since if row.message == claim.message else now
        waiting = Waiting(order=row.order, key=row.key, since=since)
        claim = replace(claim, message=row.message)
    goes_on = timedelta() <= now - waiting.since < SETTLE_TIME
    waits = goes_on and claim.message.may_lack_parts
    return replace(claim, waiting=waiting if waits else None)


def _is_row(row: InboxRow, claim: Claim, waiting: Waiting, verdict: Verdict) -> bool:
    """Tell whether a row is the one of a claim, which may be anywhere in a new numbering.

    There an equal row that is not known is another message.
    """
    if not row.message.continues(claim.message):
        return False
    if not verdict.restarted:
        return row.key == waiting.key
    return row.key in verdict.settled or row.message != claim.message


def waits(
    rows: Sequence[InboxRow], doubtful: Collection[str], now: datetime
) -> Mapping[str, Waiting]:
    """Return how those of the new rows wait that may lack parts, by key.

    Equal messages are no halves.
    """
    equal = Counter(row.message.fingerprint for row in rows)
    return {
        row.key: Waiting(order=row.order, key=row.key, since=now)
        for row in rows
        if equal[row.message.fingerprint] == 1
        and row.key not in doubtful
        and row.message.may_lack_parts
    }
