"""Lights and antennas of a device in Home Assistant."""

from homeassistant.const import ATTR_ENTITY_ID, ATTR_OPTION
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest

from simulators.hilink.commands import COMMANDS
from simulators.hilink.errors import DeviceError
from tests.conftest import SetUpModem, StartModem, state_of

LED = "switch.modem_led"
ANTENNA = "select.modem_antenna"


async def test_led(
    hass: HomeAssistant,
    start_modem: StartModem,
    set_up: SetUpModem,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The lights are switched; a refusal leaves them."""
    modem = await start_modem(profile="h122-373")
    await set_up(modem)
    assert state_of(hass, LED) == "on"
    await hass.services.async_call("switch", "turn_off", {ATTR_ENTITY_ID: LED}, blocking=True)
    assert state_of(hass, LED) == "off"
    assert modem.lab.recorded("led/circle-switch", "ledSwitch") == "0"

    def refuse(*_: object) -> str:
        """Refuse."""
        raise DeviceError(100007)

    monkeypatch.setitem(COMMANDS, "led/circle-switch", refuse)
    with pytest.raises(HomeAssistantError):
        await hass.services.async_call("switch", "turn_on", {ATTR_ENTITY_ID: LED}, blocking=True)
    assert state_of(hass, LED) == "off"


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.parametrize(
    ("profile", "options"),
    [
        ("h165-383", ["automatic", "external", "internal", "mixed"]),
        ("b535-932", ["internal", "external", "external_1", "automatic"]),
    ],
)
async def test_antenna(
    hass: HomeAssistant,
    start_modem: StartModem,
    set_up: SetUpModem,
    profile: str,
    options: list[str],
) -> None:
    """The antenna is chosen among those of the device."""
    await set_up(await start_modem(profile=profile))
    state = hass.states.get(ANTENNA)
    assert state is not None
    assert (state.state, state.attributes["options"]) == ("automatic", options)
    await hass.services.async_call(
        "select",
        "select_option",
        {ATTR_ENTITY_ID: ANTENNA, ATTR_OPTION: "external"},
        blocking=True,
    )
    assert state_of(hass, ANTENNA) == "external"


async def test_neither(hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem) -> None:
    """A device that refuses the lights has no switch for them."""
    await set_up(await start_modem(profile="b525s-23a"))
    assert hass.states.get(LED) is None
