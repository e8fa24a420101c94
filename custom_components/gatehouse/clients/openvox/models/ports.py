"""Models of the ports: which can send, which are registered, which SIM is in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from ..values import Fields, count, flag, integer, numbered, port_number, registration, text
from .reply import Part, read


@dataclass(frozen=True, kw_only=True)
class Span(Part):
    """A port, and whether messages can be sent by it."""

    port: int | None = read(port_number, "port")

    name: str | None = read(text, "port_name")
    """Such as `gsm-1`; the number in it need not be that of the port."""

    available: bool | None = read(flag, "status")


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A port, and whether it is registered in a mobile network."""

    port: int
    registered: bool | None


@dataclass(frozen=True, kw_only=True)
class ChannelStates:
    """All ports at a glance."""

    idle: int | None = None
    """How many are idle."""

    channels: tuple[Channel, ...] = ()

    @classmethod
    def from_fields(cls, fields: Fields) -> Self:
        """Take the states from a JSON object."""
        return cls(
            idle=count(fields.get("idle_channels")),
            channels=tuple(
                Channel(port=number, registered=registration(state))
                for name, state in numbered(fields.get("channel_status"))
                if (number := port_number(name))
            ),
        )

    def registered(self, number: int) -> bool | None:
        """Tell whether a port is registered; None where the gateway does not tell."""
        return next((each.registered for each in self.channels if each.port == number), None)


@dataclass(frozen=True, kw_only=True)
class Sim(Part):
    """The SIM in a port."""

    port: int | None = read(port_number, "port")
    imsi: str | None = read(text, "imsi", shown=False)

    status: str | None = read(text, "status")
    """In the gateway's words, of which only `Unknown Network Status` is documented."""


def sims(data: object) -> tuple[Sim, ...]:
    """Take the SIMs of all ports, which are listed by the number of the port."""
    return tuple(
        Sim.from_fields({"port": name, **each})
        for name, each in numbered(data)
        if integer(name) and isinstance(each, Mapping)
    )
