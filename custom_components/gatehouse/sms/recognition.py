"""What is new in the list of an inbox."""

from collections import Counter
from collections.abc import Sequence
from itertools import dropwhile

from .ledger import Ledger, Verdict, ascending
from .received import InboxRow


def sort_out(ledger: Ledger, listing: Sequence[InboxRow], *, exhaustive: bool) -> Verdict:
    """Tell the new rows of a list, which has the newest first, from those that are known.

    `exhaustive`: it was read as far as possible, not only down to known rows.
    """
    moved = [row for row in listing if row.identity not in ledger.places]
    grown = frozenset(row.key for row in moved if ledger.has_grown(row))
    strange = [row for row in moved if row.key not in grown]
    everything = len(strange) == len(listing)
    if _has_restarted(ledger, strange, everything=everything, exhaustive=exhaustive):
        return _by_content(ledger, listing)
    floor = ledger.floor
    fresh = (row for row in strange if floor is None or row.order is None or row.order > floor)
    strangers = {row.key for row in moved}
    return Verdict(
        fresh=ascending(tuple(fresh)),
        settled=frozenset(row.key for row in listing if row.key not in strangers),
        grown=grown,
    )


def _has_restarted(
    ledger: Ledger, strange: Sequence[InboxRow], *, everything: bool, exhaustive: bool
) -> bool:
    """Tell whether strange rows prove that the numbering restarted.

    `everything`: no row at all is where it was.
    """
    # A new row has a higher order than all before, and none of those was ever left out.
    if ledger.high_water is not None and any(
        row.order <= ledger.high_water
        and (everything or ledger.floor is None or row.order > ledger.floor)
        for row in strange
        if row.order is not None
    ):
        return True
    if not (everything and exhaustive):
        return False
    # The numbering may also have restarted further up. Messages without time prove nothing: the
    # same words may have been said again.
    contents = {entry.fingerprint for entry in ledger.entries}
    return any(row.message.time and row.message.fingerprint in contents for row in strange)


def _by_content(ledger: Ledger, listing: Sequence[InboxRow]) -> Verdict:
    """Tell new rows from known ones by their content only, as many of each as are remembered."""
    rows = ascending(listing)
    settled = {row.key for row in rows if row.identity in ledger.places}
    remembered = Counter(entry.fingerprint for entry in ledger.entries)
    remembered.subtract(row.message.fingerprint for row in rows if row.key in settled)
    doubtful: set[str] = set()
    # Of equal messages the oldest are forgotten first.
    for row in reversed(rows):
        if row.key not in settled and remembered[row.message.fingerprint] > 0:
            remembered[row.message.fingerprint] -= 1
            (doubtful if row.message.time is None else settled).add(row.key)
    doubtful |= {
        row.key
        for row in rows
        if row.key not in settled
        and any(entry.is_beginning(row.message) for entry in ledger.beginnings.values())
    }
    if ledger.floor is not None and (recognized := settled | doubtful):
        # What is older than all that is remembered is not new.
        rows = tuple(dropwhile(lambda row: row.key not in recognized, rows))
    return Verdict(
        fresh=tuple(row for row in rows if row.key not in settled),
        settled=frozenset(settled),
        doubtful=frozenset(doubtful),
        restarted=True,
    )
