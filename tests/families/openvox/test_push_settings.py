"""The gateway's push setting: replaced with consent, kept, restored, and watched."""

from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.gatehouse.const import (
    DOMAIN,
)
from custom_components.gatehouse.repairs import async_create_fix_flow
from simulators.openvox import OpenVoxSimulator

from .conftest import StartGateway
from .message_helpers import local_options, set_up
from .push_helpers import (
    GET_CONFIG,
    SET_CONFIG,
    SLOW,
    THEIRS,
    NextRound,
    Web,
    address_of,
    count,
    hook_of,
    issue,
    points_here,
    set_options,
    set_settings,
    set_up_push,
    settings,
    start_web,
)


@pytest.fixture
async def gateway(start_gateway: StartGateway) -> OpenVoxSimulator:
    """Return a gateway that pushes to somebody else."""
    gateway = await start_gateway(**local_options())
    set_settings(gateway, **THEIRS)
    return gateway


@pytest.fixture
async def web(hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator) -> Web:
    """Return the web server of Home Assistant."""
    return await start_web(hass, hass_client_no_auth)


async def fix(hass: HomeAssistant, entry: MockConfigEntry, key: str) -> Any:
    """Follow the repair of an issue to its end."""
    found = issue(hass, entry, key)
    assert found is not None
    assert found.is_fixable
    flow = await async_create_fix_flow(hass, found.issue_id, found.data)
    flow.hass, flow.issue_id = hass, found.issue_id
    flow.handler = DOMAIN
    assert (await flow.async_step_init())["type"] == "form"  # type: ignore[attr-defined]  # ours
    result = await flow.async_step_confirm({})  # type: ignore[attr-defined]  # ours
    await hass.async_block_till_done(wait_background_tasks=True)
    return result


async def test_consent(hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web) -> None:
    """The option replaces what somebody else has set, and gives it back."""
    entry = await set_up(hass, gateway, push_address=address_of(web))
    assert settings(gateway) == THEIRS
    await set_options(hass, entry, push=True)
    assert entry.state is ConfigEntryState.LOADED
    assert points_here(gateway, web)
    ours = settings(gateway)
    assert [ours[key] for key in ("enable", "reports_enable", "results_enable")] == [1, 1, 1]
    assert ours["url_http"] == "http"
    assert not ours["url_message"]
    assert not ours["url_from_num"]
    path = hook_of(gateway)
    assert path.startswith("/api/webhook/")
    assert len(path.rpartition("/")[2]) == 64

    await set_options(hass, entry, push=False)
    assert settings(gateway) == THEIRS
    await set_options(hass, entry, push=True)
    assert hook_of(gateway) == path


async def test_steady_state(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, next_round: NextRound
) -> None:
    """The setting is looked at every quarter of an hour, and not written again."""
    entry = await set_up_push(hass, gateway, web)
    for _ in range(121):
        await next_round(30)
    assert 3 <= count(gateway, GET_CONFIG) <= 6
    assert count(gateway, SET_CONFIG) == 0
    gateway.requests.clear()
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert count(gateway, GET_CONFIG) == 1
    assert count(gateway, SET_CONFIG) == 0


async def test_removal(hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web) -> None:
    """A gateway whose entry is removed has again what it had."""
    entry = await set_up_push(hass, gateway, web)
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    assert settings(gateway) == THEIRS
    assert gateway.lab.state()["tokens"] == 0
    assert issue(hass, entry, "push_not_restored") is None


async def test_removal_forgets(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, storage: dict[str, Any]
) -> None:
    """Nothing of a removed entry is kept."""
    entry = await set_up_push(hass, gateway, web)
    assert f"{DOMAIN}.{entry.entry_id}.push" in storage
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    assert not [key for key in storage if key.startswith(f"{DOMAIN}.{entry.entry_id}")]


async def test_removal_without_push(hass: HomeAssistant, gateway: OpenVoxSimulator) -> None:
    """A gateway that was left as it was is not even asked."""
    entry = await set_up(hass, gateway)
    gateway.requests.clear()
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    assert not {path for _, path in gateway.requests} & {GET_CONFIG, SET_CONFIG}
    assert settings(gateway) == THEIRS


async def test_removal_of_somebody_elses(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web
) -> None:
    """What somebody else has set since is left alone."""
    entry = await set_up_push(hass, gateway, web)
    set_settings(gateway, url_host="10.0.0.9", url_path="new.php")
    changed = settings(gateway)
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    assert settings(gateway) == changed
    assert issue(hass, entry, "push_not_restored") is None


@pytest.mark.parametrize("trouble", ["away", "password"])
async def test_removal_while_out_of_reach(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, trouble: str
) -> None:
    """Who removes a gateway that does not answer learns what is left to do."""
    entry = await set_up_push(hass, gateway, web)
    if trouble == "away":
        await gateway.stop()
    else:
        gateway.lab.set_options(password="another")
        data = {**entry.data, "credentials_refused": "invalid_auth"}
        hass.config_entries.async_update_entry(entry, data=data)
        await hass.async_block_till_done()
        gateway.requests.clear()
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    found = issue(hass, entry, "push_not_restored")
    assert found is not None
    assert not found.is_fixable
    if trouble == "password":
        assert gateway.requests == []
        assert points_here(gateway, web)


@pytest.mark.parametrize(
    "change",
    [{"url_host": "10.0.0.9"}, {"enable": 0}, {"reports_enable": 0}, dict(THEIRS)],
    ids=["host", "off", "reports", "all"],
)
async def test_somebody_changes_it(
    hass: HomeAssistant,
    gateway: OpenVoxSimulator,
    web: Web,
    next_round: NextRound,
    change: dict[str, str | int],
) -> None:
    """Somebody else's setting stays until the owner decides; then ours is back."""
    entry = await set_up_push(hass, gateway, web)
    ours = settings(gateway)
    set_settings(gateway, **change)
    changed = settings(gateway)
    for _ in range(4):
        await next_round(SLOW)
    assert settings(gateway) == changed
    assert issue(hass, entry, "push_changed") is not None
    assert (await fix(hass, entry, "push_changed"))["type"] == "create_entry"
    assert settings(gateway) == ours
    assert issue(hass, entry, "push_changed") is None
    await next_round(SLOW)
    assert issue(hass, entry, "push_changed") is None
    # What comes back in the end is what somebody wanted who is not us.
    await set_options(hass, entry, push=False)
    assert settings(gateway) == THEIRS


async def test_change_is_kept(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, next_round: NextRound
) -> None:
    """What ours replaces the second time is what comes back in the end."""
    entry = await set_up_push(hass, gateway, web)
    newer = {**THEIRS, "url_host": "10.0.0.9", "url_path": "new.php"}
    set_settings(gateway, **newer)
    for _ in range(4):
        await next_round(SLOW)
    await fix(hass, entry, "push_changed")
    assert points_here(gateway, web)
    await set_options(hass, entry, push=False)
    assert settings(gateway) == newer


async def test_change_is_undone(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, next_round: NextRound
) -> None:
    """The issue goes away when ours is back, and when the option is switched off."""
    entry = await set_up_push(hass, gateway, web)
    ours = settings(gateway)
    set_settings(gateway, enable=0)
    for _ in range(4):
        await next_round(SLOW)
    assert issue(hass, entry, "push_changed") is not None
    set_settings(gateway, **ours)
    for _ in range(4):
        await next_round(SLOW)
    assert issue(hass, entry, "push_changed") is None
    set_settings(gateway, **{**THEIRS, "url_host": "10.0.0.9"})
    for _ in range(4):
        await next_round(SLOW)
    assert issue(hass, entry, "push_changed") is not None
    changed = settings(gateway)
    await set_options(hass, entry, push=False)
    assert issue(hass, entry, "push_changed") is None
    assert settings(gateway) == changed


async def test_fix_that_fails(
    hass: HomeAssistant, gateway: OpenVoxSimulator, web: Web, next_round: NextRound
) -> None:
    """A repair that the gateway refuses says so."""
    entry = await set_up_push(hass, gateway, web)
    set_settings(gateway, enable=0)
    for _ in range(4):
        await next_round(SLOW)
    gateway.lab.break_replies("smsoutbox/set_config", "error", code=500)
    result = await fix(hass, entry, "push_changed")
    assert (result["type"], result["reason"]) == ("abort", "fix_failed")
    assert issue(hass, entry, "push_changed") is not None
