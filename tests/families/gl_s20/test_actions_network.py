"""The Thread network: changing it, making up another, joining somebody else's."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from homeassistant.core import HomeAssistant
import pytest

from custom_components.gatehouse.clients.gl_s20.thread import Thread
from custom_components.gatehouse.families.gl_s20.actions import join
from simulators.gl_s20 import GlS20Simulator
from simulators.gl_s20.air import THREAD_NETWORKS
from tests.conftest import state_of

from .action_helpers import ACTIONS, act, failure, refusal, sent, soon
from .conftest import SetUpRouter, StartRouter

OTHER = THREAD_NETWORKS[0].network
BY_KEY: Final[dict[str, Any]] = {"network_key": OTHER.key, "channel": 15, "pan_id": "0x7E57"}
ROLE = "sensor.gl_s20_thread_role"
NAME = "sensor.gl_s20_thread_network_name"


@pytest.fixture
def time_of_joining(router: GlS20Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Look without pauses, and let the device have two seconds before each look."""
    monkeypatch.setattr(f"{ACTIONS}.join.LOOK_INTERVAL", 0)
    read = Thread.status

    async def status(self: Thread) -> Any:
        """Let time pass."""
        router.lab.advance(2)
        return await read(self)

    monkeypatch.setattr(Thread, "status", status)


async def test_set(hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter) -> None:
    """All parameters are set at once and shown at once."""
    await set_up_router(router)
    await act(
        hass,
        "set_thread_network",
        name="House",
        extended_pan_id="AA:BB:CC:DD:EE:FF:00:11",
        pan_id="0x0abc",
        channel=20,
        network_key="00112233445566778899AABBCCDDEEFF",
        passphrase="correct horse",
    )
    network = router.device.thread.network
    assert network.name == "House"
    assert network.extended_pan_id == "aabbccddeeff0011"
    assert network.pan_id == 0xABC
    assert network.channel == 20
    assert network.key == "00112233445566778899aabbccddeeff"
    assert network.passphrase == "correct horse"
    assert state_of(hass, NAME) == "House"
    assert state_of(hass, ROLE) == "detached"
    assert sent(router, "otbr/set_config") == 1


async def test_set_one_parameter(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """What is not given stays as it is."""
    await set_up_router(router)
    before = router.device.thread.network
    await act(hass, "set_thread_network", channel=13, pan_id=4660)
    after = router.device.thread.network
    assert (after.channel, after.pan_id) == (13, 0x1234)
    assert (after.name, after.key, after.passphrase, after.extended_pan_id) == (
        before.name,
        before.key,
        before.passphrase,
        before.extended_pan_id,
    )


async def test_set_what_is_not_known(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A router that does not tell all of its network is not given a made-up rest."""
    await set_up_router(router)
    router.lab.remove_field("otbr/get_status", "Network.Passphrase")
    router.lab.set_field("otbr/get_status", "Network.PanId", 65535)
    key, text = await failure(hass, "set_thread_network", channel=13)
    assert key == "configuration_incomplete"
    assert "pan_id, passphrase" in text
    assert sent(router, "otbr/set_config") == 0
    await act(hass, "set_thread_network", channel=13, pan_id=1, passphrase="correct horse")
    assert router.device.thread.network.channel == 13


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({}, "nothing_to_change"),
        ({"name": ""}, "invalid_network_name"),
        ({"name": "ä" * 9}, "invalid_network_name"),
        ({"extended_pan_id": "11223344"}, "invalid_extended_pan_id"),
        ({"pan_id": 0}, "invalid_pan_id"),
        ({"pan_id": "0xFFFF"}, "invalid_pan_id"),
        ({"pan_id": "house"}, "invalid_pan_id"),
        ({"channel": 10}, "invalid_channel"),
        ({"channel": 27}, "invalid_channel"),
        ({"network_key": "5ec2e75ec2e7"}, "invalid_network_key"),
        ({"passphrase": "5ec2e"}, "invalid_passphrase"),
        ({"passphrase": "5ec2e7" * 43}, "invalid_passphrase"),
    ],
)
async def test_wrong_parameters(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    fields: Mapping[str, Any],
    key: str,
) -> None:
    """What cannot be right is told, without repeating secrets, before anything is sent."""
    await set_up_router(router)
    router.requests.clear()
    found, text = await refusal(hass, "set_thread_network", **fields)
    assert found == key
    assert "5ec2e" not in text
    assert router.requests == []


async def test_set_with_unknown_outcome(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A router that restarts during the change leaves it open, and nothing is sent twice."""
    await set_up_router(router)
    router.lab.break_replies("otbr/set_config", "drop", 1)
    key, _ = await failure(hass, "set_thread_network", name="House")
    assert key == "outcome_unknown"
    assert sent(router, "otbr/set_config") == 1
    assert router.device.thread.network.name != "House"


async def test_generate(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A made-up network that the router takes at once is told without its secrets."""
    await set_up_router(router)
    response = await act(hass, "generate_thread_network", confirm=True)
    network = router.device.thread.network
    assert response == {
        "applied": True,
        "name": "GL-S20-1a2",
        "extended_pan_id": network.extended_pan_id,
        "pan_id": f"0x{network.pan_id:04X}",
        "channel": 26,
    }
    assert router.lab.state()["networks_generated"] == 1
    assert state_of(hass, ROLE) == "detached"


async def test_generate_a_proposal(
    hass: HomeAssistant, start_router: StartRouter, set_up_router: SetUpRouter
) -> None:
    """A made-up network that is only proposed can be set with what the response says."""
    router = await start_router(generate_applies=False)
    await set_up_router(router)
    before = router.device.thread.network
    response = await act(hass, "generate_thread_network", confirm=True)
    assert response.pop("applied") is False
    assert router.device.thread.network == before
    await act(hass, "set_thread_network", **response)
    after = router.device.thread.network
    assert after.key == response["network_key"] != before.key
    assert after.extended_pan_id == response["extended_pan_id"]
    assert sent(router, "otbr/generate_thread_network") == 1


async def test_generate_nothing(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A router that makes up nothing is not believed."""
    await set_up_router(router)
    router.lab.break_replies("otbr/generate_thread_network", "error", 1, executed=False)
    assert (await failure(hass, "generate_thread_network", confirm=True))[0] == "command_refused"
    for name in ("Network.ExtPanId", "Network.NetworkKey"):
        router.lab.set_field("otbr/get_status", name, "00112233445566778899aabbccddeeff")
    key, _ = await failure(hass, "generate_thread_network", confirm=True)
    assert key == "no_network_generated"


async def test_generate_without_confirmation(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """Nothing is made up that nobody has confirmed."""
    await set_up_router(router)
    assert (await refusal(hass, "generate_thread_network", confirm=False))[0] == "not_confirmed"
    assert sent(router, "otbr/generate_thread_network") == 0


@pytest.mark.parametrize("executed", [False, True])
@pytest.mark.parametrize("kind", ["drop", "cut", "empty"])
async def test_generate_once(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    kind: str,
    *,
    executed: bool,
) -> None:
    """A broken connection never makes up a second network."""
    await set_up_router(router)
    router.lab.break_replies("otbr/generate_thread_network", kind, 1, executed=executed)
    key, _ = await failure(hass, "generate_thread_network", confirm=True)
    assert key == "outcome_unknown"
    assert sent(router, "otbr/generate_thread_network") == 1
    assert router.lab.state()["networks_generated"] == int(executed)


@pytest.mark.usefixtures("time_of_joining")
async def test_join_by_key(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A network in range is joined with what a scan tells of it, and its key."""
    await set_up_router(router)
    response = await act(hass, "join_thread_network", **BY_KEY)
    assert response == {"joined": True, "role": "child"}
    assert router.device.thread.network == OTHER
    assert state_of(hass, NAME) == OTHER.name
    assert state_of(hass, ROLE) == "child"
    assert sent(router, "otbr/join") == 1
    assert sent(router, "otbr/get_join_status") == 0


@pytest.mark.usefixtures("time_of_joining")
async def test_join_by_pskd(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A network whose commissioner knows the PSKd lets the router in."""
    await set_up_router(router)
    response = await act(hass, "join_thread_network", pskd="j01nme")
    assert response == {"joined": True, "role": "child", "join_status": 5}
    assert state_of(hass, NAME) == OTHER.name


@pytest.mark.usefixtures("time_of_joining")
@pytest.mark.parametrize(
    ("fields", "response"),
    [
        ({"pskd": "WR0NGPSKD"}, {"joined": False, "role": "disabled", "join_status": 0}),
        ({**BY_KEY, "channel": 16}, {"joined": False, "role": "detached"}),
    ],
)
async def test_join_in_vain(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    fields: Mapping[str, Any],
    response: Mapping[str, Any],
) -> None:
    """Who is not let in learns so after about a minute."""
    await set_up_router(router)
    router.requests.clear()
    assert await act(hass, "join_thread_network", **fields) == response
    assert sent(router, "otbr/get_status") == 32
    assert state_of(hass, ROLE) == response["role"]


@pytest.mark.usefixtures("time_of_joining")
async def test_leading_is_not_joining(
    hass: HomeAssistant, router: GlS20Simulator, set_up_router: SetUpRouter
) -> None:
    """A router that ends up as leader has found nobody."""
    await set_up_router(router)
    router.lab.set_field("otbr/get_status", "RCP.State", 4)
    assert await act(hass, "join_thread_network", **BY_KEY) == {"joined": False, "role": "leader"}


@pytest.mark.usefixtures("time_of_joining")
async def test_joining_with_interruptions(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A router that is too busy to answer while it joins is asked again."""
    await set_up_router(router)
    join = Thread.join_with_network_key

    async def join_and_stammer(self: Thread, *args: Any, **kwargs: Any) -> None:
        """Let the answers after the command be bad."""
        await join(self, *args, **kwargs)
        router.lab.break_replies("otbr/get_status", "garbage", 1)
        router.lab.break_replies("otbr/get_status", "cut", 1)

    monkeypatch.setattr(Thread, "join_with_network_key", join_and_stammer)
    assert (await act(hass, "join_thread_network", **BY_KEY))["joined"] is True
    assert sent(router, "otbr/join") == 1


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({}, "join_by_key_or_pskd"),
        ({"pskd": "J01NME", "channel": 15}, "join_by_key_or_pskd"),
        ({"network_key": OTHER.key, "channel": 15}, "join_by_key_or_pskd"),
        ({"pskd": "join"}, "invalid_pskd"),
        ({**BY_KEY, "network_key": OTHER.key[1:]}, "invalid_network_key"),
        ({**BY_KEY, "channel": 27}, "invalid_channel"),
        ({**BY_KEY, "pan_id": "0x10000"}, "invalid_pan_id"),
    ],
)
async def test_wrong_join(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    fields: Mapping[str, Any],
    key: str,
) -> None:
    """Nobody leaves a network for what cannot be right."""
    await set_up_router(router)
    router.requests.clear()
    found, text = await refusal(hass, "join_thread_network", **fields)
    assert found == key
    assert OTHER.key[1:] not in text
    assert router.requests == []


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("set_thread_network", {"channel": 13}),
        ("generate_thread_network", {"confirm": True}),
        ("join_thread_network", BY_KEY),
    ],
)
async def test_detached(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    action: str,
    fields: dict[str, Any],
) -> None:
    """What may be the only credentials of a lost network is kept, until Thread is off."""
    await set_up_router(router)
    before = router.device.thread.network
    router.lab.set_role("detached")
    key, text = await refusal(hass, action, **fields)
    assert key == "router_detached"
    assert "switch Thread off first" in text
    assert router.device.thread.network == before


async def test_nothing_beside_a_joining(
    hass: HomeAssistant,
    router: GlS20Simulator,
    set_up_router: SetUpRouter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While the router joins nothing else is done to it, and it does not join beside a command."""
    await set_up_router(router)
    goes_on = asyncio.Event()
    follow = join._followed

    async def followed(*args: Any, **named: Any) -> Any:
        """Follow the joining once the test has looked."""
        await goes_on.wait()
        monkeypatch.setattr(join, "LOOKS", 0)
        return await follow(*args, **named)

    monkeypatch.setattr(join, "_followed", followed)
    joining = hass.async_create_task(act(hass, "join_thread_network", **BY_KEY))
    await soon(lambda: sent(router, "otbr/join"))
    for action, fields in (
        ("set_thread_network", {"channel": 13}),
        ("join_thread_network", BY_KEY),
        ("scan_wifi", {}),
    ):
        key, text = await refusal(hass, action, **fields)
        assert key == "device_occupied"
        assert "GL-S20" in text
    assert sent(router, "otbr/join") == 1
    assert not sent(router, "otbr/set_config")
    goes_on.set()
    assert (await joining)["joined"] is False
    router.lab.set_role(None)
    router.device.occupy(20)
    setting = hass.async_create_task(act(hass, "set_thread_network", channel=13))
    await soon(lambda: router.requests[-1][1] == "/otbr/get_status")
    assert (await refusal(hass, "join_thread_network", **BY_KEY))[0] == "device_occupied"
    router.lab.advance(20)
    await setting
