"""Logins to a router that others use too, or that is too slow for its own nonces."""

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest

from custom_components.gatehouse.clients.gl_s20 import login
from simulators.gl_s20 import GlS20Simulator
from tests.conftest import state_of

from .conftest import SetUpRouter
from .entity_helpers import LOGIN, UNSHARED, NextRound

ROLE = "sensor.gl_s20_thread_role"


async def test_nonce_expires_on_the_way(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A network that is too slow for a login makes the router unavailable, not the password wrong.

    Each round tries three times at most.
    """
    entry = await set_up_router(router, options=UNSHARED)
    await next_round()
    monkeypatch.setattr(login, "_SURELY_FRESH", -1)
    router.lab.set_options(nonce_seconds=-1)
    router.lab.expire_tokens()
    router.requests.clear()
    for _ in range(2):
        await next_round()
    assert state_of(hass, ROLE) == "unavailable"
    assert router.requests.count(LOGIN) <= 6
    assert not hass.config_entries.flow.async_progress()
    router.lab.set_options(nonce_seconds=2)
    await next_round()
    assert state_of(hass, ROLE) == "leader"
    assert entry.state is ConfigEntryState.LOADED


async def test_app_takes_the_session(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """While the app logs in again and again, each round costs one login and nobody notices."""
    router.lab.set_options(max_sids=1)
    await set_up_router(router, options=UNSHARED)
    router.requests.clear()
    for rounds in range(1, 5):
        router.lab.expire_tokens()
        await next_round()
        assert state_of(hass, ROLE) == "leader"
        assert router.requests.count(LOGIN) == rounds
    assert not hass.config_entries.flow.async_progress()


async def test_router_serves_no_more_sessions(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A router that refuses a login because the app is in says nothing about the password."""
    await set_up_router(router, options=UNSHARED)
    router.lab.expire_tokens()
    router.lab.set_options(max_sids=0, full_sessions="refuse")
    router.requests.clear()
    await next_round()
    assert state_of(hass, ROLE) == "unavailable"
    assert router.requests.count(LOGIN) == 1
    assert not hass.config_entries.flow.async_progress()
    router.lab.set_options(max_sids=5)
    await next_round(121)
    assert state_of(hass, ROLE) == "leader"
