"""What every lab can do: spoil replies, fix fields, count requests."""

from collections import Counter
from typing import Any, ClassVar

from simulators.faults import FaultKind, Faults


class Lab:
    """Hands on a device, for tests in this process and for the HTTP lab."""

    FAILURE: ClassVar[int]
    """Error code of a reply that is broken without a code of its own."""

    def __init__(self, faults: Faults, requests: list[tuple[str, str]]) -> None:
        """Work on a device's replies."""
        self._faults = faults
        self._requests = requests
        self._overrides: dict[str, dict[str, Any]] = {}
        self._removed: dict[str, set[str]] = {}

    def break_replies(
        self,
        endpoint: str,
        kind: str,
        times: int | None = 1,
        *,
        code: int | None = None,
        executed: bool | None = None,
    ) -> None:
        """Spoil the next replies of an endpoint ("*": of any; times None: until repaired)."""
        code = self.FAILURE if code is None else code
        self._faults.add(endpoint, FaultKind(kind), times=times, code=code, executed=executed)

    def repair(self) -> None:
        """Spoil no more replies."""
        self._faults.clear()

    def set_field(self, endpoint: str, name: str, value: Any) -> None:
        """Fix the value of a field in the replies of an endpoint."""
        self._overrides.setdefault(endpoint, {})[name] = value
        self._removed.get(endpoint, set()).discard(name)

    def remove_field(self, endpoint: str, name: str) -> None:
        """Leave a field out of the replies of an endpoint."""
        self._removed.setdefault(endpoint, set()).add(name)

    def reset_fields(self) -> None:
        """Let every field have its own value again."""
        self._overrides.clear()
        self._removed.clear()

    def counts(self) -> dict[str, int]:
        """Return how often each path was requested."""
        return dict(Counter(path for _, path in self._requests))

    def reset_counts(self) -> None:
        """Start counting requests again."""
        self._requests.clear()
