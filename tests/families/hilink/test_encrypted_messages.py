"""A modem whose firmware encrypts its list of messages in a way that nobody knows."""

from collections.abc import Awaitable, Callable
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.gatehouse.const import DOMAIN
from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import SetUpModem, state_of
from tests.families.hilink.conftest import ANN, StartEmpty

type NextRound = Callable[..., Awaitable[None]]


def issue_of(hass: HomeAssistant, entry: MockConfigEntry) -> ir.IssueEntry | None:
    """Return the issue."""
    return ir.async_get(hass).async_get_issue(DOMAIN, f"{entry.entry_id}_sms_encrypted")


async def repair(hass_client: ClientSessionGenerator, issue: ir.IssueEntry | None) -> Any:
    """Open the form and submit it."""
    assert issue is not None
    client = await hass_client()
    url = "/api/repairs/issues/fix"
    response = await client.post(url, json={"handler": DOMAIN, "issue_id": issue.issue_id})
    form = await response.json()
    response = await client.post(f"{url}/{form['flow_id']}", json={})
    return await response.json()


@pytest.fixture
async def modem(start_empty: StartEmpty) -> HilinkSimulator:
    """Return such a modem, which has a message."""
    modem = await start_empty(sms_encryption="unreadable")
    modem.lab.inject_sms(ANN, "Hello")
    return modem


async def test_encrypted_list(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    set_up: SetUpModem,
    next_round: NextRound,
    hass_client: ClientSessionGenerator,
) -> None:
    """The owner is told why no message is; with other firmware all is well at once."""
    assert await async_setup_component(hass, "repairs", {})
    entry = await set_up(modem)
    for _ in range(60):
        await next_round()
        if issue_of(hass, entry):
            break
    assert state_of(hass, "sensor.modem_unread_messages") == "1"
    assert state_of(hass, "sensor.modem_rsrp") != "unavailable"
    result = await repair(hass_client, issue_of(hass, entry))
    assert (result["type"], result["reason"]) == ("abort", "fix_failed")
    assert "still encrypts" in result["description_placeholders"]["error"]

    modem.lab.set_options(sms_encryption="none")
    result = await repair(hass_client, issue_of(hass, entry))
    assert result["type"] == "create_entry"
    await hass.async_block_till_done()
    assert issue_of(hass, entry) is None


async def test_plain_list(
    hass: HomeAssistant, start_empty: StartEmpty, set_up: SetUpModem, next_round: NextRound
) -> None:
    """A list that can be read is no issue, and neither is one that is broken in another way."""
    modem = await start_empty()
    entry = await set_up(modem)
    modem.lab.break_replies("sms/sms-list", "garbage", None)
    for _ in range(40):
        await next_round()
    assert issue_of(hass, entry) is None
