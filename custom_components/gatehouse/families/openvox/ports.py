"""The ports of an OpenVox gateway: which of them it has, and how they fare."""

from functools import partial
from typing import Any, Final

from ...clients.openvox.models import ChannelStates, Sim, Span
from ..descriptions import Part
from ..readings import Snapshot
from .readings import CHANNELS, SIMS, SPANS

PORTS: Final = range(1, 33)
"""Numbers that a port can have."""


def port_fields(number: int) -> dict[str, Any]:
    """Return what the descriptions of all entities of a port have in common."""
    return {"part": Part(key="port", number=number), "exists_fn": partial(_has_port, number)}


def span_of(data: Snapshot, number: int) -> Span:
    """Return whether a port can send."""
    return next((span for span in data[SPANS] if span.port == number), Span())


def sim_of(data: Snapshot, number: int) -> Sim:
    """Return the SIM in a port."""
    return next((sim for sim in data[SIMS] if sim.port == number), Sim())


def _has_port(number: int, data: Snapshot) -> bool:
    """Tell whether the gateway has a port, with a SIM or without.

    The list of what can send names all ports and nothing else; it was made for choosing one.
    """
    if spans := data.last(SPANS):
        return any(span.port == number for span in spans)
    channels = data.last(CHANNELS) or ChannelStates()
    return any(channel.port == number for channel in channels.channels)
