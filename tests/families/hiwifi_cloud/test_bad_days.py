"""A cloud that is not what it was: away, replaced by a page, or odd for a moment."""

from collections.abc import Awaitable, Callable
import logging

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
import pytest

from simulators.faults import FaultKind
from simulators.hiwifi import HiwifiCloudSimulator
from tests.conftest import state_of
from tests.flow_helpers import flows

from .conftest import SetUpCloud

type NextRound = Callable[..., Awaitable[None]]

CONNECTIONS = ("binary_sensor.cloud_connection", "binary_sensor.hall_connection")
VALUES = ("sensor.cloud_routers_online", "sensor.hall_wan_type", "switch.attic_led")


@pytest.mark.parametrize("kind", [FaultKind.DROP, FaultKind.HTML, FaultKind.GARBAGE])
async def test_dead_and_back(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    set_up_cloud: SetUpCloud,
    next_round: NextRound,
    caplog: pytest.LogCaptureFixture,
    kind: FaultKind,
) -> None:
    """Without the cloud nothing old is shown; with it everything is back at once."""
    entry = await set_up_cloud(cloud)
    cloud.lab.break_replies("*", kind, times=None)
    for _ in range(3):
        await next_round()
    assert [state_of(hass, each) for each in CONNECTIONS] == ["off", "off"]
    assert {state_of(hass, each) for each in VALUES} == {STATE_UNAVAILABLE}
    assert not flows(hass)
    written = [each for each in caplog.records if each.levelno > logging.WARNING]
    assert len(written) == 1, "it is said once"
    assert written[0].exc_info is None

    cloud.lab.repair()
    await next_round()
    assert [state_of(hass, each) for each in CONNECTIONS] == ["on", "on"]
    assert [state_of(hass, each) for each in VALUES] == ["2", "dhcp", "on"]
    assert entry.state is ConfigEntryState.LOADED


async def test_gone_is_noticed_by_few_requests(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    set_up_cloud: SetUpCloud,
    next_round: NextRound,
) -> None:
    """Nobody calls routers through a cloud that does not answer."""
    await set_up_cloud(cloud)
    cloud.lab.break_replies("*", FaultKind.DROP, times=None)
    cloud.lab.reset_counts()
    for _ in range(3):
        await next_round()
    assert set(cloud.lab.counts()) == {"status"}


async def test_one_odd_answer(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    set_up_cloud: SetUpCloud,
    next_round: NextRound,
) -> None:
    """One page instead of an answer moves no router."""
    await set_up_cloud(cloud)
    cloud.lab.break_replies("status", FaultKind.HTML)
    await next_round()
    assert state_of(hass, "binary_sensor.cloud_connection") == "on"
    assert [state_of(hass, each) for each in VALUES[1:]] == ["dhcp", "on"]
    await next_round()
    assert state_of(hass, "sensor.cloud_routers_online") == "2"


async def test_dead_at_the_start(
    hass: HomeAssistant, cloud: HiwifiCloudSimulator, set_up_cloud: SetUpCloud
) -> None:
    """An entry waits for its cloud."""
    cloud.lab.set_options(alive=False)
    entry = await set_up_cloud(cloud)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    cloud.lab.set_options(alive=True)
    await hass.config_entries.async_reload(entry.entry_id)
    assert entry.state is ConfigEntryState.LOADED


async def test_pause(
    hass: HomeAssistant,
    cloud: HiwifiCloudSimulator,
    set_up_cloud: SetUpCloud,
    next_round: NextRound,
) -> None:
    """While polling is paused the cloud hears nothing."""
    await set_up_cloud(cloud)
    switch = {"entity_id": "switch.cloud_pause_polling"}
    await hass.services.async_call("switch", "turn_on", switch, blocking=True)
    cloud.requests.clear()
    await next_round(200)
    assert cloud.requests == []
    assert {state_of(hass, each) for each in VALUES} == {STATE_UNAVAILABLE}
    await hass.services.async_call("switch", "turn_off", switch, blocking=True)
    await hass.async_block_till_done()
    assert [state_of(hass, each) for each in VALUES] == ["2", "dhcp", "on"]
