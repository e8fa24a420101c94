"""What the soak expects of the messages that a gateway receives, and what it makes go wrong."""

import asyncio
from collections import Counter
from random import Random

import aiohttp
import pytest

from benchmarks.support.gateway import PORTS, GatewayIncoming, UnreliableGateway
from benchmarks.support.sent_verdict import Fate
from simulators.openvox import OpenVoxOptions, OpenVoxSimulator
from simulators.openvox.inbox import BYTE_ORDER_MARK
from tests.simulators.openvox.caller import Caller

MESSAGES = 300


@pytest.fixture
def incoming() -> GatewayIncoming:
    """Return messages that a gateway receives."""
    return messages()


def messages() -> GatewayIncoming:
    """Return messages that a gateway receives whose clock only moves by hand."""
    simulator = OpenVoxSimulator(OpenVoxOptions(ports=32), clock=lambda: 0.0)
    return GatewayIncoming(simulator=simulator, random=Random(1))  # noqa: S311 - repeatable


def texts(incoming: GatewayIncoming) -> list[str]:
    """Return what the gateway shows, as whoever reads it understands it."""
    rows = incoming.simulator.gateway.inbox.rows
    return [row.text.replace(BYTE_ORDER_MARK, "") for row in rows]


def test_parts(incoming: GatewayIncoming) -> None:
    """At any moment the gateway has the whole of a message, or a beginning that is expected."""
    for number in range(MESSAGES):
        incoming.receive(f"in {number}")
    unfinished = incoming.beginnings.keys()
    assert unfinished
    for _ in range(20):
        shown = set(texts(incoming))
        assert shown <= incoming.expected.keys() | unfinished
        incoming.simulator.lab.advance(1)
    assert Counter(texts(incoming)) == incoming.expected
    assert not unfinished & incoming.expected.keys()
    assert {row.port for row in incoming.simulator.gateway.inbox.rows} <= set(range(1, PORTS + 1))


def test_the_same_seed_brings_the_same_messages(incoming: GatewayIncoming) -> None:
    """What arrives does not depend on when."""
    other = messages()
    for number in range(MESSAGES):
        incoming.receive(f"in {number}")
    for number in range(MESSAGES):
        other.receive(f"in {number}")
        other.simulator.lab.advance(1)
    assert incoming.expected == other.expected
    assert incoming.old == other.old


async def test_fates(socket_enabled: None) -> None:
    """What became of a message is known, also of one that a restart made the gateway forget."""
    gateway = UnreliableGateway(OpenVoxOptions(send_seconds=2, delivery_seconds=5))
    await gateway.start()
    caller = Caller(gateway.url)
    try:
        await caller.log_in(gateway.username, gateway.password)
        gateway.lab.fail_sends()
        await caller.send("fails", span=1, number="1")
        await caller.send("delivered", span=2, number="2")
        gateway.lab.advance(3)
        await caller.send("on its way", span=1, number="3")
        fates = {"1": [Fate.FAILED], "2": [Fate.SENT], "3": [Fate.PENDING]}
        assert gateway.fates() == fates
        gateway.reboot(1)
        gateway.lab.advance(10)
        assert gateway.fates() == fates | {"2": [Fate.DELIVERED], "3": [Fate.LOST]}
    finally:
        await caller.close()
        await gateway.stop()


async def test_a_restart_breaks_connections(socket_enabled: None) -> None:
    """Whoever waits for an answer learns at once that none will come."""
    gateway = UnreliableGateway(OpenVoxOptions())
    await gateway.start()
    caller = Caller(gateway.url)
    try:
        await caller.log_in(gateway.username, gateway.password)
        gateway.lab.break_replies("sms/send", "timeout", executed=True)

        async def restart() -> None:
            """Restart once the message has been taken."""
            await gateway.message_unanswered.wait()
            gateway.reboot(1)

        async with asyncio.timeout(10), asyncio.TaskGroup() as group:
            group.create_task(restart())
            with pytest.raises(aiohttp.ClientError):
                await caller.send("Hello")
        assert gateway.unanswered
    finally:
        await caller.close()
        await gateway.stop()
