"""Firmware, time, log, configuration, restart and reset."""

from typing import Any

import aiohttp
import pytest

from simulators.gl_s20 import GlS20Simulator
from tests.simulators.gl_s20.conftest import MakeRouter, OpenPage
from tests.simulators.gl_s20.web_page import Refused, WebPage

OFFICIAL = {"type": "GL-S20-OTBR", "version": "2.1.0", "save_config": True}
START = 1_788_264_000


async def version(page: WebPage) -> str:
    """Return the version that runs."""
    found: str = (await page.get("ui/check_initialized"))["firmware_version"]
    return found


async def test_upgrade(router: GlS20Simulator, page: WebPage) -> None:
    """An upgrade takes a minute, announces the restart, and is there after it."""
    offered = (await page.get("sys/check_online_firmware"))["online_firmware_list"]
    assert {"type": "GL-S20-OTBR", "version": "2.1.0"} in offered
    await page.post("sys/upgrade_online_firmware", official=OFFICIAL)
    seen = []
    for seconds in (0, 30, 30, 4.9):
        router.lab.advance(seconds)
        seen.append((await page.get("sys/check_upgrade_status"))["status"])
    assert seen == [2, 2, 0, 0]
    assert await version(page) == "2.0.1"
    router.lab.advance(0.1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await version(page)
    router.lab.advance(15)
    assert await version(page) == "2.1.0"
    await page.log_in(router.password)
    assert await page.get("sys/check_current_firmware") == {
        "current_firmware_type": "GL-S20-OTBR",
        "current_firmware_version": "2.1.0",
    }
    with pytest.raises(Refused, match="No upgrade"):
        await page.get("sys/check_upgrade_status")


async def test_upgrade_fails(make_router: MakeRouter, open_page: OpenPage) -> None:
    """A failed upgrade says so and may be repeated; two at a time may not."""
    router = await make_router(upgrade_outcome="fail", upgrade_seconds=20, idle_upgrade_status=0)
    page = await open_page(router)
    assert await page.get("sys/check_upgrade_status") == {"status": 0}
    await page.post("sys/upgrade_online_firmware", official=OFFICIAL)
    with pytest.raises(Refused, match="in progress"):
        await page.post("sys/upgrade_online_firmware", official=OFFICIAL)
    router.lab.advance(20)
    assert await page.get("sys/check_upgrade_status") == {"status": 1}
    await page.post("sys/upgrade_online_firmware", custom={"url": "https://example.com/a.bin"})
    router.lab.set_options(upgrade_outcome="never")
    for _ in range(20):
        router.lab.advance(30)
        assert await page.get("sys/check_upgrade_status") == {"status": 2}


async def test_upgrade_without_configuration(router: GlS20Simulator, page: WebPage) -> None:
    """An upgrade that keeps nothing leaves a new device."""
    body = OFFICIAL | {"save_config": False}
    await page.post("sys/upgrade_online_firmware", official=body)
    router.lab.advance(80)
    known = await page.get("ui/check_initialized")
    assert (known["initialized"], known["firmware_version"]) == (False, "2.1.0")
    assert router.lab.state()["role"] == "disabled"


async def test_other_firmware(router: GlS20Simulator, page: WebPage) -> None:
    """The other firmware has no border router and cannot keep the settings."""
    body = {"type": "GL-S20-BLE", "version": "1.3.0", "save_config": True}
    with pytest.raises(Refused, match="save_config"):
        await page.post("sys/upgrade_online_firmware", official=body)
    await page.post("sys/upgrade_online_firmware", official=body | {"save_config": False})
    router.lab.advance(80)
    assert (await page.get("ui/check_initialized"))["firmware_category"] == "2b"
    assert (await page.raw("GET", "otbr/get_status"))[0] == 404
    assert (await page.raw("GET", ""))[0] == 404


async def test_ble_firmware_with_code(make_router: MakeRouter, open_page: OpenPage) -> None:
    """A firmware may answer what it does not have with a code."""
    page = await open_page(await make_router(firmware_category="2b", unknown_endpoint_status=200))
    with pytest.raises(Refused, match="Not supported"):
        await page.get("otbr/get_status")
    assert (await page.get("sys/get_info"))["wan_status"] == 2


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"official": OFFICIAL, "custom": {"url": "https://example.com/a.bin"}},
        {"official": OFFICIAL | {"version": "9.9.9"}},
        {"official": {"type": "GL-S20-OTBR", "version": "2.1.0"}},
        {"custom": {"url": "a.bin"}},
    ],
)
async def test_bad_upgrade(page: WebPage, body: dict[str, Any]) -> None:
    """An upgrade to nothing in particular is refused."""
    with pytest.raises(Refused, match="Invalid parameter"):
        await page.post("sys/upgrade_online_firmware", **body)


async def test_certificates(router: GlS20Simulator, page: WebPage) -> None:
    """Certificates are counted."""
    await page.post("sys/upgrade_online_certificate", url="https://example.com/ca.pem")
    await page.post("sys/upgrade_local_certificate")
    with pytest.raises(Refused, match="url"):
        await page.post("sys/upgrade_online_certificate", url="ca.pem")
    assert router.lab.state()["certificates"] == 2


async def test_time(make_router: MakeRouter, open_page: OpenPage) -> None:
    """The local time is that of the zone, and may be wrong."""
    router = await make_router(clock_error_seconds=7)
    page = await open_page(router)
    seen = [await page.get("sys/get_time_config")]
    await page.post("sys/set_time_config", sntp="time.example.com", timezone="UTC+8")
    router.lab.advance(10)
    seen.append(await page.get("sys/get_time_config"))
    assert seen == [
        {"sntp": "pool.ntp.org", "timezone": 0, "localtime": START + 7},
        {"sntp": "time.example.com", "timezone": 8, "localtime": START + 8 * 3600 + 17},
    ]


@pytest.mark.parametrize("timezone", ["UTC+15", "UTC-13", "UTC8", "UTC0", "UTC+5:30", 8])
async def test_bad_time(page: WebPage, timezone: Any) -> None:
    """Time zones are whole hours, written in one way."""
    with pytest.raises(Refused, match="timezone"):
        await page.post("sys/set_time_config", sntp="pool.ntp.org", timezone=timezone)


async def test_restart(router: GlS20Simulator, page: WebPage) -> None:
    """A restart is answered, then the device is away and has lost its sessions."""
    router.lab.advance(30)
    assert await page.post("sys/restart") == {}
    with pytest.raises(aiohttp.ClientConnectionError):
        await page.get("ui/check_initialized")
    router.lab.advance(15)
    assert router.lab.state()["uptime"] == 0
    with pytest.raises(Refused, match="Invalid token"):
        await page.get("sys/get_info")
    await page.log_in(router.password)
    assert await page.get("sys/get_info") == {
        "wan_status": 0,
        "thread_nwk_status": 0,
        "thread_commissioner_status": 0,
    }
    router.lab.advance(5)
    assert await page.get("sys/get_info") == {
        "wan_status": 2,
        "thread_nwk_status": 1,
        "thread_commissioner_status": 0,
    }


async def test_reset(router: GlS20Simulator, page: WebPage) -> None:
    """A reset leaves a new device with another network and no password."""
    before = await page.get("otbr/get_status")
    await page.post("sys/reset")
    router.lab.advance(20)
    state = router.lab.state()
    assert (state["initialized"], state["role"], state["wifi"]) == (False, "disabled", "idle")
    with pytest.raises(Refused):
        await page.log_in("gatehouse-2026")
    await page.post("ui/set_init", lang="zh-cn", password="gatehouse-2027")
    await page.log_in("gatehouse-2027")
    after = await page.get("otbr/get_status")
    assert after["Network"]["NetworkKey"] != before["Network"]["NetworkKey"]
    assert after["RCP"]["EUI64"] == before["RCP"]["EUI64"]
    assert (await page.get("wifi/get_save_wifi"))["list"] == []


async def test_reset_button(router: GlS20Simulator, page: WebPage) -> None:
    """Pressed briefly it forgets the networks but not the password, pressed long everything."""
    router.lab.press_reset_button(2)
    router.lab.advance(20)
    await page.log_in(router.password)
    assert (await page.get("otbr/get_status"))["RCP"]["State"] == 0
    router.lab.press_reset_button(8)
    router.lab.advance(20)
    assert (await page.get("ui/check_initialized"))["initialized"] is False


@pytest.mark.parametrize("numeric_booleans", [False, True])
async def test_export_and_import(
    make_router: MakeRouter, open_page: OpenPage, page: WebPage, *, numeric_booleans: bool
) -> None:
    """An exported configuration makes another device the same, after a restart."""
    other_router = await make_router(
        thread_enabled=False, wifi_connected=False, numeric_booleans=numeric_booleans
    )
    other = await open_page(other_router)
    blank = await other.call("POST", "sys/export_sys_config", {})
    await page.post("sys/set_time_config", sntp="time.example.com", timezone="UTC-3")
    await page.post("otbr/set_txpower", TXPower=-7)
    await page.post("otbr/enable_bbr")
    exported = await page.call("POST", "sys/export_sys_config", {})
    assert exported != blank
    envelope = {"code": 0, "err_msg": ""}
    assert await other.call("POST", "sys/import_sys_config", exported | envelope) == {}
    with pytest.raises(aiohttp.ClientConnectionError):
        await other.get("ui/check_initialized")
    other_router.lab.advance(20)
    await other.log_in(other_router.password)
    again = await other.call("POST", "sys/export_sys_config", {})
    assert again == exported
    assert (await other.get("otbr/get_status"))["RCP"]["State"] == 4
    assert (await other.get("wifi/get_status"))["status"] == 2
    assert await other.call("POST", "sys/import_sys_config", again) == {}


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("ui_cfg", "language", "de"),
        ("sntp_cfg", "time_zone", 8),
        ("otbr_cfg", "channel", 27),
        ("otbr_cfg", "nwk_on_off", True),
        ("wifi_cfg", "authmode", 5),
        ("eth_failover_cfg", "check", 1),
        ("wifi_failover_cfg", "check_ipv4", ["192.0.2.1"] * 4),
        ("eth_dhcp_cfg", "enable", False),
        ("wifi_saved", "list", [{}]),
    ],
)
async def test_bad_import(page: WebPage, part: str, name: str, value: Any) -> None:
    """One bad setting and nothing is taken."""
    exported = await page.call("POST", "sys/export_sys_config", {})
    bad = exported | {part: exported[part] | {name: value}}
    with pytest.raises(Refused, match="Invalid parameter"):
        await page.call("POST", "sys/import_sys_config", bad)
    assert await page.call("POST", "sys/export_sys_config", {}) == exported
