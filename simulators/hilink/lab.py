"""The lab: what a test may do to the modem and see of it."""

from collections.abc import Mapping
from typing import Any

from simulators.faults import Faults
from simulators.hilink.errors import Code
from simulators.hilink.modem import Modem
from simulators.hilink.outbox import SentMessage
from simulators.hilink.wire import Fields, Value
from simulators.lab import Lab


class HilinkLab(Lab):
    """Hands on the modem, for tests in this process and for the HTTP lab."""

    FAILURE = Code.FAILED

    def __init__(self, modem: Modem, faults: Faults, requests: list[tuple[str, str]]) -> None:
        """Work on a modem."""
        super().__init__(faults, requests)
        self._modem = modem

    @property
    def sent(self) -> list[SentMessage]:
        """Return every text accepted for sending, in order."""
        return self._modem.outbox.sent

    def fates(self) -> list[tuple[str, str]]:
        """Return each number of each text accepted for sending, in order, with its fate.

        "sent" and "failed" are as the network says; "pending" is on its way; "lost" was, when the
        device restarted or sending was canceled.
        """
        self._modem.settle()
        return self._modem.outbox.fates()

    def fail_sends(self, times: int = 1) -> None:
        """Let the network refuse so many more of the texts that are accepted next."""
        self._modem.outbox.failing += times

    def state(self) -> dict[str, Any]:
        """Return an overview of the modem."""
        modem = self._modem
        modem.settle()
        options = modem.options
        return {
            "model": modem.profile.model,
            "up": modem.up,
            "uptime": modem.uptime,
            "date": modem.clock.text(),
            "login": options.login,
            "sim_present": options.sim_present,
            "connection_status": modem.link.status(modem.now, options),
            "mobile_data": modem.link.data_enabled,
            "logged_in": len(modem.sessions.logged_in(modem.now, options.idle_timeout)),
            "messages": len(modem.messages.all(modem.now)),
            "unread": modem.messages.unread(modem.now),
            "lost": modem.messages.lost,
            "sending": modem.outbox.busy(),
            "sent": len(self.sent),
            "ussd_open": self._modem.ussd.open,
        }

    def messages(self, box: str = "1") -> list[Fields]:
        """Return the messages of a box: 1 inbox, 2 sent, 3 drafts, 4 trash."""
        self._modem.settle()
        return [message.fields() for message in self._modem.messages.box(box, self._modem.now)]

    def inject_sms(
        self,
        phone: str,
        text: str,
        *,
        parts: int = 1,
        part_seconds: float = 2,
        when: str | None = None,
    ) -> int | None:
        """Let a text arrive; return its index, or None when the memory is full.

        With several parts the first is there at once and the rest follow one by one. `when` is the
        date that it bears, by default the present one.
        """
        return self._modem.messages.receive(
            phone,
            text,
            parts=parts,
            part_seconds=part_seconds,
            when=when,
            merge_mms=self._modem.options.mms_swallows_next,
        )

    def inject_mms(self, phone: str, *, markup: bool = False) -> int | None:
        """Let an MMS notification arrive, which makes its list ill-formed.

        With markup it does so even for whoever forgives bytes that are no text.
        """
        return self._modem.messages.receive_mms(phone, markup=markup)

    def delete_sms(self, *indexes: int) -> None:
        """Delete messages, as somebody does on the device's own page."""
        self._modem.messages.delete(indexes)

    def set_ussd(self, code: str, *texts: str) -> None:
        """Let the network say something to a code, and the rest to one answer after the other."""
        self._modem.ussd.says[code] = texts

    @property
    def ussd_said(self) -> list[str]:
        """Return the codes and answers that the network was given."""
        return self._modem.ussd.heard

    def clear_messages(self) -> None:
        """Empty the message memory."""
        self._modem.messages.clear()

    def lock_sim(self) -> None:
        """Let the SIM card want its PIN."""
        self._modem.sim.locked = True
        self._modem.register()

    def offer_firmware(self, version: str | None, *, download_breaks: bool = False) -> None:
        """Put firmware on the server that the modem asks when it is told to."""
        self._modem.update.on_server = version
        self._modem.update.download_breaks = download_breaks

    def reboot(self, seconds: float | None = None) -> None:
        """Restart the device, away for so long."""
        away = self._modem.options.reboot_seconds if seconds is None else seconds
        self._modem.restart(away)

    def power_on(self) -> None:
        """Switch the device on after it was switched off."""
        self._modem.power_on()

    def expire_sessions(self, *, forget: bool = False) -> None:
        """Log everybody out; with forget, the cookies are unknown as well."""
        self._modem.sessions.expire(forget=forget)

    def set_endpoint(self, endpoint: str, value: Value) -> None:
        """Replace the stored reply of an endpoint, or add one."""
        self._modem.records[endpoint] = value

    def recorded(self, endpoint: str, name: str) -> str:
        """Return a field of the stored reply of an endpoint."""
        reply = self._modem.records[endpoint]
        assert isinstance(reply, Mapping), f"{endpoint} has no fields"  # noqa: S101 - a typing error of the test
        return str(reply[name])

    def remove_endpoint(self, endpoint: str) -> None:
        """Make the model one that does not offer an endpoint."""
        self._modem.records.pop(endpoint, None)

    def set_options(self, **changes: Any) -> None:
        """Change options while the device runs."""
        self._modem.change_options(changes)

    def advance(self, seconds: float) -> None:
        """Let time pass for the device."""
        self._modem.settle()
        self._modem.clock.advance(seconds)
        self._modem.settle()

    def altered(self, endpoint: str, value: Value) -> Value:
        """Return a reply with the fields that were set here."""
        if not isinstance(value, dict):
            return value
        fields = value | self._overrides.get(endpoint, {})
        removed = self._removed.get(endpoint, set())
        return {name: content for name, content in fields.items() if name not in removed}
