"""Asking the network by USSD."""

from collections.abc import Awaitable, Callable
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from custom_components.gatehouse.clients.hilink import ussd
from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import SetUpModem, StartModem, state_of
from tests.families.hilink.conftest import call

BALANCE = "Your balance is 10.00"


@pytest.fixture(autouse=True)
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look almost without a pause for an answer."""
    monkeypatch.setattr(ussd, "POLL_INTERVAL", 0)


@pytest.fixture
async def modem(start_modem: StartModem, set_up: SetUpModem) -> HilinkSimulator:
    """Return a stick that is set up and whose network answers at once."""
    modem = await start_modem(ussd_seconds=0)
    await set_up(modem)
    return modem


async def test_code(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """What the network answers is in the response, and the session released."""
    assert await call(hass, "send_ussd", code=" *100# ") == {"replies": [BALANCE], "asks_on": False}
    assert modem.lab.ussd_said == ["*100#"]
    assert not modem.lab.state()["ussd_open"]


async def test_menu(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """A menu is gone through with answers; without them the response tells that there is more."""
    first = await call(hass, "send_ussd", code="*101#")
    assert first == {"replies": ["1 Balance\n2 Data"], "asks_on": True}
    both = await call(hass, "send_ussd", code="*101#", answers="1")
    assert both == {"replies": ["1 Balance\n2 Data", BALANCE], "asks_on": False}
    assert not modem.lab.state()["ussd_open"]


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ({"ussd_in_network": False}, "*100#", "the network has no USSD"),
        ({}, "*999#", "the network did not answer the USSD request"),
    ],
)
async def test_errors_in_words(
    hass: HomeAssistant, modem: HilinkSimulator, options: dict[str, Any], code: str, words: str
) -> None:
    """What the network objects to is said in words."""
    modem.lab.set_options(**options)
    with pytest.raises(HomeAssistantError) as error:
        await call(hass, "send_ussd", code=code, timeout=3)
    assert error.value.translation_key == "command_refused"
    assert words in str(error.value)
    assert not modem.lab.state()["ussd_open"]


@pytest.mark.parametrize("code", ["", "hello", "*100#;", "*1#" * 61])
async def test_bad_code(hass: HomeAssistant, modem: HilinkSimulator, code: str) -> None:
    """What is no code is refused before the modem hears of it."""
    with pytest.raises(ServiceValidationError) as error:
        await call(hass, "send_ussd", code=code)
    assert error.value.translation_key == "invalid_ussd_code"
    assert modem.lab.ussd_said == []


async def test_port(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """A modem has one SIM card, and says so to whoever names a port."""
    with pytest.raises(ServiceValidationError) as error:
        await call(hass, "send_ussd", code="*100#", port=1)
    assert error.value.translation_key == "field_not_taken"
    assert modem.lab.ussd_said == []


async def test_firmware_without(
    hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem
) -> None:
    """Firmware that has no USSD is not asked."""
    modem = await start_modem(ussd_seconds=0)
    modem.lab.set_field("global/module-switch", "ussd_enabled", "0")
    await set_up(modem)
    with pytest.raises(ServiceValidationError) as error:
        await call(hass, "send_ussd", code="*100#")
    assert error.value.translation_key == "ussd_not_supported"
    assert modem.lab.ussd_said == []


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_session(
    hass: HomeAssistant,
    start_modem: StartModem,
    set_up: SetUpModem,
    next_round: Callable[..., Awaitable[None]],
) -> None:
    """Whether somebody has left a session open can be seen."""
    modem = await start_modem(ussd_seconds=0)
    await set_up(modem)
    assert state_of(hass, "sensor.modem_ussd_session") == "none"
    modem.modem.ussd.send("*100#", modem.modem.now, in_network=True)
    for _ in range(20):
        await next_round()
    assert state_of(hass, "sensor.modem_ussd_session") == "active"
