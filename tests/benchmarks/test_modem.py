"""What the soak expects of a modem: of the messages it receives, and of those it was to send."""

from collections import Counter
from random import Random

import aiohttp
import pytest

from benchmarks.support.modem_traffic import ModemIncoming, told_text
from benchmarks.support.sent_verdict import Fate
from benchmarks.support.unreliable_modem import CAPACITY, UnreliableModem
from simulators.hilink import HilinkOptions
from simulators.hilink.messages import Box
from tests.simulators.browser import Browser, Refused

from .ledgers import counts, wrong

MESSAGES = 300


@pytest.fixture
def modem() -> UnreliableModem:
    """Return a modem with nothing in its memory."""
    return UnreliableModem(HilinkOptions(sms_capacity=CAPACITY, sms_send_seconds=2))


@pytest.fixture
def incoming(modem: UnreliableModem) -> ModemIncoming:
    """Return messages that it receives."""
    return ModemIncoming(modem=modem, spare=0, random=Random(1))  # noqa: S311 - repeatable


def texts(modem: UnreliableModem) -> list[str]:
    """Return what the modem has, as whoever reads it understands it."""
    return [told_text(message) for message in modem.box(Box.INBOX)]


def test_received(modem: UnreliableModem, incoming: ModemIncoming) -> None:
    """At any moment the modem has the whole of a message, or a beginning that is expected."""
    for number in range(MESSAGES):
        incoming.receive(f"in {number}")
    unfinished = incoming.beginnings.keys()
    assert unfinished
    assert incoming.expected[""]
    assert incoming.expected["<&"]
    for _ in range(30):
        assert set(texts(modem)) <= incoming.expected.keys() | unfinished
        modem.lab.advance(1)
    assert Counter(texts(modem)) == incoming.expected
    assert not unfinished & incoming.expected.keys()
    assert not any("\N{GRINNING FACE}" in text for text in incoming.expected)


def test_room(modem: UnreliableModem, incoming: ModemIncoming) -> None:
    """Messages wait for room; what comes all the same is lost by the modem, which is a mistake."""
    incoming.spare = CAPACITY - 2
    assert incoming.has_room()
    incoming.receive("one", plain=True)
    incoming.receive("two", plain=True)
    assert not incoming.has_room()
    assert not wrong(modem.rows())
    for number in range(CAPACITY - 1):
        modem.receive("+15550100", f"{number}", parts=1)
    assert wrong(modem.rows()) == {"messages for which the modem had no room": 1}


def test_indexes_are_used_again(modem: UnreliableModem) -> None:
    """It is counted how often, so that nobody believes what was not tried."""
    for text in ("one", "two"):
        modem.receive("+15550100", text, parts=1)
    modem.delete(modem.box(Box.INBOX)[:1])
    for text in ("three", "four"):
        modem.receive("+15550100", text, parts=1)
    found = counts(modem.rows())
    assert found["messages deleted by the owner"] == 1
    assert found["messages received with an index that was used before"] == 1


async def test_fates(modem: UnreliableModem, socket_enabled: None) -> None:
    """What became of a message is known, also of one that a restart made the modem forget."""
    await modem.start()
    browser = Browser(modem.url)
    try:
        await browser.log_in(modem.password)
        modem.lab.fail_sends()
        await browser.send_sms("1")
        modem.lab.advance(3)
        await browser.send_sms("2")
        assert modem.fates() == {"1": [Fate.FAILED], "2": [Fate.PENDING]}
        modem.lab.advance(3)
        modem.spoil(modem.SEND, "drop", executed=True)
        with pytest.raises(aiohttp.ClientError):
            await browser.send_sms("3")
        assert modem.unanswered == {"3": "drop"}
        modem.reboot(1)
        assert modem.fates() == {"1": [Fate.FAILED], "2": [Fate.SENT], "3": [Fate.LOST]}
    finally:
        await browser.close()
        await modem.stop()


async def test_a_refusal_is_an_answer(modem: UnreliableModem, socket_enabled: None) -> None:
    """A modem that says that it is busy has answered."""
    await modem.start()
    browser = Browser(modem.url)
    try:
        await browser.log_in(modem.password)
        modem.spoil(modem.SEND, "error", code=113018)
        with pytest.raises(Refused):
            await browser.send_sms("1")
        assert not modem.unanswered
        assert not modem.fates()
    finally:
        await browser.close()
        await modem.stop()
