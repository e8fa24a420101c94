"""Replies that go wrong on demand."""

from dataclasses import dataclass
from enum import StrEnum
import math

EVERYTHING = "*"


class FaultKind(StrEnum):
    """Ways in which a reply goes wrong."""

    GARBAGE = "garbage"
    HTML = "html"
    EMPTY = "empty"
    TRUNCATED = "truncated"
    CUT = "cut"
    ERROR = "error"
    TIMEOUT = "timeout"
    DROP = "drop"


_REFUSALS = frozenset({FaultKind.ERROR, FaultKind.TIMEOUT, FaultKind.DROP})


@dataclass(kw_only=True)
class Fault:
    """One order to spoil replies."""

    kind: FaultKind
    code: int
    executed: bool
    remaining: float


class Faults:
    """The orders that are still to be carried out, by endpoint."""

    def __init__(self) -> None:
        """Start with none."""
        self._faults: dict[str, list[Fault]] = {}

    def add(
        self,
        endpoint: str,
        kind: FaultKind,
        *,
        times: int | None,
        code: int,
        executed: bool | None,
    ) -> None:
        """Spoil the next replies of an endpoint, or all of them until repaired.

        Unless told otherwise, a command is carried out when only its reply is spoiled, and is
        not when the reply is an error or none at all.
        """
        self._faults.setdefault(endpoint, []).append(
            Fault(
                kind=kind,
                code=code,
                executed=kind not in _REFUSALS if executed is None else executed,
                remaining=math.inf if times is None else times,
            )
        )

    def take(self, endpoint: str) -> Fault | None:
        """Return what is wrong with the reply that is due now."""
        for key in (endpoint, EVERYTHING):
            for fault in self._faults.get(key, ()):
                if fault.remaining > 0:
                    fault.remaining -= 1
                    return fault
        return None

    def clear(self) -> None:
        """Repair everything."""
        self._faults.clear()
