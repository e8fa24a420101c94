"""The signed API of a plug-in's author: many routers, by whatever cloud there is."""

import json
from typing import Any

import pytest
from yarl import URL

from custom_components.gatehouse.clients.errors import (
    AuthenticationFailed,
    CannotConnect,
    ConnectionLost,
    GatehouseError,
    InvalidReply,
    NotPermitted,
    NotSupported,
    OutcomeUnknown,
)
from custom_components.gatehouse.clients.hiwifi.client import HiwifiClient
from custom_components.gatehouse.clients.hiwifi.openapi_server import (
    VENDORS_CLOUD,
    AllRouters,
    OpenApiServer,
)
from custom_components.gatehouse.clients.hiwifi.readings import SYSTEM
from simulators.faults import FaultKind
from simulators.hiwifi import HiwifiCloudSimulator, identity
from simulators.hiwifi.cloud_options import CallShape
from tests.clients.conftest import Answer
from tests.clients.hiwifi.conftest import (
    NewOpenApi,
    NewServer,
    Recorder,
    StartCloud,
    call,
    local,
)

FIRST, SECOND, OFFLINE = "D4EE07A05201", "D4EE07A05301", "D4EE07A05401"
UNKNOWN = "D4EE07FFFFFF"
LED = call("system.led.get_status")
LED_OFF = call("system.led.set_status", {"status": 0})


def led(cloud: HiwifiCloudSimulator, dev_id: str) -> bool:
    """Tell whether the lights of a router are on."""
    found: bool = cloud.lab.state()["routers"][dev_id]["led"]
    return found


async def test_status(cloud: HiwifiCloudSimulator, server: OpenApiServer) -> None:
    """Any spelling of the address will do."""
    assert await server.status("d4:ee:07:a0:52:01") is True
    assert await server.status(OFFLINE) is False
    with pytest.raises(NotPermitted):
        await server.status(UNKNOWN)
    with pytest.raises(ValueError, match="hardware address"):
        await server.status("router")


async def test_bind_and_call(
    cloud: HiwifiCloudSimulator, server: OpenApiServer, new_openapi: NewOpenApi
) -> None:
    """The secret that a binding yields signs the calls of that client."""
    secret = await server.bind(SECOND, "home", permissions=["system.*"])
    known = {"client_id": "home", "client_secret": secret.reveal(), "mac": SECOND}
    channel = new_openapi(cloud.url, **known)
    assert (await channel.ask(LED)).data == {"status": 1}
    assert (await channel.ask(call("wan.get_status"))).code == 100015
    assert await channel.online() is True
    await server.unbind(SECOND, "home")
    with pytest.raises(AuthenticationFailed):
        (await channel.ask(LED)).accepted()
    with pytest.raises(AuthenticationFailed):
        await server.unbind(SECOND, "home")


async def test_bound_already(server: OpenApiServer) -> None:
    """That is no failure: the secret that exists comes back."""
    first = await server.bind(FIRST, "home")
    assert await server.bind(FIRST, "home") == first
    known = await server.bind(FIRST, identity.CLIENT_ID)
    assert known.reveal() == identity.CLIENT_SECRET
    assert identity.CLIENT_SECRET not in repr(known)


async def test_bind_refused(cloud: HiwifiCloudSimulator, server: OpenApiServer) -> None:
    """The plug-in has fewer permissions, no plug-in, no connection."""
    with pytest.raises(NotPermitted):
        await server.bind(FIRST, "home", permissions=["utils.*"])
    with pytest.raises(NotPermitted):
        await server.bind(UNKNOWN, "home")
    cloud.lab.break_replies("bind", FaultKind.GARBAGE)
    with pytest.raises(OutcomeUnknown):
        await server.bind(FIRST, "home")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (local(""), OutcomeUnknown),
        (local("", code="100007"), NotPermitted),
        (local("", code="100001", data={"client_secret": "x"}), GatehouseError),
    ],
)
async def test_binding_without_secret(
    device: Recorder, new_server: NewServer, body: str, kind: type[GatehouseError]
) -> None:
    """It is no success."""
    device.answer("/bind", body)
    with pytest.raises(kind):
        await new_server(device.url).bind(FIRST, "home")


@pytest.mark.parametrize("shape", CallShape)
@pytest.mark.parametrize("style", ["mixed", "string", "number"])
async def test_call(
    start_cloud: StartCloud, new_server: NewServer, shape: CallShape, style: str
) -> None:
    """Wherever the cloud puts what a router says."""
    cloud = await start_cloud(call_shape=shape)
    cloud.lab.set_router_options(code_style=style)
    server = new_server(cloud.url)
    assert (await server.ask(FIRST, LED)).accepted() == {"status": 1}
    assert (await server.ask(FIRST, LED_OFF, changes=True)).ok
    assert not led(cloud, FIRST)
    assert led(cloud, SECOND)
    answer = await server.ask(FIRST, call("system.nothing"))
    assert (answer.code, answer.app_code) == (100004, 100004)
    with pytest.raises(NotSupported):
        answer.accepted()


async def test_offline_router(cloud: HiwifiCloudSimulator, server: OpenApiServer) -> None:
    """What the cloud's code means for a command is not documented: nobody knows."""
    with pytest.raises(CannotConnect):
        (await server.ask(OFFLINE, LED)).accepted()
    client = HiwifiClient(server.router(OFFLINE))
    with pytest.raises(ConnectionLost):
        await client.read(SYSTEM)
    assert await client.online() is False
    cloud.lab.set_options(answer_seconds=60)
    with pytest.raises(ConnectionLost):
        (await server.ask(FIRST, LED)).accepted()


async def test_client_by_cloud(cloud: HiwifiCloudSimulator, server: OpenApiServer) -> None:
    """One of several routers is a router like any other."""
    client = HiwifiClient(server.router("d4:ee:07:a0:53:01"))
    await client.log_in()
    assert client.transport == "openapi_server"
    assert client.base_url == URL(cloud.url)
    assert [each.ok for each in await server.router(FIRST).ask_all([LED, LED])] == [True] * 2
    assert (await client.router_info()).mac == "d4:ee:07:a0:53:01"
    assert (await client.read(SYSTEM)).mac == "d4:ee:07:a0:53:01"
    await client.system.set_led(on=False)
    assert not led(cloud, SECOND)
    assert led(cloud, FIRST)
    cloud.lab.set_options(answer_seconds=60)
    with pytest.raises(OutcomeUnknown):
        await client.system.set_led(on=True)
    await client.release()


@pytest.mark.parametrize(
    ("macs", "answering"),
    [
        (["d4:ee:07:a0:52:01"], {FIRST}),
        ([FIRST, SECOND, OFFLINE], {FIRST, SECOND}),
        (AllRouters.ALL, {FIRST, SECOND}),
    ],
)
async def test_several_routers(
    cloud: HiwifiCloudSimulator, server: OpenApiServer, macs: Any, answering: set[str]
) -> None:
    """Results come later, of those that have answered."""
    request_id = await server.call_multi(macs, LED_OFF)
    assert await server.call_multi_result(request_id) == ()
    cloud.lab.advance(1)
    results = await server.call_multi_result(request_id)
    assert {each.device_id for each in results} == answering
    assert all(each.answer.ok for each in results)
    assert {each for each in (FIRST, SECOND) if not led(cloud, each)} == answering


async def test_router_that_comes_back(cloud: HiwifiCloudSimulator, server: OpenApiServer) -> None:
    """It carries out what was stored, unless it was to be skipped or came too late."""
    kept = await server.call_multi([OFFLINE], LED)
    skipped = await server.call_multi([OFFLINE], LED, skip_offline=True)
    brief = await server.call_multi([OFFLINE], LED, keep_seconds=60)
    cloud.lab.advance(61)
    cloud.lab.set_online(OFFLINE, online=True)
    cloud.lab.advance(1)
    assert [each.answer.data for each in await server.call_multi_result(kept)] == [{"status": 1}]
    assert await server.call_multi_result(skipped) == ()
    with pytest.raises(GatehouseError):
        await server.call_multi_result(brief)


async def test_several_routers_of_which_one_refuses(
    cloud: HiwifiCloudSimulator, server: OpenApiServer
) -> None:
    """Each result has its own code."""
    request_id = await server.call_multi([FIRST], call("system.nothing"))
    cloud.lab.advance(1)
    (result,) = await server.call_multi_result(request_id)
    with pytest.raises(NotSupported):
        result.answer.accepted()


async def test_several_routers_refused(server: OpenApiServer) -> None:
    """One that does not have the plug-in spoils it for all; none at all is no call."""
    with pytest.raises(NotPermitted):
        await server.call_multi([FIRST, UNKNOWN], LED)
    with pytest.raises(NotPermitted):
        await server.call_multi(AllRouters.ALL, call("utils.cache.clear"))
    with pytest.raises(ValueError, match="at least one"):
        await server.call_multi([], LED)


async def test_what_is_sent(device: Recorder, new_server: NewServer) -> None:
    """Numbers are numbers for several routers, but the timeout of one call is text."""
    device.answer("/call_multi", local("", data={"code": 0, "request_id": "0001"}))
    device.answer("/call", local({"status": 1}))
    server = new_server(device.url)
    assert await server.call_multi(AllRouters.ALL, LED, skip_offline=True) == "0001"
    body = json.loads(device.last("/call_multi").body)
    assert (body["dev_ids"], body["skip_offline"], body["timeout"]) == ("all", 1, 86400)
    assert device.queries[-1].keys() == {"sign"}
    await server.ask(FIRST, LED)
    assert json.loads(device.last("/call").body)["timeout"] == "10"
    assert device.last("/call").headers["Host"] == device.url.authority


async def test_call_without_an_id(device: Recorder, new_server: NewServer) -> None:
    """Nobody knows what became of it."""
    device.answer("/call_multi", local(""))
    with pytest.raises(OutcomeUnknown):
        await new_server(device.url).call_multi([FIRST], LED)


async def test_wrong_secret(cloud: HiwifiCloudSimulator, new_server: NewServer) -> None:
    """The author is not recognized."""
    for wrong in ({"app_secret": "wrong"}, {"app_id": "0"}):
        with pytest.raises(AuthenticationFailed):
            await new_server(cloud.url, **wrong).router(FIRST).log_in()


async def test_dead_cloud(cloud: HiwifiCloudSimulator, new_server: NewServer) -> None:
    """That is what everybody meets today."""
    assert VENDORS_CLOUD.host == "openapi.hiwifi.com"
    cloud.lab.set_options(alive=False)
    with pytest.raises(CannotConnect):
        await new_server(cloud.url).status(FIRST)
    with pytest.raises(CannotConnect):
        await new_server("http://127.0.0.1:9").status(FIRST)


async def test_page_instead_of_the_cloud(device: Recorder, new_server: NewServer) -> None:
    """Whoever has the name now."""
    device.answer("/status", Answer(status=200, body="<html>for sale</html>"))
    with pytest.raises(InvalidReply):
        await new_server(device.url).status(FIRST)
