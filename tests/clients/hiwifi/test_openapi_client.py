"""The signed API of a bound client: kept by the router, or handed on to a cloud that is dead."""

import asyncio
from collections.abc import Awaitable, Callable
import json
from typing import Any

from aiohttp import ClientTimeout
import pytest

from custom_components.gatehouse.clients import transport
from custom_components.gatehouse.clients.errors import (
    AuthenticationFailed,
    BindingLost,
    CannotConnect,
    CommandRefused,
    GatehouseError,
    InvalidReply,
    NotPermitted,
    NotSupported,
    OutcomeUnknown,
)
from custom_components.gatehouse.clients.hiwifi import openapi_client
from custom_components.gatehouse.clients.hiwifi.call import Call, Generation
from custom_components.gatehouse.clients.hiwifi.codes import RequestFaulty
from custom_components.gatehouse.clients.hiwifi.openapi_client import (
    CLIENT_HOST,
    NotIntercepted,
    OpenApiClient,
)
from simulators.faults import FaultKind
from simulators.hiwifi import HiwifiSimulator, identity
from simulators.hiwifi.options import Cloud, CodePlace, CodeStyle
from tests.clients.conftest import Answer
from tests.clients.hiwifi.conftest import (
    CALL,
    FIRMWARES,
    ROUTER_INFO,
    NewOpenApi,
    Recorder,
    StartRouter,
    call,
    local,
)

LED = call("system.led.get_status", generation=Generation.V0)
LED_OFF = call("system.led.set_status", {"status": 0}, Generation.V0)
OTHER = "D4EE07FFFFFF"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a fraction of a second only."""
    brief = ClientTimeout(total=0.3, sock_connect=0.2)
    monkeypatch.setattr(transport, "TIMEOUT", brief)
    monkeypatch.setattr(Call, "patience", brief)
    monkeypatch.setattr(openapi_client, "_PROBE_TIMEOUT", brief)


@pytest.mark.parametrize("firmware", FIRMWARES)
async def test_every_firmware(
    start_router: StartRouter, new_openapi: NewOpenApi, firmware: str
) -> None:
    """All answer themselves; none has `status`, for which one try is enough."""
    router = await start_router(firmware=firmware)
    channel = new_openapi(router.url)
    await channel.log_in()
    info = await channel.router_info()
    assert (info.mac, info.board) == ("d4:ee:07:a0:52:01", router.router.options.traits.board)
    assert [await channel.online() for _ in range(3)] == [True] * 3
    assert router.lab.counts()["status"] == 1
    answer = await channel.ask(LED)
    assert (answer.code, answer.app_code, answer.data) == (0, 0, {"status": 1})
    await channel.release()
    assert router.lab.handed_on == 0


async def test_what_is_sent(device: Recorder, new_openapi: NewOpenApi) -> None:
    """All parameters of the description, the device id twice, data always, time as text."""
    device.answer(CALL, local())
    device.answer(ROUTER_INFO, local({"mac": identity.MAC}))
    channel = new_openapi(device.url, mac="d4:ee:07:a0:52:01")
    await channel.ask(call("wan.get_status"))
    common = {
        "app_id": identity.APP_ID,
        "app_name": identity.APP_NAME,
        "client_id": identity.CLIENT_ID,
        "dev_id": "D4EE07A05201",
    }
    assert json.loads(device.last(CALL).body) == common | {
        "timeout": "10",
        "method": "wan.get_status",
        "version": "v1",
        "lang": "zh-CN",
        "data": {},
    }
    await channel.ask(LED)
    assert "version" not in json.loads(device.last(CALL).body)
    await channel.router_info()
    for seen, query in zip(device.seen, device.queries, strict=True):
        assert seen.method == "POST"
        assert seen.headers["Host"] == CLIENT_HOST
        assert seen.headers["Content-Type"] == "application/json"
        assert int(seen.headers["Content-Length"]) == len(seen.body) > 0
        assert "Transfer-Encoding" not in seen.headers
        assert query.keys() == {"sign", "dev_id", "local"}
        assert (query["dev_id"], query["local"]) == ("D4EE07A05201", "1")


async def test_other_host(device: Recorder, new_openapi: NewOpenApi) -> None:
    """Whoever has a name server of the router's needs no header; another may be given."""
    device.answer(CALL, local())
    await new_openapi(device.url, host=None).ask(LED)
    assert device.last(CALL).headers["Host"] == device.url.authority
    await new_openapi(device.url, host="api.example.invalid").ask(LED)
    assert device.last(CALL).headers["Host"] == "api.example.invalid"


async def test_no_device_id(new_openapi: NewOpenApi) -> None:
    """It is checked before there is a client."""
    with pytest.raises(ValueError, match="hardware address"):
        new_openapi("http://127.0.0.1", mac="router")


@pytest.mark.parametrize("firmware", FIRMWARES)
async def test_apostrophe(
    start_router: StartRouter, new_openapi: NewOpenApi, firmware: str
) -> None:
    """The name arrives as it was, also where the signature is computed in a shell."""
    router = await start_router(firmware=firmware)
    rename = call("network.wireless.set_ssid", {"ssid": "Bob's 'net' 家"}, Generation.V0)
    assert (await new_openapi(router.url).ask(rename, changes=True)).ok
    router.lab.advance(10)
    assert router.lab.state()["networks"]["master"]["ssid"] == "Bob's 'net' 家"


@pytest.mark.parametrize("code_style", CodeStyle)
@pytest.mark.parametrize("code_place", CodePlace)
async def test_refused(
    start_router: StartRouter,
    new_openapi: NewOpenApi,
    code_style: CodeStyle,
    code_place: CodePlace,
) -> None:
    """Whichever of the codes says so, and however."""
    router = await start_router(code_style=code_style, code_place=code_place)
    channel = new_openapi(router.url)
    assert (await channel.ask(LED)).ok
    with pytest.raises(NotSupported):
        (await channel.ask(call("system.nothing"))).accepted()
    with pytest.raises(CommandRefused) as caught:
        (await channel.ask(call("wireless.get_iface_info", {"ifname": "x"}))).accepted()
    assert caught.value.code == 20
    router.lab.set_options(refused_methods=["system.led.get_status"])
    with pytest.raises(NotPermitted):
        (await channel.ask(LED)).accepted()
    await channel.log_in()


@pytest.mark.parametrize(
    ("how", "lab", "kind"),
    [
        ({"client_secret": "wrong"}, None, AuthenticationFailed),
        ({"client_id": "nobody"}, None, BindingLost),
        ({"app_id": "0"}, None, BindingLost),
        ({"app_id": "../x"}, None, AuthenticationFailed),
        ({"client_id": ""}, None, RequestFaulty),
        ({}, "reset_binding", BindingLost),
        ({}, "forget_secrets", BindingLost),
        ({}, "forget_permissions", None),
    ],
)
async def test_credentials(
    router: HiwifiSimulator,
    new_openapi: NewOpenApi,
    how: dict[str, Any],
    lab: str | None,
    kind: type[GatehouseError] | None,
) -> None:
    """What is wrong with the binding shows when logging in; lack of permissions is no reason."""
    if lab is not None:
        getattr(router.lab, lab)()
    channel = new_openapi(router.url, **how)
    if kind is None:
        await channel.log_in()
        return
    with pytest.raises(kind) as caught:
        await channel.log_in()
    assert type(caught.value) is kind


@pytest.mark.parametrize("gone", [Cloud.BAD_GATEWAY, Cloud.GATEWAY_TIMEOUT, Cloud.PAGE])
async def test_handed_on(start_router: StartRouter, new_openapi: NewOpenApi, gone: Cloud) -> None:
    """The user learns that the router did not keep the request for itself."""
    router = await start_router(firmware="0.9007", cloud=gone)
    channel = new_openapi(router.url, mac=OTHER)
    for action in (channel.log_in(), channel.router_info(), channel.online(), channel.ask(LED)):
        with pytest.raises(NotIntercepted, match="handed the request on to the vendor's cloud"):
            await action
    with pytest.raises(OutcomeUnknown, match="vendor's cloud"):
        await channel.ask(LED_OFF, changes=True)
    assert router.lab.handed_on == 5


@pytest.mark.usefixtures("impatient")
async def test_handed_on_to_silence(start_router: StartRouter, new_openapi: NewOpenApi) -> None:
    """A cloud that never answers is told from a router that does not."""
    router = await start_router(firmware="0.9007", cloud=Cloud.SILENT)
    channel = new_openapi(router.url, mac=OTHER)
    with pytest.raises(NotIntercepted, match="vendor's cloud"):
        await channel.log_in()
    with pytest.raises(CannotConnect):
        await channel.ask(LED)
    router.lab.break_replies("*", FaultKind.TIMEOUT, times=None)
    with pytest.raises(CannotConnect):
        await channel.log_in()


async def test_another_router(router: HiwifiSimulator, new_openapi: NewOpenApi) -> None:
    """With `local=1` it answers whoever asks: the owner learns which one it is."""
    with pytest.raises(InvalidReply, match="D4EE07A05201"):
        await new_openapi(router.url, mac=OTHER).log_in()


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(status=404, body="<html>"), NotSupported),
        (Answer(status=302, headers={"Location": "/login"}), NotIntercepted),
        (Answer(status=500, body="<html>"), InvalidReply),
        (Answer(status=411, body="<html>"), InvalidReply),
        ("nothing", InvalidReply),
        (json.dumps({"code": "x"}), InvalidReply),
    ],
)
async def test_no_answer_of_the_api(
    device: Recorder, new_openapi: NewOpenApi, answer: Any, kind: type[GatehouseError]
) -> None:
    """What went wrong is told apart."""
    device.answer(ROUTER_INFO, answer)
    with pytest.raises(GatehouseError) as caught:
        await new_openapi(device.url).log_in()
    assert isinstance(caught.value, kind)
    assert isinstance(caught.value, NotIntercepted) is (kind is NotIntercepted)


async def test_refused_by_what_is_always_local(device: Recorder, new_openapi: NewOpenApi) -> None:
    """Whatever it says to that, somebody is alive."""
    channel = new_openapi(device.url)
    assert await channel._is_alive() is True
    await device.stop()
    with pytest.raises(CannotConnect):
        await channel.log_in()


@pytest.mark.parametrize("online", [0, 1, "1", None])
async def test_status(device: Recorder, new_openapi: NewOpenApi, online: object) -> None:
    """Where there is `status`, it is believed."""
    device.answer("/status", local("", data={"is_online": online}))
    assert await new_openapi(device.url).online() is (online != 0)


@pytest.mark.parametrize(
    "kind",
    [
        FaultKind.GARBAGE,
        FaultKind.HTML,
        FaultKind.EMPTY,
        FaultKind.TRUNCATED,
        FaultKind.CUT,
        FaultKind.DROP,
    ],
)
async def test_spoiled_reply(
    router: HiwifiSimulator, openapi: OpenApiClient, kind: FaultKind
) -> None:
    """A reading fails; a command may have been carried out, and is not sent again."""
    router.lab.break_replies("call", kind, executed=True)
    with pytest.raises((InvalidReply, CannotConnect)):
        await openapi.ask(LED)
    router.lab.reset_counts()
    router.lab.break_replies("call", kind, executed=True)
    with pytest.raises(OutcomeUnknown):
        await openapi.ask(LED_OFF, changes=True)
    assert router.lab.counts() == {"call": 1}
    assert router.lab.calls() == {"system.led.set_status": 1}


async def test_command_that_was_never_sent(router: HiwifiSimulator, openapi: OpenApiClient) -> None:
    """Where nobody listens, nothing was done."""
    await router.stop()
    with pytest.raises(CannotConnect):
        await openapi.ask(LED_OFF, changes=True)


async def test_one_request_at_a_time(
    router: HiwifiSimulator, openapi: OpenApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The router is a weak box."""
    running = most = 0
    original: Callable[..., Awaitable[Any]] = router._answer

    async def counted(request: Any) -> Any:
        """Count how many are answered at once."""
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.01)
        running -= 1
        return await original(request)

    monkeypatch.setattr(router, "_answer", counted)
    await asyncio.gather(*(openapi.ask(LED) for _ in range(4)))
    assert most == 1


async def test_several(router: HiwifiSimulator, openapi: OpenApiClient) -> None:
    """They are asked one after the other: this API has no call of several methods."""
    answers = await openapi.ask_all([LED, call("system.nothing"), call("wan.get_inet_stat")])
    assert [each.code for each in answers] == [0, 100004, 0]
    assert router.lab.counts() == {"call": 3}
