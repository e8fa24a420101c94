"""Profiles: the replies of one model."""

from collections.abc import Mapping
from dataclasses import dataclass, field
import json
from pathlib import Path
from typing import Any

from simulators.hilink.wire import Fields, Value

PROFILES = Path(__file__).with_name("profiles")


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One model: its replies, its habits and the messages in its memory."""

    model: str
    endpoints: Mapping[str, Value]
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Habits of the model: defaults of the options and open paths."""
    messages: tuple[Mapping[str, Any], ...] = ()
    """Messages with box, phone, content and the minutes since they came."""

    def fields(self, endpoint: str) -> Fields:
        """Return the reply of an endpoint, empty when the model has none."""
        value = self.endpoints.get(endpoint)
        return dict(value) if isinstance(value, Mapping) else {}


def names() -> list[str]:
    """Return the names of the profiles in this package."""
    return sorted(path.stem for path in PROFILES.glob("*.json"))


def load(name: str) -> Profile:
    """Read a profile by its name here or by its path.

    A file may also hold nothing but endpoints with their fields.
    """
    packaged = PROFILES / f"{name}.json"
    path = packaged if packaged.is_file() else Path(name)
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    if "endpoints" not in document:
        return Profile(model=path.stem, endpoints=document)
    return Profile(
        model=document["model"],
        endpoints=document["endpoints"],
        settings=document.get("settings", {}),
        messages=tuple(document.get("messages", ())),
    )
