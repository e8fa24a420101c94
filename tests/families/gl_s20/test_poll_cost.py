"""What a router has to bear, by its own clock, which moves with Home Assistant's."""

from collections.abc import AsyncGenerator
import time

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from simulators.gl_s20 import GlS20Options, GlS20Simulator
from tests.conftest import state_of

from .conftest import SetUpRouter
from .entity_helpers import LOGIN, UNSHARED, NextRound, act

ROUNDS_AN_HOUR = 120
JOINERS = ("GET", "/otbr/get_joiner_list")
LAMP = "0123456789abcdef"


@pytest.fixture
async def timed_router(
    socket_enabled: None, freezer: FrozenDateTimeFactory
) -> AsyncGenerator[GlS20Simulator]:
    """Return a router for which as much time passes as for Home Assistant."""
    quick = GlS20Options(
        commissioner_seconds=0, scan_seconds=0, wifi_scan_seconds=0, online_check_seconds=0
    )
    simulator = GlS20Simulator(quick, clock=time.monotonic)
    await simulator.start()
    yield simulator
    await simulator.stop()


async def test_tokens_expire(
    hass: HomeAssistant,
    timed_router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A session that nobody uses for 36 s is gone, so the next round has to log in again."""
    await set_up_router(timed_router, options=UNSHARED)
    assert timed_router.lab.state()["sessions"] == 1
    timed_router.requests.clear()
    await next_round(36)
    assert timed_router.requests.count(LOGIN) == 1
    assert state_of(hass, "sensor.gl_s20_thread_role") == "leader"


async def test_requests_of_a_round(
    timed_router: GlS20Simulator, set_up_router: SetUpRouter, next_round: NextRound
) -> None:
    """With default entities a round takes at most five requests, and nobody logs in again."""
    await set_up_router(timed_router, options=UNSHARED)
    await next_round(30)
    costs = []
    for _ in range(ROUNDS_AN_HOUR):
        timed_router.requests.clear()
        await next_round(30)
        costs.append(len(timed_router.requests))
        assert "POST" not in {method for method, _ in timed_router.requests}
        assert timed_router.lab.state()["sessions"] == 1
    assert max(costs) <= 5
    assert min(costs) >= 4
    assert timed_router.lab.state()["overlaps"] == 0


async def test_everything_is_read_in_its_time(
    timed_router: GlS20Simulator, set_up_router: SetUpRouter, next_round: NextRound
) -> None:
    """In an hour every default reading has its turns, and what nobody looks at has none."""
    await set_up_router(timed_router, options=UNSHARED)
    await next_round(30)
    timed_router.requests.clear()
    for _ in range(ROUNDS_AN_HOUR):
        await next_round(30)
    counts = timed_router.lab.counts()
    for path, least in {
        "/sys/get_info": 120,
        "/otbr/get_status": 120,
        "/eth/get_status": 120,
        "/wifi/get_status": 120,
        "/sys/get_status": 24,
        "/otbr/get_bbr_status": 24,
        "/otbr/get_joiner_list": 24,
        "/wan_failover/get_config": 3,
        "/wifi/get_reconn_to_saved_wifi": 3,
        "/sys/get_time_config": 3,
    }.items():
        assert least <= counts.pop(path, 0) <= least * 1.5, path
    assert counts == {}


async def test_cadence_while_joining(
    hass: HomeAssistant,
    timed_router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """While the commissioner is on a join shows within 10 s; afterwards all is as calm as before.

    Only the joiners are read more often, and still nobody logs in again.
    """
    await set_up_router(timed_router, options=UNSHARED)
    await next_round(30)
    timed_router.requests.clear()
    await act(hass, "turn_on", "switch.gl_s20_commissioner")
    timed_router.device.commissioner.add([(LAMP, "J01NME")], 120, timed_router.device.now)
    await next_round(10)
    assert state_of(hass, "sensor.gl_s20_joiners_pending") == "1"
    timed_router.lab.let_join(LAMP)
    timed_router.lab.advance(5)
    await next_round(10)
    assert state_of(hass, "sensor.gl_s20_joiners_joined") == "1"
    state = hass.states.get("event.gl_s20_joiner")
    assert state is not None
    assert state.attributes["event_type"] == "joined"
    timed_router.requests.clear()
    for _ in range(30):
        await next_round(10)
    assert timed_router.requests.count(JOINERS) == 30
    assert 10 <= timed_router.requests.count(("GET", "/otbr/get_status")) <= 11
    assert LOGIN not in timed_router.requests
    await act(hass, "turn_off", "switch.gl_s20_commissioner")
    timed_router.requests.clear()
    for _ in range(30):
        await next_round(10)
    assert 2 <= timed_router.requests.count(JOINERS) <= 3
    assert timed_router.requests.count(("GET", "/sys/get_info")) == 10
    assert LOGIN not in timed_router.requests


async def test_commissioner_opened_elsewhere(
    hass: HomeAssistant,
    timed_router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """The router's own button opens the network too; the joiners are watched from then on."""
    await set_up_router(timed_router, options=UNSHARED)
    timed_router.lab.press_iot_button()
    await next_round(30)
    await next_round(30)
    timed_router.requests.clear()
    for _ in range(6):
        await next_round(10)
    assert timed_router.requests.count(JOINERS) == 6
