"""The cloud: binding, status, calls of one router and of many."""

import json
from typing import Any

import aiohttp
import pytest

from simulators.hiwifi import HiwifiCloudSimulator, identity
from simulators.hiwifi.cloud_options import MACS
from tests.simulators.hiwifi.callers import HOST, JSON, Author, BoundClient, signature
from tests.simulators.hiwifi.conftest import MakeCloud, Open

FIRST, SECOND, OFFLINE = MACS
READ = {"method": "system.led.get_status", "version": "v1", "data": {}}
DARK = {"method": "system.led.set_status", "version": "v1", "data": {"status": 0}}
NEW = {"client_id": "new", "dev_id": FIRST}


async def test_status(cloud: HiwifiCloudSimulator, author: Author) -> None:
    """A router is online while the cloud reaches it."""

    async def online(dev_id: str) -> int:
        """Return a router's status."""
        found = await author.do("status", dev_id=dev_id)
        return int(found["is_online"])

    assert [await online(each) for each in MACS] == [1, 1, 0]
    cloud.lab.set_online(OFFLINE, online=True)
    assert await online(OFFLINE) == 1
    cloud.lab.reboot(FIRST, 30)
    assert await online(FIRST) == 0
    cloud.lab.advance(40)
    assert await online(FIRST) == 1
    cloud.lab.set_installed(FIRST, installed=False)
    assert await author.code("status", dev_id=FIRST) == 100005


async def test_binding(
    cloud: HiwifiCloudSimulator, author: Author, open_client: Open[BoundClient]
) -> None:
    """A secret is handed out, again on the second try, and is good for calls until unbound."""
    secret = (await author.do("bind", **NEW, permissions=["system.led.*"]))["client_secret"]
    again = await author.request("bind", **NEW)
    assert (again["code"], again["data"]) == ("100007", {"client_secret": secret})
    client = open_client(cloud.url, secret=secret, client_id="new")
    assert await client.call("system.led.get_status") == {"status": 1}
    assert (await client.request("system.get_info"))["code"] == "100015"
    assert (await client.request("", action="status"))["data"] == {"is_online": 1}
    assert (await client.request("", action="bind"))["code"] == "100018"
    assert await author.do("unbind", **NEW) == {}
    assert (await client.request("system.led.get_status"))["code"] == "100012"
    assert await author.code("unbind", **NEW) == 100012


async def test_binding_is_lost_by_a_reset(
    cloud: HiwifiCloudSimulator, open_client: Open[BoundClient]
) -> None:
    """After a reset the client has to be bound anew."""
    client = open_client(cloud.url)
    assert (await client.request("system.led.get_status"))["code"] == "0"
    cloud.lab.reset_binding(FIRST)
    assert (await client.request("system.led.get_status"))["code"] == "100012"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"permissions": ["system.led.*", "service.*"]}, 100008),
        ({"permissions": ["apps.4015550100.*"]}, 0),
        ({"permissions": ["apps.999.*"]}, 100008),
        ({"permissions": "system.*"}, 100009),
        ({"permissions": [1]}, 100009),
        ({"client_id": ""}, 100019),
        ({"client_id": "a/b"}, 100016),
        ({"dev_id": OFFLINE}, 10150),
        ({"dev_id": FIRST.lower()}, 100005),
        ({"dev_id": "D4EE07000000"}, 100005),
    ],
)
async def test_refused_bindings(author: Author, changes: dict[str, Any], code: int) -> None:
    """Not every client, router and permission will do."""
    assert await author.code("bind", **(NEW | changes)) == code


async def test_call(author: Author) -> None:
    """What a router returns is there twice: as it is, and as a code with a text."""
    reply = await author.request("call", dev_id=FIRST, timeout="10", **READ)
    assert (reply["code"], reply["app_code"], reply["app_data"]) == ("0", 0, {"status": 1})
    assert reply["data"] == {"code": 0, "data": '{"status": 1}'}
    failed = await author.request("call", dev_id=FIRST, method="system.nothing", data={})
    assert (failed["code"], failed["app_code"]) == ("0", "100004")
    assert await author.code("call", dev_id=OFFLINE, **READ) == 10150
    assert await author.code("call", dev_id="D4EE07000000", **READ) == 100005


@pytest.mark.parametrize(
    ("shape", "app_data", "data"),
    [("app", {"status": 1}, {}), ("data", "", {"code": 0, "data": '{"status": 1}'})],
)
async def test_call_in_other_shapes(
    cloud: HiwifiCloudSimulator, author: Author, shape: str, app_data: Any, data: Any
) -> None:
    """What a router returns may be in one place only."""
    cloud.lab.set_options(call_shape=shape)
    reply = await author.request("call", dev_id=FIRST, **READ)
    assert (reply["app_data"], reply["data"]) == (app_data, data)


async def test_timeout(cloud: HiwifiCloudSimulator, author: Author) -> None:
    """A router that takes longer than allowed is not waited for."""
    cloud.lab.set_options(answer_seconds=15)
    assert await author.code("call", dev_id=FIRST, timeout="10", **READ) == 10160
    assert await author.code("call", dev_id=FIRST, timeout="20", **READ) == 0
    for wrong in ("soon", 0, True):
        assert await author.code("call", dev_id=FIRST, timeout=wrong, **READ) == 100009


async def test_permissions(cloud: HiwifiCloudSimulator, author: Author) -> None:
    """The author may call what the plug-in may, and nothing that needs no signature."""
    cloud.lab.set_options(plugin_permissions=["system.led.*"])
    assert await author.code("call", dev_id=FIRST, **READ) == 0
    for method in ("system.get_info", "apps.999.x", "apps.4015550100.unsigned.x"):
        assert await author.code("call", dev_id=FIRST, method=method, data={}) == 100015, method
    forbidden = READ | {"method": "system.get_info"}
    assert await author.code("call_multi", dev_ids=[FIRST], **forbidden) == 100015


async def test_signature(cloud: HiwifiCloudSimulator, author: Author) -> None:
    """Every action is signed with its own name, over the body as sent."""
    known = {"app_id": identity.APP_ID, "dev_id": FIRST}
    body = json.dumps(known).encode()
    headers = {"Content-Type": JSON}
    right = signature("status", body, author.secret)
    for query, changed, code in (
        (f"?sign={right}", {}, 0),
        (f"?sign={right.upper()}", {}, 0),
        (f"?sign={signature('call', body, author.secret)}", {}, 100014),
        ("", {}, 100011),
        (f"?sign={right}", {"headers": {"Content-Type": "text/plain"}}, 100017),
        (f"?sign={right}", {"data": b"{"}, 100009),
        (f"?sign={right}", {"data": b"{}"}, 100016),
    ):
        how = {"data": body, "headers": headers} | changed
        _, reply = await author.send("POST", f"/status{query}", **how)
        assert int(reply["code"]) == code
    author.secret = "another"
    assert await author.code("status", dev_id=FIRST) == 100014
    assert await author.code("nothing") == 100004


async def test_many_routers(cloud: HiwifiCloudSimulator, author: Author) -> None:
    """A call of many is carried out a little later, and by those offline once they are there."""
    made = await author.do("call_multi", dev_ids="all", **DARK)
    assert made["code"] == 0
    request_id = made["request_id"]

    async def results() -> dict[str, Any]:
        """Return the results by router."""
        found = await author.do("call_multi_result", request_id=request_id)
        assert found["code"] == 0
        return {each["dev_id"]: (each["code"], each["data"]) for each in found["results"]}

    assert await results() == {}
    cloud.lab.advance(1)
    assert await results() == {FIRST: (0, {}), SECOND: (0, {})}
    cloud.lab.set_online(OFFLINE, online=True)
    assert cloud.lab.state()["pending"] == 1
    cloud.lab.advance(1)
    assert set(await results()) == set(MACS)
    states = cloud.lab.state()["routers"]
    assert [states[each]["led"] for each in MACS] == [False, False, False]
    assert cloud.lab.calls() == {"system.led.set_status": 3}
    cloud.lab.advance(86400)
    assert await author.code("call_multi_result", request_id=request_id) == 100011


async def test_skipping_and_expiring(cloud: HiwifiCloudSimulator, author: Author) -> None:
    """A router that is offline is skipped, or forgotten when the time is over."""
    skipped = await author.do("call_multi", dev_ids="all", skip_offline=1, **READ)
    cloud.lab.advance(1)
    cloud.lab.set_online(OFFLINE, online=True)
    cloud.lab.advance(1)
    found = await author.do("call_multi_result", request_id=skipped["request_id"])
    assert {each["dev_id"] for each in found["results"]} == {FIRST, SECOND}
    cloud.lab.set_online(OFFLINE, online=False)
    await author.do("call_multi", dev_ids=OFFLINE, timeout=60, **DARK)
    cloud.lab.advance(60)
    cloud.lab.set_online(OFFLINE, online=True)
    cloud.lab.advance(10)
    assert cloud.lab.state()["routers"][OFFLINE]["led"] is True


async def test_failures_of_many(cloud: HiwifiCloudSimulator, author: Author) -> None:
    """Each router has its own code; a router nobody knows is refused at once."""
    cloud.lab.fail_method("system.led.get_status", 100001)
    made = await author.do("call_multi", dev_ids=[FIRST, SECOND], **READ)
    cloud.lab.advance(1)
    found = await author.do("call_multi_result", request_id=made["request_id"])
    assert [each["code"] for each in found["results"]] == ["100001", "100001"]
    assert await author.code("call_multi", dev_ids=["D4EE07000000"], **READ) == 100005
    assert await author.code("call_multi", dev_ids=[], **READ) == 100009
    assert await author.code("call_multi_result", request_id="x") == 100011


async def test_client_host_has_its_own_errors(cloud: HiwifiCloudSimulator, author: Author) -> None:
    """On the clients' host the author's secret is of no use."""
    body = json.dumps(
        {"app_id": identity.APP_ID, "client_id": identity.CLIENT_ID, "dev_id": FIRST, **READ}
    ).encode()
    sign = signature("call", body, author.secret)
    headers = {"Content-Type": JSON, "Host": HOST}
    _, reply = await author.send("POST", f"/call?sign={sign}", data=body, headers=headers)
    assert reply["code"] == "100014"


async def test_dead_cloud(make_cloud: MakeCloud, open_author: Open[Author]) -> None:
    """A cloud that is shut down breaks every connection, but the lab still answers."""
    cloud = await make_cloud(alive=False)
    author = open_author(cloud.url)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await author.request("status", dev_id=FIRST)
    cloud.lab.set_options(alive=True)
    assert await author.do("status", dev_id=FIRST) == {"is_online": 1}
