"""Ping and route tracing in Home Assistant."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from custom_components.gatehouse.clients.hilink import diagnosis
from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import SetUpModem, StartModem
from tests.families.hilink.conftest import call


@pytest.fixture
async def modem(
    start_modem: StartModem, set_up: SetUpModem, monkeypatch: pytest.MonkeyPatch
) -> HilinkSimulator:
    """Return a router that is set up and whose diagnoses are looked at without a pause."""
    monkeypatch.setattr(diagnosis, "POLL_INTERVAL", 0)
    modem = await start_modem(profile="b525s-23a")
    await set_up(modem)
    return modem


@pytest.mark.usefixtures("modem")
async def test_ping(hass: HomeAssistant) -> None:
    """The response tells how the host answered."""
    assert await call(hass, "ping", host="example.org") == {
        "reached": True,
        "error": None,
        "received": 3,
        "lost": 1,
        "average_ms": 31,
        "minimum_ms": 28,
        "maximum_ms": 40,
    }
    assert (await call(hass, "ping", host="nowhere.invalid"))["reached"] is False


@pytest.mark.usefixtures("modem")
async def test_traceroute(hass: HomeAssistant) -> None:
    """The response has the routers in their order."""
    response = await call(hass, "traceroute", host="2001:db8::1", max_hops=2)
    assert response == {
        "reached": False,
        "error": "Error_MaxHopCountExceeded",
        "hops": [
            {"address": "10.64.0.1", "times_ms": [12, 13, 15]},
            {"address": None, "times_ms": []},
        ],
    }


@pytest.mark.parametrize("action", ["ping", "traceroute"])
@pytest.mark.parametrize("host", ["", "-c1", "example.org; reboot", "$(reboot)", "a b"])
async def test_wrong_host(
    hass: HomeAssistant, modem: HilinkSimulator, action: str, host: str
) -> None:
    """What is no host never gets to the device."""
    modem.requests.clear()
    with pytest.raises(ServiceValidationError) as error:
        await call(hass, action, host=host)
    assert error.value.translation_key == "invalid_host"
    assert not modem.requests


@pytest.mark.parametrize(
    ("code", "key"),
    [(100002, "not_supported"), (100004, "device_busy"), (100006, "command_refused")],
)
async def test_refused(hass: HomeAssistant, modem: HilinkSimulator, code: int, key: str) -> None:
    """A device that does not want to is told in words."""
    fields: dict[str, Any] = {"host": "example.org"}
    modem.lab.break_replies("diagnosis/diagnose_traceroute", "error", 2, code=code)
    with pytest.raises(HomeAssistantError) as error:
        await call(hass, "traceroute", **fields)
    assert error.value.translation_key == key
