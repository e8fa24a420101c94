"""The labs of a router and of the cloud."""

import asyncio
from typing import Any

import aiohttp
from freezegun.api import FrozenDateTimeFactory
import pytest

from simulators.hiwifi import HiwifiCloudSimulator, HiwifiSimulator, identity
from simulators.hiwifi.cloud_options import MACS
from tests.simulators.hiwifi.callers import (
    TIMEOUT,
    Administrator,
    Author,
    BoundClient,
    Refused,
    lab,
)

READ = "system.led.get_status"
DARK = {"method": "system.led.set_status", "data": {"status": 0}, "version": "v1"}


@pytest.mark.parametrize("kind", ["garbage", "html", "empty", "truncated"])
async def test_unreadable_replies(router: HiwifiSimulator, client: BoundClient, kind: str) -> None:
    """As many replies as ordered cannot be read, the next one can."""
    router.lab.break_replies("call", kind, 2)
    for _ in range(2):
        try:
            reply = await client.request(READ)
        except UnicodeDecodeError:
            assert kind == "garbage"
        else:
            assert isinstance(reply, str)
    assert await client.call(READ) == {"status": 1}


@pytest.mark.parametrize(
    ("kind", "failure"),
    [
        ("cut", aiohttp.ClientPayloadError),
        ("drop", aiohttp.ServerDisconnectedError),
        ("timeout", TimeoutError),
    ],
)
async def test_broken_connections(
    router: HiwifiSimulator, admin: Administrator, kind: str, failure: type[Exception]
) -> None:
    """The connection breaks half-way, at once or never answers."""
    router.lab.break_replies("proxy/call", kind)
    with pytest.raises(failure):
        async with asyncio.timeout(0.3):
            await admin.request(DARK)
    assert router.lab.state()["led"] is (kind != "cut")
    assert "status" in await admin.call(READ)


async def test_lost_reply_to_a_command(router: HiwifiSimulator, admin: Administrator) -> None:
    """A command can be carried out although nobody hears of it."""
    router.lab.break_replies("proxy/call", "drop", executed=True)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await admin.request(DARK)
    assert router.lab.state()["led"] is False


async def test_errors_on_order(
    router: HiwifiSimulator, client: BoundClient, admin: Administrator
) -> None:
    """An error can be that of a path or of a method, for a while or until repaired."""
    router.lab.break_replies("call", "error", code=100006)
    assert await client.code(READ) == 100006
    router.lab.fail_method(READ, 511, times=2)
    for _ in range(2):
        with pytest.raises(Refused, match="511"):
            await admin.call(READ)
    assert await admin.call(READ) == {"status": 1}
    router.lab.fail_method(READ, times=None)
    for _ in range(3):
        assert await client.code(READ) == 100001
    router.lab.repair()
    assert await client.code(READ) == 0


async def test_fields(router: HiwifiSimulator, client: BoundClient) -> None:
    """Fields of a method's result can be set and left out, also inside objects, and released."""
    before = await client.call("system.get_info")
    router.lab.set_field("system.get_info", "wireless/5G/available", "no")
    router.lab.set_field("system.get_info", "model", "HC0000")
    router.lab.remove_field("system.get_info", "storage/type")
    info = await client.call("system.get_info")
    assert info["wireless"]["5G"]["available"] == "no"
    assert info["model"] == "HC0000"
    assert info["storage"] == {"minsize": 0}
    router.lab.set_field("router_info", "board", "HC0001")
    _, reply = await client.send("GET", "/cgi-bin/turbo/proxy/router_info")
    assert reply["data"]["board"] == "HC0001"
    router.lab.reset_fields()
    assert await client.call("system.get_info") == before


async def test_frozen_time(
    router: HiwifiSimulator, client: BoundClient, freezer: FrozenDateTimeFactory
) -> None:
    """While time stands still around it, only the lab moves the router's."""
    freezer.move_to("2026-01-01 00:00:00")
    assert (await client.call("system.get_info"))["uptime"] == 0
    freezer.tick(3600)
    assert (await client.call("system.get_info"))["uptime"] == 0
    router.lab.advance(5)
    assert (await client.call("system.get_info"))["uptime"] == 5
    assert router.lab.state()["date"] == "2026-09-01 12:00:05"


async def test_latency(router: HiwifiSimulator, client: BoundClient) -> None:
    """Each request can be made to take its time."""
    router.lab.set_options(latency_seconds=0.1)
    loop = asyncio.get_running_loop()
    begin = loop.time()
    await client.call(READ)
    assert loop.time() - begin >= 0.1


async def test_over_http(
    router: HiwifiSimulator, client: BoundClient, admin: Administrator
) -> None:
    """The lab does the same over HTTP, and names no session's key."""
    await lab(router, "client_leaves", mac="02:00:00:a0:53:01")
    await lab(router, "client_comes", mac="020000A05399", name="New", ifname="wire")
    await lab(router, "plug_wan", plugged=False)
    await lab(router, "set_options", latency_seconds=0)
    await lab(router, "reset_counts")
    await admin.call(READ)
    await lab(router, "reset_binding")
    assert await client.code(READ) == 100012
    permissions = ["system.*"]
    bound = {"app_id": identity.APP_ID, "client_id": identity.CLIENT_ID}
    client.secret = await lab(router, "bind", **bound, permissions=permissions)
    assert await client.code(READ) == 0
    await lab(router, "steal_session", logins=0)
    found = {}
    for name in ("state", "counts", "requests", "calls"):
        async with client.session.get(f"{router.url}/__lab/{name}") as reply:
            found[name] = (await reply.json())["result"]
    assert "020000A05301" not in found["state"]["online"]
    assert "020000A05399" in found["state"]["online"]
    assert found["state"]["sessions"] == 0
    assert found["state"]["wan_up"] is False
    assert found["counts"] == {"proxy/call": 1, "call": 2}
    assert found["requests"] == [["POST", "proxy/call"], ["POST", "call"], ["POST", "call"]]
    assert found["calls"] == {READ: 2}


async def test_restart_over_http(router: HiwifiSimulator, client: BoundClient) -> None:
    """The lab answers while the router is away."""
    await lab(router, "reboot", seconds=10)
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.call(READ)
    assert not router.lab.state()["up"]
    await lab(router, "advance", seconds=10)
    assert await client.call(READ) == {"status": 1}


@pytest.mark.parametrize(
    ("name", "arguments", "status"),
    [
        ("nothing", {}, 404),
        ("advance", {"days": 1}, 400),
        ("set_options", {"cloud": "heaven"}, 400),
        ("set_options", {"nothing": 1}, 400),
        ("set_options", {"mac": identity.MAC}, 400),
        ("client_leaves", {"mac": "020000A05399"}, 400),
        ("client_leaves", {"mac": "phone"}, 400),
        ("client_comes", {"mac": "020000A05399", "ifname": "slave"}, 400),
    ],
)
async def test_bad_calls(router: HiwifiSimulator, name: str, arguments: Any, status: int) -> None:
    """A wrong call says what is wrong."""
    async with (
        aiohttp.ClientSession(timeout=TIMEOUT) as session,
        session.post(f"{router.url}/__lab/{name}", json=arguments) as reply,
    ):
        assert reply.status == status
        assert (await reply.json())["error"]


async def test_cloud_over_http(cloud: HiwifiCloudSimulator, author: Author) -> None:
    """The cloud's lab is there over HTTP, too."""
    await lab(cloud, "set_online", dev_id=MACS[2], online=True)
    await lab(cloud, "set_field", endpoint=READ, name="status", value=7)
    reply = await author.request("call", dev_id=MACS[2], method=READ, data={})
    assert reply["app_data"] == {"status": 7}
    await lab(cloud, "break_replies", endpoint="status", kind="error", code=100003)
    assert await author.code("status", dev_id=MACS[0]) == 100003
    await lab(cloud, "fail_method", method=READ, code=511)
    reply = await author.request("call", dev_id=MACS[0], method=READ, data={})
    assert reply["app_code"] == 511
    await lab(cloud, "repair")
    await lab(cloud, "reset_counts")
    assert await author.code("status", dev_id=MACS[0]) == 0
    assert (cloud.lab.counts(), cloud.lab.calls()) == ({"status": 1}, {})
    with pytest.raises(ValueError, match="no such router"):
        cloud.lab.set_online("x", online=True)
    with pytest.raises(ValueError, match="only at the start"):
        cloud.lab.set_options(dev_ids=[])
