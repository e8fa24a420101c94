"""What a user sees when something goes wrong, and that it heals by itself."""

import asyncio
from collections.abc import Awaitable, Callable
import logging
from typing import Any

from aiohttp import ClientTimeout
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.gatehouse.clients import transport
from custom_components.gatehouse.const import CONF_CREDENTIALS_REFUSED
from simulators.hilink.simulator import HilinkSimulator

from .conftest import SetUpModem, StartModem, until

type NextRound = Callable[..., Awaitable[None]]

NETWORK_TYPE = "sensor.modem_network_type"
RSRP = "sensor.modem_rsrp"
OPERATOR = "sensor.modem_operator"
UNREAD = "sensor.modem_unread_messages"
ENTITIES = (NETWORK_TYPE, RSRP, OPERATOR, UNREAD)

LOGIN_PATHS = ("/api/user/login", "/api/user/challenge_login", "/api/user/authentication_login")


@pytest.fixture
def shown(hass: HomeAssistant) -> Callable[..., list[str]]:
    """Return a function that tells the states of entities."""

    def shown(*entity_ids: str) -> list[str]:
        """Return the states."""
        states = [hass.states.get(entity_id) for entity_id in entity_ids]
        return [state.state if state else "missing" for state in states]

    return shown


def logins(modem: HilinkSimulator) -> int:
    """Count the attempts to log in."""
    return sum(path in LOGIN_PATHS[::2] for _, path in modem.requests)


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what the integration logged as a problem."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelname in {"WARNING", "ERROR"} and "gatehouse" in record.name
    ]


async def test_restart_in_the_middle_of_polling(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    set_up: SetUpModem,
    next_round: NextRound,
    shown: Callable[..., list[str]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """While the modem restarts all is unavailable; then it returns, with one new login."""
    caplog.set_level(logging.INFO)
    entry = await set_up(modem)
    modem.lab.reboot(seconds=60)
    modem.requests.clear()
    await next_round()
    assert shown(*ENTITIES) == ["unavailable"] * 4
    assert shown("switch.modem_pause_polling") == ["off"]
    modem.lab.advance(70)
    await next_round()
    assert shown(NETWORK_TYPE, OPERATOR, UNREAD) == ["lte", "SKTelecom", "1"]
    assert -120 < float(shown(RSRP)[0]) < -80
    assert entry.state is ConfigEntryState.LOADED
    assert logins(modem) == 1
    assert len(errors(caplog)) == 1
    assert "Traceback" not in caplog.text


async def test_offline_modem_is_asked_gently(
    modem: HilinkSimulator, set_up: SetUpModem, next_round: NextRound
) -> None:
    """An unreachable modem gets one question a round, not fourteen."""
    await set_up(modem)
    modem.lab.break_replies("*", "drop", None)
    modem.requests.clear()
    for _ in range(4):
        await next_round()
    assert {path for _, path in modem.requests} == {"/api/monitoring/status"}


async def test_slow_readings_are_read_again_after_an_absence(
    modem: HilinkSimulator,
    set_up: SetUpModem,
    next_round: NextRound,
    shown: Callable[..., list[str]],
) -> None:
    """A modem may come back in another network; that is noticed at once, not in minutes."""
    await set_up(modem)
    modem.lab.reboot(seconds=40)
    await next_round()
    modem.lab.advance(50)
    modem.lab.set_field("net/current-plmn", "FullName", "Elsewhere")
    await next_round()
    assert shown(OPERATOR) == ["Elsewhere"]


@pytest.mark.parametrize("kind", ["garbage", "html", "truncated", "empty", "drop", "error"])
async def test_one_odd_reply(
    kind: str,
    modem: HilinkSimulator,
    set_up: SetUpModem,
    next_round: NextRound,
    shown: Callable[..., list[str]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """One bad reply costs only its own entities one round."""
    await set_up(modem)
    # A dropped connection is tried once more at once, so that takes two.
    modem.lab.break_replies("device/signal", kind, 2 if kind == "drop" else 1)
    await next_round()
    assert shown(RSRP, NETWORK_TYPE, UNREAD) == ["unavailable", "lte", "1"]
    await next_round()
    assert shown(RSRP) == ["-96.0"]
    assert errors(caplog) == []


async def test_one_reply_that_never_comes(
    modem: HilinkSimulator,
    set_up: SetUpModem,
    hass: HomeAssistant,
    shown: Callable[..., list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A page that hangs holds nothing else up for long, not even the set-up."""
    monkeypatch.setattr(transport, "TIMEOUT", ClientTimeout(total=0.2))
    modem.lab.break_replies("device/signal", "timeout", 1)
    entry = await set_up(modem)
    assert entry.state is ConfigEntryState.LOADED
    assert shown(NETWORK_TYPE, UNREAD) == ["lte", "1"]
    assert hass.states.get(RSRP) is None
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert shown(RSRP) == ["-96.0"]


async def test_dropped_connection_is_not_even_noticed(
    modem: HilinkSimulator,
    set_up: SetUpModem,
    next_round: NextRound,
    shown: Callable[..., list[str]],
) -> None:
    """Reading is harmless, so a broken connection is tried again at once."""
    await set_up(modem)
    modem.lab.break_replies("device/signal", "drop", 1)
    await next_round()
    assert shown(RSRP) == ["-96.0"]


async def test_failing_reading_is_asked_ever_less_often(
    modem: HilinkSimulator, set_up: SetUpModem, next_round: NextRound
) -> None:
    """What keeps failing is not asked every 30 seconds for ever, but never given up."""
    await set_up(modem)
    modem.lab.break_replies("device/signal", "html", None)
    modem.requests.clear()
    for _ in range(240):
        await next_round(30)
    tries = modem.lab.counts()["/api/device/signal"]
    assert 6 <= tries <= 12


async def test_unsupported_reading(
    start_modem: StartModem,
    set_up: SetUpModem,
    next_round: NextRound,
    hass: HomeAssistant,
    shown: Callable[..., list[str]],
) -> None:
    """An unsupported page makes no entities, is asked hourly, and its entities come later."""
    modem = await start_modem()
    modem.lab.break_replies("device/signal", "error", None, code=100002)
    await set_up(modem)
    assert hass.states.get(RSRP) is None
    assert shown(NETWORK_TYPE) == ["lte"]
    modem.requests.clear()
    for _ in range(119):
        await next_round(30)
    assert "/api/device/signal" not in modem.lab.counts()
    modem.lab.repair()
    for _ in range(3):
        await next_round(30)
    assert shown(RSRP) == ["-96.0"]


async def test_a_page_that_worked_is_not_condemned_by_one_refusal(
    modem: HilinkSimulator,
    set_up: SetUpModem,
    next_round: NextRound,
    shown: Callable[..., list[str]],
) -> None:
    """Firmware under load denies what it has; a single denial is forgiven."""
    await set_up(modem)
    modem.lab.break_replies("device/signal", "error", 1, code=100002)
    await next_round()
    assert shown(RSRP) == ["unavailable"]
    await next_round()
    assert shown(RSRP) == ["-96.0"]


async def test_denied_page_causes_no_new_login(
    modem: HilinkSimulator, set_up: SetUpModem, next_round: NextRound
) -> None:
    """A page that this login may not read is no reason to log in each round."""
    modem.lab.break_replies("device/signal", "error", None, code=100003)
    await set_up(modem)
    modem.requests.clear()
    for _ in range(10):
        await next_round()
    assert logins(modem) == 0
    assert "/api/device/signal" not in modem.lab.counts()


@pytest.mark.parametrize("forget", [False, True])
async def test_expired_session(
    forget: bool,  # noqa: FBT001 - a parameter of the test
    modem: HilinkSimulator,
    set_up: SetUpModem,
    next_round: NextRound,
    shown: Callable[..., list[str]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An expired session is renewed by one login that nobody notices."""
    await set_up(modem)
    modem.lab.expire_sessions(forget=forget)
    modem.requests.clear()
    await next_round()
    assert shown(*ENTITIES) == ["lte", "-96.0", "SKTelecom", "1"]
    assert logins(modem) == 1
    assert errors(caplog) == []


async def test_somebody_else_is_logged_in(
    start_modem: StartModem,
    set_up: SetUpModem,
    next_round: NextRound,
    shown: Callable[..., list[str]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Another user is left in peace for two minutes at a time, and named as the reason."""
    modem = await start_modem(session_policy="refuse")
    await set_up(modem)
    modem.lab.expire_sessions()
    modem.lab.break_replies("user/challenge_login", "error", 1, code=108003)
    await next_round()
    assert shown(RSRP) == ["unavailable"]
    assert "Somebody else is logged in" in errors(caplog)[0]
    modem.requests.clear()
    await next_round()
    assert modem.requests == []
    await next_round(95)
    assert shown(RSRP) == ["-96.0"]


async def test_lock_out(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    set_up: SetUpModem,
    next_round: NextRound,
    shown: Callable[..., list[str]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A modem that somebody else locked is told so with the minutes, and left alone till then."""
    entry = await set_up(modem)
    modem.lab.expire_sessions()
    modem.lab.set_field("user/state-login", "lockstatus", "1")
    modem.lab.set_field("user/state-login", "remainwaittime", "3")
    modem.requests.clear()
    await next_round()
    assert shown(RSRP) == ["unavailable"]
    assert "about 3 minutes" in errors(caplog)[0]
    assert logins(modem) == 0
    await next_round(60)
    assert logins(modem) == 0
    assert entry.state is ConfigEntryState.LOADED
    assert not hass.config_entries.flow.async_progress()
    modem.lab.reset_fields()
    await next_round(150)
    assert shown(RSRP) == ["-96.0"]


@pytest.mark.parametrize("code", [108007, 108003])
async def test_device_that_wants_to_be_left_alone_at_set_up(
    code: int,
    modem: HilinkSimulator,
    set_up: SetUpModem,
    next_round: NextRound,
) -> None:
    """Set-ups that Home Assistant repeats do not knock at a locked or busy device each time."""
    modem.lab.break_replies("user/challenge_login", "error", None, code=code)
    entry = await set_up(modem)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    for _ in range(9):
        await next_round(12)
    assert modem.lab.counts()[LOGIN_PATHS[1]] == 1
    modem.lab.repair()
    for _ in range(20):
        await next_round(30)
    assert entry.state is ConfigEntryState.LOADED


async def test_one_odd_status(
    modem: HilinkSimulator,
    set_up: SetUpModem,
    next_round: NextRound,
    shown: Callable[..., list[str]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Of the status, too, one odd answer costs its own entities only; a second means the modem."""
    await set_up(modem)
    modem.lab.break_replies("monitoring/status", "garbage", 1)
    await next_round()
    assert shown(NETWORK_TYPE, RSRP, UNREAD) == ["unavailable", "-96.0", "1"]
    assert errors(caplog) == []
    await next_round()
    assert shown(NETWORK_TYPE) == ["lte"]
    modem.lab.break_replies("monitoring/status", "garbage", 2)
    await next_round()
    await next_round()
    assert shown(NETWORK_TYPE, RSRP, UNREAD) == ["unavailable"] * 3
    await next_round()
    assert shown(NETWORK_TYPE, RSRP, UNREAD) == ["lte", "-96.0", "1"]


async def test_restart_in_the_middle_of_a_round(
    start_modem: StartModem, set_up: SetUpModem, shown: Callable[..., list[str]]
) -> None:
    """A modem that goes away between two readings of a round is unavailable, then returns."""
    modem = await start_modem(latency_seconds=0.05)
    entry = await set_up(modem)
    coordinator = entry.runtime_data
    coordinator.async_expect_absence()
    modem.requests.clear()
    refresh = asyncio.create_task(coordinator.async_refresh())
    await until(lambda: len(modem.requests) >= 2)
    modem.lab.reboot(seconds=30)
    await refresh
    assert shown(*ENTITIES) == ["unavailable"] * 4
    modem.lab.advance(60)
    await coordinator.async_refresh()
    assert shown(NETWORK_TYPE, OPERATOR, UNREAD) == ["lte", "SKTelecom", "1"]


async def test_password_changed_on_the_device(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    set_up: SetUpModem,
    next_round: NextRound,
) -> None:
    """A refused password is sent once, asks for a new one, and survives reloads unsent."""
    entry = await set_up(modem)
    modem.lab.set_options(password="something new")
    modem.lab.expire_sessions()
    modem.requests.clear()
    for _ in range(5):
        await next_round()
    assert sum(path == LOGIN_PATHS[2] for _, path in modem.requests) == 1
    assert entry.data[CONF_CREDENTIALS_REFUSED] == "invalid_auth"
    [flow] = hass.config_entries.flow.async_progress()
    assert flow["step_id"] == "reauth_confirm"
    for _ in range(3):
        await hass.config_entries.async_reload(entry.entry_id)
        await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.SETUP_ERROR
    assert sum(path == LOGIN_PATHS[2] for _, path in modem.requests) == 1


async def test_set_up_waits_for_an_unreachable_modem(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem, next_round: NextRound
) -> None:
    """An entry whose modem is off says why, tries again by itself and works then."""
    modem.lab.reboot(seconds=1000)
    entry = await set_up(modem)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert entry.reason is not None
    assert "does not answer" in entry.reason
    modem.lab.advance(2000)
    await next_round(10)
    assert entry.state is ConfigEntryState.LOADED


async def test_no_sim(
    start_modem: StartModem, set_up: SetUpModem, shown: Callable[..., list[str]]
) -> None:
    """Without a SIM card the modem still sets up and says so."""
    modem = await start_modem(sim_present=False)
    await set_up(modem)
    assert shown("sensor.modem_sim_card", OPERATOR, "binary_sensor.modem_mobile_connection") == [
        "none",
        "unknown",
        "off",
    ]


async def test_sim_returns(
    start_modem: StartModem,
    set_up: SetUpModem,
    next_round: NextRound,
    shown: Callable[..., list[str]],
) -> None:
    """A SIM card that is put in later needs no reload."""
    modem = await start_modem(sim_present=False)
    await set_up(modem)
    modem.lab.set_options(sim_present=True)
    modem.lab.advance(60)
    await next_round()
    assert shown("sensor.modem_sim_card") == ["ready"]
    for _ in range(4):
        await next_round()
    assert shown("sensor.modem_sim_card", OPERATOR) == ["ready", "SKTelecom"]
    assert float(shown(RSRP)[0]) < 0


async def test_sim_is_pulled_out(
    modem: HilinkSimulator,
    set_up: SetUpModem,
    next_round: NextRound,
    shown: Callable[..., list[str]],
) -> None:
    """A card that is gone is noticed in the next round, and so is the address that went with it."""
    await set_up(modem)
    assert shown("sensor.modem_sim_card", "sensor.modem_wan_ip_address") == [
        "ready",
        "10.19.125.192",
    ]
    modem.lab.set_options(sim_present=False)
    await next_round()
    assert shown("sensor.modem_sim_card", "sensor.modem_wan_ip_address") == ["none", "unknown"]


async def test_firmware_without_sms(
    start_modem: StartModem, set_up: SetUpModem, hass: HomeAssistant
) -> None:
    """Where the firmware has no messages, there are no entities for them."""
    modem = await start_modem(sms_enabled=False)
    await set_up(modem)
    assert hass.states.get(UNREAD) is None
    assert hass.states.get("binary_sensor.modem_message_storage_full") is None


async def test_two_silent_readings_are_a_lost_modem(
    modem: HilinkSimulator,
    set_up: SetUpModem,
    next_round: NextRound,
    shown: Callable[..., list[str]],
) -> None:
    """One page that hangs is its own trouble; two in a round mean that the modem is gone."""
    await set_up(modem)
    modem.lab.break_replies("device/signal", "drop", 2)
    modem.lab.break_replies("monitoring/traffic-statistics", "drop", 2)
    await next_round()
    assert shown(NETWORK_TYPE, UNREAD) == ["unavailable"] * 2
    await next_round()
    assert shown(*ENTITIES) == ["lte", "-96.0", "SKTelecom", "1"]


async def test_5g_entities_appear_when_5g_does(
    start_modem: StartModem,
    set_up: SetUpModem,
    next_round: NextRound,
    hass: HomeAssistant,
    shown: Callable[..., list[str]],
) -> None:
    """A value that the device gives for the first time makes its entity, and a reload keeps it."""
    modem = await start_modem()
    entry = await set_up(modem)
    assert hass.states.get("sensor.modem_5g_rsrp") is None
    modem.lab.set_field("device/signal", "nrrsrp", "-91dBm")
    await next_round()
    assert shown("sensor.modem_5g_rsrp") == ["-91.0"]
    modem.lab.reset_fields()
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert shown("sensor.modem_5g_rsrp") == ["unknown"]


async def test_allowance_that_is_entered_later(
    modem: HilinkSimulator,
    set_up: SetUpModem,
    next_round: NextRound,
    hass: HomeAssistant,
    shown: Callable[..., list[str]],
) -> None:
    """What the owner sets up on the device's own page appears here by itself."""
    await set_up(modem)
    assert hass.states.get("sensor.modem_data_left_this_month") is None
    modem.lab.set_field("monitoring/start_date", "trafficmaxlimit", "1073741824")
    for _ in range(35):
        await next_round(30)
    assert shown("sensor.modem_data_left_this_month", "number.modem_data_allowance")[1] == "1.0"
    assert float(shown("sensor.modem_data_left_this_month")[0]) == pytest.approx(0.634, abs=0.001)


async def test_disabled_entities_cost_nothing(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    set_up: SetUpModem,
    next_round: NextRound,
    entity_registry: er.EntityRegistry,
) -> None:
    """A reading that only disabled entities need is not made."""
    entry = await set_up(modem)
    entity_registry.async_update_entity(
        "binary_sensor.modem_message_storage_full", disabled_by=er.RegistryEntryDisabler.USER
    )
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    modem.requests.clear()
    for _ in range(10):
        await next_round()
    counts: dict[str, Any] = modem.lab.counts()
    assert "/api/monitoring/check-notifications" not in counts
    assert counts["/api/monitoring/status"] == 10
