"""What keeps Gatehouse out of a modem: told once, mended by the owner, gone with its reason."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.gatehouse.const import DOMAIN
from simulators.hilink.simulator import HilinkSimulator
from tests.conftest import SetUpModem, StartModem, state_of
from tests.flow_helpers import flows
from tests.simulators.browser import Browser

type NextRound = Callable[..., Awaitable[None]]

LOGIN = ("POST", "/api/user/authentication_login")
NEW_PASSWORD = "a new password"
PAUSE = "switch.modem_pause_polling"
FIX = "/api/repairs/issues/fix"
RSRP = "sensor.modem_rsrp"


def issue_of(hass: HomeAssistant, entry: MockConfigEntry, key: str) -> ir.IssueEntry | None:
    """Return an issue of the modem."""
    return ir.async_get(hass).async_get_issue(DOMAIN, f"{entry.entry_id}_{key}")


class Repair:
    """A repair in the hands of the owner."""

    def __init__(self, hass: HomeAssistant, hass_client: ClientSessionGenerator) -> None:
        """Prepare to open a form."""
        self._hass = hass
        self._hass_client = hass_client
        self._url = FIX

    async def open(self, issue: ir.IssueEntry | None) -> dict[str, Any]:
        """Open the form."""
        assert issue is not None
        await async_setup_component(self._hass, "repairs", {})
        self._url = FIX
        return await self._post({"handler": DOMAIN, "issue_id": issue.issue_id})

    async def submit(self, **fields: str) -> dict[str, Any]:
        """Fill in the form and submit it."""
        result = await self._post(fields)
        await self._hass.async_block_till_done()
        return result

    async def _post(self, fields: dict[str, str]) -> dict[str, Any]:
        """Send a request to Home Assistant."""
        client = await self._hass_client()
        response = await client.post(self._url, json=fields)
        assert response.status == HTTPStatus.OK
        result: dict[str, Any] = await response.json()
        self._url = f"{FIX}/{result['flow_id']}"
        return result


@pytest.fixture
def repair(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> Repair:
    """Return a repair that is not open yet."""
    return Repair(hass, hass_client)


def lock(modem: HilinkSimulator, minutes: int) -> None:
    """Let somebody else lock logins out."""
    modem.lab.expire_sessions()
    modem.lab.set_field("user/state-login", "lockstatus", "1")
    modem.lab.set_field("user/state-login", "remainwaittime", str(minutes))


async def test_lock_out(
    hass: HomeAssistant,
    modem: HilinkSimulator,
    set_up: SetUpModem,
    next_round: NextRound,
    repair: Repair,
) -> None:
    """The owner is told for how long, and can try earlier without any harm."""
    entry = await set_up(modem)
    lock(modem, 3)
    await next_round()
    issue = issue_of(hass, entry, "locked_out")
    modem.requests.clear()
    form = await repair.open(issue)
    assert form["description_placeholders"]["minutes"] == "3"
    result = await repair.submit()
    assert (result["type"], result["reason"]) == ("abort", "fix_failed")
    assert "about 3 minutes" in result["description_placeholders"]["error"]
    assert LOGIN not in modem.requests

    modem.lab.reset_fields()
    await repair.open(issue_of(hass, entry, "locked_out"))
    result = await repair.submit()
    assert result["type"] == "create_entry"
    assert issue_of(hass, entry, "locked_out") is None
    assert state_of(hass, RSRP) != "unavailable"
    assert modem.requests.count(LOGIN) == 1


async def test_lock_out_that_ends(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem, next_round: NextRound
) -> None:
    """The issue goes with its reason, also where the modem could not even be set up."""
    lock(modem, 1)
    entry = await set_up(modem)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert issue_of(hass, entry, "locked_out") is not None
    modem.lab.reset_fields()
    for _ in range(10):
        await next_round(30)
    assert entry.state is ConfigEntryState.LOADED
    assert issue_of(hass, entry, "locked_out") is None


@pytest.mark.parametrize("running", [True, False])
async def test_password_that_must_be_changed(
    hass: HomeAssistant,
    start_modem: StartModem,
    set_up: SetUpModem,
    next_round: NextRound,
    repair: Repair,
    *,
    running: bool,
) -> None:
    """The owner changes it on the modem's page and enters it in the repair; nobody asks again."""
    modem = await start_modem(require_password_change=not running)
    entry = await set_up(modem)
    if running:
        modem.lab.set_options(require_password_change=True)
        modem.lab.expire_sessions()
        await next_round()
    assert [each["context"]["source"] for each in flows(hass)] == [SOURCE_REAUTH]
    tried = modem.requests.count(LOGIN)
    form = await repair.open(issue_of(hass, entry, "password_change_required"))
    assert [each["name"] for each in form["data_schema"]] == ["password"]
    assert form["description_placeholders"]["url"] == modem.url

    modem.lab.set_options(require_password_change=False, password=NEW_PASSWORD)
    result = await repair.submit(password=NEW_PASSWORD)
    assert result["type"] == "create_entry"
    assert entry.data["password"] == NEW_PASSWORD
    assert modem.requests.count(LOGIN) == tried + 1
    assert state_of(hass, RSRP) != "unavailable"
    assert issue_of(hass, entry, "password_change_required") is None
    assert not flows(hass)


async def test_wrong_new_password(
    hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem, repair: Repair
) -> None:
    """A password that is wrong is sent once; then it is as with any other wrong password."""
    modem = await start_modem(require_password_change=True)
    entry = await set_up(modem)
    modem.lab.set_options(require_password_change=False, password=NEW_PASSWORD)
    tried = modem.requests.count(LOGIN)
    await repair.open(issue_of(hass, entry, "password_change_required"))
    result = await repair.submit(password="a wrong one")
    assert (result["type"], result["reason"]) == ("abort", "fix_failed")
    assert modem.requests.count(LOGIN) == tried + 1
    assert issue_of(hass, entry, "password_change_required") is None
    assert [each["context"]["source"] for each in flows(hass)] == [SOURCE_REAUTH]


async def test_issue_after_a_restart_of_home_assistant(
    hass: HomeAssistant, start_modem: StartModem, set_up: SetUpModem
) -> None:
    """The refusal is remembered, and so is what to do about it; the modem is not asked."""
    modem = await start_modem()
    entry = await set_up(modem, credentials_refused="password_change_required")
    assert issue_of(hass, entry, "password_change_required") is not None
    assert modem.requests == []


async def test_session_conflict(
    hass: HomeAssistant,
    start_modem: StartModem,
    set_up: SetUpModem,
    next_round: NextRound,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Somebody else at the modem is not pushed out; the owner is told once, until it is free."""
    modem = await start_modem(session_policy="refuse")
    entry = await set_up(modem)
    modem.lab.expire_sessions()
    modem.lab.set_field("user/state-login", "State", "-2")
    caplog.clear()
    told = []
    modem.requests.clear()
    for _ in range(10):
        await next_round()
        told.append(issue_of(hass, entry, "session_conflict"))
    assert told[0] is not None
    assert {id(each) for each in told} == {id(told[0])}
    assert LOGIN not in modem.requests
    assert modem.requests.count(("GET", "/api/monitoring/status")) <= 3
    problems = [each for each in caplog.records if each.levelname in {"WARNING", "ERROR"}]
    assert len([each for each in problems if "gatehouse" in each.name]) == 1
    modem.lab.reset_fields()
    for _ in range(5):
        await next_round()
    assert issue_of(hass, entry, "session_conflict") is None
    assert state_of(hass, RSRP) != "unavailable"


async def test_web_page_during_a_pause(
    hass: HomeAssistant,
    start_modem: StartModem,
    set_up: SetUpModem,
    next_round: NextRound,
) -> None:
    """A pause logs out, so that the page of a modem for one user works as long as it lasts."""
    modem = await start_modem(session_policy="refuse")
    await set_up(modem)
    assert modem.lab.state()["logged_in"] == 1
    await hass.services.async_call("switch", "turn_on", {"entity_id": PAUSE}, blocking=True)
    assert modem.lab.state()["logged_in"] == 0
    page = Browser(modem.url)
    await page.log_in(modem.password)
    for _ in range(4):
        await next_round()
        assert modem.lab.state()["logged_in"] == 1
        assert await page.get("device/information")
    await page.post("user/logout", "<Logout>1</Logout>")
    await page.close()
    await hass.services.async_call("switch", "turn_off", {"entity_id": PAUSE}, blocking=True)
    await hass.async_block_till_done()
    assert state_of(hass, RSRP) != "unavailable"


async def test_entry_that_is_removed(
    hass: HomeAssistant, modem: HilinkSimulator, set_up: SetUpModem
) -> None:
    """With the modem go its issues."""
    lock(modem, 1)
    entry = await set_up(modem)
    await hass.config_entries.async_remove(entry.entry_id)
    assert not [key for key in ir.async_get(hass).issues if key[0] == DOMAIN]
