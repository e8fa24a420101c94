"""What diagnostics of an OpenVox gateway keep to themselves."""

from collections.abc import Iterator
from typing import Final

from ..readings import Snapshot
from .push import PRIVATE_PUSH_FIELDS
from .readings import SIMS
from .ussd import PRIVATE_USSD_OPTIONS

PRIVATE_FIELDS: Final = frozenset({"imsi"}) | PRIVATE_PUSH_FIELDS | PRIVATE_USSD_OPTIONS
"""Of the typed data and of the options."""


def private_texts(snapshot: Snapshot) -> Iterator[str]:
    """Yield every text that identifies a SIM, also within what the gateway says of it."""
    for sim in snapshot.last(SIMS) or ():
        if sim.imsi:
            yield sim.imsi
