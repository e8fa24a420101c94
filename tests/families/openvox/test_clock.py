"""A gateway whose clock is wrong: its owner learns of it, and only then."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
import time
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
import pytest

from custom_components.gatehouse.const import DOMAIN
from simulators.openvox import OpenVoxSimulator
from tests.flow_helpers import TEXTS

from .conftest import StartGateway
from .message_helpers import ANN, BEN, RECEIVED, Events, ago, local_options, send, set_up

type NextRound = Callable[..., Awaitable[None]]
type StartWrong = Callable[[timedelta], Awaitable[OpenVoxSimulator]]

SLOW = timedelta(minutes=-45)
FAST = timedelta(hours=8)
HOUR = timedelta(hours=1)


@pytest.fixture
def start_wrong(start_gateway: StartGateway) -> StartWrong:
    """Return a function that starts a gateway whose clock is wrong by so much, and goes."""

    async def start(by: timedelta) -> OpenVoxSimulator:
        """Start a gateway."""
        options = local_options()
        options["utc_offset_hours"] += by / HOUR
        # Frozen later.
        return await start_gateway(clock=lambda: time.monotonic(), **options)  # noqa: PLW0108

    return start


def set_right(gateway: OpenVoxSimulator) -> None:
    """Let the owner set the clock."""
    gateway.lab.set_options(utc_offset_hours=local_options()["utc_offset_hours"])


def issues(hass: HomeAssistant) -> list[tuple[str, dict[str, Any]]]:
    """Return what the owner is told of the clock, with what fills the texts."""
    return [
        (issue.translation_key or "", dict(issue.translation_placeholders or {}))
        for (domain, _), issue in ir.async_get(hass).issues.items()
        if domain == DOMAIN and (issue.translation_key or "").startswith("clock_")
    ]


async def receive(gateway: OpenVoxSimulator, next_round: NextRound, **options: Any) -> None:
    """Let a message come, and be seen at once; what is known of the clock is read next."""
    await next_round(30)
    gateway.lab.receive_sms(1, ANN, "Hello", **options)
    await next_round(30)
    await next_round(30)


@pytest.mark.parametrize(
    ("by", "key", "difference"), [(SLOW, "clock_slow", "0:45"), (FAST, "clock_fast", "8:00")]
)
async def test_wrong_by_received_messages(
    hass: HomeAssistant,
    start_wrong: StartWrong,
    next_round: NextRound,
    by: timedelta,
    key: str,
    difference: str,
) -> None:
    """Two messages that are wrong by the same, far apart, prove it; a right one ends it."""
    gateway = await start_wrong(by)
    await set_up(hass, gateway)
    await receive(gateway, next_round)
    assert not issues(hass), "the network may have held a single one back"
    await next_round(3600)
    await receive(gateway, next_round)
    [(found, placeholders)] = issues(hass)
    assert found == key
    assert placeholders["device"] == "SMS gateway"
    assert placeholders["difference"] == difference
    here, there = (
        dt_util.parse_datetime(placeholders[each], raise_on_error=True)
        for each in ("here", "there")
    )
    assert abs(there - here - by) <= timedelta(minutes=1)
    for text in TEXTS["issues"][key].values():
        assert text.format(**placeholders)
    set_right(gateway)
    await receive(gateway, next_round)
    assert not issues(hass)


async def test_late_messages_prove_nothing(
    hass: HomeAssistant, start_wrong: StartWrong, next_round: NextRound
) -> None:
    """What the network held back says nothing of the clock, nor does what comes together."""
    gateway = await start_wrong(timedelta())
    await set_up(hass, gateway)
    events = Events(hass, RECEIVED)
    await receive(gateway, next_round, when=ago(minutes=50))
    await receive(gateway, next_round, when=ago(minutes=50))
    assert not issues(hass)
    await next_round(3600)
    await receive(gateway, next_round, when=ago(minutes=30))
    await next_round(3600)
    await receive(gateway, next_round, when=ago(minutes=50))
    assert events.kinds == ["received_late"] * 4
    assert not issues(hass)


async def test_a_prompt_message_between_late_ones(
    hass: HomeAssistant, start_wrong: StartWrong, next_round: NextRound
) -> None:
    """A single message that comes in time proves that the clock is right."""
    gateway = await start_wrong(timedelta())
    await set_up(hass, gateway)
    await receive(gateway, next_round, when=ago(minutes=45))
    await next_round(3600)
    await receive(gateway, next_round)
    await receive(gateway, next_round, when=ago(minutes=45))
    assert not issues(hass)


async def test_after_an_absence(
    hass: HomeAssistant, start_wrong: StartWrong, next_round: NextRound
) -> None:
    """Nobody knows when a message came while the list was not looked at."""
    gateway = await start_wrong(timedelta())
    await set_up(hass, gateway)
    for _ in range(2):
        await next_round(30)
        gateway.lab.receive_sms(1, ANN, "Hello")
        await next_round(3600)
        await next_round(30)
    assert not issues(hass)


@pytest.mark.parametrize(("by", "key"), [(SLOW, "clock_slow"), (FAST, "clock_fast")])
async def test_wrong_by_sent_messages(
    hass: HomeAssistant, start_wrong: StartWrong, next_round: NextRound, by: timedelta, key: str
) -> None:
    """Messages that are only sent betray the clock as well, whatever was sent before."""
    gateway = await start_wrong(by)
    await set_up(hass, gateway)
    for _ in range(2):
        assert not issues(hass)
        await send(hass)
        for _ in range(3):
            await next_round(30)
        await next_round(3600)
    await next_round(30)
    assert [found for found, _ in issues(hass)] == [key]
    set_right(gateway)
    await send(hass, BEN)
    for _ in range(3):
        await next_round(30)
    assert not issues(hass)


async def test_row_that_grows_old(
    hass: HomeAssistant, start_wrong: StartWrong, next_round: NextRound
) -> None:
    """A message says something only once, however long it is followed."""
    gateway = await start_wrong(FAST)
    gateway.lab.set_options(delivery_reports=False)
    await set_up(hass, gateway)
    for _ in range(2):
        await send(hass)
        await next_round(30)
        await next_round(3600)
    for _ in range(10):
        await next_round(3600)
    assert [found for found, _ in issues(hass)] == ["clock_fast"]


async def test_the_same_alarm_every_day(
    hass: HomeAssistant, start_wrong: StartWrong, next_round: NextRound
) -> None:
    """An equal message of the day before, seen before the new one is listed, proves nothing."""
    gateway = await start_wrong(timedelta())
    await set_up(hass, gateway)
    gateway.lab.set_options(send_seconds=40)
    for _ in range(3):
        await send(hass)
        for _ in range(3):
            await next_round(30)
        assert not issues(hass)
        await next_round(86400 - 90)
    await next_round(30)
    assert not issues(hass)
