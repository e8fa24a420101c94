"""The soak of an OpenVox gateway with 32 ports, which pushes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Final, override

from aiohttp import web

from simulators.openvox import OpenVoxOptions, OpenVoxSimulator
from simulators.openvox.inbox import Incoming as Arriving

from .device import Device, Extent
from .faults import Trouble, spoil, spoiled_sends
from .home import Home
from .sent_verdict import Fate
from .traffic import AGE, Incoming, Origin
from .unreliable import Unreliable

PORTS: Final = 30
"""Of 32; the last two have no SIM."""

_CAPACITY: Final = 4000
"""Messages that the gateway keeps: more than come while nobody looks."""

_INBOX: Final = "smsinbox/get"
_OUTBOX: Final = "smsoutbox/get"

_DELIVERED: Final = "DELIVERD(0)"
"""Status of a message that the recipient has, which the others are called by name."""


class UnreliableGateway(Unreliable, OpenVoxSimulator):
    """A gateway that tells what went wrong."""

    SEND = "sms/send"

    @override
    def _restart(self, seconds: float) -> None:
        self.lab.reboot(seconds)

    @override
    async def _number(self, request: web.Request) -> str:
        return str((await request.post())["dest_num"])

    @override
    def fates(self) -> Mapping[str, Sequence[Fate]]:
        statuses = self.lab.fates()
        found: defaultdict[str, list[Fate]] = defaultdict(list)
        for message in self.lab.sent:
            status = statuses[message.id]
            fate = Fate.DELIVERED if status == _DELIVERED else Fate(status.lower())
            found[message.number].append(fate)
        return found


@dataclass(kw_only=True)
class GatewayIncoming(Incoming):
    """Messages that the gateway receives."""

    simulator: OpenVoxSimulator
    ports: int | None = PORTS

    @override
    def _arrive(self, origin: Origin, text: str, *, old: bool) -> None:
        when = str(self.simulator.gateway.local() - AGE) if old else None
        port, sender = self._port(origin), origin.sender
        self.simulator.lab.receive_sms(port, sender, text, when=when)

    @override
    def _arrive_in_parts(self, origin: Origin, text: str, pause: float) -> None:
        port, sender = self._port(origin), origin.sender
        self.simulator.lab.receive_sms(port, sender, text, part_seconds=pause)

    @override
    def _pieces(self, origin: Origin, text: str) -> Sequence[str]:
        arriving = Arriving(port=self._port(origin), number=origin.sender, text=text)
        return list(arriving.pieces(marked=False))

    def _port(self, origin: Origin) -> int:
        """Return the port by which a message comes."""
        if origin.port is None:
            raise ValueError("messages come by a port")
        return origin.port


async def set_up(home: Home, gateway: OpenVoxSimulator) -> None:
    """Set a gateway up as its owner would, and let it push."""
    await home.add_device("openvox", gateway)
    await set_options(home, gateway, push=True)


async def set_options(home: Home, gateway: OpenVoxSimulator, *, push: bool) -> None:
    """Choose the options of a gateway, and wait until it has been set up with them."""
    options = {
        "port_policy": "round_robin",
        "fixed_port": 1,
        "max_sms_parts": 4,
        "push": push,
        "push_address": home.url,
    }
    await home.set_options(options)

    async def is_set_up() -> bool:
        """Tell whether the gateway pushes, or does no longer, and messages are received."""
        pushes = bool(gateway.gateway.pushes.settings["enable"])
        return pushes is push and await home.receives()

    await home.until(is_set_up)


_TROUBLES: Final[tuple[Trouble[UnreliableGateway], ...]] = (
    Trouble(name="ten pushes in a row lost", times=20, act=lambda each: each.lab.lose_pushes(10)),
    Trouble(name="send rejected by a port", times=6, act=lambda each: each.lab.reject_sends(1)),
    Trouble(name="send taken, and failed", times=6, act=lambda each: each.lab.fail_sends(1)),
    *spoiled_sends(UnreliableGateway.SEND, timeouts=3),
    spoil("inbox reply after the time-out", 2, _INBOX, "timeout"),
    spoil("inbox connection dropped", 8, _INBOX, "drop"),
    spoil("inbox reply truncated", 6, _INBOX, "truncated"),
    spoil("inbox reply an HTML page", 4, _INBOX, "html"),
    spoil("inbox reply empty", 4, _INBOX, "empty"),
    spoil("outbox connection dropped", 8, _OUTBOX, "drop"),
)


def _create() -> UnreliableGateway:
    """Return a gateway with a right clock."""
    return UnreliableGateway(
        OpenVoxOptions(
            ports=32,
            ports_without_sim=(31, 32),
            inbox_capacity=_CAPACITY,
            send_seconds=0.5,
            start=datetime.now(tz=UTC).replace(tzinfo=None, microsecond=0),
        )
    )


def _receive(gateway: UnreliableGateway, random: Random, extent: Extent) -> Incoming:
    """Return what lets messages arrive."""
    return GatewayIncoming(simulator=gateway, random=random)


GATEWAY: Final = Device[UnreliableGateway](
    name="gateway",
    event_entity="event.sms_gateway_message_received",
    extent=Extent(incoming=5000, backlog=1500, outgoing=500, seconds=360),
    ports=PORTS,
    create=_create,
    set_up=set_up,
    receive=_receive,
    troubles=_TROUBLES,
    thefts=(
        ("token stolen", lambda each: each.lab.steal_tokens()),
        ("token stolen twice in a row", lambda each: each.lab.steal_tokens(1)),
    ),
)
