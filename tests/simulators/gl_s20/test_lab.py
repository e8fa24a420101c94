"""The lab, and what a weak web server does to its clients."""

import asyncio
import json
from typing import Any

import aiohttp
from freezegun.api import FrozenDateTimeFactory
import pytest

from simulators.gl_s20 import GlS20Simulator
from tests.simulators.gl_s20.conftest import MakeRouter, OpenPage
from tests.simulators.gl_s20.web_page import Refused, WebPage

INFO = "sys/get_info"


async def lab(router: GlS20Simulator, function: str, **arguments: Any) -> Any:
    """Call the lab over HTTP."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{router.url}/__lab/{function}", json=arguments) as reply,
    ):
        return (await reply.json())["result"]


async def under_way(router: GlS20Simulator, path: str) -> None:
    """Wait until a request has arrived."""
    while router.lab.requests()[-1][1] != path:  # noqa: ASYNC110 - time may stand still
        await asyncio.sleep(0)


async def test_one_at_a_time(make_router: MakeRouter, open_page: OpenPage) -> None:
    """While a scan runs nothing else is answered, and then everything in turn."""
    router = await make_router(scan_seconds=4)
    page = await open_page(router)
    answered: list[str] = []

    async def ask(path: str) -> None:
        await page.get(path)
        answered.append(path)

    scan = asyncio.create_task(ask("otbr/scan"))
    await under_way(router, "/otbr/scan")
    info = asyncio.create_task(ask(INFO))
    done, _ = await asyncio.wait({scan, info}, timeout=0.2)
    assert not done
    router.lab.advance(3.9)
    done, _ = await asyncio.wait({scan, info}, timeout=0.2)
    assert not done
    router.lab.advance(0.1)
    await asyncio.gather(scan, info)
    assert answered == ["otbr/scan", INFO]
    assert router.lab.state()["overlaps"] == 1


async def test_scan_goes_on_alone(make_router: MakeRouter, open_page: OpenPage) -> None:
    """A client that gives up does not end the scan."""
    router = await make_router(scan_seconds=4)
    page = await open_page(router)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await page.get("otbr/scan")
    info = asyncio.create_task(page.get(INFO))
    done, _ = await asyncio.wait({info}, timeout=0.2)
    assert not done
    router.lab.advance(4)
    assert (await info)["wan_status"] == 2


async def test_scan_in_real_time(socket_enabled: None) -> None:
    """With a running clock the scan ends by itself."""
    router = GlS20Simulator()
    router.lab.set_options(scan_seconds=0.2)
    await router.start()
    page = WebPage(router.url)
    await page.log_in(router.password)
    loop = asyncio.get_running_loop()
    begin = loop.time()
    await page.get("otbr/scan")
    assert loop.time() - begin >= 0.2
    await page.close()
    await router.stop()


async def test_frozen_time(socket_enabled: None, freezer: FrozenDateTimeFactory) -> None:
    """While time stands still around it, only the lab moves the device's."""
    freezer.move_to("2026-01-01 00:00:00")
    router = GlS20Simulator(clock=lambda: 0.0)
    await router.start()
    page = WebPage(router.url)
    await page.log_in(router.password)
    freezer.tick(3600)
    scan = asyncio.create_task(page.get("otbr/scan"))
    await under_way(router, "/otbr/scan")
    router.lab.advance(4)
    assert len((await scan)["ScanList"]) == 2
    assert router.lab.state()["date"] == "2026-09-01 12:00:04"
    await page.close()
    await router.stop()


async def test_big_headers(page: WebPage) -> None:
    """Headers that are too large for the web server are refused."""
    assert (await page.raw("GET", INFO, headers={"Cookie": "a=" + "b" * 700}))[0] == 200
    assert (await page.raw("GET", INFO, headers={"Cookie": "a=" + "b" * 1024}))[0] == 431


@pytest.mark.parametrize("kind", ["garbage", "html", "empty", "truncated"])
async def test_unreadable_replies(router: GlS20Simulator, page: WebPage, kind: str) -> None:
    """As many replies as ordered cannot be read, the next one can."""
    router.lab.break_replies(INFO, kind, 2)
    for _ in range(2):
        _, _, body = await page.raw("GET", INFO)
        with pytest.raises(ValueError, match=r".*"):
            json.loads(body)
    assert (await page.get(INFO))["wan_status"] == 2


@pytest.mark.parametrize(
    ("kind", "failure"),
    [
        ("cut", aiohttp.ClientPayloadError),
        ("drop", aiohttp.ServerDisconnectedError),
        ("timeout", TimeoutError),
    ],
)
async def test_broken_connections(
    router: GlS20Simulator, page: WebPage, kind: str, failure: type[Exception]
) -> None:
    """The connection breaks half-way, at once or never answers; others are still served."""
    router.lab.break_replies("otbr/start", kind)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.2)) as session:
        with pytest.raises(failure):
            async with session.post(
                f"{router.url}/otbr/start", headers={"Token": page.token}
            ) as reply:
                await reply.read()
    assert (await page.get(INFO))["wan_status"] == 2


@pytest.mark.parametrize(
    ("kind", "executed", "carried_out"),
    [("drop", None, False), ("drop", True, True), ("error", None, False), ("garbage", None, True)],
)
async def test_executed_or_not(
    router: GlS20Simulator, page: WebPage, kind: str, *, executed: bool | None, carried_out: bool
) -> None:
    """A reply can be lost before or after the command was carried out."""
    router.lab.break_replies("otbr/start", kind, executed=executed)
    await page.post("otbr/stop")
    try:
        await page.raw("POST", "otbr/start")
    except aiohttp.ServerDisconnectedError:
        assert kind == "drop"
    assert (router.lab.state()["role"] == "detached") is carried_out


async def test_get_that_the_library_repeats(router: GlS20Simulator, page: WebPage) -> None:
    """A GET whose connection breaks is sent once more by aiohttp, and carried out twice."""
    router.lab.break_replies("otbr/generate_thread_network", "drop", executed=True)
    await page.get("otbr/generate_thread_network")
    assert router.lab.state()["networks_generated"] == 2
    assert router.lab.counts()["/otbr/generate_thread_network"] == 2


async def test_error_code_until_repaired(router: GlS20Simulator, page: WebPage) -> None:
    """An error stays until repaired, on one path or on all."""
    router.lab.break_replies(INFO, "error", None, code=7)
    with pytest.raises(Refused, match="7"):
        await page.get(INFO)
    assert (await page.get("eth/get_status"))["status"] == 1
    router.lab.break_replies("*", "error", None, code=8)
    with pytest.raises(Refused, match="8"):
        await page.get("eth/get_status")
    router.lab.repair()
    assert (await page.get(INFO))["wan_status"] == 2


async def test_fields(router: GlS20Simulator, page: WebPage) -> None:
    """Fields can be set and left out, also inside objects, and released."""
    before = await page.get("otbr/get_status")
    router.lab.set_field("otbr/get_status", "Network.PanId", 50772)
    router.lab.set_field("otbr/get_status", "Network.BorderAgentID", "00" * 16)
    router.lab.remove_field("otbr/get_status", "RCP.Rloc16")
    status = await page.get("otbr/get_status")
    assert status["Network"] == before["Network"] | {"PanId": 50772, "BorderAgentID": "00" * 16}
    assert "Rloc16" not in status["RCP"]
    router.lab.set_field("otbr/get_status", "RCP.Rloc16", 1)
    assert (await page.get("otbr/get_status"))["RCP"]["Rloc16"] == 1
    router.lab.reset_fields()
    assert await page.get("otbr/get_status") == before


async def test_over_http(router: GlS20Simulator, page: WebPage) -> None:
    """The lab does the same over HTTP."""
    await lab(router, "press_iot_button")
    await lab(router, "advance", seconds=1)
    await page.post("otbr/add_joiner", PSKd="ABCDE12345")
    assert await lab(router, "let_join", eui64="0011223344556677") is True
    await lab(router, "set_options", firmware_version="2.0.2", join_seconds=9)
    await lab(router, "set_role", role="router")
    await lab(router, "set_internet", uplink="eth", available=False)
    await lab(router, "reset_counts")
    await page.get(INFO)
    found = {}
    async with aiohttp.ClientSession() as session:
        for name in ("state", "counts", "requests", "joiners"):
            async with session.get(f"{router.url}/__lab/{name}") as reply:
                found[name] = (await reply.json())["result"]
    assert found["state"]["role"] == "router"
    assert found["state"]["firmware_version"] == "2.0.2"
    assert found["counts"] == {"/sys/get_info": 1}
    assert found["requests"] == [["GET", "/sys/get_info"]]
    assert found["joiners"][0]["Status"] == 1


async def test_restart_over_http(router: GlS20Simulator, page: WebPage) -> None:
    """The lab answers while the device is away."""
    await lab(router, "reboot", seconds=10)
    with pytest.raises(aiohttp.ClientConnectionError):
        await page.get("ui/check_initialized")
    assert not router.lab.state()["up"]
    await lab(router, "advance", seconds=10)
    assert (await page.get("ui/check_initialized"))["initialized"] is True


@pytest.mark.parametrize(
    ("name", "arguments", "status"),
    [
        ("nothing", {}, 404),
        ("advance", {"days": 1}, 400),
        ("set_options", {"result_shape": "round"}, 400),
        ("set_options", {"nothing": 1}, 400),
        ("set_options", {"thread_enabled": False}, 400),
        ("set_role", {"role": "boss"}, 400),
        ("set_internet", {"uplink": "dsl", "available": True}, 400),
    ],
)
async def test_bad_calls(router: GlS20Simulator, name: str, arguments: Any, status: int) -> None:
    """A wrong call says what is wrong."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{router.url}/__lab/{name}", json=arguments) as reply,
    ):
        assert reply.status == status
        assert (await reply.json())["error"]


async def test_latency(router: GlS20Simulator, page: WebPage) -> None:
    """Each request can be made to take its time, one after the other."""
    loop = asyncio.get_running_loop()
    router.lab.set_options(latency_seconds=0.1)
    begin = loop.time()
    await asyncio.gather(page.get(INFO), page.get(INFO))
    assert loop.time() - begin >= 0.2
