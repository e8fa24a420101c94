"""Firmware updates of a router: what is offered, how one goes, and how one fails."""

from collections.abc import Awaitable, Callable
import logging
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
import pytest

from custom_components.gatehouse import update
from custom_components.gatehouse.clients.errors import NotSupported
from custom_components.gatehouse.families.gl_s20 import GL_S20, firmware
from custom_components.gatehouse.families.readings import Snapshot
from simulators.gl_s20 import GlS20Simulator
from tests.conftest import state_of

from .conftest import SetUpRouter, StartRouter
from .entity_helpers import LOGIN, UNSHARED, NextRound, act, refused, sent

FIRMWARE = "update.gl_s20_firmware"
ROLE = "sensor.gl_s20_thread_role"
OWN = "GL-S20-OTBR"

type Incident = Callable[[float], Awaitable[None]]
type Incidents = dict[int, Incident]


@pytest.fixture
def incidents(router: GlS20Simulator, monkeypatch: pytest.MonkeyPatch) -> Incidents:
    """Let the router's time pass at once while an update waits.

    What is put in here happens after so many seconds of waiting.
    """
    incidents: Incidents = {}
    waited = 0.0

    async def pass_time(seconds: float) -> None:
        """Let time pass, and happen what is due."""
        nonlocal waited
        router.lab.advance(seconds)
        waited += seconds
        for due in [each for each in incidents if each <= waited]:
            await incidents.pop(due)(waited)

    monkeypatch.setattr(update, "sleep", pass_time)
    monkeypatch.setattr(firmware, "sleep", pass_time)
    return incidents


@pytest.fixture
async def entry(router: GlS20Simulator, set_up_router: SetUpRouter) -> ConfigEntry:
    """Return the entry of the router."""
    return await set_up_router(router, options=UNSHARED)


@pytest.fixture
async def offered(
    hass: HomeAssistant, entry: ConfigEntry, next_round: NextRound
) -> Callable[[], dict[str, Any]]:
    """Return a function that tells what the entity shows, once the server has been asked."""
    await next_round()

    def offered() -> dict[str, Any]:
        """Return state and attributes."""
        state = hass.states.get(FIRMWARE)
        assert state is not None
        keys = ("installed_version", "latest_version", "in_progress", "release_url")
        return {"state": state.state} | {key: state.attributes[key] for key in keys}

    return offered


async def test_offer(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter, next_round: NextRound
) -> None:
    """Whether there is something new is unknown until the server was asked, soon after set-up."""
    await set_up_router(router, options=UNSHARED)
    assert state_of(hass, FIRMWARE) == "unknown"
    await next_round()
    state = hass.states.get(FIRMWARE)
    assert state is not None
    assert state.state == "on"
    assert state.attributes["device_class"] == "firmware"
    assert state.attributes["friendly_name"] == "GL-S20 Firmware"
    assert state.attributes["installed_version"] == "2.0.1"
    assert state.attributes["latest_version"] == "2.1.0"


@pytest.mark.parametrize(
    ("installed", "releases", "state", "latest"),
    [
        ("2.1.0", [(OWN, "2.1.0")], "off", "2.1.0"),
        ("v2.1.0", [(OWN, "2.1.0")], "off", "2.1.0"),
        ("2.1.0", [(OWN, "V2.1.1")], "on", "2.1.1"),
        ("2.0.1-B1", [(OWN, "2.0.1")], "on", "2.0.1"),
        ("2.0.1", [(OWN, "2.0.1-B1")], "off", "2.0.1"),
        ("2.2.0", [(OWN, "2.1.0")], "off", "2.2.0"),
        ("2.1.0", [(OWN, "2.9.0"), (OWN, "2.10.0"), (OWN, "2.2.0")], "on", "2.10.0"),
        ("2.1.0", [("GL-S20-BLE", "9.0.0")], "off", "2.1.0"),
        ("2.1.0", [("gl-s20-otbr", "3.0.0")], "on", "3.0.0"),
        ("2.1.0", [(OWN, "spring 2027")], "on", "spring 2027"),
        ("spring 2027", [(OWN, "spring 2027")], "off", "spring 2027"),
        ("2.1.0", [], "off", "2.1.0"),
        ("2.1.0", [("", "3.0.0"), (OWN, "")], "off", "2.1.0"),
    ],
)
async def test_versions(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    installed: str,
    releases: list[tuple[str, str]],
    state: str,
    latest: str,
) -> None:
    """The newest release of the same kind is offered, and never an older one."""
    router = await start_router(firmware_version=installed, online_firmware=releases)
    await set_up_router(router, options=UNSHARED)
    await next_round()
    shown = hass.states.get(FIRMWARE)
    assert shown is not None
    assert (shown.state, shown.attributes["latest_version"]) == (state, latest)


@pytest.mark.parametrize("field", ["current_firmware_type", "current_firmware_version"])
async def test_nothing_is_offered_for_the_unknown(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    field: str,
) -> None:
    """Where kind or version of the firmware is not told, no other is offered."""
    router.lab.remove_field("sys/check_current_firmware", field)
    await set_up_router(router, options=UNSHARED)
    await next_round()
    assert state_of(hass, FIRMWARE) in {"off", "unknown"}


async def test_no_internet(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter, next_round: NextRound
) -> None:
    """A server that cannot be reached makes nothing else unavailable, and is asked again."""
    for uplink in ("eth", "wifi"):
        router.lab.set_internet(uplink, available=False)
    await set_up_router(router, options=UNSHARED)
    await next_round()
    assert state_of(hass, FIRMWARE) == "unknown"
    assert state_of(hass, ROLE) == "leader"
    for uplink in ("eth", "wifi"):
        router.lab.set_internet(uplink, available=True)
    for _ in range(8):
        await next_round()
    assert state_of(hass, FIRMWARE) == "on"


async def test_update(
    hass: HomeAssistant,
    router: GlS20Simulator,
    entry: ConfigEntry,
    offered: Callable[[], dict[str, Any]],
    incidents: Incidents,
    device_registry: dr.DeviceRegistry,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An update runs to its end, through the restart, with the entity there all the time."""
    caplog.set_level(logging.INFO)
    seen: list[tuple[str, Any]] = []

    @callback
    def note(event: Event[EventStateChangedData]) -> None:
        """Write down what the entity shows."""
        if event.data["entity_id"] == FIRMWARE and (state := event.data["new_state"]):
            seen.append((state.state, state.attributes["in_progress"]))

    hass.bus.async_listen("state_changed", note)
    router.requests.clear()
    await act(hass, "install", FIRMWARE)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert not incidents
    assert offered() == {
        "state": "off",
        "installed_version": "2.1.0",
        "latest_version": "2.1.0",
        "in_progress": False,
        "release_url": None,
    }
    assert router.lab.state()["firmware_version"] == "2.1.0"
    assert router.lab.state()["initialized"] is True
    assert seen[0] == ("on", True)
    assert seen[-1] == ("off", False)
    assert {state for state, _ in seen} == {"on", "off"}
    assert sent(router, "sys/upgrade_online_firmware") == 1
    assert state_of(hass, ROLE) == "detached"
    (device,) = dr.async_entries_for_config_entry(device_registry, entry.entry_id)
    assert device.sw_version == "2.1.0"
    assert not [each for each in caplog.records if each.levelno >= logging.ERROR]


async def test_nothing_disturbs_an_update(
    hass: HomeAssistant,
    router: GlS20Simulator,
    entry: ConfigEntry,
    offered: Callable[[], dict[str, Any]],
    incidents: Incidents,
) -> None:
    """While firmware is installed there are no polls, and no commands but with a clear refusal."""

    async def disturb(_: float) -> None:
        """Do all that a user and time may do meanwhile."""
        assert offered()["in_progress"] is True
        router.requests.clear()
        await entry.runtime_data.async_refresh()
        assert state_of(hass, ROLE) == "leader"
        for action, entity_id in {
            "press": "button.gl_s20_restart",
            "turn_off": "switch.gl_s20_thread_network",
            "turn_on": "switch.gl_s20_pause_polling",
        }.items():
            error = await refused(hass, action, entity_id)
            assert error.translation_key == "device_updating"
        assert router.requests == []
        assert state_of(hass, ROLE) == "leader"

    incidents[30] = disturb
    await act(hass, "install", FIRMWARE)
    assert incidents == {}
    assert offered()["installed_version"] == "2.1.0"
    await act(hass, "turn_on", "switch.gl_s20_pause_polling")
    assert state_of(hass, "switch.gl_s20_pause_polling") == "on"


async def test_update_that_fails(
    hass: HomeAssistant,
    router: GlS20Simulator,
    offered: Callable[[], dict[str, Any]],
    incidents: Incidents,
    next_round: NextRound,
) -> None:
    """A failure is told, and that the firmware is still the old one; another try may succeed."""
    router.lab.set_options(upgrade_outcome="fail")
    error = await refused(hass, "install", FIRMWARE)
    assert error.translation_key == "update_failed"
    assert error.translation_placeholders == {"version": "2.0.1"}
    assert offered() == {
        "state": "on",
        "installed_version": "2.0.1",
        "latest_version": "2.1.0",
        "in_progress": False,
        "release_url": None,
    }
    router.requests.clear()
    await next_round()
    assert ("GET", "/sys/get_info") in router.requests
    router.lab.set_options(upgrade_outcome="succeed")
    await act(hass, "install", FIRMWARE)
    assert not incidents
    assert offered()["installed_version"] == "2.1.0"


async def test_update_that_is_refused(
    hass: HomeAssistant,
    router: GlS20Simulator,
    offered: Callable[[], dict[str, Any]],
    incidents: Incidents,
) -> None:
    """A router that does not begin at all says why."""
    router.lab.set_internet("eth", available=False)
    error = await refused(hass, "install", FIRMWARE)
    assert error.translation_key == "command_refused"
    assert "Server not reachable" in str(error)
    assert offered()["in_progress"] is False
    assert ("GET", "/sys/check_upgrade_status") not in router.requests
    assert not incidents


async def test_update_without_end(
    hass: HomeAssistant,
    router: GlS20Simulator,
    offered: Callable[[], dict[str, Any]],
    incidents: Incidents,
) -> None:
    """An update that never ends is given up, with a warning not to cut the power."""
    router.lab.set_options(upgrade_outcome="never")
    error = await refused(hass, "install", FIRMWARE)
    assert error.translation_key == "update_endless"
    assert offered()["in_progress"] is False
    assert router.requests.count(("GET", "/sys/check_upgrade_status")) == 300
    assert not incidents


async def test_router_that_does_not_come_back(
    hass: HomeAssistant,
    router: GlS20Simulator,
    offered: Callable[[], dict[str, Any]],
    incidents: Incidents,
    next_round: NextRound,
) -> None:
    """A router that stays away is given up after 3 minutes, and found when it returns."""
    router.lab.set_options(restart_seconds=600)
    error = await refused(hass, "install", FIRMWARE)
    assert error.translation_key == "update_not_seen"
    assert error.translation_placeholders == {"device": "GL-S20"}
    assert state_of(hass, FIRMWARE) == "unavailable"
    assert state_of(hass, ROLE) == "unavailable"
    router.lab.advance(600)
    await next_round()
    assert offered()["installed_version"] == "2.1.0"
    assert offered()["in_progress"] is False
    assert state_of(hass, ROLE) == "leader"
    assert not incidents


async def test_router_that_returns_with_the_old_firmware(
    hass: HomeAssistant,
    router: GlS20Simulator,
    offered: Callable[[], dict[str, Any]],
    incidents: Incidents,
) -> None:
    """A restart that brings the old firmware back is no success."""

    async def crash(_: float) -> None:
        """Let the router restart in the middle, which forgets the update."""
        router.lab.reboot(seconds=10)

    incidents[20] = crash
    error = await refused(hass, "install", FIRMWARE)
    assert error.translation_key == "update_not_seen"
    assert offered()["installed_version"] == "2.0.1"
    assert offered()["state"] == "on"
    assert state_of(hass, ROLE) == "leader"


@pytest.mark.parametrize("kind", ["cut", "timeout_status", "garbage", "busy"])
async def test_hiccups(
    hass: HomeAssistant,
    router: GlS20Simulator,
    offered: Callable[[], dict[str, Any]],
    incidents: Incidents,
    kind: str,
) -> None:
    """A few questions without a proper answer do not end an update."""
    match kind:
        case "timeout_status":
            router.lab.break_replies("sys/check_upgrade_status", "drop", 3)
        case "busy":
            router.lab.set_field("sys/check_upgrade_status", "status", 7)

            async def explain(_: float) -> None:
                """Let the status make sense again."""
                router.lab.reset_fields()

            incidents[30] = explain
        case _:
            router.lab.break_replies("sys/check_upgrade_status", kind, 3)
    await act(hass, "install", FIRMWARE)
    assert offered()["installed_version"] == "2.1.0"
    assert not incidents


async def test_silence_during_the_update(
    hass: HomeAssistant,
    router: GlS20Simulator,
    offered: Callable[[], dict[str, Any]],
    incidents: Incidents,
) -> None:
    """A router that answers nothing any more is taken to restart, and waited for."""

    async def fall_silent(_: float) -> None:
        """Let the router be silent for a while."""
        router.lab.break_replies("*", "drop", 14)

    incidents[10] = fall_silent
    await act(hass, "install", FIRMWARE)
    assert offered()["installed_version"] == "2.1.0"


async def test_unloading_during_the_restart(
    hass: HomeAssistant,
    router: GlS20Simulator,
    entry: ConfigEntry,
    offered: Callable[[], dict[str, Any]],
    incidents: Incidents,
) -> None:
    """Who reloads the entry meanwhile ends the wait, not the update."""
    assert offered()["state"] == "on"
    router.requests.clear()

    async def unload(_: float) -> None:
        """Unload the entry."""
        await hass.config_entries.async_unload(entry.entry_id)

    incidents[70] = unload
    error = await refused(hass, "install", FIRMWARE)
    assert error.translation_key == "update_not_followed"
    router.lab.advance(60)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    state = hass.states.get(FIRMWARE)
    assert state is not None
    assert state.attributes["installed_version"] == "2.1.0"
    assert router.requests.count(LOGIN) == 1


async def test_nothing_to_install(router: GlS20Simulator) -> None:
    """Without an offer nothing is installed, whoever asks."""
    (description,) = GL_S20.updates
    with pytest.raises(NotSupported):
        await description.install_fn(None, Snapshot(), print)  # type: ignore[arg-type] # unused then
    assert router.requests == []
