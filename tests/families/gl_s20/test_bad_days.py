"""What a user of a router sees when something goes wrong, and that it heals by itself."""

import asyncio
import logging

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest

from simulators.gl_s20 import GlS20Simulator
from tests.conftest import state_of, until

from .conftest import SetUpRouter, StartRouter
from .entity_helpers import LOGIN, UNSHARED, NextRound, act, refused, sent, shown

ROLE = "sensor.gl_s20_thread_role"
FIRMWARE = "update.gl_s20_firmware"
THREAD = "switch.gl_s20_thread_network"

ENTITIES = {
    "otbr/get_status": [
        ROLE,
        THREAD,
        "sensor.gl_s20_pan_id",
        "binary_sensor.gl_s20_thread",
        "number.gl_s20_tx_power",
    ],
    "eth/get_status": ["sensor.gl_s20_ethernet_status", "binary_sensor.gl_s20_ethernet"],
    "wifi/get_status": ["sensor.gl_s20_wi_fi_ssid", "switch.gl_s20_wi_fi"],
    "sys/get_status": ["sensor.gl_s20_memory_usage", "sensor.gl_s20_free_memory"],
    "otbr/get_bbr_status": ["switch.gl_s20_backbone_border_router"],
    "otbr/get_joiner_list": [
        "sensor.gl_s20_joiners_pending",
        "button.gl_s20_retry_joiners_that_timed_out",
    ],
    "wan_failover/get_config": ["switch.gl_s20_check_ethernet_for_internet"],
    "wifi/get_reconn_to_saved_wifi": ["switch.gl_s20_reconnect_to_saved_wi_fi"],
    "wifi/get_save_wifi": ["sensor.gl_s20_saved_wi_fi_networks"],
    "sys/get_time_config": ["select.gl_s20_time_zone", "text.gl_s20_sntp_server"],
    "sys/check_current_firmware": [FIRMWARE, "sensor.gl_s20_firmware_type"],
}
"""What is shown of each reading."""


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what the integration logged as a problem."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelno >= logging.WARNING and "gatehouse" in record.name
    ]


def unavailable(hass: HomeAssistant) -> set[str]:
    """Return the entities that are unavailable."""
    return {state.entity_id for state in hass.states.async_all() if state.state == "unavailable"}


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.parametrize("kind", ["error", "garbage", "drop"])
@pytest.mark.parametrize("endpoint", ENTITIES)
async def test_one_broken_reply(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    caplog: pytest.LogCaptureFixture,
    endpoint: str,
    kind: str,
) -> None:
    """A reading that fails takes only its own entities along, and comes back with them."""
    entry = await set_up_router(router, options=UNSHARED)
    present = {state.entity_id for state in hass.states.async_all()}
    router.lab.break_replies(endpoint, kind, None)
    await hass.config_entries.async_reload(entry.entry_id)
    await next_round()
    assert entry.state is ConfigEntryState.LOADED
    gone = unavailable(hass)
    assert set(ENTITIES[endpoint]) <= gone
    others = {each for path, entities in ENTITIES.items() if path != endpoint for each in entities}
    assert not gone & others
    assert state_of(hass, "binary_sensor.gl_s20_internet") == "on"
    assert present == {state.entity_id for state in hass.states.async_all()}
    assert errors(caplog) == []
    router.lab.repair()
    for _ in range(4):
        await next_round()
    assert unavailable(hass) == set()


async def test_one_odd_answer_of_the_cheapest_reading(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """One odd answer to the question for the state makes nothing else unavailable."""
    await set_up_router(router, options=UNSHARED)
    router.lab.break_replies("sys/get_info", "garbage", 1)
    await next_round()
    assert shown(hass, "binary_sensor.gl_s20_internet", ROLE) == ["unavailable", "leader"]
    await next_round()
    assert state_of(hass, "binary_sensor.gl_s20_internet") == "on"


@pytest.mark.parametrize("expired_token", ["code", "http_401"])
async def test_lost_session(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    caplog: pytest.LogCaptureFixture,
    expired_token: str,
) -> None:
    """A session that the router forgets is replaced by one login, and nobody notices."""
    router = await start_router(expired_token=expired_token)
    entry = await set_up_router(router, options=UNSHARED)
    await next_round()
    router.lab.expire_tokens()
    router.lab.set_role("router")
    router.requests.clear()
    await next_round()
    assert router.requests.count(LOGIN) == 1
    assert state_of(hass, ROLE) == "router"
    assert unavailable(hass) == set()
    assert errors(caplog) == []
    router.lab.expire_tokens()
    await act(hass, "turn_off", THREAD)
    assert state_of(hass, THREAD) == "off"
    assert sent(router, "otbr/stop") == 2, "the first was refused for want of a session"
    assert router.requests.count(LOGIN) == 2
    assert entry.state is ConfigEntryState.LOADED
    assert not hass.config_entries.flow.async_progress()


async def test_router_gone_and_back(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """While the router restarts all is unavailable; then it returns, with one new login."""
    caplog.set_level(logging.INFO)
    await set_up_router(router, options=UNSHARED)
    await next_round()
    router.lab.reboot(seconds=60)
    router.requests.clear()
    for _ in range(3):
        await next_round()
    assert state_of(hass, ROLE) == "unavailable"
    assert state_of(hass, FIRMWARE) == "unavailable"
    assert state_of(hass, "switch.gl_s20_pause_polling") == "off"
    router.lab.advance(90)
    await next_round()
    assert unavailable(hass) == set()
    assert state_of(hass, ROLE) == "leader"
    assert router.requests.count(LOGIN) == 1
    assert len(errors(caplog)) == 1
    assert "Traceback" not in caplog.text


async def test_command_during_a_restart(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A command to a router that restarts fails with a clear error, and works afterwards."""
    await set_up_router(router, options=UNSHARED)
    router.lab.reboot(seconds=60)
    error = await refused(hass, "turn_off", THREAD)
    assert error.translation_key in {"cannot_connect", "outcome_unknown"}
    assert router.lab.state()["role"] != "disabled"
    router.lab.advance(90)
    await next_round()
    assert state_of(hass, THREAD) == "on"
    await act(hass, "turn_off", THREAD)
    assert state_of(hass, THREAD) == "off"


async def test_restart_during_a_command(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A command whose answer is lost in a restart is not repeated, and its outcome shows later."""
    await set_up_router(router, options=UNSHARED)
    router.lab.break_replies("otbr/stop", "cut", 1)
    error = await refused(hass, "turn_off", THREAD)
    assert error.translation_key == "outcome_unknown"
    router.lab.reboot(seconds=60)
    router.lab.advance(90)
    await next_round()
    assert state_of(hass, THREAD) == "off"
    assert sent(router, "otbr/stop") == 1


async def test_refused_command(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A refusal is told in the router's words, and the switch keeps showing the truth."""
    await set_up_router(router, options=UNSHARED)
    router.lab.break_replies("otbr/stop", "error", 1)
    error = await refused(hass, "turn_off", THREAD)
    assert error.translation_key == "command_refused"
    assert "Failed" in str(error)
    assert state_of(hass, THREAD) == "on"


async def test_password_changed_elsewhere(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A password that is no longer right is tried in one round only; then the user is asked."""
    await set_up_router(router, options=UNSHARED)
    await next_round()
    router.lab.set_options(password="another-2026")
    router.lab.expire_tokens()
    router.requests.clear()
    for _ in range(4):
        await next_round()
    assert router.requests.count(LOGIN) <= 2
    assert state_of(hass, ROLE) == "unavailable"
    (flow,) = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == "reauth"


async def test_slow_router(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
) -> None:
    """A scan that somebody else makes holds up a look, and no more."""
    entry = await set_up_router(router, options=UNSHARED)
    router.device.occupy(20)
    look = asyncio.create_task(entry.runtime_data.async_refresh())
    await until(lambda: router.lab.overlaps or router.requests)
    assert not look.done()
    router.lab.advance(25)
    await look
    assert unavailable(hass) == set()


async def test_pause(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A pause logs out and asks nothing, whether or not the commissioner is on."""
    router.device.commissioner.enable(router.device.now - 5, router.device.options)
    await set_up_router(router, options=UNSHARED)
    await next_round(10)
    router.requests.clear()
    await act(hass, "turn_on", "switch.gl_s20_pause_polling")
    assert router.requests == [("POST", "/ui/logout")]
    for _ in range(4):
        await next_round()
    assert len(router.requests) == 1
    await act(hass, "turn_off", "switch.gl_s20_pause_polling")
    assert state_of(hass, ROLE) == "leader"
    assert state_of(hass, "switch.gl_s20_commissioner") == "on"
