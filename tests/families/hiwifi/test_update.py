"""Firmware updates of a router, where anybody still offers some."""

from collections.abc import Awaitable, Callable
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
import pytest

from custom_components.gatehouse import update
from custom_components.gatehouse.const import DOMAIN
from custom_components.gatehouse.families.hiwifi import firmware
from simulators.hiwifi import HiwifiSimulator
from simulators.hiwifi.system_methods import CHANGELOG
from tests.conftest import state_of

from .conftest import MAC, SetUpRouter, StartRouter
from .entity_helpers import NextRound, act, refused

FIRMWARE = "update.router_firmware"
CLIENTS = "sensor.router_clients"
OLD = "1.4.8.20462s"
NEW = "1.4.9.30001s"
CHECK = "system.upgrade.check"
START = "system.upgrade.start"

type Hasten = Callable[[HiwifiSimulator], None]


@pytest.fixture(autouse=True)
def enabled(entity_registry_enabled_by_default: None) -> None:
    """Let the owner have enabled the entity."""


@pytest.fixture
def hasten(monkeypatch: pytest.MonkeyPatch) -> Hasten:
    """Return a function that lets a router's time pass at once while an update waits."""

    def hasten(router: HiwifiSimulator) -> None:
        """Let time pass."""

        async def pass_time(seconds: float) -> None:
            """Let time pass for the router."""
            router.lab.advance(seconds)

        monkeypatch.setattr(update, "sleep", pass_time)
        monkeypatch.setattr(firmware, "sleep", pass_time)

    return hasten


def offered(hass: HomeAssistant) -> dict[str, Any]:
    """Return what the entity shows."""
    state = hass.states.get(FIRMWARE)
    assert state is not None
    keys = ("installed_version", "latest_version", "in_progress")
    return {"state": state.state} | {key: state.attributes[key] for key in keys}


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize(
    ("server", "state", "latest"),
    [("dead", "unknown", None), ("current", "off", OLD), ("newer", "on", NEW)],
)
async def test_offer(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    server: str,
    state: str,
    latest: str | None,
    *,
    signed: bool,
) -> None:
    """What is offered is known soon after set-up, if anybody can be asked."""
    router = await start_router(upgrade_server=server)
    await set_up_router(router, signed=signed)
    assert offered(hass) == {
        "state": "unknown",
        "installed_version": OLD,
        "latest_version": None,
        "in_progress": False,
    }
    await next_round()
    assert offered(hass)["state"] == state
    assert offered(hass)["latest_version"] == latest
    assert state_of(hass, CLIENTS) == "5"


async def test_release_notes(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    hass_ws_client: Callable[..., Awaitable[Any]],
) -> None:
    """The router tells what is new."""
    await set_up_router(await start_router(upgrade_server="newer"))
    await next_round()
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "update/release_notes", "entity_id": FIRMWARE})
    assert (await client.receive_json())["result"] == CHANGELOG


async def test_slow_server(
    router: HiwifiSimulator, set_up_router: SetUpRouter, next_round: NextRound
) -> None:
    """The router may wait long for its server, so the check shares no request with anything."""
    await set_up_router(router)
    router.lab.reset_counts()
    await next_round()
    assert router.lab.calls()[CHECK] == 1
    assert router.lab.counts() == {"proxy/call": 2}


@pytest.mark.parametrize("signed", [False, True])
async def test_install(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    hasten: Hasten,
    *,
    signed: bool,
) -> None:
    """The update is installed once, and the router is back with the new firmware."""
    router = await start_router(upgrade_server="newer")
    entry = await set_up_router(router, signed=signed)
    await next_round()
    hasten(router)
    await act(hass, "install", FIRMWARE)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert offered(hass) == {
        "state": "off",
        "installed_version": NEW,
        "latest_version": NEW,
        "in_progress": False,
    }
    assert router.lab.calls()[START] == 1
    assert router.lab.calls()["system.upgrade.get_progress"] > 10
    device = dr.async_get(hass).async_get_device_by_identifier((DOMAIN, MAC), entry.entry_id)
    assert device is not None
    assert device.sw_version == NEW
    # Those without a cable take longer to come back.
    assert state_of(hass, CLIENTS) == "2"


@pytest.mark.parametrize("missing", [True, False])
async def test_progress_that_is_not_told(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    hasten: Hasten,
    *,
    missing: bool,
) -> None:
    """A router that does not tell how far it is, like an older one, is waited for."""
    options: dict[str, Any] = {"firmware": "0.9007", "upgrade_version": "0.9009.1.1s"}
    if missing:
        options = {"missing_methods": ("system.upgrade.get_progress",)}
    router = await start_router(upgrade_server="newer", upgrade_seconds=120, **options)
    await set_up_router(router)
    await next_round()
    hasten(router)
    await act(hass, "install", FIRMWARE)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert offered(hass)["installed_version"] == router.router.options.upgrade_version
    assert offered(hass)["state"] == "off"


async def test_nothing_to_install(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    hasten: Hasten,
) -> None:
    """A router that refuses goes on as before."""
    router = await start_router(upgrade_server="newer")
    await set_up_router(router)
    await next_round()
    hasten(router)
    router.lab.set_options(upgrade_server="current")
    error = await refused(hass, "install", FIRMWARE)
    assert error.translation_key == "command_refused"
    assert error.translation_placeholders == {
        "message": "there is no newer firmware",
        "code": "528",
    }
    assert offered(hass)["in_progress"] is False
    assert state_of(hass, CLIENTS) == "5"


async def test_endless_download(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    hasten: Hasten,
) -> None:
    """A download that never ends is given up."""
    router = await start_router(upgrade_server="newer", upgrade_seconds=86400)
    await set_up_router(router)
    await next_round()
    hasten(router)
    assert (await refused(hass, "install", FIRMWARE)).translation_key == "update_endless"
    assert offered(hass)["in_progress"] is False


async def test_pages_only(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """Where the firmware could not be told to update itself there is no entity."""
    await set_up_router(await start_router(firmware="0.9003"))
    assert hass.states.get(FIRMWARE) is None
    assert state_of(hass, CLIENTS) == "5"
