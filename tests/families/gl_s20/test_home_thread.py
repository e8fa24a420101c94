"""The network of a GL-S20 in Home Assistant's Thread."""

from collections.abc import Awaitable, Callable
from typing import Any
from unittest.mock import MagicMock, patch

from homeassistant.auth.models import User
from homeassistant.components.thread.dataset_store import async_get_store
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNKNOWN
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, Unauthorized
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.gatehouse.const import DOMAIN
from custom_components.gatehouse.families.gl_s20 import home_thread
from simulators.gl_s20 import GlS20Simulator
from tests.conftest import state_of

from .conftest import SetUpRouter, StartRouter
from .thread_helpers import (
    BORDER_AGENT_ID,
    EXTENDED_ADDRESS,
    HEARD,
    KNOWN,
    PREFERRED,
    add_network,
    announce,
    change_network,
    network_of,
    share,
    stored,
)

type NextRound = Callable[..., Awaitable[None]]

NOT_SHARED = {"share_network": False}
COMPLAINT = "Got dataset with same extended PAN ID"


async def test_shared_at_once(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """Home Assistant learns of the network when the router is set up, and nobody else is asked."""
    await set_up_router(router)
    (entry,) = await stored(hass)
    assert entry.tlv == network_of(router).dataset
    assert entry.source == DOMAIN
    assert entry.preferred_extended_address == EXTENDED_ADDRESS
    assert entry.preferred_border_agent_id is None
    assert state_of(hass, KNOWN) == STATE_ON
    assert state_of(hass, PREFERRED) == STATE_OFF
    assert router.requests.count(("GET", "/otbr/get_status")) == 1


async def test_border_agent_id_is_announced(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    mock_async_zeroconf: MagicMock,
) -> None:
    """The id of the border agent, which phones ask for, is taken from what the router announces."""
    announce(mock_async_zeroconf, HEARD, address="00" * 8, border_agent_id="ff" * 16)
    announce(mock_async_zeroconf, network_of(router), border_agent_id=BORDER_AGENT_ID)
    await set_up_router(router)
    (entry,) = await stored(hass)
    assert entry.preferred_border_agent_id == BORDER_AGENT_ID
    assert entry.preferred_extended_address == EXTENDED_ADDRESS


@pytest.mark.parametrize(
    ("told", "taken"), [(BORDER_AGENT_ID.upper(), BORDER_AGENT_ID), ("no id", None)]
)
async def test_border_agent_id_is_told(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    told: str,
    taken: str | None,
) -> None:
    """Where the router tells the id itself, that counts, if it can be one."""
    router.lab.set_field("otbr/get_status", "Network.BorderAgentID", told)
    await set_up_router(router)
    (entry,) = await stored(hass)
    assert entry.preferred_border_agent_id == taken


async def test_no_border_agent_without_address(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """Home Assistant does not take an id without an address, so it gets neither."""
    router.lab.set_field("otbr/get_status", "Network.BorderAgentID", BORDER_AGENT_ID)
    router.lab.remove_field("otbr/get_status", "RCP.ExtAddress")
    await set_up_router(router)
    (entry,) = await stored(hass)
    assert entry.preferred_border_agent_id is None
    assert entry.preferred_extended_address is None


async def test_change_is_shared(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A network that changes is shared again."""
    await set_up_router(router)
    network = change_network(router, channel=15, timestamp=2)
    await next_round()
    (entry,) = await stored(hass)
    assert entry.tlv == network.dataset
    assert state_of(hass, KNOWN) == STATE_ON


async def test_preferred(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """It shows when the network is the one that Home Assistant prefers."""
    await add_network(hass, network_of(router).dataset, preferred=True)
    await set_up_router(router)
    assert state_of(hass, PREFERRED) == STATE_ON
    (entry,) = await stored(hass)
    assert entry.source == "another"


async def test_not_shared_unless_wanted(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """Whoever does not want it shared keeps it to himself, until he asks for it."""
    await set_up_router(router, options=NOT_SHARED)
    await next_round()
    assert not await stored(hass)
    assert state_of(hass, KNOWN) == STATE_OFF
    assert await share(hass) == {"result": "stored"}
    assert state_of(hass, KNOWN) == STATE_ON
    assert await share(hass) == {"result": "unchanged"}


async def test_deleted_by_its_owner(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A network that somebody deletes from Home Assistant does not come back by itself."""
    await set_up_router(router)
    (entry,) = await stored(hass)
    (await async_get_store(hass)).async_delete(entry.id)
    await next_round()
    assert not await stored(hass)
    assert state_of(hass, KNOWN) == STATE_OFF
    assert await share(hass) == {"result": "stored"}


async def test_deleted_before_a_restart(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    hass_storage: dict[str, Any],
) -> None:
    """It does not come back by a restart of Home Assistant either, but by a change."""
    entry = await set_up_router(router)
    (shared,) = await stored(hass)
    (await async_get_store(hass)).async_delete(shared.id)
    await _restart(hass, entry)
    assert not await stored(hass)
    assert state_of(hass, KNOWN) == STATE_OFF
    kept = str(hass_storage[f"{DOMAIN}.{entry.entry_id}.thread"])
    assert network_of(router).key not in kept
    assert network_of(router).dataset not in kept
    network = change_network(router, channel=15, timestamp=2)
    await next_round()
    (taken,) = await stored(hass)
    assert taken.tlv == network.dataset


async def test_nothing_is_kept_of_a_removed_router(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    hass_storage: dict[str, Any],
) -> None:
    """A router that is added anew is as good as new, also if its network was deleted."""
    entry = await set_up_router(router)
    (shared,) = await stored(hass)
    (await async_get_store(hass)).async_delete(shared.id)
    await hass.config_entries.async_remove(entry.entry_id)
    assert not [each for each in hass_storage if each.startswith(DOMAIN)]
    await set_up_router(router)
    assert len(await stored(hass)) == 1


async def _restart(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Set up an entry as after a restart, which forgets all but what was saved."""
    await hass.config_entries.async_unload(entry.entry_id)
    hass.data.pop(home_thread._MEMORIES)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()


async def test_older_network_is_offered_once(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What Home Assistant discards is not offered again, which would fill its log."""
    change_network(router, key="00" * 16, timestamp=9)
    newer = await add_network(hass, network_of(router).dataset)
    older = change_network(router, key="11" * 16, timestamp=8)
    entry = await set_up_router(router)
    for _ in range(3):
        await next_round()
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert await stored(hass) == [newer]
    assert state_of(hass, KNOWN) == STATE_OFF
    assert caplog.text.count(COMPLAINT) == 1
    assert older.key not in caplog.text

    # Once its rival has gone, it is as good as new.
    (await async_get_store(hass)).async_delete(newer.id)
    await next_round()
    (taken,) = await stored(hass)
    assert taken.tlv == older.dataset
    assert state_of(hass, KNOWN) == STATE_ON


async def test_discarded_action(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """The action says when Home Assistant keeps what it has."""
    change_network(router, timestamp=9)
    await add_network(hass, network_of(router).dataset)
    change_network(router, key="11" * 16, timestamp=8)
    await set_up_router(router, options=NOT_SHARED)
    assert await share(hass) == {"result": "discarded"}


async def test_detached(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A network that the router has not found is not shared before it has found it."""
    router.lab.set_role("detached")
    await set_up_router(router)
    assert not await stored(hass)
    assert state_of(hass, KNOWN) == STATE_OFF
    with pytest.raises(HomeAssistantError, match="looking for its Thread network"):
        await share(hass)
    router.lab.set_role(None)
    await next_round()
    assert len(await stored(hass)) == 1


async def test_no_network(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """A router that never had a network has nothing to share."""
    await set_up_router(await start_router(thread_enabled=False))
    assert state_of(hass, KNOWN) == STATE_UNKNOWN
    assert state_of(hass, PREFERRED) == STATE_UNKNOWN
    assert not await stored(hass)
    with pytest.raises(HomeAssistantError, match="never formed or joined"):
        await share(hass)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8081", "http://192.0.2.7:8081"])
async def test_linked(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter, url: str
) -> None:
    """Where Home Assistant's own integration looks after the router, Gatehouse keeps out of it."""
    MockConfigEntry(domain="otbr", data={"url": url}).add_to_hass(hass)
    await set_up_router(router)
    linked = "127.0.0.1" in url
    assert bool(await stored(hass)) is not linked
    assert state_of(hass, KNOWN) == (STATE_OFF if linked else STATE_ON)


@pytest.mark.parametrize(
    ("dataset", "known"),
    [
        ("0e08", STATE_UNKNOWN),
        ("0e0800000000000100000003", STATE_UNKNOWN),
        ("0e080000000000010000", STATE_UNKNOWN),
        ("02081122334455667788", STATE_OFF),
    ],
    ids=["truncated", "ragged", "nameless", "without timestamp"],
)
async def test_odd_dataset(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    dataset: str,
    known: str,
) -> None:
    """A dataset that nobody understands is not stored, and harms nothing else."""
    router.lab.set_field("otbr/get_status", "Network.ActiveDataset", dataset)
    await set_up_router(router)
    await next_round()
    assert not await stored(hass)
    assert state_of(hass, KNOWN) == known
    assert state_of(hass, "sensor.gl_s20_thread_role") == "leader"
    with pytest.raises(HomeAssistantError, match=r"never formed|cannot make sense"):
        await share(hass)


async def test_failing_reading(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """While the router does not tell of its network, nobody can say what is known of it."""
    await set_up_router(router)
    router.lab.break_replies("otbr/get_status", "garbage")
    await next_round()
    assert state_of(hass, KNOWN) == STATE_UNKNOWN
    await next_round()
    assert state_of(hass, KNOWN) == STATE_ON


async def test_fault_in_home_assistant(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """Should Home Assistant's Thread be broken, the router works on without it."""
    module = "custom_components.gatehouse.families.gl_s20.home_thread"
    with patch(f"{module}.async_get_store", side_effect=RuntimeError):
        await set_up_router(router)
        assert state_of(hass, KNOWN) == STATE_UNKNOWN
        assert state_of(hass, "sensor.gl_s20_thread_role") == "leader"


async def test_only_administrators_share(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    hass_read_only_user: User,
) -> None:
    """Credentials of networks are a matter for administrators."""
    await set_up_router(router)
    for name in ("share_thread_network", "join_preferred_network", "link_border_router"):
        with pytest.raises(Unauthorized):
            await hass.services.async_call(
                DOMAIN, name, {}, blocking=True, context=Context(user_id=hass_read_only_user.id)
            )
