"""The data plan of a modem in Home Assistant."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from custom_components.gatehouse.const import DOMAIN
from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import SetUpModem, state_of

type NextRound = Callable[..., Awaitable[None]]

PLAN = "monitoring/start_date"
STATISTICS = "monitoring/month_statistics"
ALLOWANCE = "number.modem_data_allowance"
BILLING_DAY = "number.modem_billing_day"
WARNING = "number.modem_data_warning"
LEFT = "sensor.modem_data_left_this_month"
PROJECTED = "sensor.modem_projected_use_this_month"
RENEWS = "sensor.modem_data_plan_renews"
NEARLY_USED_UP = "binary_sensor.modem_data_nearly_used_up"
GIBIBYTE = 1024**3


@pytest.fixture
async def modem(modem: HilinkSimulator, freezer: FrozenDateTimeFactory) -> HilinkSimulator:
    """Return a modem on which ten gibibytes have been used in the first half of a month."""
    freezer.move_to(datetime(2026, 9, 16, 7, tzinfo=UTC))  # midnight where Home Assistant is
    modem.lab.set_field(STATISTICS, "CurrentMonthDownload", str(8 * GIBIBYTE))
    modem.lab.set_field(STATISTICS, "CurrentMonthUpload", str(2 * GIBIBYTE))
    return modem


async def set_number(hass: HomeAssistant, entity_id: str, value: float) -> None:
    """Do what a user does with a number."""
    await hass.services.async_call(
        "number", "set_value", {"entity_id": entity_id, "value": value}, blocking=True
    )
    await hass.async_block_till_done()


async def set_plan(hass: HomeAssistant, **fields: Any) -> None:
    """Call the action."""
    await hass.services.async_call(DOMAIN, "set_data_plan", fields, blocking=True)
    await hass.async_block_till_done()


async def test_numbers(hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem) -> None:
    """The plan can be set number by number, and what follows from it appears at once."""
    await set_up(modem)
    assert state_of(hass, ALLOWANCE) == "0.0"
    assert hass.states.get(LEFT) is None
    assert hass.states.get(NEARLY_USED_UP) is None
    await set_number(hass, ALLOWANCE, 12.5)
    assert modem.lab.recorded(PLAN, "DataLimit") == "12800MB"
    assert state_of(hass, ALLOWANCE) == "12.5"
    assert state_of(hass, LEFT) == "2.5"
    assert state_of(hass, NEARLY_USED_UP) == "off"
    await set_number(hass, WARNING, 80)
    assert state_of(hass, NEARLY_USED_UP) == "on"
    await set_number(hass, BILLING_DAY, 31)
    assert modem.lab.recorded(PLAN, "StartDay") == "31"
    assert state_of(hass, RENEWS) == "2026-09-30"


async def test_projection(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem, next_round: NextRound
) -> None:
    """Half of the month used ten gibibytes, so that it will be twenty at its end."""
    await set_up(modem)
    assert float(state_of(hass, PROJECTED)) == pytest.approx(20, abs=0.01)
    assert state_of(hass, RENEWS) == "2026-10-01"
    for _ in range(60):
        await next_round()
    assert float(state_of(hass, PROJECTED)) < 20


async def test_action(hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem) -> None:
    """The action sets everything at once."""
    await set_up(modem)
    await set_plan(hass, allowance=60, billing_day=15, warning=95)
    assert modem.modem.record(PLAN) == {
        **modem.modem.profile.fields(PLAN),
        "StartDay": "15",
        "DataLimit": "60GB",
        "MonthThreshold": "95",
        "SetMonthData": "1",
        "trafficmaxlimit": str(60 * GIBIBYTE),
    }
    assert [state_of(hass, each) for each in (ALLOWANCE, BILLING_DAY, WARNING, LEFT)] == [
        "60.0",
        "15",
        "95",
        "50.0",
    ]
    assert modem.requests.count(("POST", f"/api/{PLAN}")) == 1


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({}, "nothing_to_change"),
        ({"allowance": -1}, "out_of_range"),
        ({"billing_day": 32, "warning": 50}, "out_of_range"),
        ({"warning": 101}, "out_of_range"),
    ],
)
async def test_bad_input(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    set_up: SetUpModem,
    fields: dict[str, Any],
    key: str,
) -> None:
    """What cannot be right changes nothing."""
    await set_up(modem)
    with pytest.raises(ServiceValidationError) as error:
        await set_plan(hass, **fields)
    assert error.value.translation_key == key
    assert modem.modem.record(PLAN) == modem.modem.profile.fields(PLAN)


async def test_refusal(hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem) -> None:
    """What the device refuses is told, and the numbers keep showing the truth."""
    await set_up(modem)
    modem.lab.set_endpoint(PLAN, {**modem.modem.record(PLAN), "DataLimit": "?"})
    modem.lab.break_replies(PLAN, "error", 2, code=100006)
    with pytest.raises(HomeAssistantError) as error:
        await set_plan(hass, billing_day=9)
    assert error.value.translation_key == "command_refused"
    assert state_of(hass, BILLING_DAY) == "1"


async def test_modem_without_plan(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem, next_round: NextRound
) -> None:
    """A firmware that counts no months has no such entities, until a newer one does."""
    plan = modem.modem.record(PLAN)
    modem.lab.remove_endpoint(PLAN)
    await set_up(modem)
    assert hass.states.get(ALLOWANCE) is None
    assert hass.states.get(PROJECTED) is None
    modem.lab.set_endpoint(PLAN, plan)
    await next_round(3700)
    for _ in range(20):
        await next_round()
    assert state_of(hass, ALLOWANCE) == "0.0"
    assert state_of(hass, PROJECTED) != "unavailable"
