"""Readings that fail and heal: what moves, what stays, and what the owner is told of it."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.json import json_dumps
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import SetUpModem, state_of

type NextRound = Callable[..., Awaitable[None]]

HEALTH = "sensor.modem_health"
PAUSE = "switch.modem_pause_polling"
NOT_SUPPORTED: Final = 100002
NOT_PERMITTED: Final = 100003
MOST_ROUNDS: Final = 120

OF_READING: Final = {
    "device/signal": ("signal", {"sensor.modem_rsrp", "sensor.modem_band"}),
    "monitoring/month_statistics": ("month", {"sensor.modem_data_used_this_month"}),
    "monitoring/start_date": ("data_plan", {"number.modem_billing_day"}),
    "dialup/mobile-dataswitch": ("mobile_data", {"switch.modem_mobile_data"}),
}
"""By endpoint the reading, and some of the entities that it feeds."""

OUTCOMES: Final = {
    "malformed": ("garbage", 0, "failing", "MalformedReply"),
    "denied": ("error", NOT_PERMITTED, "denied", "NotPermitted"),
    "unsupported": ("error", NOT_SUPPORTED, "unsupported", "NotSupported"),
}


def states(hass: HomeAssistant) -> dict[str, bool]:
    """Return which entities have something to show."""
    return {each.entity_id: each.state != "unavailable" for each in hass.states.async_all()}


def attribute(hass: HomeAssistant, name: str) -> Any:
    """Return an attribute of the health sensor."""
    state = hass.states.get(HEALTH)
    assert state is not None
    return state.attributes[name]


async def wait_for(next_round: NextRound, condition: Callable[[], bool]) -> None:
    """Let time pass, more than an hour, until something has come true."""
    await next_round(3700)
    for _ in range(MOST_ROUNDS):
        if condition():
            return
        await next_round()
    pytest.fail("it never came true")


@pytest.fixture
async def entry(modem: HilinkSimulator, set_up: SetUpModem) -> MockConfigEntry:
    """Return the entry of a modem of which everything can be read."""
    return await set_up(modem)


@pytest.mark.parametrize("endpoint", OF_READING)
async def test_reading_that_turns_and_heals(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    entry: MockConfigEntry,
    next_round: NextRound,
    endpoint: str,
) -> None:
    """Malformed, denied, unsupported and healthy again: only the reading's own entities move."""
    healthy = states(hass)
    name, own = OF_READING[endpoint]
    assert all(healthy[each] for each in own)
    assert state_of(hass, HEALTH) == "ok"
    for kind, code, outcome, error in OUTCOMES.values():
        modem.lab.break_replies(endpoint, kind, None, code=code)

        def turned(outcome: str = outcome) -> bool:
            """Tell whether it is known."""
            trouble: Any = attribute(hass, "troubles").get(name, {})
            return bool(trouble.get("outcome") == outcome and trouble["failures"] > 1)

        await wait_for(next_round, turned)
        moved = {each for each, shown in states(hass).items() if shown != healthy[each]}
        assert own <= moved
        assert not moved & {
            each for _, entities in OF_READING.values() if entities != own for each in entities
        }
        assert state_of(hass, "sensor.modem_connection_status") == "connected"
        assert state_of(hass, HEALTH) == "degraded"
        [(sick, trouble)] = attribute(hass, "troubles").items()
        assert (sick, trouble["outcome"], trouble["error"]) == (name, outcome, error)
        assert trouble["last_success"] is not None
        modem.lab.repair()
        await wait_for(next_round, lambda: state_of(hass, HEALTH) == "ok")
        assert states(hass) == healthy
        assert attribute(hass, "troubles") == {}


async def test_one_reading_after_the_other(
    hass: HomeAssistant, modem: HilinkSimulator, entry: MockConfigEntry, next_round: NextRound
) -> None:
    """A reading passes through all outcomes without being healthy between them."""
    band = "sensor.modem_band"
    for kind, code, outcome, _ in OUTCOMES.values():
        modem.lab.repair()
        modem.lab.break_replies("device/signal", kind, None, code=code)
        await next_round(3700)
        await next_round()
        assert attribute(hass, "troubles")["signal"]["outcome"] == outcome
        assert state_of(hass, band) == "unavailable"
    modem.lab.repair()
    await wait_for(next_round, lambda: state_of(hass, band) != "unavailable")


async def test_what_never_was_is_no_trouble(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem
) -> None:
    """A modem that cannot do everything is as healthy as any."""
    modem.lab.remove_endpoint("ussd/status")
    await set_up(modem)
    assert state_of(hass, HEALTH) == "ok"
    assert attribute(hass, "troubles") == {}
    assert "ussd_status" in attribute(hass, "never_read")
    assert attribute(hass, "outcomes")["unsupported"] >= 1


async def test_away_and_paused(
    hass: HomeAssistant, modem: HilinkSimulator, entry: MockConfigEntry, next_round: NextRound
) -> None:
    """The sensor has a word for a modem that is away and for one that is left alone."""
    await hass.services.async_call("switch", "turn_on", {"entity_id": PAUSE}, blocking=True)
    assert state_of(hass, HEALTH) == "paused"
    await hass.services.async_call("switch", "turn_off", {"entity_id": PAUSE}, blocking=True)
    assert state_of(hass, HEALTH) == "ok"
    modem.lab.reboot(600)
    await next_round()
    assert state_of(hass, HEALTH) == "offline"
    modem.lab.advance(600)
    await next_round()
    assert state_of(hass, HEALTH) == "ok"


async def test_feature_that_appears_later(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem, next_round: NextRound
) -> None:
    """A SIM card that is put in later brings its entities, and so does newer firmware."""
    modem.lab.set_options(sim_present=False)
    modem.lab.set_field("device/signal", "rsrp", None)
    modem.lab.remove_endpoint("monitoring/month_statistics")
    await set_up(modem)
    used, rsrp = "sensor.modem_data_used_this_month", "sensor.modem_rsrp"
    assert state_of(hass, "sensor.modem_connection_status") != "connected"
    assert hass.states.get(rsrp) is None
    assert hass.states.get(used) is None

    modem.lab.set_options(sim_present=True)
    modem.lab.reset_fields()
    modem.lab.advance(60)
    await next_round()
    assert state_of(hass, rsrp) != "unavailable"
    assert hass.states.get(used) is None

    profile = modem.modem.profile.fields("monitoring/month_statistics")
    modem.lab.set_endpoint("monitoring/month_statistics", profile)
    await wait_for(next_round, lambda: hass.states.get(used) is not None)
    assert float(state_of(hass, used)) > 0


async def test_diagnostics(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    modem: HilinkSimulator,
    entry: MockConfigEntry,
    next_round: NextRound,
) -> None:
    """They say the same, by names and counts."""
    modem.lab.break_replies("device/signal", "error", None, code=NOT_PERMITTED)
    await next_round()
    await next_round()
    assert await async_setup_component(hass, "diagnostics", {})
    diagnostics: Any = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    health = diagnostics["health"]
    assert health["state"] == "degraded"
    assert health["outcomes"]["denied"] == 1
    assert health["outcomes"]["ok"] > 5
    trouble = health["troubles"]["signal"]
    assert trouble.pop("last_success")
    assert trouble == {"outcome": "denied", "error": "NotPermitted", "failures": 2}
    assert "-96" not in json_dumps(health)
