"""New firmware for a modem in Home Assistant."""

from collections.abc import Awaitable, Callable
from typing import Any

from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.gatehouse import update
from custom_components.gatehouse.families.hilink import firmware
from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import SetUpModem, StartModem

type NextRound = Callable[..., Awaitable[None]]

FIRMWARE = "update.modem_firmware"
CHECK = "button.modem_check_for_new_firmware"
NEW = "10.0.6.1(H192SP2C00)"
STATUS = "online-update/status"
ACKNOWLEDGE = ("POST", "/api/online-update/ack-newversion")


@pytest.fixture(autouse=True)
def quick_waits(modem: HilinkSimulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the modem's time pass at once while somebody waits."""

    async def pass_time(seconds: float) -> None:
        """Let time pass for the modem."""
        modem.lab.advance(seconds)

    monkeypatch.setattr(update, "sleep", pass_time)
    monkeypatch.setattr(firmware, "sleep", pass_time)


def shown(hass: HomeAssistant) -> dict[str, Any]:
    """Return what the entity shows."""
    state = hass.states.get(FIRMWARE)
    assert state is not None
    return {"state": state.state, **state.attributes}


async def press_check(hass: HomeAssistant) -> None:
    """Press the button."""
    await hass.services.async_call("button", "press", {"entity_id": CHECK}, blocking=True)
    await hass.async_block_till_done()


async def install(hass: HomeAssistant) -> None:
    """Press "Install"."""
    await hass.services.async_call("update", "install", {"entity_id": FIRMWARE}, blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)


@pytest.fixture
async def offered(hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem) -> str:
    """Return the firmware that runs on a modem that has found a newer one."""
    await set_up(modem)
    modem.lab.offer_firmware(NEW)
    await press_check(hass)
    return modem.lab.recorded("device/information", "SoftwareVersion")


async def test_offer(hass: HomeAssistant, offered: str) -> None:
    """What the server offers is shown beside what runs."""
    assert shown(hass)["state"] == "on"
    assert shown(hass)["installed_version"] == offered
    assert shown(hass)["latest_version"] == NEW


async def test_nothing_new(hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem) -> None:
    """Without an offer the firmware is up to date."""
    await set_up(modem)
    await press_check(hass)
    assert shown(hass)["state"] == "off"


async def test_daily_look(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem, next_round: NextRound
) -> None:
    """New firmware is found without anybody's doing."""
    await set_up(modem)
    modem.lab.offer_firmware(NEW)
    for _ in range(60):
        await next_round()
        modem.lab.advance(31)
    assert shown(hass)["state"] == "on"


async def test_installation(hass: HomeAssistant, modem: HilinkSimulator, offered: str) -> None:
    """The progress of the download is shown, and the new firmware once the modem is back."""
    percentages: list[int | None] = []

    @callback
    def note(event: Event[EventStateChangedData]) -> None:
        """Note how far it is."""
        if (state := event.data["new_state"]) and state.entity_id == FIRMWARE:
            percentages.append(state.attributes["update_percentage"])
            assert state.state != "unavailable"

    hass.bus.async_listen("state_changed", note)
    await install(hass)
    assert shown(hass)["installed_version"] == NEW != offered
    assert shown(hass)["state"] == "off"
    assert shown(hass)["in_progress"] is False
    done = [each for each in percentages if each is not None]
    assert done == sorted(done)
    assert {50, 95} <= set(done)
    assert modem.requests.count(ACKNOWLEDGE) == 1


@pytest.mark.usefixtures("offered")
@pytest.mark.parametrize("reply", ["garbage", "drop"])
async def test_odd_replies_meanwhile(
    hass: HomeAssistant, modem: HilinkSimulator, reply: str
) -> None:
    """A modem that is busy with its update and answers badly for a moment is not given up."""
    modem.lab.break_replies(STATUS, reply, 2)
    await install(hass)
    assert shown(hass)["installed_version"] == NEW
    assert modem.requests.count(ACKNOWLEDGE) == 1


@pytest.mark.usefixtures("offered")
async def test_update_that_never_ends(
    hass: HomeAssistant, modem: HilinkSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A download that does not come to an end is told, and begun only once."""
    monkeypatch.setattr(firmware, "_LONGEST_INSTALLATION", 60)
    modem.lab.set_options(download_seconds=100_000)
    with pytest.raises(HomeAssistantError) as error:
        await install(hass)
    assert error.value.translation_key == "update_endless"
    assert shown(hass)["in_progress"] is False
    assert modem.requests.count(ACKNOWLEDGE) == 1


@pytest.mark.usefixtures("offered")
async def test_new_firmware_without_this_page(hass: HomeAssistant, modem: HilinkSimulator) -> None:
    """New firmware that answers already, but has no such page, is no failure."""
    modem.lab.break_replies(STATUS, "error", 1, code=100002)
    await install(hass)
    assert shown(hass)["in_progress"] is False


async def test_broken_download(hass: HomeAssistant, modem: HilinkSimulator, offered: str) -> None:
    """A download that fails is told, and the old firmware runs on."""
    modem.lab.offer_firmware(NEW, download_breaks=True)
    with pytest.raises(HomeAssistantError) as error:
        await install(hass)
    assert error.value.translation_key == "update_failed"
    assert shown(hass)["installed_version"] == offered
    assert shown(hass)["in_progress"] is False


async def test_low_battery(hass: HomeAssistant, modem: HilinkSimulator, offered: str) -> None:
    """What the modem says against it is told."""
    modem.lab.set_options(battery_low=True)
    with pytest.raises(HomeAssistantError) as error:
        await install(hass)
    assert error.value.translation_key == "command_refused"
    assert "battery is below 50 percent" in str(error.value)


async def test_model_without_updates(
    hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem
) -> None:
    """A modem that cannot look for firmware has no such entities."""
    await set_up(await start_modem(profile="e3372"))
    assert hass.states.get(FIRMWARE) is None
    assert hass.states.get(CHECK) is None
