"""The lab: what a test may do to the gateway and see of it."""

from collections.abc import Awaitable, Callable
import copy
from datetime import datetime
from typing import Any

from simulators.faults import Faults
from simulators.lab import Lab
from simulators.openvox.errors import Code
from simulators.openvox.gateway import Gateway
from simulators.openvox.inbox import Incoming
from simulators.openvox.outbox import SentMessage
from simulators.openvox.ports import Port, SimState
from simulators.openvox.push import Push


class OpenVoxLab(Lab):
    """Hands on the gateway, for tests in this process and for the HTTP lab."""

    FAILURE = Code.FAILED

    def __init__(
        self,
        gateway: Gateway,
        faults: Faults,
        requests: list[tuple[str, str]],
        *,
        stray_passwords: Callable[[], int],
        pushed: Callable[[], Awaitable[None]],
    ) -> None:
        """Work on a gateway."""
        super().__init__(faults, requests)
        self._gateway = gateway
        self._stray_passwords = stray_passwords
        self._pushed = pushed

    @property
    def sent(self) -> list[SentMessage]:
        """Return every message accepted for sending, in order."""
        return self._gateway.outbox.sent

    def fates(self) -> dict[str, str]:
        """Return, by id, the status in the outbox of each message accepted for sending.

        "pending" is on its way; "lost" was, when the device restarted.
        """
        self._gateway.settle()
        return {job.message.id: str(job.fate) for job in self._gateway.outbox.accepted}

    @property
    def pushes(self) -> list[Push]:
        """Return every push there was, in order."""
        return self._gateway.pushes.all

    async def pushed(self) -> None:
        """Wait until no push is under way."""
        await self._pushed()

    def state(self) -> dict[str, Any]:
        """Return an overview of the gateway."""
        gateway = self._gateway
        up = gateway.up
        return {
            "up": up,
            "uptime": gateway.uptime,
            "date": gateway.clock.text(),
            "local_date": str(gateway.local()),
            "prefix": gateway.options.prefix,
            "tokens": len(gateway.sessions.live(gateway.now, gateway.options)),
            "logins": gateway.sessions.logins,
            "refused_logins": gateway.sessions.refused_logins,
            "refused_ussd_logins": gateway.ussd.refused_logins,
            "stray_passwords": self._stray_passwords(),
            "inbox": len(gateway.inbox.rows),
            "unread": gateway.inbox.unread,
            "held": gateway.held,
            "outbox": len(gateway.outbox.rows),
            "sending": gateway.outbox.pending,
            "sent": len(self.sent),
            "ussd_open": sorted(gateway.ussd.open),
            "ussd_asked": len(gateway.ussd.asked),
            "push": dict(gateway.pushes.settings),
            "pushes": len(self.pushes),
        }

    def requests(self) -> list[tuple[str, str]]:
        """Return verb and path of every request, in order."""
        return list(self._requests)

    def reboot(self, seconds: float | None = None) -> None:
        """Restart the device, away for so long."""
        self._gateway.restart(seconds)
        self._gateway.timeline.wake()

    def steal_tokens(self, logins: int = 0) -> None:
        """Let another client throw out every token, and those of so many next logins too."""
        self._gateway.sessions.steal(logins)

    def set_options(self, **changes: Any) -> None:
        """Change options while the device runs."""
        self._gateway.change_options(changes)

    def advance(self, seconds: float) -> None:
        """Let time pass for the device."""
        self._gateway.settle()
        self._gateway.clock.advance(seconds)
        self._gateway.settle()
        self._gateway.timeline.wake()

    def receive_sms(
        self,
        port: int,
        number: str,
        text: str,
        *,
        parts: int | None = None,
        part_seconds: float = 0,
        when: str | None = None,
        ucs2: bool | None = None,
    ) -> int | None:
        """Let a message arrive; return its id, or None where the inbox does not have it now.

        With part_seconds the first part is there at once and the rest follow one by one.
        """
        return self._gateway.receive(
            Incoming(
                port=self._port(port).number,
                number=number,
                text=text,
                parts=parts,
                part_seconds=part_seconds,
                sent=None if when is None else datetime.fromisoformat(when.replace("/", "-")),
                ucs2=ucs2,
            )
        )

    def delete_sms(self, identifier: int) -> bool:
        """Delete a received message, as somebody may on the web page."""
        return self._gateway.inbox.delete(identifier)

    def clear_inbox(self) -> None:
        """Delete every received message; ids go on."""
        self._gateway.inbox.clear()

    def reset_inbox_ids(self) -> None:
        """Count ids from 1 anew, also those of the messages that are there."""
        self._gateway.inbox.renumber()

    def mark_read(self) -> None:
        """Let every received message count as read."""
        self._gateway.inbox.mark_read(self._gateway.inbox.rows)

    def clear_outbox(self) -> None:
        """Empty the outbox."""
        self._gateway.settle()
        self._gateway.outbox.clear()

    def set_port(self, port: int, *, up: bool) -> None:
        """Switch the radio of a port on or off."""
        self._gateway.settle()
        self._port(port).up = up
        self._gateway.release(self._gateway.now)

    def set_sim(self, port: int, state: str) -> None:
        """Let a SIM be ready, roaming, searching, denied or absent."""
        self._gateway.settle()
        self._port(port).sim = SimState(state)
        self._gateway.release(self._gateway.now)

    def reject_sends(self, count: int = 1) -> None:
        """Put the next messages on the list of the rejected."""
        self._gateway.outbox.rejecting = count

    def fail_sends(self, count: int = 1) -> None:
        """Accept the next messages and fail to send them."""
        self._gateway.outbox.failing = count

    def deliver(self, number: str | None = None, status: int = 0) -> int:
        """Let outstanding delivery reports come now; return how many."""
        self._gateway.settle()
        return self._gateway.outbox.deliver(number, status, self._gateway.now)

    def lose_pushes(self, count: int = 1) -> None:
        """Lose the next pushes."""
        self._gateway.pushes.losing = count

    def answer_ussd(self, port: int, text: str) -> bool:
        """Answer the question on a port now; return whether there was one."""
        self._gateway.settle()
        return self._gateway.ussd.answer(port, text, self._gateway.now)

    def altered(self, endpoint: str, data: Any) -> Any:
        """Return data with the fields that were set here."""
        overrides = self._overrides.get(endpoint, {})
        removed = self._removed.get(endpoint, set())
        if not (overrides or removed):
            return data
        changed = copy.deepcopy(data)
        for path, value in overrides.items():
            place, last = _place(changed, path)
            place[last] = value
        for path in removed:
            place, last = _place(changed, path)
            del place[last]
        return changed

    def _port(self, number: int) -> Port:
        """Return a port."""
        if number not in self._gateway.ports:
            raise ValueError(f"no such port: {number}")
        return self._gateway.ports[number]


def _place(data: Any, path: str) -> tuple[Any, Any]:
    """Return what holds a field, and the field's key there; a list is counted from zero."""
    *names, last = path.split(".")
    for name in names:
        data = data[int(name) if isinstance(data, list) else name]
    return data, int(last) if isinstance(data, list) else last
