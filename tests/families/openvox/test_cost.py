"""What a gateway has to bear."""

from collections.abc import Awaitable, Callable
import time

from homeassistant.core import HomeAssistant

from tests.conftest import state_of

from .conftest import SetUpGateway, StartGateway
from .flow_helpers import logins

ROUNDS_AN_HOUR = 120


async def test_an_hour(
    start_gateway: StartGateway,
    set_up_gateway: SetUpGateway,
    next_round: Callable[..., Awaitable[None]],
) -> None:
    """A round takes at most five requests, each reading has its turns, nobody logs in again.

    The gateway's clock goes with Home Assistant's, so that a token could expire.
    """
    gateway = await start_gateway(clock=lambda: time.monotonic())  # noqa: PLW0108 - frozen later
    await set_up_gateway(gateway)
    assert logins(gateway) == 1
    totals: dict[str, int] = {}
    for _ in range(ROUNDS_AN_HOUR):
        gateway.lab.reset_counts()
        await next_round(30)
        assert 1 <= len(gateway.requests) <= 5
        for path, count in gateway.lab.counts().items():
            totals[path] = totals.get(path, 0) + count
    assert gateway.gateway.uptime >= 3600
    assert "/auth/login" not in totals
    assert totals["/service/chan_state"] == ROUNDS_AN_HOUR
    assert 24 <= totals["/sms/get_valid_spans"] <= 36
    assert 3 <= totals["/service/simstatus"] <= 6


async def test_after_a_long_rest(
    hass: HomeAssistant,
    start_gateway: StartGateway,
    set_up_gateway: SetUpGateway,
    next_round: Callable[..., Awaitable[None]],
) -> None:
    """A token that has expired meanwhile costs one login and is not even tried."""
    gateway = await start_gateway(clock=lambda: time.monotonic())  # noqa: PLW0108 - frozen later
    await set_up_gateway(gateway)
    gateway.requests.clear()
    await next_round(601)
    assert gateway.requests[0] == ("POST", "/auth/login")
    assert logins(gateway) == 1
    assert state_of(hass, "sensor.sms_gateway_idle_channels") == "8"
