"""How a family describes what its owner should repair, and what Gatehouse can do about it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from homeassistant.helpers.issue_registry import IssueSeverity

from .actions import ActionCall, ActionResult
from .readings import Reading, Snapshot, Source


@dataclass(frozen=True, kw_only=True)
class Fix[ClientT]:
    """What mends an issue once its owner has confirmed it."""

    run: Callable[[ActionCall[ClientT]], Awaitable[ActionResult | None]]
    read_back: tuple[Reading[Any, Any], ...] = ()


@dataclass(frozen=True, kw_only=True)
class GatehouseIssueDescription[ClientT]:
    """Describes an issue; its key is also the translation key."""

    key: str
    readings: tuple[Source[Any], ...]
    """It is judged while all of them are current."""

    active_fn: Callable[[Snapshot], bool]
    placeholders_fn: Callable[[Snapshot], dict[str, str]] = lambda _: {}
    severity: IssueSeverity = IssueSeverity.WARNING
    fix: Fix[ClientT] | None = None
