"""How far the gateway's list of sent messages is read."""

from collections.abc import Awaitable, Callable

from homeassistant.core import HomeAssistant
import pytest

from simulators.openvox import OpenVoxSimulator
from tests.families.openvox.conftest import StartGateway
from tests.families.openvox.message_helpers import (
    ANN,
    BEN,
    STATUS,
    Events,
    local_options,
    send,
    set_up,
)

type NextRound = Callable[..., Awaitable[None]]

OUTBOX = "/smsoutbox/get"
PAGE = 50


@pytest.fixture
async def gateway(start_gateway: StartGateway) -> OpenVoxSimulator:
    """Return a gateway whose clock is right, and that hears of no delivery by itself."""
    return await start_gateway(**local_options(delivery_reports=False))


def send_from_its_page(gateway: OpenVoxSimulator, count: int) -> None:
    """Let somebody send messages on the gateway's own page."""
    box = gateway.gateway
    for number in range(count):
        box.outbox.accept(box.ports[1], BEN, f"Other {number}", box.now, synchronous=False)
    gateway.lab.advance(3 * count)


async def test_below_many_others(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """What became of a message is told although many others were sent after it."""
    await set_up(hass, gateway)
    events = Events(hass, STATUS)
    await send(hass)
    send_from_its_page(gateway, 3 * PAGE)
    await next_round()
    assert events.kinds == ["sent"]
    assert events.all("number") == [ANN]


async def test_old_message(
    hass: HomeAssistant, gateway: OpenVoxSimulator, next_round: NextRound
) -> None:
    """A message that stays without a report for long is looked for now and then, and found."""
    await set_up(hass, gateway)
    events = Events(hass, STATUS)
    await send(hass)
    send_from_its_page(gateway, 3 * PAGE)
    await next_round()
    await next_round(20 * 60)
    gateway.lab.reset_counts()
    for _ in range(9):
        await next_round()
    assert gateway.lab.counts().get(OUTBOX, 0) <= 4
    gateway.lab.set_options(delivery_reports=True)
    gateway.lab.deliver(ANN)
    for _ in range(9):
        await next_round()
    assert events.kinds == ["sent", "delivered"]
