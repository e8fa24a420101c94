"""What the labs of a router and of the cloud have in common."""

from collections import Counter
from collections.abc import Sequence
import copy
from typing import Any, override

from simulators.faults import Faults
from simulators.hiwifi.admin_web import split_stok
from simulators.hiwifi.errors import Code
from simulators.hiwifi.router import Router
from simulators.lab import Lab


class MethodLab(Lab):
    """Counts methods, lets them fail and changes what they return."""

    FAILURE = Code.INTERNAL

    def __init__(
        self, routers: Sequence[Router], faults: Faults, requests: list[tuple[str, str]]
    ) -> None:
        """Work on routers."""
        super().__init__(faults, requests)
        self._routers = routers

    def requests(self) -> list[tuple[str, str]]:
        """Return verb and path of every request, in order, without the sessions' keys."""
        return [(verb, split_stok(path)[1]) for verb, path in self._requests]

    @override
    def counts(self) -> dict[str, int]:
        return dict(Counter(path for _, path in self.requests()))

    def calls(self) -> dict[str, int]:
        """Return how often each method was called."""
        return dict(Counter(each for router in self._routers for each in router.calls))

    @override
    def reset_counts(self) -> None:
        super().reset_counts()
        for router in self._routers:
            router.calls.clear()

    def fail_method(self, method: str, code: int = Code.INTERNAL, times: int | None = 1) -> None:
        """Let the next calls of a method fail (times None: until repair)."""
        for router in self._routers:
            router.failing[method] = (code, times)

    @override
    def repair(self) -> None:
        super().repair()
        for router in self._routers:
            router.failing.clear()

    def altered(self, method: str, result: Any) -> Any:
        """Return a method's result with the fields that were set here."""
        overrides = self._overrides.get(method, {})
        removed = self._removed.get(method, set())
        if not isinstance(result, dict) or not (overrides or removed):
            return result
        changed = copy.deepcopy(result)
        for name, value in overrides.items():
            place, last = _place(changed, name)
            place[last] = value
        for name in removed:
            place, last = _place(changed, name)
            place.pop(last, None)
        return changed


def _place(fields: dict[str, Any], name: str) -> tuple[dict[str, Any], str]:
    """Return the object that holds a field, written a/b, and the field's own name."""
    *names, last = name.split("/")
    for each in names:
        fields = fields.setdefault(each, {})
    return fields, last
