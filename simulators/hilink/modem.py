"""The modem: everything that has state, moved along by one clock."""

from collections.abc import Callable
from datetime import timedelta
from enum import IntEnum
import math
from typing import Any

from simulators.clock import DATE_FORMAT, DeviceClock
from simulators.hilink import band_locks, networks, profile as profiles
from simulators.hilink.accounts import Accounts
from simulators.hilink.errors import Code, DeviceError
from simulators.hilink.link import Link
from simulators.hilink.messages import OWN_PRIORITY, Box, Message, Messages, Smstat
from simulators.hilink.online_update import OnlineUpdate
from simulators.hilink.options import FACTORY_PASSWORD, HilinkOptions
from simulators.hilink.outbox import Job, Outbox
from simulators.hilink.phone_entries import PhoneBook
from simulators.hilink.sessions import Session, Sessions
from simulators.hilink.sim_card import SimCard
from simulators.hilink.traffic import Traffic
from simulators.hilink.ussd import Ussd
from simulators.hilink.wire import Fields, Value

DEFAULT_CAPACITY = 500
WIFI_KEY = "simulated-key"
"""Of the main networks; those for guests have none yet."""


class Control(IntEnum):
    """What device/control can be asked for."""

    REBOOT = 1
    FACTORY_RESET = 2
    BACK_UP = 3
    POWER_OFF = 4


class Modem:
    """One simulated device."""

    def __init__(self, options: HilinkOptions, clock: Callable[[], float]) -> None:
        """Switch the device on, in the state its profile describes."""
        self.profile = profiles.load(options.profile)
        self.options = options.resolved(self.profile.settings)
        self.clock = DeviceClock(clock, options.start)
        self.sessions = Sessions()
        self.accounts = Accounts()
        self.outbox = Outbox(self._conclude_send)
        self.messages = Messages(self.clock, lambda: self.capacity)
        self.ussd = Ussd()
        self.update = OnlineUpdate(
            int(
                _number(self.profile.fields("monitoring/check-notifications"), "OnlineUpdateStatus")
            )
        )
        self.wifi_keys = dict.fromkeys(("0", "1"), WIFI_KEY)
        self.wps_presses = 0
        self.sim = SimCard()
        self._down_until = 0.0
        self._booted_at = -_number(self.profile.fields("device/information"), "uptime")
        self._load_records()
        self._load_messages()

    def _load_records(self) -> None:
        """Take the profile's replies, counters and connection as the present state."""
        self.records: dict[str, Value] = dict(self.profile.endpoints)
        if self.options.locks_bands:
            self.records |= band_locks.PAGES
        totals = self.profile.fields("monitoring/traffic-statistics")
        self.traffic = Traffic(
            self.clock, totals, self.profile.fields("monitoring/month_statistics")
        )
        self.link = Link(_number(totals, "CurrentConnectTime"))
        self.phone_book = PhoneBook()

    def _load_messages(self) -> None:
        """Put the profile's messages into the memory."""
        for entry in self.profile.messages:
            date = self.clock.date() - timedelta(minutes=entry["minutes_ago"])
            self.messages.add(
                Message(
                    index=0,
                    box=Box(entry["box"]),
                    smstat=Smstat(entry["smstat"]),
                    phone=entry["phone"],
                    content=entry["content"],
                    date=date.strftime(DATE_FORMAT),
                )
            )

    @property
    def now(self) -> float:
        """Return the seconds since the simulator was created."""
        return self.clock.now

    @property
    def up(self) -> bool:
        """Return whether the device answers at all."""
        return self.now >= self._down_until

    @property
    def uptime(self) -> int:
        """Return the seconds since the device started."""
        return int(self.now - self._booted_at)

    @property
    def in_service(self) -> bool:
        """Return whether the device is registered in a network."""
        return self.link.in_service(self.now, self.options)

    @property
    def connected_since(self) -> float | None:
        """Return when the present data connection came up."""
        return self.link.connected_since(self.now, self.options)

    def record(self, endpoint: str) -> Fields:
        """Return a copy of the stored reply of an endpoint."""
        value = self.records.get(endpoint)
        if not isinstance(value, dict):
            raise DeviceError(Code.NOT_SUPPORTED)
        return dict(value)

    def overlay(self, endpoint: str, live: Fields) -> Fields:
        """Return the stored reply with live values in those fields the model has."""
        stored = self.record(endpoint)
        return stored | {name: value for name, value in live.items() if name in stored}

    def settle(self) -> None:
        """Bring counters and the send queue up to the present moment."""
        now = self.now
        self.traffic.settle(now, self.connected_since)
        self.outbox.settle(now, self.options, in_service=self.in_service)
        version = self.update.settle(
            now,
            online=self.connected_since is not None,
            check_seconds=self.options.update_check_seconds,
            download_seconds=self.options.download_seconds,
        )
        if version is not None:
            self._begin_with(version)

    def _begin_with(self, version: str) -> None:
        """Restart with other firmware."""
        for endpoint in ("device/information", "device/basic_information"):
            if "SoftwareVersion" in (fields := self.record(endpoint)):
                self.records[endpoint] = fields | {"SoftwareVersion": version}
        self.restart(self.options.reboot_seconds)

    def find_session(self, key: str | None) -> Session | None:
        """Return the session of a cookie."""
        return self.sessions.find(key, self.now, self.options.idle_timeout)

    def change_options(self, changes: dict[str, Any]) -> None:
        """Change what kind of modem this is while it runs."""
        self.settle()
        had_sim = self.options.sim_present
        self.options = self.options.changed(changes)
        self.link.served = networks.in_reach(self)
        if self.options.sim_present and not had_sim:
            self.traffic.begin_connection()
            self.link.register(self.now, self.options)

    def connect(self, *, enabled: bool | None = None, dialed: bool | None = None) -> None:
        """Switch mobile data or dial; a connection that comes up starts at zero."""
        self.settle()
        wanted = self.link.data_enabled and self.link.dialed
        self.link.data_enabled = self.link.data_enabled if enabled is None else enabled
        self.link.dialed = self.link.dialed if dialed is None else dialed
        if (self.link.data_enabled and self.link.dialed) != wanted:
            self.traffic.begin_connection()
            self.link.connect(self.now, self.options)

    def register(self) -> None:
        """Let the radio look for a network again."""
        self.settle()
        self.traffic.begin_connection()
        self.link.served = networks.in_reach(self)
        self.link.register(self.now, self.options)

    def control(self, action: Control) -> bool:
        """Restart, reset or switch off; return whether connections break now."""
        self.settle()
        match action:
            case Control.BACK_UP:
                return False
            case Control.POWER_OFF:
                self._go_down(math.inf)
            case Control.REBOOT:
                self.restart(self.options.reboot_seconds)
            case Control.FACTORY_RESET:
                self._load_records()
                self.messages.clear()
                self.options = self.options.changed({"password": FACTORY_PASSWORD})
                self.restart(self.options.reboot_seconds)
        return True

    def restart(self, seconds: float) -> None:
        """Be away for so long, then come up without sessions and without a send queue."""
        self.settle()
        self._go_down(self.now + seconds)
        self.link.register(self._down_until, self.options)

    def power_on(self) -> None:
        """Switch on again."""
        self.restart(0)

    def _go_down(self, until: float) -> None:
        """Lose everything that lives in memory only."""
        self._down_until = until
        self._booted_at = self.now
        self.sessions.expire(forget=True)
        self.accounts.forget_failures()
        self.outbox.forget()
        self.ussd.release()
        self.traffic.begin_connection()
        self.link.connect(until, self.options)

    @property
    def capacity(self) -> int:
        """Return the number of messages the device holds."""
        if self.options.sms_capacity is not None:
            return self.options.sms_capacity
        recorded = self.profile.fields("sms/sms-count").get("LocalMax")
        return int(str(recorded or DEFAULT_CAPACITY))

    def _conclude_send(self, job: Job, phone: str, success: bool) -> None:  # noqa: FBT001 - a callback
        """Keep a message that went through the send queue, and its delivery report."""
        configuration = self.records.get("sms/config")
        if not isinstance(configuration, dict):
            configuration = {}
        if success and configuration.get("SendType") == "0":
            return
        box = Box.DRAFTS if not success and self.options.failed_sms_to_drafts else Box.SENT
        self.messages.add(
            Message(
                index=0,
                box=box,
                smstat=Smstat.SENT if success else Smstat.FAILED,
                phone=phone,
                content=job.text,
                date=job.date,
                priority=OWN_PRIORITY,
            )
        )
        if success and configuration.get("UseSReport") == "1":
            self.messages.report(phone)


def _number(fields: Fields, name: str) -> float:
    """Return a recorded number, zero when there is none."""
    return float(str(fields.get(name) or 0))
