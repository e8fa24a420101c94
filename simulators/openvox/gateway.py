"""The gateway: everything that has state, moved along by one clock."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from simulators.clock import DeviceClock
from simulators.openvox import ports
from simulators.openvox.inbox import Inbox, Incoming, Received
from simulators.openvox.options import OpenVoxOptions
from simulators.openvox.outbox import Outbox, OutboxContext, Posted
from simulators.openvox.ports import Port
from simulators.openvox.push import News, Push, Pushes, PushKind
from simulators.openvox.sessions import Sessions
from simulators.openvox.timeline import Action, Timeline
from simulators.openvox.ussd import Ussd

START_ONLY = frozenset({"ports", "port_style", "ports_without_sim", "start"})


class Gateway:
    """One simulated device."""

    def __init__(
        self, options: OpenVoxOptions, clock: Callable[[], float], send: Callable[[Push], None]
    ) -> None:
        """Switch the device on."""
        self.options = options.converted()
        self.clock = DeviceClock(clock, self.options.start)
        self.timeline = Timeline(self.clock)
        self._booted_at = 0.0
        self.sessions = Sessions()
        self.ports = ports.build(self.options)
        self.inbox = Inbox()
        self.pushes = Pushes(self._options, send)
        self.outbox = Outbox(
            self.timeline,
            OutboxContext(
                options=self._options,
                local=self.local,
                when_up=self._when_up,
                result=lambda row: self._tell_posted(PushKind.RESULT, row, row.time),
                report=lambda row, at: self._tell_posted(PushKind.REPORT, row, self.local(at)),
            ),
        )
        self.ussd = Ussd(self.timeline, self.pushes, self._options, self.local)
        self._held: list[Incoming] = []

    def _options(self) -> OpenVoxOptions:
        """Return the options of the moment."""
        return self.options

    @property
    def now(self) -> float:
        """Return the seconds since the simulator was created."""
        return self.clock.now

    @property
    def up(self) -> bool:
        """Return whether the device answers."""
        self.settle()
        return self.now >= self._booted_at

    @property
    def uptime(self) -> float:
        """Return the seconds since the device started."""
        return max(0.0, self.now - self._booted_at)

    @property
    def held(self) -> int:
        """Return how many messages the network keeps until their port is there."""
        return len(self._held)

    def local(self, moment: float | None = None) -> datetime:
        """Return the local date of a moment, by default the present one, to the second."""
        date = self.clock.date(moment) + timedelta(hours=self.options.utc_offset_hours)
        return date.replace(microsecond=0)

    def unix_time(self, moment: float) -> int:
        """Return a moment as a Unix timestamp."""
        return int(self.clock.date(moment).replace(tzinfo=UTC).timestamp())

    def settle(self) -> None:
        """Bring everything up to the present moment."""
        self.timeline.settle()

    def change_options(self, changes: dict[str, Any]) -> None:
        """Change what kind of device this is while it runs."""
        if fixed := START_ONLY & changes.keys():
            raise ValueError(f"only at the start: {', '.join(sorted(fixed))}")
        self.settle()
        self.options = self.options.changed(changes)

    def restart(self, seconds: float | None = None) -> None:
        """Be away for so long; what has not been sent by then is lost."""
        self.settle()
        away = self.options.restart_seconds if seconds is None else seconds
        self._booted_at = self.now + away
        self.sessions.expire()
        self.outbox.lose_queue()
        self.ussd.forget()
        self.timeline.at(self._booted_at, self.release)

    def receive(self, message: Incoming) -> int | None:
        """Take in a message, or let the network keep it; return its identifier in the inbox."""
        if self.up and self.ports[message.port].registered:
            return self._take_in(message, self.now)
        self._held.append(message)
        return None

    def release(self, moment: float) -> None:
        """Take in what the network kept for ports that are there again."""
        if moment < self._booted_at:
            return
        ready = [each for each in self._held if self.ports[each.port].registered]
        self._held = [each for each in self._held if not self.ports[each.port].registered]
        for message in ready:
            self._take_in(message, moment)

    def _take_in(self, message: Incoming, moment: float) -> int | None:
        """Keep the first part of a message and let the others follow."""
        options = self.options
        pieces = list(message.pieces(marked=options.bom_in_parts))
        at_once = pieces if not message.part_seconds else pieces[:1]
        row = self._keep(message, "".join(at_once), moment)
        for number, piece in enumerate(pieces[len(at_once) :], start=1):
            self._when_up(moment + number * message.part_seconds, partial(_extend, row, piece))
        self._when_up(
            moment + (len(pieces) - len(at_once)) * message.part_seconds,
            lambda _: self._tell_received(row),
        )
        self.settle()
        return row.identifier if options.store_received else None

    def _when_up(self, moment: float, action: Action) -> None:
        """Have something done at a moment; the network keeps it while the device is away."""

        def attempt(due: float) -> None:
            if due < self._booted_at:
                self.timeline.at(self._booted_at, attempt)
            else:
                action(due)

        self.timeline.at(moment, attempt)

    def _keep(self, message: Incoming, text: str, moment: float) -> Received:
        """Return a message, which is in the inbox if the device keeps messages."""
        inbox = self.inbox if self.options.store_received else Inbox()
        return inbox.add(
            message.port,
            message.number,
            text,
            message.sent or self.local(moment),
            self.options.inbox_capacity,
        )

    def _tell_received(self, row: Received) -> None:
        """Push a message that is complete."""
        port = self.ports[row.port]
        self._tell(PushKind.RECEIVED, port, row.number, row.text, row.time)

    def _tell_posted(self, kind: PushKind, row: Posted, time: datetime) -> None:
        """Push how a message that was sent fared."""
        self._tell(kind, row.port, row.number, row.text, time, row.status)

    def _tell(
        self, kind: PushKind, port: Port, number: str, text: str, time: datetime, status: str = ""
    ) -> None:
        """Push news about a message."""
        self.pushes.tell(
            kind,
            News(
                number=number,
                port=port.number,
                port_name=port.name,
                text=text,
                time=time,
                imsi=port.imsi,
                status=status,
            ),
        )


def _extend(row: Received, piece: str, _: float) -> None:
    """Add a late part to a message."""
    row.text += piece
