"""Channel and transmit power of a router's radios."""

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest

from simulators.hiwifi import HiwifiSimulator
from tests.conftest import state_of
from tests.flow_helpers import TEXTS

from .conftest import SetUpRouter, StartRouter
from .entity_helpers import act, all_shown, refused, shown

CHANNEL_2_4 = "select.router_channel_2_4_ghz"
CHANNEL_5 = "select.router_channel_5_ghz"
POWER_2_4 = "select.router_transmit_power_2_4_ghz"
POWER_5 = "select.router_transmit_power_5_ghz"
USED_2_4 = "sensor.router_channel_2_4_ghz"
USED_5 = "sensor.router_channel_5_ghz"


def options(hass: HomeAssistant, entity_id: str) -> list[str]:
    """Return what can be chosen."""
    state = hass.states.get(entity_id)
    assert state is not None
    found: list[str] = state.attributes["options"]
    return found


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize(
    ("entity_id", "used", "radio", "key"),
    [
        (CHANNEL_2_4, USED_2_4, "radio0", "channel_2_4"),
        (CHANNEL_5, USED_5, "radio1", "channel_5"),
    ],
)
async def test_channels(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    entity_id: str,
    used: str,
    radio: str,
    key: str,
    *,
    signed: bool,
) -> None:
    """Each channel that is offered is taken, and the one in use is shown besides."""
    await set_up_router(router, signed=signed)
    automatic = state_of(hass, used)
    offered = options(hass, entity_id)
    assert offered[0] == state_of(hass, entity_id) == "automatic"
    assert set(offered) == set(TEXTS["entity"]["select"][key]["state"])
    assert [int(each) for each in offered[1:]] == sorted(int(each) for each in offered[1:])
    for option in offered[1:]:
        await act(hass, "select_option", entity_id, option=option)
        assert shown(hass, entity_id, used) == [option, option]
        assert router.lab.state()["radios"][radio]["channel"] == int(option)
    await act(hass, "select_option", entity_id, option="automatic")
    assert shown(hass, entity_id, used) == ["automatic", automatic]
    with pytest.raises(ServiceValidationError):
        await act(hass, "select_option", entity_id, option="14")


@pytest.mark.parametrize("signed", [False, True])
async def test_transmit_power(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter, *, signed: bool
) -> None:
    """Each radio has a power of its own, from the lowest to the highest."""
    await set_up_router(router, signed=signed)
    assert options(hass, POWER_5) == ["min", "max", "140", "150"]
    for option in ("min", "150", "140", "max"):
        await act(hass, "select_option", POWER_5, option=option)
        assert shown(hass, POWER_2_4, POWER_5) == ["max", option]
        assert router.lab.state()["radios"]["radio1"]["txpwr"] == option


async def test_listed_powers(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter
) -> None:
    """Only what the router lists can be chosen; a number may be written as one."""
    powers = [{"key": each, "title": "", "txpwr_val": 1} for each in (140, "min", "max", "zzz")]
    router.lab.set_field("wireless.get_txpwr_list", "txpwr_list", powers)
    await set_up_router(router)
    assert options(hass, POWER_2_4) == ["min", "max", "140"]
    with pytest.raises(ServiceValidationError):
        await act(hass, "select_option", POWER_2_4, option="150")


@pytest.mark.parametrize("refusal", ["refused_methods", "missing_methods"])
async def test_powers_that_are_not_listed(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter, refusal: str
) -> None:
    """Where the router does not list powers, those that are known can be chosen."""
    router = await start_router(**{refusal: ("wireless.get_txpwr_list",)})
    await set_up_router(router)
    assert options(hass, POWER_2_4) == ["min", "max", "140", "150"]
    await act(hass, "select_option", POWER_2_4, option="140")
    assert state_of(hass, POWER_2_4) == "140"


async def test_settings_nobody_knows(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter
) -> None:
    """A channel or a power that cannot be chosen is unknown, the channel in use is not."""
    radio = {"channel": "52", "channel_autoreal": "52", "txpwr": "turbo"}
    router.lab.set_field("wireless.get_device_info", "wifi_device/radio1", radio)
    await set_up_router(router)
    assert shown(hass, CHANNEL_5, POWER_5, USED_5) == ["unknown", "unknown", "52"]


async def test_set_channel_counts(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter
) -> None:
    """A channel that was set is the one in use, though the radio may still be on its way there."""
    radio = {"channel": "36", "channel_autoreal": "149", "txpwr": "max"}
    router.lab.set_field("wireless.get_device_info", "wifi_device/radio1", radio)
    await set_up_router(router)
    assert state_of(hass, USED_5) == "36"


@pytest.mark.parametrize("signed", [False, True])
async def test_older_generation(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter, *, signed: bool
) -> None:
    """The older generation knows the first radio only, and not which channel it chose."""
    router = await start_router(firmware="0.9007", five_ghz=True)
    await set_up_router(router, signed=signed)
    assert all_shown(hass, "select") == {CHANNEL_2_4: "automatic", POWER_2_4: "max"}
    assert shown(hass, USED_2_4) == ["missing"]
    await act(hass, "select_option", CHANNEL_2_4, option="11")
    await act(hass, "select_option", POWER_2_4, option="min")
    assert shown(hass, CHANNEL_2_4, POWER_2_4, USED_2_4) == ["11", "min", "11"]
    assert router.lab.state()["radios"]["radio0"] == {"channel": 11, "txpwr": "min", "up": True}


async def test_refusal(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter
) -> None:
    """A channel that the router refuses is not shown."""
    await set_up_router(router)
    router.lab.fail_method("wireless.set_channel", 20, None)
    error = await refused(hass, "select_option", CHANNEL_5, option="44")
    assert error.translation_key == "command_refused"
    assert state_of(hass, CHANNEL_5) == "automatic"
    assert router.lab.calls()["wireless.set_channel"] == 1
