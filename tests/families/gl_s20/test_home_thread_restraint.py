"""Networks that Home Assistant's Thread must not be given, or not again."""

from dataclasses import replace

from homeassistant.components.thread.dataset_store import async_get_store
from homeassistant.core import HomeAssistant
import pytest

from custom_components.gatehouse.families.gl_s20 import joining
from simulators.gl_s20 import GlS20Simulator
from tests.conftest import state_of

from .action_helpers import act
from .conftest import SetUpRouter, StartRouter
from .entity_helpers import NextRound
from .thread_helpers import KNOWN, UNHEARD, add_network, network_of, share, stored


async def test_deleted_by_its_owner_after_a_restart(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    next_round: NextRound,
) -> None:
    """A network that Home Assistant had when it started stays deleted too."""
    known = await add_network(hass, network_of(router).dataset)
    await set_up_router(router)
    await next_round()
    (await async_get_store(hass)).async_delete(known.id)
    await next_round()
    assert not await stored(hass)
    assert state_of(hass, KNOWN) == "off"
    assert await share(hass) == {"result": "stored"}


async def test_lossy_way_spares_the_preferred_network(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    next_round: NextRound,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the router made up does not replace the credentials that Home Assistant prefers."""
    monkeypatch.setattr(joining, "LOOK_INTERVAL", 0)
    monkeypatch.setattr(joining, "LOOKS", 3)
    router = await start_router(attach_seconds=0)
    older = replace(UNHEARD, timestamp=1)
    preferred = await add_network(hass, older.dataset, preferred=True)
    entry = await set_up_router(router)
    response = await act(hass, "join_preferred_network", allow_lossy=True)
    assert response["way"] == "parameters"
    await next_round()
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    held = (await async_get_store(hass)).async_get(preferred.id)
    assert held is not None
    assert held.tlv == older.dataset
    assert state_of(hass, KNOWN) == "off"
