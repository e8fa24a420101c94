"""Replies in looser types."""

import json
from typing import Any

import pytest

from simulators.hiwifi import HiwifiCloudSimulator, HiwifiSimulator
from simulators.hiwifi.cloud_options import MACS
from tests.simulators.hiwifi.callers import Administrator, Author, BoundClient

READ = "system.led.get_status"
LED = {"method": READ, "data": {}, "version": "v1"}
MISSING = "system.nothing"


async def test_numbers_as_text(
    router: HiwifiSimulator, client: BoundClient, admin: Administrator
) -> None:
    """Integers become text, at any depth; booleans stay."""
    router.lab.set_options(numbers_as_text=True)
    assert (await client.request(READ))["app_data"] == {"status": "1"}
    assert (await admin.request(LED))[1]["data"] == {"status": "1"}
    status = await client.call("wan.get_status")
    assert (status["inet_status"], status["up"]) == ("1", True)
    assert status["ipv6_address"][0]["mask"] == "64"
    router.lab.set_options(numeric_booleans=True)
    assert (await client.call("wan.get_status"))["up"] == "1"
    assert (await admin.log_in("gatehouse"))["remaining_num"] == "10"


async def test_booleans(router: HiwifiSimulator, client: BoundClient) -> None:
    """Booleans may be 0 and 1."""
    router.lab.set_options(numeric_booleans=True)
    status = await client.call("wan.get_status")
    assert (status["up"], status["pending"]) == (1, 0)
    assert not isinstance(status["up"], bool)


async def test_data_as_text(
    router: HiwifiSimulator, client: BoundClient, admin: Administrator
) -> None:
    """Data may be a text of JSON."""
    router.lab.set_options(data_as_text=True)
    assert json.loads((await client.request(READ))["app_data"]) == {"status": 1}
    assert json.loads((await admin.request(LED))[1]["data"]) == {"status": 1}


@pytest.mark.parametrize(
    ("style", "success", "framework", "function"),
    [("mixed", 0, "100004", 20), ("string", "0", "100004", "20"), ("number", 0, 100004, 20)],
)
async def test_codes(
    router: HiwifiSimulator,
    client: BoundClient,
    admin: Administrator,
    style: str,
    success: Any,
    framework: Any,
    function: Any,
) -> None:
    """Codes are text or numbers."""
    router.lab.set_options(code_style=style)
    found = [
        (await client.request(READ))["app_code"],
        (await client.request(MISSING))["app_code"],
        (await client.request("wireless.set_iface_info", data={"ifname": "x", "ssid": "x"}))[
            "app_code"
        ],
    ]
    assert found == [success, framework, function]
    assert (await admin.request(LED))[1]["code"] == success
    assert (await admin.request(LED | {"method": MISSING}))[1]["code"] == framework


@pytest.mark.parametrize(
    ("place", "app", "outer"),
    [("app", "100004", "0"), ("outer", "0", "100004"), ("both", "100004", "100004")],
)
async def test_codes_that_disagree(
    router: HiwifiSimulator, client: BoundClient, place: str, app: str, outer: str
) -> None:
    """A refusal may show in one of the two codes only."""
    router.lab.set_options(code_place=place)
    reply = await client.request(MISSING)
    assert (reply["app_code"], reply["code"]) == (app, outer)
    assert bool(reply["msg"]) is (outer != "0")


@pytest.mark.parametrize(
    ("style", "listed", "station"),
    [
        ("mixed", "02:00:00:A0:53:01", "02:00:00:a0:53:01"),
        ("lower", "02:00:00:a0:53:01", "02:00:00:a0:53:01"),
        ("bare", "020000A05301", "020000A05301"),
    ],
)
async def test_addresses(
    router: HiwifiSimulator, client: BoundClient, style: str, listed: str, station: str
) -> None:
    """Addresses come in three forms."""
    router.lab.set_options(mac_style=style)
    assert (await client.call("device.sta.list"))["list"][0]["mac"] == listed
    stations = await client.call("wireless.get_stalist", ifname="masterac")
    assert stations["stalist"][0]["macaddr"] == station


async def test_empty_lists(router: HiwifiSimulator, client: BoundClient) -> None:
    """An empty list may be an empty object."""
    assert (await client.call("wireless.get_stalist", ifname="guest"))["stalist"] == []
    router.lab.set_options(empty_list_as_object=True)
    assert (await client.call("wireless.get_stalist", ifname="guest"))["stalist"] == {}


async def test_content_type(router: HiwifiSimulator, client: BoundClient) -> None:
    """JSON may be announced as something else."""
    router.lab.set_options(content_type="text/html")
    async with client.session.get(f"{router.url}/cgi-bin/turbo/proxy/router_info") as reply:
        assert reply.headers["Content-Type"] == "text/html"
        assert json.loads(await reply.text())["code"] == 0


async def test_cloud(cloud: HiwifiCloudSimulator, author: Author) -> None:
    """The cloud's own codes are text unless they are to be numbers."""
    assert (await author.request("status", dev_id="x"))["code"] == "100005"
    cloud.lab.set_router_options(code_style="number", numbers_as_text=True)
    reply = await author.request("status", dev_id=MACS[0])
    assert (reply["code"], reply["data"]) == (0, {"is_online": "1"})
