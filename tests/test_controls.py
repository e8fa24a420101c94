"""Switches and buttons: what is sent and what is shown afterwards."""

import asyncio
from collections.abc import Awaitable, Callable

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from simulators.hilink.simulator import HilinkSimulator

from .conftest import SetUpModem, StartModem, state_of, until

MOBILE_DATA = "switch.modem_mobile_data"
PAUSE = "switch.modem_pause_polling"
RESTART = "button.modem_restart"
CLEAR = "button.modem_clear_traffic_statistics"
RSRP = "sensor.modem_rsrp"

type Act = Callable[[str, str, str], Awaitable[None]]
type NextRound = Callable[..., Awaitable[None]]


@pytest.fixture
def act(hass: HomeAssistant) -> Act:
    """Return a function that does what a user does with an entity."""

    async def act(domain: str, action: str, entity_id: str) -> None:
        """Call an action of an entity."""
        await hass.services.async_call(domain, action, {"entity_id": entity_id}, blocking=True)

    return act


def posts(modem: HilinkSimulator, path: str) -> int:
    """Count the commands of a kind."""
    return modem.requests.count(("POST", f"/api/{path}"))


async def test_mobile_data(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem, act: Act
) -> None:
    """Switching mobile data off and on is sent once each and shown at once."""
    await set_up(modem)
    await act("switch", "turn_off", MOBILE_DATA)
    assert state_of(hass, MOBILE_DATA) == "off"
    assert state_of(hass, "sensor.modem_connection_status") == "disconnected"
    await act("switch", "turn_on", MOBILE_DATA)
    assert state_of(hass, MOBILE_DATA) == "on"
    assert posts(modem, "dialup/mobile-dataswitch") == 2


async def test_refused_command(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem, act: Act
) -> None:
    """A refusal is told in words, and the switch keeps showing the truth."""
    await set_up(modem)
    modem.lab.break_replies("dialup/mobile-dataswitch", "error", 1, code=100006)
    with pytest.raises(HomeAssistantError) as error:
        await act("switch", "turn_off", MOBILE_DATA)
    assert error.value.translation_key == "command_refused"
    assert error.value.translation_placeholders == {
        "code": "100006",
        "message": "invalid parameter",
    }
    assert state_of(hass, MOBILE_DATA) == "on"


async def test_command_with_unknown_outcome_is_not_repeated(
    modem: HilinkSimulator, set_up: SetUpModem, act: Act
) -> None:
    """When the answer is lost the command may have worked, so it is not sent again."""
    await set_up(modem)
    modem.lab.break_replies("dialup/mobile-dataswitch", "cut", 1)
    with pytest.raises(HomeAssistantError) as error:
        await act("switch", "turn_off", MOBILE_DATA)
    assert error.value.translation_key == "outcome_unknown"
    assert posts(modem, "dialup/mobile-dataswitch") == 1


async def test_restart(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    set_up: SetUpModem,
    act: Act,
    next_round: NextRound,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The restart button restarts the modem once; its entities leave and return, with no error."""
    await set_up(modem)
    await act("button", "press", RESTART)
    assert posts(modem, "device/control") == 1
    assert state_of(hass, RSRP) == "unavailable"
    before = hass.states.get("sensor.modem_uptime")
    await next_round()
    assert state_of(hass, RSRP) == "unavailable"
    modem.lab.advance(60)
    await next_round()
    assert state_of(hass, RSRP) != "unavailable"
    after = hass.states.get("sensor.modem_uptime")
    assert before is not None
    assert after is not None
    assert before.state != after.state
    assert not [
        record
        for record in caplog.records
        if record.levelname == "ERROR" and "gatehouse" in record.name
    ]
    assert posts(modem, "device/control") == 1


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_clear_traffic(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem, act: Act
) -> None:
    """Cleared counters are shown at once."""
    await set_up(modem)
    assert float(state_of(hass, "sensor.modem_total_download")) > 0.2
    await act("button", "press", CLEAR)
    assert float(state_of(hass, "sensor.modem_total_download")) < 0.01
    assert posts(modem, "monitoring/clear-traffic") == 1


async def test_pause(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    set_up: SetUpModem,
    act: Act,
    next_round: NextRound,
) -> None:
    """A pause logs out, asks nothing, refuses actions with a reason, and ends on demand."""
    await set_up(modem)
    modem.requests.clear()
    await act("switch", "turn_on", PAUSE)
    assert modem.requests == [("POST", "/api/user/logout")]
    assert state_of(hass, PAUSE) == "on"
    assert state_of(hass, RSRP) == "unavailable"
    for _ in range(5):
        await next_round()
    with pytest.raises(ServiceValidationError) as error:
        await hass.services.async_call(
            "gatehouse", "send_sms", {"numbers": "+15550100", "message": "Hello"}, blocking=True
        )
    assert error.value.translation_key == "polling_paused"
    assert len(modem.requests) == 1
    await act("switch", "turn_off", PAUSE)
    assert state_of(hass, PAUSE) == "off"
    assert state_of(hass, RSRP) == "-96.0"
    modem.requests.clear()
    await next_round()
    assert len(modem.requests) >= 4


async def test_pause_in_the_middle_of_a_round(
    start_modem: StartModem, set_up: SetUpModem, act: Act
) -> None:
    """A round that is under way ends there; nothing logs in again behind the owner's back."""
    modem = await start_modem(latency_seconds=0.05)
    entry = await set_up(modem)
    coordinator = entry.runtime_data
    coordinator.async_expect_absence()
    modem.requests.clear()
    refresh = asyncio.create_task(coordinator.async_refresh())
    await until(lambda: modem.requests)
    await act("switch", "turn_on", PAUSE)
    await refresh
    assert modem.requests[-1] == ("POST", "/api/user/logout")
    assert len(modem.requests) < 5


async def test_refused_login_of_a_command_asks_for_a_new_password(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem, act: Act
) -> None:
    """When the password has changed and a command is first to notice, it starts the new login."""
    await set_up(modem)
    modem.lab.set_options(password="something new")
    modem.lab.expire_sessions()
    with pytest.raises(HomeAssistantError) as error:
        await act("switch", "turn_off", MOBILE_DATA)
    assert error.value.translation_key == "invalid_auth"
    await hass.async_block_till_done()
    [flow] = hass.config_entries.flow.async_progress()
    assert flow["step_id"] == "reauth_confirm"
