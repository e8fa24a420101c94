"""Changing the data plan of a modem."""

import pytest

from custom_components.gatehouse.clients.errors import CommandRefused
from custom_components.gatehouse.clients.hilink.client import HilinkClient
from simulators.hilink.simulator import HilinkSimulator
from tests.clients.hilink.conftest import NewClient, gets, posts
from tests.conftest import StartModem

PLAN = "monitoring/start_date"
MEBIBYTE = 1024**2
GIBIBYTE = 1024**3


@pytest.mark.parametrize(
    ("limit", "text", "stored"),
    [
        (60 * GIBIBYTE, "60GB", 60 * GIBIBYTE),
        (GIBIBYTE // 2, "512MB", GIBIBYTE // 2),
        (GIBIBYTE // 10, "102MB", 102 * MEBIBYTE),
        (1, "1MB", MEBIBYTE),
        (0, "0MB", 0),
    ],
)
async def test_limit(
    modem: HilinkSimulator, client: HilinkClient, limit: int, text: str, stored: int
) -> None:
    """A limit is kept in whole gibibytes or mebibytes, and never becomes none by rounding."""
    await client.data_plan_settings.set(data_limit=limit)
    assert modem.lab.recorded(PLAN, "DataLimit") == text
    assert modem.lab.recorded(PLAN, "trafficmaxlimit") == str(stored)
    assert modem.lab.recorded(PLAN, "SetMonthData") == "1"
    assert (await client.data_plan()).data_limit == (stored or None)


@pytest.mark.parametrize("profile", ["h165-383", "b525s-23a", "e3372"])
async def test_rest_stays(start_modem: StartModem, new_client: NewClient, profile: str) -> None:
    """What is not changed is sent as the device had it, in one request after one look."""
    modem = await start_modem(profile=profile)
    modem.lab.set_endpoint(PLAN, {**modem.modem.record(PLAN), "turnoffdataswitch": "1"})
    before = modem.modem.record(PLAN)
    await new_client(modem).data_plan_settings.set(start_day=31)
    assert modem.modem.record(PLAN) == {**before, "StartDay": "31", "SetMonthData": "1"}
    assert (gets(modem, PLAN), posts(modem, PLAN)) == (1, 1)


async def test_threshold(modem: HilinkSimulator, client: HilinkClient) -> None:
    """The warning can be set alone."""
    await client.data_plan_settings.set(month_threshold=75)
    plan = await client.data_plan()
    assert (plan.month_threshold, plan.start_day) == (75, 1)


async def test_refusal(modem: HilinkSimulator, client: HilinkClient) -> None:
    """A refusal changes nothing, and the request is not repeated."""
    before = modem.modem.record(PLAN)
    modem.lab.break_replies(PLAN, "error", None, code=100006)
    with pytest.raises(CommandRefused):
        await client.data_plan_settings.set(start_day=2)
    assert modem.modem.record(PLAN) == before


async def test_month_begins_on_the_last_day_of_a_short_one(
    start_modem: StartModem, new_client: NewClient
) -> None:
    """A modem whose plan renews on the 31st begins anew on the 30th of September."""
    modem = await start_modem()
    client = new_client(modem)
    await client.data_plan_settings.set(start_day=31)
    modem.lab.advance(28 * 86400)
    used = (await client.month_statistics()).month_total
    modem.lab.advance(86400)
    after = (await client.month_statistics()).month_total
    assert used is not None
    assert after is not None
    assert after < used
