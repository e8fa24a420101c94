"""The administrator's login, session and calls."""

from urllib.parse import quote

import pytest

from simulators.hiwifi import HiwifiSimulator, identity
from tests.simulators.hiwifi.callers import TURBO, Administrator
from tests.simulators.hiwifi.conftest import MakeRouter, Open

FORM = {"username": "admin", "password": "gatehouse"}
PATHS = {
    "1.4.8": "/api/login/login_admin",
    "0.9012": "/admin_web/login_admin",
    "0.9007": "/admin_web",
    "0.9003": "/admin_web",
}
LED = {"method": "system.led.get_status", "data": {}, "version": "v1"}


async def test_login(router: HiwifiSimulator, admin: Administrator) -> None:
    """A session needs its address and its cookie."""
    assert admin.stok.startswith("/;stok=")
    assert await admin.call("system.led.get_status") == {"status": 1}
    _, reply = await admin.request(LED)
    assert reply | {"req_id": ""} == {"code": 0, "msg": "", "data": {"status": 1}, "req_id": ""}
    assert router.lab.counts() == {"api/login/login_admin": 1, "proxy/call": 2}
    admin.session.cookie_jar.clear()
    _, reply = await admin.request(LED)
    assert reply == {"proxy_code": "99999", "proxy_msg": "登录超时"}


async def test_password_with_special_characters(
    make_router: MakeRouter, open_admin: Open[Administrator]
) -> None:
    """A password in the address is decoded like any other text."""
    router = await make_router(admin_password="a&b+c 家")
    admin = open_admin(router.url)
    assert "stok" in await admin.log_in(quote("a&b+c 家", safe=""))


async def test_wrong_passwords(router: HiwifiSimulator, admin: Administrator) -> None:
    """Tries are counted down, a right one counts anew, and at the end nobody gets in."""
    reply = await admin.log_in("wrong")
    assert reply["code"] == 10102
    assert (reply["remaining_num"], reply["remaining_lock_time"]) == (9, 0)
    assert (await admin.log_in("gatehouse", username="root"))["remaining_num"] == 8
    assert (await admin.log_in("gatehouse"))["remaining_num"] == 10
    for left in range(9, -1, -1):
        assert (await admin.log_in("wrong"))["remaining_num"] == left
    reply = await admin.log_in("gatehouse")
    assert (reply["remaining_num"], reply["remaining_lock_time"]) == (0, 600)
    assert await admin.call("system.led.get_status") == {"status": 1}
    router.lab.advance(599)
    assert (await admin.log_in("gatehouse"))["remaining_lock_time"] == 1
    router.lab.advance(1)
    assert (await admin.log_in("wrong"))["remaining_num"] == 9
    state = router.lab.state()
    assert (state["logins"], state["refused_logins"]) == (2, 15)
    router.lab.unlock()
    assert (await admin.log_in("wrong"))["remaining_num"] == 9


async def test_second_administrator(
    router: HiwifiSimulator, admin: Administrator, open_admin: Open[Administrator]
) -> None:
    """Another login ends the session, unless both may stay."""
    other = open_admin(router.url)
    await other.log_in("gatehouse")
    assert "proxy_code" in (await admin.request(LED))[1]
    assert (await other.request(LED))[0] == 200
    router.lab.set_options(exclusive_session=False)
    await admin.log_in("gatehouse")
    assert await other.call("system.led.get_status") == {"status": 1}
    assert await admin.call("system.led.get_status") == {"status": 1}


async def test_stolen_sessions(router: HiwifiSimulator, admin: Administrator) -> None:
    """Somebody else can log in again and again."""
    router.lab.steal_session(logins=1)
    assert "proxy_code" in (await admin.request(LED))[1]
    await admin.log_in("gatehouse")
    assert "proxy_code" in (await admin.request(LED))[1]
    await admin.log_in("gatehouse")
    assert (await admin.request(LED))[1]["code"] == 0


async def test_sessions_end(router: HiwifiSimulator, admin: Administrator) -> None:
    """A session lasts for half an hour after its last use, and not beyond a restart."""
    router.lab.advance(1800)
    assert (await admin.request(LED))[1]["code"] == 0
    router.lab.advance(1801)
    assert "proxy_code" in (await admin.request(LED))[1]
    await admin.log_in("gatehouse")
    router.lab.expire_sessions()
    assert "proxy_code" in (await admin.request(LED))[1]
    await admin.log_in("gatehouse")
    router.lab.reboot()
    router.lab.advance(60)
    assert "proxy_code" in (await admin.request(LED))[1]


@pytest.mark.parametrize(
    ("session_loss", "status", "text"),
    [("redirect", 302, ""), ("page", 200, "<form"), ("forbidden", 403, "403 Forbidden")],
)
async def test_lost_session_in_other_forms(
    router: HiwifiSimulator, admin: Administrator, session_loss: str, status: int, text: str
) -> None:
    """A call without a session may be sent to the login instead."""
    router.lab.set_options(session_loss=session_loss)
    router.lab.expire_sessions()
    found, page = await admin.request(LED)
    assert found == status
    assert text in page


@pytest.mark.parametrize("firmware", ["1.4.8", "0.9012"])
async def test_json_logins(
    make_router: MakeRouter, open_admin: Open[Administrator], firmware: str
) -> None:
    """The newer firmwares answer a login with JSON, each on its own path."""
    router = await make_router(firmware=firmware)
    admin = open_admin(router.url)
    for version, path in PATHS.items():
        _, reply = await admin.get(f"{path}?username=admin&password=gatehouse")
        assert ("stok" in reply) is (version == firmware)
    assert router.lab.state()["stray_passwords"] == 3
    admin.stok = (await admin.get(f"{PATHS[firmware]}?username=admin&password=gatehouse"))[1][
        "stok"
    ]
    assert await admin.call("system.led.get_status") == {"status": 1}


async def test_form_login(make_router: MakeRouter, open_admin: Open[Administrator]) -> None:
    """The older firmwares answer a form with a page."""
    router = await make_router(firmware="0.9007", max_failed_logins=2)
    admin = open_admin(router.url)
    assert "<form" in (await admin.get("/admin_web"))[1]
    path = f"{TURBO}/admin_web"
    _, page = await admin.send("POST", path, data=FORM | {"password": "wrong"})
    assert "已经错误1次" in page
    assert "stok=" not in page
    _, page = await admin.send("POST", path, data=FORM)
    admin.stok = "/;stok=" + page.partition(";stok=")[2][:32]
    body = {"method": "system.led.get_status", "data": {}}
    assert (await admin.request(body))[1]["data"] == {"status": 1}
    for _ in range(2):
        _, page = await admin.send("POST", path, data=FORM | {"password": "wrong"})
    assert "已经错误2次" in page
    assert "600秒" in page
    assert "stok=" not in (await admin.send("POST", path, data=FORM))[1]


async def test_oldest_firmware(make_router: MakeRouter, open_admin: Open[Administrator]) -> None:
    """It has JSON pages instead of calls."""
    router = await make_router(firmware="0.9003")
    admin = open_admin(router.url)
    _, page = await admin.send("POST", f"{TURBO}/admin_web", data=FORM)
    admin.stok = "/;stok=" + page.partition(";stok=")[2][:32]
    assert (await admin.request(LED))[0] == 404
    _, devices = await admin.get(f"{admin.stok}/api/network/device_list")
    assert devices["code"] == 0
    assert devices["list"][0]["name"] == "O'Neil 的手机"
    _, wan = await admin.get(f"{admin.stok}/api/network/get_wan_info")
    assert wan["wan_ip"] == identity.WAN_IP
    _, wifi = await admin.get(f"{admin.stok}/api/wifi/get_status_list")
    assert wifi["list"] == [{"ssid": identity.SSID, "encryption": "mixed-psk", "status": 1}]
    assert (await admin.get("/;stok=0/api/system/reboot"))[0] == 403
    assert (await admin.get(f"{admin.stok}/api/system/reboot"))[1]["code"] == 0
    router.lab.advance(5)
    assert not router.lab.state()["up"]


@pytest.mark.parametrize(
    ("firmware", "new", "old"),
    [("1.4.8", 200, 404), ("0.9012", 200, 404), ("0.9007", 404, 200), ("0.9003", 404, 200)],
)
async def test_open_pages(
    make_router: MakeRouter, open_admin: Open[Administrator], firmware: str, new: int, old: int
) -> None:
    """Who the router is can be read without a login, on a path that tells the generation."""
    admin = open_admin((await make_router(firmware=firmware)).url)
    newer, older = await admin.get("/proxy/router_info"), await admin.get("/api/system/get_info")
    assert (newer[0], older[0]) == (new, old)
    found = newer[1]["data"] if new == 200 else older[1]
    assert found["mac"] == identity.MAC
    assert (found.get("uuid") == identity.UUID) is (new == 200)


async def test_pages(admin: Administrator) -> None:
    """The home page leads to the login; what is not there is 404."""
    assert (await admin.send("GET", "/"))[0] == 302
    assert (await admin.send("GET", "/nothing"))[0] == 404
    assert (await admin.get("/nothing"))[0] == 404
    assert (await admin.get(f"{admin.stok}/nothing"))[0] == 404
    assert (await admin.get(f"{admin.stok}/admin_web"))[0] == 200
    assert (await admin.get(f"{admin.stok}/api/network/device_list"))[0] == 404


async def test_several_calls_at_once(router: HiwifiSimulator, admin: Administrator) -> None:
    """Each has its own result; the version is common to all."""
    calls = [
        {"method": "system.led.set_status", "data": {"status": "0"}},
        {"method": "system.led.get_status", "data": {}},
        {"method": "system.nothing", "data": {}},
    ]
    body = {"muticall": "1", "mutiargs": calls, "version": "v1"}
    _, reply = await admin.request(body)
    assert [each["result"]["code"] for each in reply["data"]["results"]] == [0, 0, "100004"]
    assert reply["data"]["results"][1]["result"]["data"] == {"status": 0}
    assert (await admin.request(body | {"mutiargs": "x"}))[1]["code"] == "100009"
    router.lab.set_options(multi_call=False)
    assert (await admin.request(body))[1]["code"] == "100002"


async def test_change_of_password(router: HiwifiSimulator, admin: Administrator) -> None:
    """A new password needs the old one and ends the session."""
    body = {"method": "system.set_password", "version": "v1"}
    wrong = {"old_password": "wrong", "password": "new"}
    assert (await admin.request(body | {"data": wrong}))[1]["code"] == 10102
    right = {"old_password": "gatehouse", "password": "new"}
    assert (await admin.request(body | {"data": right}))[1]["code"] == 0
    assert "proxy_code" in (await admin.request(LED))[1]
    assert router.password == "new"
    assert "stok" in await admin.log_in("new")


async def test_bad_bodies(admin: Administrator) -> None:
    """What is no call is refused with its code."""
    for body, code in (([], "100009"), ({}, "100002"), ({"method": "x"}, "100002")):
        assert (await admin.request(body))[1]["code"] == code
