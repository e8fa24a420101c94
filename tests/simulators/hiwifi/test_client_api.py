"""The signed API on the router's virtual host."""

import asyncio
from collections.abc import AsyncGenerator
import json
from typing import Any

import aiohttp
import pytest
from yarl import URL

from simulators.hiwifi import HiwifiSimulator, identity
from tests.simulators.hiwifi.callers import HOST, JSON, BoundClient, signature
from tests.simulators.hiwifi.conftest import MakeRouter, Open

INFO = f"/router_info?dev_id={identity.MAC}"
OPENAPI = {"Host": HOST, "Content-Type": JSON}
READ = "system.led.get_status"


def test_host_name() -> None:
    """The host is the one of the documentation."""
    assert HOST == "client.openapi.hiwifi.com"


@pytest.mark.parametrize("verb", ["GET", "POST"])
async def test_router_info(client: BoundClient, verb: str) -> None:
    """Who the router is needs no signature; the outer form is the documented one."""
    status, reply = await client.send(verb, INFO, headers=OPENAPI)
    assert status == 200
    assert reply == {
        "app_code": "0",
        "app_msg": "",
        "app_data": {"mac": identity.MAC, "version": "1.4.8.20462s", "board": "HC5962"},
        "code": "0",
        "msg": "",
        "data": "",
        "source": "1",
    }


@pytest.mark.parametrize("name", ["127.0.0.1", "openapi.hiwifi.com", "example.invalid"])
async def test_other_hosts(client: BoundClient, name: str) -> None:
    """Every other host has the web pages, where the API is unknown."""
    headers = {"Host": f"{name}:80", "Content-Type": JSON}
    status, page = await client.send("GET", INFO, headers=headers)
    assert status == 404
    assert "<h1>404 Not Found" in page


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("dev_id=D4EE07A05201", 200),
        ("local=1", 200),
        ("dev_id=d4ee07a05201", 502),
        ("dev_id=D4:EE:07:A0:52:01", 502),
        ("dev_id=D4EE07A05202", 502),
        ("", 502),
    ],
)
async def test_which_requests_stay(
    router: HiwifiSimulator, client: BoundClient, query: str, status: int
) -> None:
    """Only the exact dev_id of the query, or local=1, keeps a request on the router."""
    found, _ = await client.send("GET", f"/router_info?{query}", headers=OPENAPI)
    assert found == status
    assert router.lab.state()["handed_on"] == int(status != 200)


async def test_older_firmware_does_not_know_local(
    make_router: MakeRouter, open_client: Open[BoundClient]
) -> None:
    """The older firmwares go by dev_id only."""
    client = open_client((await make_router(firmware="0.9007")).url)
    assert (await client.send("GET", "/router_info?local=1", headers=OPENAPI))[0] == 502
    assert (await client.send("GET", INFO, headers=OPENAPI))[0] == 200


@pytest.mark.parametrize(
    ("cloud", "status"), [("bad_gateway", 502), ("gateway_timeout", 504), ("page", 200)]
)
async def test_dead_cloud(
    make_router: MakeRouter, open_client: Open[BoundClient], cloud: str, status: int
) -> None:
    """What the cloud answers is never JSON."""
    client = open_client((await make_router(cloud=cloud)).url)
    found, page = await client.send("GET", "/router_info", headers=OPENAPI)
    assert found == status
    assert isinstance(page, str)
    assert "<html>" in page


async def test_silent_cloud(make_router: MakeRouter, open_client: Open[BoundClient]) -> None:
    """A cloud that never answers keeps only that request waiting."""
    client = open_client((await make_router(cloud="silent")).url)
    with pytest.raises(TimeoutError):
        await client.send(
            "GET", "/router_info", headers=OPENAPI, timeout=aiohttp.ClientTimeout(total=0.2)
        )
    assert (await client.send("GET", INFO, headers=OPENAPI))[0] == 200


async def test_content_type(client: BoundClient) -> None:
    """Without a content type the program crashes, and with another one it refuses."""
    status, page = await client.send("GET", INFO, headers={"Host": HOST})
    assert status == 500
    assert "500 Internal Server Error" in page
    status, reply = await client.send(
        "GET", INFO, headers={"Host": HOST, "Content-Type": "text/plain"}
    )
    assert (status, reply["app_code"], reply["code"]) == (200, "100017", "0")


async def test_chunks(client: BoundClient) -> None:
    """A body in chunks is refused by the web server."""

    async def pieces() -> AsyncGenerator[bytes]:
        """Yield a body of unknown length."""
        yield b"{}"

    target = f"/call?dev_id={identity.MAC}"
    status, page = await client.send("POST", target, headers=OPENAPI, data=pieces())
    assert status == 411
    assert "411 Length Required" in page


async def test_no_length(router: HiwifiSimulator) -> None:
    """Without a length the program crashes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", URL(router.url).port)
    lines = (
        f"POST /call?dev_id={identity.MAC} HTTP/1.1",
        f"Host: {HOST}",
        f"Content-Type: {JSON}",
        "Connection: close",
    )
    writer.write("".join(f"{each}\r\n" for each in (*lines, "")).encode())
    async with asyncio.timeout(5):
        reply = await reader.read()
    writer.close()
    await writer.wait_closed()
    assert reply.startswith(b"HTTP/1.1 500 ")


@pytest.mark.parametrize("action", ["status", "bind", "nothing"])
async def test_unknown_actions(client: BoundClient, action: str) -> None:
    """The router knows two actions; the documented status is none of them."""
    reply = await client.request(READ, action=action)
    assert (reply["app_code"], reply["code"]) == ("100018", "0")


async def test_call(router: HiwifiSimulator, client: BoundClient) -> None:
    """A method is called, in either generation; the older one is used unless told."""
    assert await client.call(READ) == {"status": 1}
    await client.call("system.led.set_status", status=0)
    assert await client.older(READ) == {"status": 0}
    assert router.lab.calls() == {READ: 2, "system.led.set_status": 1}
    assert await client.code("system.get_info", version=None) == 100004
    assert await client.code("system.os.get_info") == 100004


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"client_id": ""}, 100019),
        ({"client_id": None}, 100019),
        ({"app_id": None}, 100016),
        ({"app_id": "../etc"}, 100016),
        ({"client_id": "somebody"}, 100012),
        ({"dev_id": "D4EE07A05202"}, 100011),
        ({"dev_id": None}, 100011),
        ({"method": "reboot"}, 100015),
        ({"method": "apps.4015550100.nothing"}, 100004),
        ({"method": "apps.999.nothing"}, 100015),
        ({"method": "system.nothing"}, 100004),
        ({"method": "system"}, 100015),
        ({"method": None}, 100002),
        ({"data": None}, 100001),
        ({"data": "text"}, 100001),
        ({"data": []}, 0),
    ],
)
async def test_refusals(client: BoundClient, changes: dict[str, Any], code: int) -> None:
    """Each kind of wrong request has its code; the outer code stays zero."""
    fields = {"method": READ} | changes
    reply = await client.request(**fields)
    assert (int(reply["app_code"]), reply["code"]) == (code, "0")


async def test_signature(client: BoundClient) -> None:
    """It is over the body as sent, with the action and the secret, in either case."""
    body = json.dumps(client.body | {"method": READ, "version": "v1"}).encode()
    sign = signature("call", body, client.secret)
    for query, code in (
        ({}, 0),
        ({"sign": sign.upper()}, 0),
        ({"sign": None}, 100011),
        ({"sign": ""}, 100011),
        ({"sign": signature("status", body, client.secret)}, 100014),
        ({"sign": signature("call", body + b" ", client.secret)}, 100014),
    ):
        _, reply = await client.post(body, **query)
        assert int(reply["app_code"]) == code, query
    client.secret = "another"
    assert await client.code(READ) == 100014


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"data: 1}', b"\xff"])
async def test_no_json(client: BoundClient, body: bytes) -> None:
    """A body that is no object is refused."""
    _, reply = await client.post(body)
    assert reply["app_code"] == "100009"


async def test_unsigned_methods(client: BoundClient) -> None:
    """A name with unsign in it needs neither signature nor permission."""
    body = json.dumps(client.body | {"method": "service.guide.unsign_is_guide_complete"}).encode()
    _, reply = await client.post(body, sign=None)
    assert reply["app_code"] == "100004"


@pytest.mark.parametrize(("firmware", "code"), [("0.9003", 100014), ("0.9007", 0)])
async def test_apostrophe(
    make_router: MakeRouter, open_client: Open[BoundClient], firmware: str, code: int
) -> None:
    """The oldest firmware takes an apostrophe only when it is escaped."""
    router = await make_router(firmware=firmware)
    client = open_client(router.url)
    data = {"ssid": "It's 家"}
    fields = client.body | {"method": "network.wireless.set_ssid", "data": data}
    body = json.dumps(fields)
    assert int((await client.post(body.encode()))[1]["app_code"]) == code
    escaped = body.replace("'", "\\u0027")
    assert int((await client.post(escaped.encode()))[1]["app_code"]) == 0
    assert router.lab.state()["networks"]["master"]["ssid"] == data["ssid"]


async def test_binding(
    make_router: MakeRouter,
    router: HiwifiSimulator,
    client: BoundClient,
    open_client: Open[BoundClient],
) -> None:
    """What is bound can be lost in parts, or altogether as by a reset."""
    router.lab.forget_permissions()
    assert await client.code(READ) == 100010
    router.lab.forget_secrets()
    assert await client.code(READ) == 100013
    router.lab.reset_binding()
    assert await client.code(READ) == 100012
    client.secret = router.lab.bind(identity.APP_ID, identity.CLIENT_ID, ["system.led.*"])
    assert await client.code(READ) == 0
    assert await client.code("system.get_info") == 100015
    router.lab.bind(identity.APP_ID, identity.CLIENT_ID, ["system.get_info"], client.secret)
    assert await client.code("system.get_info") == 0
    assert await client.code("system.get_infos") == 100015
    stranger = open_client((await make_router(bound=False)).url)
    assert await stranger.code(READ) == 100012


async def test_reset_command(router: HiwifiSimulator, client: BoundClient) -> None:
    """A reset loses the binding and everything that was set."""
    await client.call("system.led.set_status", status=0)
    await client.call("system.reset")
    assert await client.code(READ) == 100012
    assert router.lab.state()["led"] is True
    router.lab.advance(5)
    assert not router.lab.state()["up"]


async def test_methods_that_are_refused_or_missing(
    router: HiwifiSimulator, client: BoundClient
) -> None:
    """Single methods can be forbidden, or unknown to this firmware."""
    router.lab.set_options(refused_methods=[READ], missing_methods=["system.reboot"])
    assert await client.code(READ) == 100015
    assert await client.code("system.reboot") == 100004


async def test_generations(make_router: MakeRouter, open_client: Open[BoundClient]) -> None:
    """A firmware may know one generation only, by its age or by choice."""
    older = open_client((await make_router(firmware="0.9007")).url)
    assert await older.code(READ) == 100004
    assert await older.older(READ) == {"status": 1}
    newer = open_client((await make_router(generations=["v1"])).url)
    assert await newer.call(READ) == {"status": 1}
    assert await newer.code(READ, version=None) == 100004


async def test_client_address(client: BoundClient) -> None:
    """The router tells a client's own address without further ado."""
    _, reply = await client.send("GET", "/get_client_addr", headers={"Host": HOST})
    assert reply == {"mac": "02:00:00:A0:53:01"}
