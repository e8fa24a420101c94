"""What happens to a router and what is shown of it when two things happen at once."""

import asyncio

from homeassistant.core import HomeAssistant
import pytest

from custom_components.gatehouse import update
from custom_components.gatehouse.families.gl_s20 import firmware
from simulators.gl_s20 import GlS20Simulator
from tests.conftest import state_of

from . import action_helpers
from .action_helpers import soon
from .conftest import SetUpRouter, StartRouter
from .entity_helpers import UNSHARED, NextRound, act, refused, sent

ROLE = "sensor.gl_s20_thread_role"
PAUSE = "switch.gl_s20_pause_polling"
FIRMWARE = "update.gl_s20_firmware"
TX_POWER = "number.gl_s20_tx_power"


async def test_pause_during_an_action(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """After a pause that began during an action, everything that is shown is up to date."""
    await set_up_router(router, options=UNSHARED)
    router.device.occupy(20)
    action = hass.async_create_task(act(hass, "set_value", TX_POWER, value=3))
    await soon(lambda: sent(router, "otbr/set_txpower"))
    pause = hass.async_create_task(act(hass, "turn_on", PAUSE))
    for _ in range(20):
        await asyncio.sleep(0)
    router.lab.advance(20)
    await asyncio.gather(action, pause)
    assert router.requests[-1] == ("POST", "/ui/logout")
    router.lab.plug_ethernet(plugged=False)
    await act(hass, "turn_off", PAUSE)
    assert state_of(hass, TX_POWER) == "3"
    assert state_of(hass, "binary_sensor.gl_s20_ethernet") == "off"


async def test_unloading_during_the_installation(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever reloads the entry while firmware is installed is told that that goes on."""
    entry = await set_up_router(router, options=UNSHARED)
    await next_round()
    waits = 0

    async def wait(seconds: float) -> None:
        """Let time pass, and unload the entry after a while."""
        nonlocal waits
        waits += 1
        router.lab.advance(seconds)
        if waits == 3:
            await hass.config_entries.async_unload(entry.entry_id)

    monkeypatch.setattr(update, "sleep", wait)
    monkeypatch.setattr(firmware, "sleep", wait)
    error = await refused(hass, "install", FIRMWARE)
    assert "Nothing was sent" not in str(error)
    assert error.translation_key == "update_not_followed"
    assert sent(router, "sys/upgrade_online_firmware") == 1


async def test_no_login_left_after_unloading(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
) -> None:
    """An entry that is unloaded during an action leaves no session behind."""
    entry = await set_up_router(router, options=UNSHARED)
    router.device.occupy(20)
    action = hass.async_create_task(act(hass, "set_value", TX_POWER, value=3))
    await soon(lambda: sent(router, "otbr/set_txpower"))
    unload = hass.async_create_task(hass.config_entries.async_unload(entry.entry_id))
    for _ in range(20):
        await asyncio.sleep(0)
    router.lab.advance(20)
    await asyncio.gather(action, unload)
    assert router.device.thread.tx_power == 3
    assert router.lab.state()["sessions"] == 0


async def test_nobody_asks_what_is_not_there(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A list of joiners that the router refuses is not asked for every 10 seconds."""
    router = await start_router(commissioner_seconds=0)
    router.lab.break_replies("otbr/get_joiner_list", "error", None)
    await set_up_router(router, options=UNSHARED)
    await act(hass, "turn_on", "switch.gl_s20_commissioner")
    for _ in range(3):
        await next_round(30)
    router.requests.clear()
    for _ in range(12):
        await next_round(10)
    assert router.requests.count(("GET", "/otbr/get_joiner_list")) <= 4


async def test_closed_again(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """A network that was opened for a joiner does not stay open when that is not taken."""
    router = await start_router(commissioner_seconds=0)
    await set_up_router(router, options=UNSHARED)
    router.lab.break_replies("otbr/add_joiner", "error", None)
    key, _ = await action_helpers.failure(hass, "add_joiner", pskd="J01NME")
    assert key == "command_refused"
    assert router.lab.state()["commissioner"] is False
    assert state_of(hass, "switch.gl_s20_commissioner") == "off"
