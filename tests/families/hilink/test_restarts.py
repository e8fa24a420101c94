"""Restarts by plan, and switching a modem off."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import SetUpModem, StartModem, state_of
from tests.families.hilink.conftest import call

SCHEDULE = "diagnosis/time_reboot"
SWITCH = "switch.modem_scheduled_restart"
SHUT_DOWN = "button.modem_shut_down"

pytestmark = pytest.mark.usefixtures("entity_registry_enabled_by_default")


@pytest.fixture
async def modem(start_modem: StartModem, set_up: SetUpModem) -> HilinkSimulator:
    """Return a modem that can restart by plan, and is set up."""
    modem = await start_modem(profile="h165-383")
    await set_up(modem)
    return modem


async def test_switch(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """The plan is switched off and on, and keeps its times."""
    assert state_of(hass, SWITCH) == "on"
    await hass.services.async_call("switch", "turn_off", {"entity_id": SWITCH}, blocking=True)
    assert state_of(hass, SWITCH) == "off"
    assert modem.lab.recorded(SCHEDULE, "enable") == "0"
    assert modem.lab.recorded(SCHEDULE, "begintime") == "60"


async def test_action(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """The action changes the plan and tells what became of it; with nothing said it only tells."""
    before = {"enabled": True, "days": 7, "from": "01:00", "until": "05:00"}
    assert await call(hass, "set_scheduled_restart") == before
    assert ("POST", f"/api/{SCHEDULE}") not in modem.requests
    fields = {"days": 1, "from": "03:30:00", "until": "04:00:00", "enabled": False}
    assert await call(hass, "set_scheduled_restart", **fields) == {
        "enabled": False,
        "days": 1,
        "from": "03:30",
        "until": "04:00",
    }
    assert modem.modem.record(SCHEDULE) == {
        "enable": "0",
        "dayinterval": "1",
        "begintime": "210",
        "endtime": "240",
    }
    assert state_of(hass, SWITCH) == "off"


@pytest.mark.parametrize("days", [0, 31])
async def test_bad_input(hass: HomeAssistant, modem: HilinkSimulator, days: int) -> None:
    """What cannot be right changes nothing."""
    with pytest.raises(ServiceValidationError) as error:
        await call(hass, "set_scheduled_restart", days=days)
    assert error.value.translation_key == "out_of_range"
    assert modem.lab.recorded(SCHEDULE, "dayinterval") == "7"


async def test_refusal(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """What the modem refuses is told, and the switch keeps showing the truth."""
    modem.lab.break_replies(SCHEDULE, "error", 2, code=100006)
    with pytest.raises(HomeAssistantError) as error:
        await call(hass, "set_scheduled_restart", enabled=False)
    assert error.value.translation_key == "command_refused"
    assert modem.lab.recorded(SCHEDULE, "enable") == "1"


async def test_shut_down(
    hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem, next_round: Any
) -> None:
    """A modem that can be switched off goes, and is back when somebody has switched it on."""
    modem = await start_modem(profile="e5573cs-322")
    await set_up(modem)
    await hass.services.async_call("button", "press", {"entity_id": SHUT_DOWN}, blocking=True)
    assert not modem.lab.state()["up"]
    await next_round()
    assert state_of(hass, SHUT_DOWN) == "unavailable"
    assert modem.requests.count(("POST", "/api/device/control")) == 1
    modem.lab.power_on()
    modem.lab.advance(60)
    await next_round()
    assert state_of(hass, SHUT_DOWN) != "unavailable"


async def test_modem_that_cannot_be_switched_off(
    hass: HomeAssistant, modem: HilinkSimulator
) -> None:
    """Where the firmware says so, there is no button for it."""
    assert hass.states.get(SHUT_DOWN) is None
