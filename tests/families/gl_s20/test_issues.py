"""What the owner of a GL-S20 should repair, and the flows that do it."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
import json
from pathlib import Path
import re
from typing import Any, Final
from unittest.mock import MagicMock

from homeassistant.components.thread.dataset_store import async_get_store
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components import gatehouse
from custom_components.gatehouse.const import DOMAIN
from custom_components.gatehouse.families.gl_s20.issues import ISSUES
from simulators.gl_s20 import GlS20Simulator
from simulators.gl_s20.network import Network
from tests.conftest import state_of

from .conftest import SetUpRouter, StartRouter
from .thread_helpers import (
    EXTENDED_ADDRESS,
    HEARD,
    KNOWN,
    add_network,
    announce,
    change_network,
    network_of,
    stored,
)

type NextRound = Callable[..., Awaitable[None]]
type Repair = Callable[[str], Awaitable[dict[str, Any]]]

NOT_SHARED: Final = {"share_network": False}
OTHER_ADDRESS: Final = "0a" * 8
PLACEHOLDER: Final = re.compile(r"{(\w+)}")


def texts() -> dict[str, Any]:
    """Return the texts of all issues."""
    path = Path(gatehouse.__file__).with_name("translations") / "en.json"
    issues: dict[str, Any] = json.loads(path.read_text("utf-8"))["issues"]
    return issues


def issues(hass: HomeAssistant) -> dict[str, ir.IssueEntry]:
    """Return the issues that there are by their keys."""
    registry = ir.async_get(hass)
    return {
        str(each.translation_key): each
        for (domain, _), each in registry.issues.items()
        if domain == DOMAIN and each.active
    }


@pytest.fixture(autouse=True)
async def repairs(hass: HomeAssistant) -> None:
    """Set up what shows issues."""
    assert await async_setup_component(hass, "repairs", {})


@pytest.fixture
def repair(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> Repair:
    """Return a function that submits the form of an issue, and returns what the flow says then."""

    async def repair(key: str) -> dict[str, Any]:
        """Open the flow of an issue as the frontend does, read it, and submit it."""
        issue = issues(hass)[key]
        assert issue.is_fixable
        client = await hass_client()
        opened = await client.post(
            "/api/repairs/issues/fix",
            json={"handler": issue.domain, "issue_id": issue.issue_id},
        )
        assert opened.status == HTTPStatus.OK
        form = await opened.json()
        assert form["step_id"] == "confirm"
        flow = texts()[key]["fix_flow"]
        filled = set(form["description_placeholders"])
        assert "" not in form["description_placeholders"].values()
        for text in (texts()[key]["title"], *flow["step"]["confirm"].values()):
            assert set(PLACEHOLDER.findall(text)) <= filled
        submitted = await client.post(f"/api/repairs/issues/fix/{form['flow_id']}", json={})
        assert submitted.status == HTTPStatus.OK
        result: dict[str, Any] = await submitted.json()
        await hass.async_block_till_done()
        if result["type"] == "abort":
            text = flow["abort"][result["reason"]]
            filled = set(result["description_placeholders"] or {})
            assert set(PLACEHOLDER.findall(text)) <= filled
        return result

    return repair


@pytest.mark.parametrize("key", [each.key for each in ISSUES])
def test_texts(key: str) -> None:
    """Each issue has the texts that its kind needs; the two ways a flow may end are explained."""
    description = next(each for each in ISSUES if each.key == key)
    issue = texts()[key]
    assert issue["title"]
    if description.fix is None:
        assert set(issue) == {"title", "description"}
    else:
        assert set(issue) == {"title", "fix_flow"}
        assert set(issue["fix_flow"]["abort"]) == {"device_not_loaded", "fix_failed"}
        assert set(issue["fix_flow"]["step"]["confirm"]) == {"title", "description"}


async def test_nothing_to_repair(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A router whose passphrase has been changed and whose network is shared needs nothing."""
    change_network(router, passphrase="changed")
    await set_up_router(router)
    assert not issues(hass)


async def test_default_passphrase(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    repair: Repair,
) -> None:
    """The passphrase of the manual is replaced, and nothing else of the network."""
    await set_up_router(router)
    assert set(issues(hass)) == {"default_passphrase"}
    before = network_of(router)
    assert (await repair("default_passphrase"))["type"] == "create_entry"
    after = network_of(router)
    assert len(after.passphrase) >= 20
    assert after.pskc != before.pskc
    assert _mesh(after) == _mesh(before)
    await next_round()
    assert not issues(hass)
    router.lab.advance(10)
    await next_round()
    (entry,) = await stored(hass)
    assert entry.tlv == after.dataset


async def test_two_random_passphrases(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    repair: Repair,
    next_round: NextRound,
) -> None:
    """No two repairs make the same passphrase."""
    router = await start_router(attach_seconds=0)
    await set_up_router(router)
    await repair("default_passphrase")
    first = network_of(router).passphrase
    change_network(router, passphrase="goodlife")
    await next_round()
    await repair("default_passphrase")
    assert network_of(router).passphrase not in {first, "goodlife"}


@pytest.mark.parametrize(
    ("place", "value", "shown"),
    [
        ("PSKc", "00" * 16, False),
        ("PSKc", "", True),
        ("NetworkName", "", True),
    ],
    ids=["of another", "untold", "nameless"],
)
async def test_passphrase_that_counts_no_more(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    place: str,
    value: str,
    *,
    shown: bool,
) -> None:
    """The credential tells whether a passphrase counts that a router goes on to show."""
    router.lab.set_field("otbr/get_status", f"Network.{place}", value)
    await set_up_router(router)
    assert ("default_passphrase" in issues(hass)) is shown


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda lab: lab.set_role("detached"), "looking for its Thread network"),
        (
            lambda lab: lab.remove_field("otbr/get_status", "Network.NetworkKey"),
            "does not tell all parameters",
        ),
        (lambda lab: lab.break_replies("otbr/set_config", "error"), "The device refused"),
    ],
    ids=["detached", "incomplete", "refused"],
)
async def test_default_passphrase_stays(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    repair: Repair,
    spoil: Callable[[Any], None],
    reason: str,
) -> None:
    """Where the passphrase cannot be changed, the flow says why and the issue stays."""
    await set_up_router(router)
    before = network_of(router)
    spoil(router.lab)
    result = await repair("default_passphrase")
    assert result["type"] == "abort"
    assert result["reason"] == "fix_failed"
    assert reason in result["description_placeholders"]["error"]
    assert network_of(router) == before
    assert "default_passphrase" in issues(hass)


async def test_thread_off(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter, repair: Repair
) -> None:
    """Thread is switched on, which gives a new router its first network."""
    router = await start_router(thread_enabled=False)
    await set_up_router(router)
    assert set(issues(hass)) == {"thread_off"}
    assert (await repair("thread_off"))["type"] == "create_entry"
    assert router.device.thread.enabled
    assert state_of(hass, "sensor.gl_s20_thread_role") == "detached"
    assert "thread_off" not in issues(hass)


async def test_thread_off_stays(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter, repair: Repair
) -> None:
    """Where Thread cannot be switched on, the issue stays."""
    router = await start_router(thread_enabled=False)
    await set_up_router(router)
    router.lab.break_replies("otbr/start", "error")
    assert (await repair("thread_off"))["reason"] == "fix_failed"
    assert "thread_off" in issues(hass)


async def test_device_away(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    hass_client: ClientSessionGenerator,
) -> None:
    """A flow that was open when the entry was unloaded says so."""
    router = await start_router(thread_enabled=False)
    entry = await set_up_router(router)
    issue = issues(hass)["thread_off"]
    client = await hass_client()
    opened = await client.post(
        "/api/repairs/issues/fix", json={"handler": DOMAIN, "issue_id": issue.issue_id}
    )
    flow_id = (await opened.json())["flow_id"]
    await hass.config_entries.async_unload(entry.entry_id)
    submitted = await client.post(f"/api/repairs/issues/fix/{flow_id}", json={})
    assert (await submitted.json())["reason"] == "device_not_loaded"
    assert not router.device.thread.enabled


async def test_network_unknown(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    repair: Repair,
) -> None:
    """A network that is not shared by itself is shared once."""
    await set_up_router(router, options=NOT_SHARED)
    assert issues(hass)["network_unknown"].translation_placeholders == {
        "device": "GL-S20",
        "network": network_of(router).name,
    }
    assert (await repair("network_unknown"))["type"] == "create_entry"
    assert len(await stored(hass)) == 1
    assert state_of(hass, KNOWN) == "on"
    assert "network_unknown" not in issues(hass)


async def test_network_unknown_stays(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    repair: Repair,
) -> None:
    """What Home Assistant refuses is explained, and turns into another issue."""
    change_network(router, timestamp=9)
    await add_network(hass, network_of(router).dataset)
    change_network(router, key="11" * 16, timestamp=8)
    await set_up_router(router, options=NOT_SHARED)
    result = await repair("network_unknown")
    assert result["reason"] == "fix_failed"
    assert "keeps them" in result["description_placeholders"]["error"]
    assert "network_unknown" in issues(hass)


async def test_unreadable_network(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter, repair: Repair
) -> None:
    """A network that Home Assistant cannot make sense of stays unknown, with a reason."""
    router.lab.set_field("otbr/get_status", "Network.ActiveDataset", "02081122334455667788")
    await set_up_router(router)
    result = await repair("network_unknown")
    assert "cannot make sense" in result["description_placeholders"]["error"]
    assert "network_unknown" in issues(hass)


async def test_dataset_discarded(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    repair: Repair,
) -> None:
    """What Home Assistant has is replaced when its owner says so."""
    await _add_rival(hass, router)
    await set_up_router(router)
    assert "dataset_discarded" in issues(hass)
    assert "network_unknown" not in issues(hass)
    assert (await repair("dataset_discarded"))["type"] == "create_entry"
    (entry,) = await stored(hass)
    assert entry.tlv == network_of(router).dataset
    assert entry.preferred_extended_address == EXTENDED_ADDRESS
    assert state_of(hass, KNOWN) == "on"
    assert "dataset_discarded" not in issues(hass)


async def test_dataset_gone_meanwhile(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    repair: Repair,
) -> None:
    """If somebody has deleted what Home Assistant had, there is nothing to replace."""
    rival = await _add_rival(hass, router)
    await set_up_router(router)
    (await async_get_store(hass)).async_delete(rival.id)
    assert (await repair("dataset_discarded"))["type"] == "create_entry"
    (entry,) = await stored(hass)
    assert entry.tlv == network_of(router).dataset


async def test_dataset_becomes_preferred(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    repair: Repair,
) -> None:
    """The preferred network is not touched, even if it has become that a moment ago."""
    rival = await _add_rival(hass, router)
    await set_up_router(router)
    (await async_get_store(hass)).preferred_dataset = rival.id
    result = await repair("dataset_discarded")
    assert "preferred network" in result["description_placeholders"]["error"]
    assert await stored(hass) == [rival]
    await next_round()
    assert "dataset_discarded" not in issues(hass)
    issue = issues(hass)["preferred_dataset_discarded"]
    assert not issue.is_fixable
    assert issue.translation_placeholders is not None
    filled = set(issue.translation_placeholders)
    for text in texts()["preferred_dataset_discarded"].values():
        assert set(PLACEHOLDER.findall(text)) <= filled


async def test_dataset_that_cannot_be_replaced(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    repair: Repair,
) -> None:
    """If Home Assistant takes nothing else, it keeps what it had."""
    rival = await _add_rival(hass, router)
    await set_up_router(router)
    extended_pan_id = network_of(router).extended_pan_id
    router.lab.set_field("otbr/get_status", "Network.ActiveDataset", f"0208{extended_pan_id}")
    result = await repair("dataset_discarded")
    assert "cannot make sense" in result["description_placeholders"]["error"]
    (entry,) = await stored(hass)
    assert entry.tlv == rival.tlv
    assert entry.source == rival.source


async def test_split(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    mock_async_zeroconf: MagicMock,
) -> None:
    """A network whose routers announce two partitions for long has fallen apart."""
    network = network_of(router)
    announce(mock_async_zeroconf, network, partition=1)
    announce(mock_async_zeroconf, network, address=OTHER_ADDRESS, partition=2)
    await set_up_router(router)
    await next_round(14 * 60)
    assert "split_partition" not in issues(hass)
    await next_round(2 * 60)
    assert not issues(hass)["split_partition"].is_fixable
    mock_async_zeroconf.zeroconf.cache.cache.clear()
    announce(mock_async_zeroconf, network, partition=2)
    announce(mock_async_zeroconf, network, address=OTHER_ADDRESS, partition=2)
    await next_round()
    assert "split_partition" not in issues(hass)


@pytest.mark.parametrize(
    ("other", "own_partition", "other_partition"),
    [(False, 1, None), (False, None, 2), (True, 1, 2)],
    ids=["other does not tell", "own does not tell", "another network"],
)
async def test_not_split(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    mock_async_zeroconf: MagicMock,
    own_partition: int | None,
    other_partition: int | None,
    *,
    other: bool,
) -> None:
    """Nothing is made of partitions that nobody announces, or of other networks."""
    network = network_of(router)
    announce(mock_async_zeroconf, network, partition=own_partition)
    announce(
        mock_async_zeroconf,
        HEARD if other else network,
        address=OTHER_ADDRESS,
        partition=other_partition,
    )
    await set_up_router(router)
    await next_round(20 * 60)
    await next_round(20 * 60)
    assert "split_partition" not in issues(hass)


async def _add_rival(hass: HomeAssistant, router: GlS20Simulator) -> Any:
    """Let Home Assistant have newer credentials for the router's network, and return them."""
    own = network_of(router)
    change_network(router, key="22" * 16, timestamp=9)
    rival = await add_network(hass, network_of(router).dataset)
    change_network(router, key=own.key, timestamp=own.timestamp)
    return rival


def _mesh(network: Network) -> tuple[Any, ...]:
    """Return what devices of the mesh go by."""
    return (
        network.name,
        network.extended_pan_id,
        network.pan_id,
        network.channel,
        network.key,
        network.mesh_local_prefix,
    )
