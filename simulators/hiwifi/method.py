"""What a method of a router is."""

from collections.abc import Callable
from typing import Any

from simulators.hiwifi.arguments import Arguments
from simulators.hiwifi.options import MacStyle
from simulators.hiwifi.router import Router

type Handler = Callable[[Router, Arguments], Any]


def mac(router: Router, digits: str, *, station: bool = False) -> str:
    """Return a MAC address as this firmware writes it, which differs in lists of stations."""
    style = router.options.mac_style
    if style is MacStyle.BARE:
        return digits
    text = ":".join(digits[place : place + 2] for place in range(0, len(digits), 2))
    return text.lower() if station or style is MacStyle.LOWER else text
