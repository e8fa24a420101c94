"""What an endpoint is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulators.gl_s20.device import Device
from simulators.gl_s20.options import GlS20Options
from simulators.gl_s20.request import Request

type Handler = Callable[[Device, Request], Any]


def _at_once(_: GlS20Options) -> float:
    """Return that no time passes."""
    return 0


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """A path of the API: its verb, what it does and what that takes."""

    method: str
    handler: Handler
    needs_token: bool = True
    occupied_seconds: Callable[[GlS20Options], float] = _at_once
    """Device time during which nothing else is answered."""


def reading(handler: Handler) -> Endpoint:
    """Return an endpoint that is read."""
    return Endpoint(method="GET", handler=handler)


def command(handler: Handler) -> Endpoint:
    """Return an endpoint that does something."""
    return Endpoint(method="POST", handler=handler)
