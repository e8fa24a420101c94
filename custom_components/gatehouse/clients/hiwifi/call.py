"""What is asked of a router: a method, by name and with data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from aiohttp import ClientTimeout

DEFAULT_TIMEOUT: Final = 10
"""Seconds that a router, or the cloud for it, may take."""

_MARGIN: Final = 5
"""Seconds that we wait longer than that."""

_LANGUAGE: Final = "zh-CN"


class Generation(StrEnum):
    """The two generations of methods."""

    V1 = "v1"
    V0 = "v0"
    """Before there were versions."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call of a method."""

    method: str
    data: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """May hold secrets; none at all makes the functions on the router fail."""

    generation: Generation
    timeout: int = DEFAULT_TIMEOUT
    """Seconds."""

    @property
    def patience(self) -> ClientTimeout:
        """Return for how long to wait for the answer."""
        return ClientTimeout(total=self.timeout + _MARGIN, sock_connect=_MARGIN)

    @property
    def version(self) -> dict[str, str]:
        """Return the members of a request that choose the generation."""
        if self.generation is Generation.V0:
            return {}
        return {"version": self.generation.value, "lang": _LANGUAGE}
