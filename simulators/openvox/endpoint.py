"""What an endpoint is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulators.openvox.gateway import Gateway
from simulators.openvox.request import Request

type Handler = Callable[[Gateway, Request], Any]


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """A path of the API: what it does and what it says about that."""

    handler: Handler
    needs_token: bool = True
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class Later:
    """A result there will be at a moment."""

    moment: float
    data: Callable[[], Any]
