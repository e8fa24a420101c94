"""What carries text messages: one box of each kind, seen from its lab."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, override

from homeassistant.util import dt as dt_util

from simulators.hilink import HilinkOptions, HilinkSimulator, SmsEncryption, SmsStyle
from simulators.openvox import OpenVoxOptions, OpenVoxSimulator
from tests.conftest import modem_data
from tests.families.openvox.conftest import gateway_data
from tests.families.openvox.message_helpers import local_options

SEND_SECONDS = 0


def local_now() -> datetime:
    """Return the time as clocks of the house show it."""
    return dt_util.now().replace(tzinfo=None, microsecond=0)


@dataclass
class Carrier[SimulatorT](ABC):
    """A device that carries messages."""

    simulator: SimulatorT

    sends: ClassVar[str]
    """Path of the request that sends a message."""

    @classmethod
    @abstractmethod
    def build(cls) -> Carrier[Any]:
        """Return a device with an empty inbox, whose clock is right."""

    @abstractmethod
    def data(self) -> dict[str, object]:
        """Return the data of an entry."""

    @abstractmethod
    def receive(self, sender: str, text: str) -> None:
        """Let a message arrive."""

    @abstractmethod
    def forget(self, position: int) -> None:
        """Delete a received message, counted from 0."""

    @abstractmethod
    def sent(self) -> list[tuple[str, str]]:
        """Return number and text of what was sent."""


class Gateway(Carrier[OpenVoxSimulator]):
    """An OpenVox gateway."""

    sends = "sms/send"

    @classmethod
    @override
    def build(cls) -> Gateway:
        """Return a gateway."""
        options = OpenVoxOptions(**local_options(send_seconds=SEND_SECONDS))
        return cls(OpenVoxSimulator(options, clock=lambda: 0.0))

    @override
    def data(self) -> dict[str, object]:
        """Return the data of an entry."""
        return gateway_data(self.simulator)

    @override
    def receive(self, sender: str, text: str) -> None:
        """Let a message arrive."""
        self.simulator.lab.receive_sms(1, sender, text)

    @override
    def forget(self, position: int) -> None:
        """Delete a received message."""
        self.simulator.lab.delete_sms(position + 1)

    @override
    def sent(self) -> list[tuple[str, str]]:
        """Return number and text of what was sent."""
        return [(each.number, each.text) for each in self.simulator.lab.sent]


class Modem(Carrier[HilinkSimulator]):
    """A HiLink modem, which lists its messages by box."""

    sends = "sms/send-sms"
    style = SmsStyle.BOX
    encryption = SmsEncryption.NONE

    @classmethod
    @override
    def build(cls) -> Modem:
        """Return a modem."""
        options = HilinkOptions(
            profile="e8372h-320",
            start=local_now(),
            sms_send_seconds=SEND_SECONDS,
            sms_style=cls.style,
            sms_encryption=cls.encryption,
        )
        simulator = HilinkSimulator(options, clock=lambda: 0.0)
        simulator.lab.clear_messages()
        return cls(simulator)

    @override
    def data(self) -> dict[str, object]:
        """Return the data of an entry."""
        return modem_data(self.simulator)

    @override
    def receive(self, sender: str, text: str) -> None:
        """Let a message arrive."""
        self.simulator.lab.inject_sms(sender, text)

    @override
    def forget(self, position: int) -> None:
        """Delete a received message."""
        self.simulator.lab.delete_sms(40000 + position)

    @override
    def sent(self) -> list[tuple[str, str]]:
        """Return number and text of what was sent."""
        return [(phone, each.text) for each in self.simulator.lab.sent for phone in each.phones]


class ConversationModem(Modem):
    """A HiLink modem, which lists its messages by conversation."""

    style = SmsStyle.CONVERSATION


class EncryptingModem(ConversationModem):
    """A HiLink modem, which encrypts its messages besides."""

    encryption = SmsEncryption.SEALED


CARRIERS: list[type[Carrier[Any]]] = [Gateway, Modem, ConversationModem, EncryptingModem]
