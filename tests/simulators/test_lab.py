"""The lab: broken replies, altered fields, and the same over HTTP."""

import asyncio
from typing import Any
from xml.parsers.expat import ExpatError

import aiohttp
import pytest

from simulators.hilink import DEFAULT_PASSWORD, HilinkSimulator
from tests.simulators.browser import Browser, Refused
from tests.simulators.conftest import MakeBrowser, MakeModem

STATUS = "monitoring/status"


@pytest.fixture
async def modem(make_modem: MakeModem) -> HilinkSimulator:
    """Return a modem."""
    return await make_modem()


@pytest.fixture
async def browser(modem: HilinkSimulator, open_browser: MakeBrowser) -> Browser:
    """Return a browser that is logged in."""
    browser = open_browser(modem)
    await browser.log_in(DEFAULT_PASSWORD)
    return browser


async def lab(modem: HilinkSimulator, function: str, **arguments: Any) -> Any:
    """Call the lab over HTTP."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{modem.url}/__lab/{function}", json=arguments) as reply,
    ):
        return (await reply.json())["result"]


@pytest.mark.parametrize("kind", ["garbage", "html", "empty", "truncated"])
async def test_unreadable_replies(modem: HilinkSimulator, browser: Browser, kind: str) -> None:
    """As many replies as ordered cannot be read, the next one can."""
    modem.lab.break_replies(STATUS, kind, 2)
    for _ in range(2):
        with pytest.raises((ExpatError, KeyError)):
            await browser.get(STATUS)
    assert (await browser.get(STATUS))["ConnectionStatus"] == "901"


@pytest.mark.parametrize(
    ("kind", "failure"),
    [
        ("cut", aiohttp.ClientPayloadError),
        ("drop", aiohttp.ServerDisconnectedError),
        ("timeout", TimeoutError),
    ],
)
async def test_broken_connections(
    modem: HilinkSimulator, browser: Browser, kind: str, failure: type[Exception]
) -> None:
    """The connection breaks half-way, at once or never answers."""
    token = await browser.token()
    modem.lab.break_replies("dialup/dial", kind)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.2)) as session:
        with pytest.raises(failure):
            async with session.post(
                f"{modem.url}/api/dialup/dial",
                data="<request><Action>0</Action></request>",
                headers={"__RequestVerificationToken": token},
                cookies={each.key: each.value for each in browser.session.cookie_jar},
            ) as reply:
                await reply.read()


@pytest.mark.parametrize(
    ("kind", "executed", "times"),
    [("drop", None, 0), ("drop", True, 1), ("error", None, 0), ("garbage", None, 1)],
)
async def test_executed_or_not(
    modem: HilinkSimulator, browser: Browser, kind: str, *, executed: bool | None, times: int
) -> None:
    """A reply can be lost before or after the command was carried out."""
    modem.lab.break_replies("sms/send-sms", kind, executed=executed)
    with pytest.raises((aiohttp.ClientError, Refused, ExpatError)):
        await browser.send_sms("+15550100200")
    assert len(modem.lab.sent) == times


async def test_error_code_until_repaired(modem: HilinkSimulator, browser: Browser) -> None:
    """An error stays until repaired, on one path or on all."""
    modem.lab.break_replies(STATUS, "error", None, code=100004)
    for _ in range(3):
        with pytest.raises(Refused, match="100004"):
            await browser.get(STATUS)
    assert (await browser.get("user/heartbeat"))["userlevel"] == "2"
    modem.lab.break_replies("*", "error", None, code=100001)
    with pytest.raises(Refused, match="100001"):
        await browser.get("user/heartbeat")
    modem.lab.repair()
    assert (await browser.get(STATUS))["ConnectionStatus"] == "901"


async def test_fields(modem: HilinkSimulator, browser: Browser) -> None:
    """Fields can be set, left out and released; endpoints replaced and removed."""
    modem.lab.set_field("device/signal", "rsrp", ">=-51dBm")
    assert b"<rsrp>&gt;=-51dBm</rsrp>" in await browser.raw("device/signal")
    modem.lab.remove_field("device/signal", "rsrp")
    assert "rsrp" not in await browser.get("device/signal")
    modem.lab.reset_fields()
    assert (await browser.get("device/signal"))["rsrp"] == "-88dBm"
    modem.lab.set_endpoint("device/antenna_type", {"antenna1type": "1"})
    assert await browser.get("device/antenna_type") == {"antenna1type": "1"}
    modem.lab.remove_endpoint("device/signal")
    with pytest.raises(Refused, match="100002"):
        await browser.get("device/signal")


async def test_expired_sessions(modem: HilinkSimulator, browser: Browser) -> None:
    """Sessions can be logged out or forgotten."""
    modem.lab.expire_sessions()
    with pytest.raises(Refused, match="100003"):
        await browser.get("device/information")
    modem.lab.expire_sessions(forget=True)
    with pytest.raises(Refused, match="125002"):
        await browser.get("device/information")


async def test_counts(modem: HilinkSimulator, browser: Browser) -> None:
    """Requests are counted, the lab's own are not."""
    await lab(modem, "reset_counts")
    await browser.get(STATUS)
    await browser.get(STATUS)
    assert modem.lab.counts() == {"/api/monitoring/status": 2}
    assert modem.requests == [("GET", "/api/monitoring/status")] * 2


async def test_over_http(modem: HilinkSimulator, browser: Browser) -> None:
    """The lab does the same over HTTP."""
    assert await lab(modem, "inject_sms", phone="+15550100200", text="Hi") == 40003
    await lab(modem, "advance", seconds=60)
    await lab(modem, "set_options", sim_present=False)
    await lab(modem, "break_replies", endpoint=STATUS, kind="empty")
    await lab(modem, "set_field", endpoint="device/signal", name="rsrp", value="-70dBm")
    with pytest.raises(ExpatError):
        await browser.get(STATUS)
    assert (await browser.get("device/signal"))["rsrp"] == "-70dBm"
    await browser.send_sms("+15550100200", text="Out")
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{modem.url}/__lab/state") as reply:
            state = (await reply.json())["result"]
        async with session.get(f"{modem.url}/__lab/sent") as reply:
            sent = (await reply.json())["result"]
        async with session.get(f"{modem.url}/__lab/messages?box=1") as reply:
            inbox = (await reply.json())["result"]
    assert (state["unread"], state["sim_present"]) == (2, False)
    assert sent == [{"phones": ["+15550100200"], "text": "Out"}]
    assert inbox[-1]["Content"] == "Hi"


async def test_restart_over_http(modem: HilinkSimulator, browser: Browser) -> None:
    """The lab answers while the device is away."""
    await lab(modem, "reboot", seconds=10)
    with pytest.raises(aiohttp.ClientConnectionError):
        await browser.get(STATUS)
    await lab(modem, "advance", seconds=10)
    await browser.page()
    assert (await browser.get(STATUS))["ConnectionStatus"] == "900"


@pytest.mark.parametrize(
    ("name", "arguments", "status"),
    [
        ("nothing", {}, 404),
        ("advance", {"days": 1}, 400),
        ("set_options", {"login": "magic"}, 400),
        ("set_options", {"nothing": 1}, 400),
        ("advance", [1], 400),
    ],
)
async def test_bad_calls(modem: HilinkSimulator, name: str, arguments: Any, status: int) -> None:
    """A wrong call says what is wrong."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{modem.url}/__lab/{name}", json=arguments) as reply,
    ):
        assert reply.status == status
        assert (await reply.json())["error"]


async def test_latency(modem: HilinkSimulator, browser: Browser) -> None:
    """Each request can be made to take its time."""
    loop = asyncio.get_running_loop()
    modem.lab.set_options(latency_seconds=0.1)
    begin = loop.time()
    await browser.get(STATUS)
    assert loop.time() - begin >= 0.1


async def test_stop_while_silent(modem: HilinkSimulator, browser: Browser) -> None:
    """Stopping does not wait for requests that are never answered."""
    modem.lab.break_replies(STATUS, "timeout")
    request = asyncio.create_task(browser.get(STATUS))
    answered, _ = await asyncio.wait({request}, timeout=0.2)
    assert not answered
    async with asyncio.timeout(3):
        await modem.stop()
        with pytest.raises(aiohttp.ClientConnectionError):
            await request
