"""Transmit power, time zone and time server of a router."""

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest

from simulators.gl_s20 import GlS20Simulator
from tests.conftest import state_of
from tests.flow_helpers import TEXTS

from .conftest import SetUpRouter, StartRouter
from .entity_helpers import UNSHARED, NextRound, act, refused, sent, shown

POWER = "number.gl_s20_tx_power"
ZONE = "select.gl_s20_time_zone"
SERVER = "text.gl_s20_sntp_server"


async def test_transmit_power(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """The transmit power can be set in whole dBm."""
    await set_up_router(router, options=UNSHARED)
    state = hass.states.get(POWER)
    assert state is not None
    assert state.state == "6"
    limits = {key: state.attributes[key] for key in ("min", "max", "step", "unit_of_measurement")}
    assert limits == {"min": -24, "max": 20, "step": 1, "unit_of_measurement": "dBm"}
    await act(hass, "set_value", POWER, value=-24)
    assert state_of(hass, POWER) == "-24"
    assert router.lab.state()["tx_power"] == -24


async def test_clamped_transmit_power(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """What is shown is what the radio made of it."""
    router = await start_router(tx_power_limit=10)
    await set_up_router(router, options=UNSHARED)
    await act(hass, "set_value", POWER, value=20)
    assert state_of(hass, POWER) == "10"


async def test_transmit_power_out_of_range(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A power that no device has is not sent."""
    await set_up_router(router, options=UNSHARED)
    with pytest.raises(ServiceValidationError):
        await act(hass, "set_value", POWER, value=21)
    assert sent(router, "otbr/set_txpower") == 0


async def test_time_zone(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """Every time zone can be chosen, and the time server stays."""
    router.device.sntp = "time.example"
    await set_up_router(router, options=UNSHARED)
    assert state_of(hass, ZONE) == "utc"
    state = hass.states.get(ZONE)
    assert state is not None
    zones = state.attributes["options"]
    assert set(zones) == set(TEXTS["entity"]["select"]["time_zone"]["state"])
    for hours, zone in enumerate(zones, -12):
        await act(hass, "select_option", ZONE, option=zone)
        assert router.device.timezone == hours
        assert state_of(hass, ZONE) == zone
    assert router.device.sntp == "time.example"


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_time_server(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """The time server can be set, and the time zone stays."""
    router.device.timezone = -3
    await set_up_router(router, options=UNSHARED)
    assert shown(hass, SERVER, ZONE) == ["pool.ntp.org", "utc_minus_3"]
    await act(hass, "set_value", SERVER, value="192.0.2.123")
    assert router.device.sntp == "192.0.2.123"
    assert router.device.timezone == -3
    assert shown(hass, SERVER, ZONE) == ["192.0.2.123", "utc_minus_3"]
    error = await refused(hass, "set_value", SERVER, value="two words")
    assert error.translation_key == "invalid_sntp_server"
    for wrong in ("", "x" * 64):
        with pytest.raises(ValueError, match=r"too (short|long)"):
            await act(hass, "set_value", SERVER, value=wrong)
    assert state_of(hass, SERVER) == "192.0.2.123"


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_odd_clock(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A zone or a server that makes no sense is unknown, and a zone is not made up."""
    router.lab.set_field("sys/get_time_config", "timezone", 99)
    router.lab.set_field("sys/get_time_config", "sntp", "x" * 300)
    await set_up_router(router, options=UNSHARED)
    await next_round()
    assert shown(hass, SERVER, ZONE) == ["unknown", "unknown"]
    error = await refused(hass, "set_value", SERVER, value="time.example")
    assert error.translation_key == "invalid_reply"
    assert sent(router, "sys/set_time_config") == 0
