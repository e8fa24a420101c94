"""What a user sees when something goes wrong with a router, and that it heals by itself."""

import logging
from typing import Any

from aiohttp import ClientTimeout
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest

from custom_components.gatehouse.clients.hiwifi.call import Call
from simulators.faults import FaultKind
from simulators.hiwifi import Firmware, HiwifiSimulator
from simulators.hiwifi.options import Cloud, CodePlace, CodeStyle, MacStyle, SessionLoss
from tests.conftest import state_of
from tests.families.gl_s20.action_helpers import act as call_action
from tests.flow_helpers import flows

from .conftest import MAC, SetUpRouter, StartRouter
from .entity_helpers import NextRound, act, all_shown, refused, shown

BOTH_WAYS = pytest.mark.parametrize("signed", [False, True], ids=["password", "signature"])

CONNECTION = "binary_sensor.router_connection"
INTERNET = "binary_sensor.router_internet"
RATE = "sensor.router_download_rate"
LED = "switch.router_led"
ENTITIES = (INTERNET, "sensor.router_clients", "sensor.router_wan_type", LED)
WELL = ["on", "5", "dhcp", "on"]
AWAY = ["unavailable"] * len(WELL)

OTHER_ROUTER = "D4EE07FFFFFF"


def complaints(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what the integration logged as a problem."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelno >= logging.WARNING and "gatehouse" in record.name
    ]


@BOTH_WAYS
async def test_restart(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    caplog: pytest.LogCaptureFixture,
    *,
    signed: bool,
) -> None:
    """While the router restarts, the connection is what shows it; afterwards all is back."""
    caplog.set_level(logging.INFO)
    await set_up_router(router, signed=signed)
    router.lab.reboot(seconds=60)
    for _ in range(2):
        await next_round()
        assert state_of(hass, CONNECTION) == "off"
        assert shown(hass, *ENTITIES) == AWAY
    router.lab.advance(90)
    await next_round()
    assert state_of(hass, CONNECTION) == "on"
    assert shown(hass, *ENTITIES) == WELL
    assert router.lab.state()["logins"] == (0 if signed else 2)
    assert len(complaints(caplog)) == 1
    assert "Traceback" not in caplog.text
    assert not flows(hass)


@pytest.mark.parametrize("cloud", [Cloud.BAD_GATEWAY, Cloud.GATEWAY_TIMEOUT, Cloud.PAGE])
async def test_handed_on(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    cloud: Cloud,
) -> None:
    """A router that hands requests on to the dead cloud is shown as gone, and asks for nothing."""
    router = await start_router(firmware=Firmware.V0_9007, cloud=cloud)
    await set_up_router(router, signed=True)
    monkeypatch.setattr(router._client_api, "is_local", lambda _: False)
    await next_round()
    assert shown(hass, CONNECTION, INTERNET, "sensor.router_clients") == ["on", *AWAY[:2]]
    await next_round()
    assert shown(hass, CONNECTION, INTERNET, LED) == ["off", *AWAY[:2]]
    assert router.lab.handed_on >= 2
    (complaint,) = complaints(caplog)
    assert "makes no sense" in complaint
    assert not flows(hass)
    monkeypatch.undo()
    await next_round()
    assert state_of(hass, CONNECTION) == "on"
    assert state_of(hass, "sensor.router_clients") == "5"


@pytest.mark.parametrize(
    ("cloud", "reason"),
    [
        (Cloud.BAD_GATEWAY, "makes no sense"),
        (Cloud.GATEWAY_TIMEOUT, "makes no sense"),
        (Cloud.PAGE, "makes no sense"),
        (Cloud.SILENT, "does not answer"),
    ],
)
async def test_handed_on_at_the_start(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    monkeypatch: pytest.MonkeyPatch,
    cloud: Cloud,
    reason: str,
) -> None:
    """An entry waits, and says why, until the router answers itself."""
    if cloud is Cloud.SILENT:
        monkeypatch.setattr(Call, "patience", ClientTimeout(total=0.5))
    router = await start_router(firmware=Firmware.V0_9007, cloud=cloud)
    entry = await set_up_router(router, signed=True, mac=OTHER_ROUTER)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert reason in (entry.reason or "")
    monkeypatch.undo()
    hass.config_entries.async_update_entry(entry, data={**entry.data, "mac": MAC})
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    assert state_of(hass, "sensor.router_clients") == "5"


async def test_cloud_says_nothing(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody waits forever for a cloud that says nothing."""
    router = await start_router(firmware=Firmware.V0_9007, cloud=Cloud.SILENT)
    await set_up_router(router, signed=True)
    monkeypatch.setattr(Call, "patience", ClientTimeout(total=0.5))
    monkeypatch.setattr(router._client_api, "is_local", lambda _: False)
    for action in ("turn_on", "turn_off"):
        await act(hass, action, "switch.router_pause_polling")
    assert state_of(hass, CONNECTION) == "off"
    assert not flows(hass)


@BOTH_WAYS
async def test_one_method_refused(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    caplog: pytest.LogCaptureFixture,
    *,
    signed: bool,
) -> None:
    """A permission that is gone costs only what it was for, until it is given again."""
    await set_up_router(router, signed=signed)
    router.lab.set_options(refused_methods=["network.ipstat.get_realspeed"])
    for _ in range(3):
        await next_round()
        assert state_of(hass, RATE) == "unavailable"
        assert shown(hass, *ENTITIES) == WELL
    assert state_of(hass, CONNECTION) == "on"
    assert complaints(caplog) == []
    assert not flows(hass)
    router.lab.set_options(refused_methods=[])
    await next_round(3601)
    await next_round()
    assert state_of(hass, RATE) not in {"unavailable", "unknown"}


@BOTH_WAYS
async def test_never_permitted(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    *,
    signed: bool,
) -> None:
    """What this login may not read has no entities; what it may not switch says so."""
    router = await start_router(
        refused_methods=("network.ipstat.get_realspeed", "system.led.set_status")
    )
    entry = await set_up_router(router, signed=signed)
    assert entry.state is ConfigEntryState.LOADED
    assert hass.states.get(RATE) is None
    assert shown(hass, *ENTITIES) == WELL
    error = await refused(hass, "turn_off", LED)
    assert "does not allow this" in str(error)
    assert router.lab.state()["led"]


@pytest.mark.parametrize("code_place", CodePlace)
@pytest.mark.parametrize("code_style", CodeStyle)
async def test_codes_disagree(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    code_place: CodePlace,
    code_style: CodeStyle,
) -> None:
    """A refusal is one, whichever of the codes says so while the other says 0."""
    router = await start_router(
        code_place=code_place,
        code_style=code_style,
        refused_methods=("network.ipstat.get_realspeed", "system.led.set_status"),
    )
    await set_up_router(router, signed=True)
    assert hass.states.get(RATE) is None
    assert shown(hass, *ENTITIES) == WELL
    assert "does not allow this" in str(await refused(hass, "turn_off", LED))


@BOTH_WAYS
@pytest.mark.usefixtures("freezer")
@pytest.mark.parametrize(
    "drift",
    [
        {"numbers_as_text": True, "numeric_booleans": True},
        {"data_as_text": True},
        {"empty_list_as_object": True, "mac_style": MacStyle.BARE, "code_style": CodeStyle.STRING},
    ],
    ids=["numbers", "texts", "others"],
)
async def test_loose_types(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    drift: dict[str, Any],
    *,
    signed: bool,
) -> None:
    """However the router writes numbers, objects and addresses, the same is shown."""
    entry = await set_up_router(await start_router(), signed=signed)
    platforms = ("binary_sensor", "sensor", "switch", "select")
    usual = all_shown(hass, *platforms)
    assert len(usual) > 25
    await hass.config_entries.async_remove(entry.entry_id)
    await set_up_router(await start_router(**drift), signed=signed)
    assert all_shown(hass, *platforms) == usual


@BOTH_WAYS
@pytest.mark.parametrize("firmware", [Firmware.V0_9007, Firmware.V1_4_8])
async def test_names_as_they_are(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    firmware: Firmware,
    *,
    signed: bool,
) -> None:
    """A name with an apostrophe, quotes and Chinese letters arrives, also by way of a shell."""
    router = await start_router(firmware=firmware, shell_signature=True)
    await set_up_router(router, signed=signed)
    name = 'Bob\'s "net" $(家)'
    await call_action(hass, "set_wifi", network="main_2_4", ssid=name)
    assert router.lab.state()["networks"]["master"]["ssid"] == name


@pytest.mark.parametrize(
    ("options", "minutes"),
    [({"max_failed_logins": 3}, 30), ({"max_failed_logins": 1, "lock_seconds": 600}, 10)],
    ids=["near", "there"],
)
async def test_lock_out(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    options: dict[str, Any],
    minutes: int,
) -> None:
    """The last attempts are left to the owner: one wrong password is sent, then nobody tries."""
    router = await start_router(**options)
    entry = await set_up_router(router, password="wrong")
    for _ in range(3):
        assert entry.state is ConfigEntryState.SETUP_RETRY
        assert f"about {minutes} minutes" in (entry.reason or "")
        await hass.config_entries.async_reload(entry.entry_id)
        await hass.async_block_till_done()
    assert router.lab.state()["refused_logins"] == 1


async def test_somebody_else_once(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Whoever looked at the router's page and left costs one login, and nothing is seen of it."""
    await set_up_router(router)
    await next_round()
    router.lab.steal_session()
    await next_round()
    assert shown(hass, *ENTITIES) == WELL
    assert router.lab.state()["logins"] == 2
    assert complaints(caplog) == []


async def test_somebody_else_stays(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Whoever works on the router's page is left in peace for minutes at a time."""
    await set_up_router(router)
    await next_round()
    router.lab.steal_session(logins=3)
    await next_round()
    assert state_of(hass, CONNECTION) == "off"
    assert shown(hass, *ENTITIES) == AWAY
    (complaint,) = complaints(caplog)
    assert "Somebody else is logged in" in complaint
    before = router.lab.state()["logins"]
    await next_round()
    assert router.lab.state()["logins"] == before
    for _ in range(12):
        await next_round(300)
    assert shown(hass, *ENTITIES) == WELL
    assert router.lab.state()["logins"] <= before + 3
    assert not flows(hass)


@pytest.mark.parametrize("session_loss", SessionLoss)
async def test_session_expired(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    caplog: pytest.LogCaptureFixture,
    session_loss: SessionLoss,
) -> None:
    """A session that is over is renewed, however the router says so; a command is not lost."""
    router = await start_router(session_loss=session_loss)
    await set_up_router(router)
    await next_round()
    router.lab.expire_sessions()
    await next_round()
    assert shown(hass, *ENTITIES) == WELL
    router.lab.expire_sessions()
    router.lab.reset_counts()
    await act(hass, "turn_off", LED)
    assert state_of(hass, LED) == "off"
    assert router.lab.calls()["system.led.set_status"] == 1
    assert router.lab.state()["logins"] == 3
    assert complaints(caplog) == []


@BOTH_WAYS
@pytest.mark.parametrize(
    "kind", [FaultKind.GARBAGE, FaultKind.HTML, FaultKind.EMPTY, FaultKind.TRUNCATED]
)
async def test_one_odd_reply(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    caplog: pytest.LogCaptureFixture,
    kind: FaultKind,
    *,
    signed: bool,
) -> None:
    """A reply that is none is no loss of connection, and the next round heals it."""
    await set_up_router(router, signed=signed)
    router.lab.break_replies("call" if signed else "proxy/call", kind)
    await next_round()
    assert state_of(hass, CONNECTION) == "on"
    await next_round()
    assert shown(hass, *ENTITIES) == WELL
    assert complaints(caplog) == []


@BOTH_WAYS
async def test_command_without_proper_reply(
    hass: HomeAssistant, router: HiwifiSimulator, set_up_router: SetUpRouter, *, signed: bool
) -> None:
    """Nobody knows whether it was carried out, and it is not sent again."""
    await set_up_router(router, signed=signed)
    router.lab.break_replies("call" if signed else "proxy/call", FaultKind.GARBAGE, executed=True)
    router.lab.reset_counts()
    error = await refused(hass, "turn_off", LED)
    assert "before the device answered" in str(error)
    assert router.lab.calls()["system.led.set_status"] == 1


@BOTH_WAYS
async def test_one_odd_value(
    hass: HomeAssistant,
    router: HiwifiSimulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    *,
    signed: bool,
) -> None:
    """A value that makes no sense costs its own entity only."""
    await set_up_router(router, signed=signed)
    router.lab.set_field("wan.get_inet_stat", "status", "perhaps")
    await next_round()
    assert shown(hass, *ENTITIES) == ["unknown", *WELL[1:]]
    router.lab.reset_fields()
    await next_round()
    assert shown(hass, *ENTITIES) == WELL
