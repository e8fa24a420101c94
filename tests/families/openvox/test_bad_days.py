"""What a user sees when something goes wrong with a gateway, and that it heals by itself."""

from collections.abc import Awaitable, Callable
import logging

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest

from simulators.openvox import OpenVoxSimulator
from tests.conftest import state_of
from tests.flow_helpers import flows

from .conftest import SetUpGateway, StartGateway
from .flow_helpers import logins

type NextRound = Callable[..., Awaitable[None]]

CONNECTION = "binary_sensor.sms_gateway_connection"
IDLE = "sensor.sms_gateway_idle_channels"
AVAILABLE = "sensor.sms_gateway_available_ports"
REGISTERED = "binary_sensor.sms_gateway_port_1_registered"
READY = "binary_sensor.sms_gateway_port_1_ready_to_send"
SIM_STATUS = "sensor.sms_gateway_port_1_sim_status"
ENTITIES = (IDLE, AVAILABLE, REGISTERED, READY, SIM_STATUS)
WELL = ["8", "8", "on", "on", "Registered (Home network)"]
AWAY = ["unavailable"] * 5


def shown(hass: HomeAssistant) -> list[str]:
    """Return what the entities show."""
    return [state_of(hass, entity_id) for entity_id in ENTITIES]


def complaints(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what the integration logged as a problem."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelname in {"WARNING", "ERROR"} and "gatehouse" in record.name
    ]


async def test_gone_and_back(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    set_up_gateway: SetUpGateway,
    next_round: NextRound,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """While the gateway restarts, the connection is what shows it; one login heals all."""
    caplog.set_level(logging.INFO)
    await set_up_gateway(gateway)
    assert state_of(hass, CONNECTION) == "on"
    gateway.lab.reboot(seconds=60)
    gateway.requests.clear()
    for _ in range(2):
        await next_round()
        assert state_of(hass, CONNECTION) == "off"
        assert shown(hass) == AWAY
    gateway.lab.advance(70)
    await next_round()
    assert state_of(hass, CONNECTION) == "on"
    assert shown(hass) == WELL
    assert logins(gateway) == 1
    assert len(complaints(caplog)) == 1
    assert "Traceback" not in caplog.text


async def test_gone_at_the_start(
    hass: HomeAssistant, gateway: OpenVoxSimulator, set_up_gateway: SetUpGateway
) -> None:
    """A gateway that does not answer yet is waited for."""
    gateway.lab.break_replies("*", "drop", None)
    entry = await set_up_gateway(gateway)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert "does not answer" in (entry.reason or "")
    gateway.lab.repair()
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert shown(hass) == WELL


async def test_pause(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    set_up_gateway: SetUpGateway,
    next_round: NextRound,
) -> None:
    """While its owner uses the gateway's page, nothing is known, and nothing is asked."""
    await set_up_gateway(gateway)
    pause = {"entity_id": "switch.sms_gateway_pause_polling"}
    await hass.services.async_call("switch", "turn_on", pause, blocking=True)
    assert gateway.lab.state()["tokens"] == 0
    gateway.requests.clear()
    await next_round()
    assert state_of(hass, CONNECTION) == "unavailable"
    assert shown(hass) == AWAY
    assert gateway.requests == []
    await hass.services.async_call("switch", "turn_off", pause, blocking=True)
    assert state_of(hass, CONNECTION) == "on"
    assert shown(hass) == WELL


@pytest.mark.parametrize("kind", ["garbage", "html", "empty", "truncated", "error"])
async def test_one_odd_answer(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    set_up_gateway: SetUpGateway,
    next_round: NextRound,
    kind: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An odd answer costs one round and only what it was about, and is no loss of connection."""
    await set_up_gateway(gateway)
    gateway.lab.break_replies("service/chan_state", kind, 1)
    await next_round()
    assert shown(hass) == ["unavailable", "8", "unavailable", "on", WELL[-1]]
    assert state_of(hass, CONNECTION) == "on"
    await next_round()
    assert shown(hass) == WELL
    assert complaints(caplog) == []


@pytest.mark.parametrize(
    ("endpoint", "left"),
    [
        ("sms/get_valid_spans", ["8", "unavailable", "on", "unavailable", WELL[-1]]),
        ("service/simstatus", ["8", "8", "on", "on", "unavailable"]),
    ],
)
async def test_broken_reading(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    set_up_gateway: SetUpGateway,
    next_round: NextRound,
    endpoint: str,
    left: list[str],
) -> None:
    """What the gateway cannot tell any more takes nothing else along, and comes back."""
    await set_up_gateway(gateway)
    gateway.lab.break_replies(endpoint, "error", None)
    for _ in range(2):
        await next_round(901)
    assert shown(hass) == left
    gateway.lab.repair()
    for _ in range(4):
        await next_round(120)
    assert shown(hass) == WELL


@pytest.mark.parametrize("expired", ["code", "http_401"])
async def test_token_taken_away(
    hass: HomeAssistant,
    start_gateway: StartGateway,
    set_up_gateway: SetUpGateway,
    next_round: NextRound,
    caplog: pytest.LogCaptureFixture,
    expired: str,
) -> None:
    """Somebody who logs in once at the gateway's page costs one login, which nobody notices."""
    gateway = await start_gateway(expired_token=expired)
    await set_up_gateway(gateway)
    for _ in range(2):
        await next_round()
    gateway.lab.steal_tokens()
    gateway.requests.clear()
    await next_round()
    assert shown(hass) == WELL
    assert logins(gateway) == 1
    assert complaints(caplog) == []


async def test_fight_for_the_login(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    set_up_gateway: SetUpGateway,
    next_round: NextRound,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Who keeps logging in at the same time wins; Gatehouse rests, says why, and comes back."""
    caplog.set_level(logging.WARNING)
    entry = await set_up_gateway(gateway)
    for _ in range(2):
        await next_round()
    gateway.lab.steal_tokens(logins=100)
    gateway.requests.clear()
    rounds = 20
    for _ in range(rounds):
        await next_round()
    assert shown(hass) == AWAY
    assert state_of(hass, CONNECTION) == "off"
    assert entry.state is ConfigEntryState.LOADED
    assert flows(hass) == [], "the password is not in doubt"
    (complaint,) = complaints(caplog)
    assert "Somebody else is logged in" in complaint
    assert logins(gateway) <= 4, "in ten minutes"

    gateway.lab.steal_tokens(logins=0)
    for _ in range(rounds):
        await next_round()
    assert shown(hass) == WELL
    assert state_of(hass, CONNECTION) == "on"
    assert len(complaints(caplog)) == 1


async def test_fight_at_the_start(
    hass: HomeAssistant, gateway: OpenVoxSimulator, set_up_gateway: SetUpGateway
) -> None:
    """The set-up says why it waits, and does not ask again at once."""
    gateway.lab.steal_tokens(logins=100)
    entry = await set_up_gateway(gateway)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert "Somebody else is logged in" in (entry.reason or "")
    tried = len(gateway.requests)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert len(gateway.requests) == tried
