"""The generation, polls, and calls of any method."""

import pytest
from yarl import URL

from custom_components.gatehouse.clients.errors import (
    AuthenticationFailed,
    CommandRefused,
    GatehouseError,
    InvalidReply,
    NotPermitted,
    NotSupported,
    OutcomeUnknown,
)
from custom_components.gatehouse.clients.hiwifi.call import Generation
from custom_components.gatehouse.clients.hiwifi.client import HiwifiClient
from custom_components.gatehouse.clients.hiwifi.models import Interface
from custom_components.gatehouse.clients.hiwifi.openapi_client import OpenApiClient
from custom_components.gatehouse.clients.hiwifi.readings import (
    CLIENTS,
    GUEST_NETWORKS,
    LED,
    NETWORKS,
    RADIOS,
    RATES,
    STATIONS,
    SYSTEM,
    TRAFFIC,
    WAN,
    access,
)
from custom_components.gatehouse.clients.hiwifi.router_admin import RouterAdmin
from simulators.faults import FaultKind
from simulators.hiwifi import HiwifiSimulator, identity
from tests.clients.hiwifi.conftest import (
    FIRMWARES,
    PROXY_CALL,
    NewAdmin,
    NewOpenApi,
    Recorder,
    StartRouter,
    proxied,
)
from tests.clients.hiwifi.ways import EVERYTHING, PHONE, TV, WAYS, MakeChannel


@WAYS
@pytest.mark.parametrize("firmware", FIRMWARES)
async def test_generation_is_found_once(
    start_router: StartRouter,
    new_admin: NewAdmin,
    new_openapi: NewOpenApi,
    way: MakeChannel,
    firmware: str,
) -> None:
    """And need not be found again by who was told."""
    router = await start_router(firmware=firmware)
    client = HiwifiClient(way(router, new_admin, new_openapi))
    generation = await client.find_generation()
    assert generation is (Generation.V1 if firmware in FIRMWARES[:2] else Generation.V0)
    assert client.generation is generation
    router.lab.reset_counts()
    assert await client.find_generation() is generation
    assert router.lab.counts() == {}
    again = HiwifiClient(way(router, new_admin, new_openapi), generation=generation)
    assert await again.find_generation() is generation
    assert router.lab.counts() == {}


async def test_generation_without_the_first_witness(
    start_router: StartRouter, new_admin: NewAdmin
) -> None:
    """One missing method does not make a newer router an older one."""
    router = await start_router(missing_methods=["system.get_info"])
    assert await HiwifiClient(new_admin(router)).find_generation() is Generation.V1
    router.lab.set_options(
        missing_methods=[
            "system.get_info",
            "wan.get_inet_stat",
            "system.sys.get_info",
            "network.wan.get_simple_info",
        ]
    )
    with pytest.raises(NotSupported):
        await HiwifiClient(new_admin(router)).find_generation()


async def test_generation_of_a_failing_witness(
    router: HiwifiSimulator, client: HiwifiClient
) -> None:
    """A method that fails is a method that exists."""
    router.lab.fail_method("system.get_info", 100001, None)
    assert await client.find_generation() is Generation.V1


@pytest.mark.parametrize("firmware", ["1.4.8", "0.9007"])
async def test_generation_behind_permissions(
    start_router: StartRouter, new_openapi: NewOpenApi, firmware: str
) -> None:
    """Who may not ask assumes the newer one, until a method turns out to be missing."""
    router = await start_router(firmware=firmware, permissions=["device.*", "network.common.*"])
    client = HiwifiClient(new_openapi(router.url))
    assert await client.find_generation() is Generation.V1
    assert client.generation is None
    if firmware == "1.4.8":
        assert len((await client.read(CLIENTS)).clients) == 7
        router.lab.reset_counts()
        await client.read(CLIENTS)
        assert router.lab.counts() == {"call": 1}
        return
    with pytest.raises(NotSupported):
        await client.read(CLIENTS)
    router.lab.bind(
        identity.APP_ID, identity.CLIENT_ID, ["system.*", "network.*"], identity.CLIENT_SECRET
    )
    assert len((await client.read(CLIENTS)).clients) == 5
    assert client.generation is Generation.V0


async def test_poll_is_one_request(router: HiwifiSimulator, client: HiwifiClient) -> None:
    """As long as the firmware takes several calls at once."""
    usual = (SYSTEM, WAN, RATES, TRAFFIC, CLIENTS, LED, RADIOS)
    await client.find_generation()
    router.lab.reset_counts()
    await client.poll(usual)
    assert router.lab.counts() == {"proxy/call": 1}
    assert sum(router.lab.calls().values()) == len(usual)
    assert (await client.poll(())).results == {}


async def test_same_call_for_several_readings(
    start_router: StartRouter, new_admin: NewAdmin
) -> None:
    """In the older generation one list tells of all clients."""
    router = await start_router(firmware="0.9007")
    client = HiwifiClient(new_admin(router))
    await client.household.block([TV])
    poll = await client.poll([access(PHONE), access(TV), LED])
    assert poll.value(access(TV.upper())).allowed is False
    assert poll.value(access(PHONE)).allowed is True
    assert router.lab.calls()["network.device.get_black_list"] == 1


async def test_one_failing_reading(router: HiwifiSimulator, client: HiwifiClient) -> None:
    """It costs the others nothing; what may pass is asked for once more."""
    await client.find_generation()
    router.lab.fail_method("wan.get_status", 100001, 1)
    router.lab.fail_method("system.led.get_status", 100001, None)
    router.lab.fail_method("device.sta.list", 100015, None)
    router.lab.reset_counts()
    poll = await client.poll((SYSTEM, WAN, LED, CLIENTS))
    assert poll.value(SYSTEM).model == "HC5962"
    assert poll.value(WAN).connected is True
    assert isinstance(poll.error(LED), CommandRefused)
    with pytest.raises(CommandRefused, match="100001"):
        poll.value(LED)
    with pytest.raises(NotPermitted):
        poll.value(CLIENTS)
    with pytest.raises(KeyError):
        poll.value(RATES)
    assert router.lab.calls() == {
        "system.get_info": 1,
        "wan.get_status": 2,
        "system.led.get_status": 2,
        "device.sta.list": 1,
    }
    assert router.lab.counts() == {"proxy/call": 2}


async def test_model_with_one_band(start_router: StartRouter, new_admin: NewAdmin) -> None:
    """What it does not have is not supported, which is no failure."""
    router = await start_router(five_ghz=False)
    poll = await HiwifiClient(new_admin(router)).poll(EVERYTHING)
    for each in (NETWORKS[Interface.MAIN_5], STATIONS[Interface.MAIN_5]):
        assert isinstance(poll.error(each), NotSupported)
    assert poll.value(GUEST_NETWORKS[Interface.GUEST_5]).supported is False
    assert poll.value(SYSTEM).has_5_ghz is False


async def test_lost_binding_ends_the_poll(router: HiwifiSimulator, openapi: OpenApiClient) -> None:
    """It concerns the whole router."""
    client = HiwifiClient(openapi)
    await client.poll((SYSTEM, WAN))
    router.lab.reset_binding()
    with pytest.raises(AuthenticationFailed, match="cloud"):
        await client.poll((SYSTEM, WAN))


async def test_odd_data(router: HiwifiSimulator, client: HiwifiClient) -> None:
    """Surprising values are unknown, not fatal; data of no use at all are an error."""
    for name, value in (
        ("uptime", "soon"),
        ("model", ["x"]),
        ("wireless", "none"),
        ("systime", {"a": 1}),
        ("mac", "00"),
    ):
        router.lab.set_field("system.get_info", name, value)
    system = await client.read(SYSTEM)
    assert (system.uptime, system.model, system.has_5_ghz) == (None, None, None)
    assert (system.time, system.mac, system.version) == (None, None, "1.4.8.20462s")
    router.lab.set_field("device.sta.list", "list", [None, "x", {"mac": ""}, {"mac": TV}])
    assert [each.mac for each in (await client.read(CLIENTS)).clients] == [TV]


async def test_data_that_are_no_object(device: Recorder, scripted: RouterAdmin) -> None:
    """A text where an object should be is no reading; nothing at all is an empty one."""
    client = HiwifiClient(scripted, generation=Generation.V1)
    device.answer(PROXY_CALL, proxied("surprise"), proxied(""))
    with pytest.raises(InvalidReply):
        await client.read(LED)
    assert (await client.read(LED)).on is None


@WAYS
async def test_any_method(
    start_router: StartRouter, new_admin: NewAdmin, new_openapi: NewOpenApi, way: MakeChannel
) -> None:
    """By name, of either generation."""
    router = await start_router()
    client = HiwifiClient(way(router, new_admin, new_openapi))
    assert await client.call("system.led.get_status") == {"status": 1}
    assert await client.call("wireless.get_quality", {"ifname": "masterac"}) == {
        "state": "good",
        "quality": 88,
    }
    assert (await client.call("network.wireless.get_channel"))["channel"] == 0
    assert (await client.call("network.wireless.get_channel", version=Generation.V0))[
        "channel"
    ] == 0
    with pytest.raises(NotSupported):
        await client.call("network.wireless.get_channel", version=Generation.V1)
    answer = await client.ask("wireless.get_iface_info", {"ifname": "nonsense"})
    assert (answer.ok, answer.code) == (False, 20)
    assert answer.message
    with pytest.raises(CommandRefused) as caught:
        await client.call("wireless.get_iface_info", {"ifname": "nonsense"})
    assert caught.value.code == 20


async def test_methods_that_may_do_harm(router: HiwifiSimulator, client: HiwifiClient) -> None:
    """They need a word of their own; nothing is sent otherwise."""
    data = {"old_password": "gatehouse", "password": "another"}
    for method in ("system.set_password", "system.reset", "wan.set_pppoe"):
        with pytest.raises(NotPermitted, match="may do harm"):
            await client.call(method, data)
    for bad in ("reboot", "a..b"):
        with pytest.raises(ValueError, match="method"):
            await client.call(bad)
    with pytest.raises(ValueError, match="timeout"):
        await client.call("system.get_info", timeout=0)
    with pytest.raises(ValueError, match="JSON"):
        await client.call("system.get_info", {"a": object()})
    assert router.requests == []
    await client.call("system.set_password", data, allow_dangerous=True)
    assert router.password == "another"


@pytest.mark.parametrize(("method", "calls"), [("wireless.start", 1), ("wireless.get_quality", 2)])
async def test_only_readings_are_repeated(
    router: HiwifiSimulator, client: HiwifiClient, method: str, calls: int
) -> None:
    """By their names."""
    router.lab.fail_method(method, 100001, None)
    with pytest.raises(CommandRefused):
        await client.call(method, {"ifname": "master"})
    assert router.lab.calls()[method] == calls


@pytest.mark.parametrize(
    ("method", "kind"),
    [("wireless.start", OutcomeUnknown), ("system.led.get_status", InvalidReply)],
)
async def test_call_without_a_proper_answer(
    router: HiwifiSimulator, client: HiwifiClient, method: str, kind: type[GatehouseError]
) -> None:
    """Of what may have changed something, the outcome is unknown."""
    await client.find_generation()
    router.lab.reset_counts()
    router.lab.break_replies("proxy/call", FaultKind.GARBAGE)
    with pytest.raises(kind):
        await client.call(method, {"ifname": "master"})
    assert router.lab.counts() == {"proxy/call": 1}


@WAYS
async def test_what_the_client_tells(
    start_router: StartRouter, new_admin: NewAdmin, new_openapi: NewOpenApi, way: MakeChannel
) -> None:
    """Which way it goes, who the router is, and whether it is there."""
    router = await start_router()
    channel = way(router, new_admin, new_openapi)
    client = HiwifiClient(channel)
    await client.log_in()
    assert client.transport == channel.name
    assert client.base_url == URL(router.url)
    assert (await client.router_info()).board == "HC5962"
    assert await client.online() is True
    await client.release()
