"""Taking a GL-S20 into the network that Home Assistant prefers."""

from dataclasses import replace
from typing import Any
from unittest.mock import MagicMock

from homeassistant.core import HomeAssistant
import pytest
from yarl import URL

from custom_components.gatehouse.families.gl_s20 import border_router, joining
from simulators.gl_s20 import GlS20Simulator
from simulators.gl_s20.network import Network
from tests.conftest import state_of

from .action_helpers import act, failure, refusal, sent
from .conftest import SetUpRouter, StartRouter
from .thread_helpers import (
    HEARD,
    KNOWN,
    PREFERRED,
    UNHEARD,
    add_network,
    announce,
    change_network,
    network_of,
    stored,
)

JOIN = "join_preferred_network"
OTHER_ADDRESS = "0a" * 8
ROLE = "sensor.gl_s20_thread_role"


@pytest.fixture(autouse=True)
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look a few times without a pause."""
    monkeypatch.setattr(joining, "LOOK_INTERVAL", 0)
    monkeypatch.setattr(joining, "LOOKS", 3)


@pytest.fixture
async def quick_router(start_router: StartRouter) -> GlS20Simulator:
    """Return a router that attaches at once, without the border router's own API."""
    return await start_router(attach_seconds=0)


@pytest.fixture
async def new_router(start_router: StartRouter, monkeypatch: pytest.MonkeyPatch) -> GlS20Simulator:
    """Return a router that attaches at once, with the border router's own API."""
    router = await start_router(attach_seconds=0, otbr_rest=True)
    port = URL(router.lab.state()["otbr_url"]).port
    monkeypatch.setattr(border_router, "OTBR_PORT", port)
    return router


async def test_by_the_border_routers_own_api(
    hass: HomeAssistant, new_router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """Where the firmware has the API, the router takes over the network bit by bit."""
    await add_network(hass, HEARD.dataset, preferred=True)
    await set_up_router(new_router)
    assert await act(hass, JOIN) == {
        "way": "border_router_api",
        "role": "child",
        "partition": False,
        "differences": [],
    }
    assert network_of(new_router).dataset == HEARD.dataset
    assert not sent(new_router, "otbr/join")
    assert state_of(hass, ROLE) == "child"
    assert state_of(hass, KNOWN) == state_of(hass, PREFERRED) == "on"


async def test_by_network_key(
    hass: HomeAssistant, quick_router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """Other firmware learns the network from a router in radio range."""
    await add_network(hass, HEARD.dataset, preferred=True)
    await set_up_router(quick_router)
    assert await act(hass, JOIN) == {
        "way": "network_key",
        "role": "child",
        "partition": False,
        "differences": [],
    }
    assert network_of(quick_router) == HEARD
    assert state_of(hass, PREFERRED) == "on"
    assert not sent(quick_router, "otbr/set_config")


async def test_off_before(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """A router that is switched off and never had a network can join one."""
    router = await start_router(attach_seconds=0, thread_enabled=False)
    await add_network(hass, HEARD.dataset, preferred=True)
    await set_up_router(router)
    assert (await act(hass, JOIN))["role"] == "child"


async def test_lossy_only_if_allowed(
    hass: HomeAssistant, quick_router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """With nobody in radio range, the lossy way has to be allowed."""
    await add_network(hass, UNHEARD.dataset, preferred=True)
    await set_up_router(quick_router)
    before = network_of(quick_router)
    key, text = await failure(hass, JOIN)
    assert key == "join_failed"
    assert "role is now: leader" in text
    assert replace(network_of(quick_router), timestamp=before.timestamp) == before
    assert state_of(hass, ROLE) == "leader"

    response = await act(hass, JOIN, allow_lossy=True)
    assert response["way"] == "parameters"
    assert response["role"] == "leader"
    assert {"mesh_local_prefix", "pskc"} <= set(response["differences"])
    assert not {"extended_pan_id", "network_key", "pan_id", "channel"} & {*response["differences"]}
    network = network_of(quick_router)
    assert network.key == UNHEARD.key
    assert network.passphrase not in {"goodlife", before.passphrase, UNHEARD.passphrase}


async def test_partition(
    hass: HomeAssistant,
    new_router: GlS20Simulator,
    set_up_router: SetUpRouter,
    mock_async_zeroconf: MagicMock,
) -> None:
    """A router that leads although others announce the network is in a part of its own."""
    announce(mock_async_zeroconf, UNHEARD, address=OTHER_ADDRESS)
    await add_network(hass, UNHEARD.dataset, preferred=True)
    await set_up_router(new_router)
    response = await act(hass, JOIN)
    assert response["way"] == "border_router_api"
    assert response["role"] == "leader"
    assert response["partition"] is True


async def test_no_partition(
    hass: HomeAssistant,
    new_router: GlS20Simulator,
    set_up_router: SetUpRouter,
    mock_async_zeroconf: MagicMock,
) -> None:
    """A router that leads the others, by what they announce, is in no part of its own."""
    announce(mock_async_zeroconf, UNHEARD, address=OTHER_ADDRESS, partition=7)
    announce(mock_async_zeroconf, UNHEARD, partition=7)
    await add_network(hass, UNHEARD.dataset, preferred=True)
    await set_up_router(new_router)
    assert (await act(hass, JOIN))["partition"] is False


async def test_refused_before_anything_is_done(
    hass: HomeAssistant, quick_router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """Without a preferred network, in it already, or while detached, nothing is touched."""
    await set_up_router(quick_router)
    assert (await refusal(hass, JOIN))[0] == "no_preferred_network"
    own = await add_network(hass, network_of(quick_router).dataset, preferred=True)
    key, text = await refusal(hass, JOIN)
    assert key == "already_in_network"
    assert str(own.network_name) in text
    await add_network(hass, HEARD.dataset, preferred=True)
    quick_router.lab.set_role("detached")
    assert (await refusal(hass, JOIN))[0] == "router_detached"
    for path in ("stop", "join", "set_config", "start"):
        assert not sent(quick_router, f"otbr/{path}")


@pytest.mark.parametrize(
    "dataset",
    ["0e08000000000001000002085ca1ab1e5ca1ab1e", replace(HEARD, channel=99).dataset],
    ids=["incomplete", "impossible"],
)
async def test_useless_preferred_network(
    hass: HomeAssistant, quick_router: GlS20Simulator, set_up_router: SetUpRouter, dataset: str
) -> None:
    """A preferred network of which something is missing or odd is refused in time."""
    await add_network(hass, dataset, preferred=True)
    await set_up_router(quick_router)
    assert (await refusal(hass, JOIN))[0] == "no_preferred_network"
    assert not sent(quick_router, "otbr/stop")


async def test_api_of_another_router(
    hass: HomeAssistant, new_router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """An API behind which there is another network is not used."""
    await add_network(hass, HEARD.dataset, preferred=True)
    dataset = replace(network_of(new_router), pan_id=1).dataset
    new_router.lab.set_field("otbr/get_status", "Network.ActiveDataset", dataset)
    await set_up_router(new_router)
    await failure(hass, JOIN)
    assert sent(new_router, "otbr/join") == 1


async def test_own_network_comes_back_by_the_api(
    hass: HomeAssistant, new_router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """What fails by the API is undone by the API, before the other way is tried."""
    await add_network(hass, UNHEARD.dataset, preferred=True)
    await set_up_router(new_router)
    before = network_of(new_router)
    _tire(new_router)
    key, _ = await failure(hass, JOIN)
    assert key == "join_failed"
    after = network_of(new_router)
    assert _essentials(after) == _essentials(before)
    assert new_router.device.thread.enabled


async def test_odd_api(
    hass: HomeAssistant,
    new_router: GlS20Simulator,
    set_up_router: SetUpRouter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An API that does not tell the dataset in the right form is not used."""
    monkeypatch.setattr("simulators.gl_s20.otbr_rest.TEXT", "text/none")
    await add_network(hass, HEARD.dataset, preferred=True)
    await set_up_router(new_router)
    assert (await act(hass, JOIN))["way"] == "network_key"


async def test_api_that_takes_nothing(
    hass: HomeAssistant,
    new_router: GlS20Simulator,
    set_up_router: SetUpRouter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the API refuses the dataset, the next way is taken, or the old network goes on."""

    def refuse(_: str) -> None:
        """Make nothing of it."""
        raise ValueError

    monkeypatch.setattr("simulators.gl_s20.otbr_rest.written", refuse)
    await add_network(hass, UNHEARD.dataset, preferred=True)
    await set_up_router(new_router)
    assert (await failure(hass, JOIN))[0] == "join_failed"
    assert new_router.device.thread.enabled
    await add_network(hass, HEARD.dataset, preferred=True)
    assert (await act(hass, JOIN))["way"] == "network_key"


@pytest.mark.parametrize("enabled", [True, False])
async def test_switched_off_stays_off(
    hass: HomeAssistant, new_router: GlS20Simulator, set_up_router: SetUpRouter, *, enabled: bool
) -> None:
    """A router that was off with a network of its own is off with it when joining has failed."""
    await add_network(hass, UNHEARD.dataset, preferred=True)
    if not enabled:
        new_router.device.thread.stop()
    before = network_of(new_router)
    await set_up_router(new_router)
    _tire(new_router)
    assert (await failure(hass, JOIN))[0] == "join_failed"
    assert new_router.device.thread.enabled is enabled
    assert _essentials(network_of(new_router)) == _essentials(before)


@pytest.mark.parametrize("rest", [True, False])
async def test_nothing_to_go_back_to(
    hass: HomeAssistant,
    start_router: StartRouter,
    set_up_router: SetUpRouter,
    monkeypatch: pytest.MonkeyPatch,
    *,
    rest: bool,
) -> None:
    """A router without a network of its own is switched off again."""
    router = await start_router(attach_seconds=1000, thread_enabled=False, otbr_rest=rest)
    if rest:
        monkeypatch.setattr(border_router, "OTBR_PORT", URL(router.otbr_rest.url or "").port)
    await add_network(hass, UNHEARD.dataset, preferred=True)
    await set_up_router(router)
    key, text = await failure(hass, JOIN)
    assert key == "join_failed_changed"
    assert "role is now: disabled" in text
    assert not router.device.thread.enabled


async def test_parameters_that_are_not_told(
    hass: HomeAssistant, quick_router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """Without all parameters of its own network, the router cannot be given that back."""
    await add_network(hass, UNHEARD.dataset, preferred=True)
    quick_router.lab.remove_field("otbr/get_status", "Network.Passphrase")
    await set_up_router(quick_router)
    key, text = await failure(hass, JOIN)
    assert key == "join_failed_changed"
    assert "role is now: disabled" in text


async def test_refused_by_the_router(
    hass: HomeAssistant, quick_router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A router that refuses keeps its network."""
    await add_network(hass, HEARD.dataset, preferred=True)
    await set_up_router(quick_router)
    quick_router.lab.break_replies("otbr/join", "error")
    assert (await failure(hass, JOIN))[0] == "join_failed"
    assert quick_router.device.thread.enabled
    quick_router.lab.break_replies("otbr/stop", "error", 2)
    assert (await failure(hass, JOIN))[0] == "join_failed"
    assert quick_router.device.thread.enabled


async def test_own_network_is_refused(
    hass: HomeAssistant, quick_router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A router that does not take its own network back is not left without a word."""
    await add_network(hass, UNHEARD.dataset, preferred=True)
    await set_up_router(quick_router)
    quick_router.lab.break_replies("otbr/set_config", "error")
    key, text = await failure(hass, JOIN)
    assert key == "join_failed_changed"
    assert "role is now: disabled" in text


async def test_silence_while_joining(
    hass: HomeAssistant,
    quick_router: GlS20Simulator,
    set_up_router: SetUpRouter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A router that is busy with joining may miss a question, but not all of them."""
    await add_network(hass, HEARD.dataset, preferred=True)
    await set_up_router(quick_router)
    original, breaks = joining._enter_by_key, [1, None]

    async def enter(client: Any, configuration: Any) -> None:
        """Fall silent after the command."""
        await original(client, configuration)
        quick_router.lab.break_replies("otbr/get_status", "garbage", breaks.pop(0))

    monkeypatch.setattr(joining, "_enter_by_key", enter)
    assert (await act(hass, JOIN))["way"] == "network_key"
    change_network(quick_router, key="11" * 16)
    assert (await failure(hass, JOIN))[0] == "join_failed_unreachable"


async def test_joined_network_is_not_stored_anew(
    hass: HomeAssistant, new_router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """Home Assistant keeps one entry of the network that it prefers, as it was."""
    entry = await add_network(hass, HEARD.dataset, preferred=True)
    await set_up_router(new_router, options={"share_network": False})
    await act(hass, JOIN)
    assert await stored(hass) == [entry]


def _tire(router: GlS20Simulator) -> None:
    """Let a router that has been in its network for long take long to get into another one."""
    router.device.thread._started = -10000
    router.lab.set_options(attach_seconds=1000)


def _essentials(network: Network) -> tuple[Any, ...]:
    """Return what makes up a mesh."""
    return (
        network.extended_pan_id,
        network.key,
        network.pan_id,
        network.channel,
        network.mesh_local_prefix,
    )
