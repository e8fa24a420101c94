"""What is repaired, and what must not be, long after somebody opened the form."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any
from unittest.mock import MagicMock

from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.gatehouse.const import DOMAIN
from custom_components.gatehouse.families.gl_s20 import home_thread
from simulators.gl_s20 import GlS20Simulator

from .action_helpers import sent
from .conftest import SetUpRouter, StartRouter
from .entity_helpers import UNSHARED, NextRound
from .thread_helpers import HEARD, add_network, announce, change_network, network_of, stored

type Open = Callable[[str], Awaitable[Callable[[], Awaitable[dict[str, Any]]]]]


def issues(hass: HomeAssistant) -> dict[str, ir.IssueEntry]:
    """Return the issues that there are by their keys."""
    return {
        str(each.translation_key): each
        for (domain, _), each in ir.async_get(hass).issues.items()
        if domain == DOMAIN and each.active
    }


@pytest.fixture
async def open_form(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> Open:
    """Return a function that opens the form of an issue and returns how to submit it."""
    assert await async_setup_component(hass, "repairs", {})

    async def open_form(key: str) -> Callable[[], Awaitable[dict[str, Any]]]:
        """Open the form."""
        client = await hass_client()
        issue = issues(hass)[key]
        opened = await client.post(
            "/api/repairs/issues/fix", json={"handler": DOMAIN, "issue_id": issue.issue_id}
        )
        assert opened.status == HTTPStatus.OK
        form = await opened.json()

        async def submit() -> dict[str, Any]:
            """Submit it."""
            submitted = await client.post(f"/api/repairs/issues/fix/{form['flow_id']}", json={})
            assert submitted.status == HTTPStatus.OK
            result: dict[str, Any] = await submitted.json()
            await hass.async_block_till_done()
            return result

        return submit

    return open_form


@pytest.mark.parametrize("polled", [True, False])
async def test_form_that_is_submitted_late(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    open_form: Open,
    next_round: NextRound,
    *,
    polled: bool,
) -> None:
    """A router that has changed its network meanwhile keeps the new one as it is."""
    await set_up_router(router, options=UNSHARED)
    submit = await open_form("default_passphrase")
    router.device.thread.network = HEARD
    if polled:
        await next_round()
        assert "default_passphrase" not in issues(hass)
    assert (await submit())["type"] == "create_entry"
    assert sent(router, "otbr/set_config") == 0
    assert network_of(router) == HEARD


async def test_network_that_others_share(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    open_form: Open,
    mock_async_zeroconf: MagicMock,
) -> None:
    """Credentials of a network with other border routers are not changed on one of them alone."""
    announce(mock_async_zeroconf, network_of(router), address="0a" * 8)
    await set_up_router(router, options=UNSHARED)
    before = network_of(router)
    result = await (await open_form("default_passphrase"))()
    assert result["reason"] == "fix_failed"
    assert "other border routers" in result["description_placeholders"]["error"].lower()
    assert network_of(router) == before
    assert "default_passphrase" in issues(hass)


async def test_ignored_issue_stays_ignored(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """Whoever wants Thread to be off says so once, however often the entry is set up anew."""
    router = await start_router(thread_enabled=False)
    entry = await set_up_router(router, options=UNSHARED)
    issue = issues(hass)["thread_off"]
    ir.async_ignore_issue(hass, DOMAIN, issue.issue_id, ignore=True)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert issues(hass)["thread_off"].dismissed_version is not None


async def test_removed_router_leaves_no_issue(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """With a router go its issues, the ignored ones too."""
    router = await start_router(thread_enabled=False)
    entry = await set_up_router(router, options=UNSHARED)
    issue = issues(hass)["thread_off"]
    ir.async_ignore_issue(hass, DOMAIN, issue.issue_id, ignore=True)
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    assert not [each for domain, each in ir.async_get(hass).issues if domain == DOMAIN]


async def test_replacement_that_breaks_off(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    open_form: Open,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What Home Assistant holds for a network is not lost when replacing it fails half-way."""
    change_network(router, key="00" * 16, timestamp=9)
    kept = await add_network(hass, network_of(router).dataset)
    change_network(router, key="11" * 16, timestamp=8)
    await set_up_router(router)
    submit = await open_form("dataset_discarded")

    async def broken(_: object) -> None:
        """Fail as nobody expects."""
        raise RuntimeError("the cache is broken")

    monkeypatch.setattr(home_thread, "async_announcements", broken)
    with pytest.raises(AssertionError, match="500"):
        await submit()
    (entry,) = await stored(hass)
    assert entry.tlv == kept.tlv
