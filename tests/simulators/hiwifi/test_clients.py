"""The clients of a router, in the newer generation of methods: presence, commands, traffic."""

from typing import Any

import pytest

from simulators.hiwifi import HiwifiSimulator
from tests.simulators.hiwifi.callers import BoundClient, online

PHONE = "020000A05301"
PRINTER = "020000A05304"
LAPTOP = "020000A05306"


async def test_clients(router: HiwifiSimulator, client: BoundClient) -> None:
    """All known clients are listed, with how and since when they are connected."""
    router.lab.advance(100)
    listed = {each["mac"]: each for each in (await client.call("device.sta.list"))["list"]}
    assert len(listed) == 7
    phone = listed["02:00:00:A0:53:01"]
    assert (phone["name"], phone["phy"], phone["online"]) == ("O'Neil 的手机", "5G", 1)
    assert -56 <= phone["rssi"] <= -48
    laptop = listed["02:00:00:A0:53:06"]
    assert (laptop["online"], laptop["last_online"], laptop["rssi"]) == (0, 0, 0)
    stat = await client.call("device.sta.get_sta_stat")
    assert stat["all_cnt"] == 7
    assert stat["online_wire_cnt"] == 2
    assert stat["online_w5g_master_cnt"] == 1
    assert stat["online_w2p4g_master_cnt"] == 2
    assert stat["online_w2p4g_guest_cnt"] == 0
    (only,) = (await client.call("device.sta.list", mac="02-00-00-a0-53-01"))["list"]
    assert only == phone
    assert (await client.call("device.sta.list", conn_ap=PHONE))["list"] == []
    stations = (await client.call("wireless.get_stalist", ifname="masterac"))["stalist"]
    assert [each["macaddr"] for each in stations] == ["02:00:00:a0:53:01"]
    assert stations[0]["assoctime"] == 100
    assert (await client.call("system.board.get_lan_status"))["link"] == ["up", "up", "down"]


async def test_coming_and_going(router: HiwifiSimulator, client: BoundClient) -> None:
    """Presence leaves a record; Wi-Fi needs a moment to connect."""
    router.lab.client_comes(LAPTOP)
    assert LAPTOP not in await online(client)
    router.lab.advance(10)
    assert LAPTOP in await online(client)
    router.lab.advance(50)
    router.lab.client_leaves(LAPTOP)
    router.lab.advance(5)
    (laptop,) = (await client.call("device.sta.list", mac=LAPTOP))["list"]
    assert laptop["online"] == 0
    assert laptop["last_offline"] - laptop["last_online"] == 50
    record = await client.call("device.sta.get_conn_record", mac=LAPTOP, date="20260901")
    begin = laptop["first_online"]
    assert record == {
        "record": [{"onlinetime": begin, "offlinetime": begin + 50}],
        "total_time": 50,
    }
    other_day = await client.call("device.sta.get_conn_record", mac=LAPTOP, date="20260902")
    assert other_day == {"record": [], "total_time": 0}
    router.lab.client_comes("02:00:00:a0:53:99", "New", "wire")
    assert "020000A05399" in await online(client)
    assert LAPTOP in {
        each["mac"].replace(":", "")
        for each in (await client.call("device.sta.list", date="20260901"))["list"]
    }
    assert (await client.call("device.sta.list", date="20260831"))["list"] == []


async def test_commands_about_clients(router: HiwifiSimulator, client: BoundClient) -> None:
    """A client is renamed, dropped once, blocked and unblocked."""
    await client.call("device.sta.set", mac=PHONE, name="Téléphone")
    (phone,) = (await client.call("device.sta.list", mac=PHONE))["list"]
    assert phone["name"] == "Téléphone"
    await client.call("wireless.kick", ifname="masterac", mac=PHONE)
    assert PHONE not in await online(client)
    wrong = {"ifname": "masterac", "mac": PHONE}
    assert await client.code("wireless.kick", data=wrong) == 20
    router.lab.advance(10)
    assert PHONE in await online(client)
    await client.call("device.macfilter.forbid", maclist=["02:00:00:a0:53:01", PRINTER])
    assert router.lab.state()["blocked"] == [PHONE, PRINTER]
    assert await client.call("device.macfilter.check_status", mac=PHONE) == {"status": 0}
    speed = await client.call("network.ipstat.get_realspeed", mac=PHONE)
    assert speed["total"] == {"download_speed": 0, "upload_speed": 0}
    assert PHONE in await online(client)
    await client.call("device.macfilter.allow", maclist=[PHONE])
    assert await client.call("device.macfilter.check_status", mac=PHONE) == {"status": 1}


@pytest.mark.parametrize(
    ("method", "data", "code"),
    [
        ("device.macfilter.forbid", {"maclist": PHONE}, 10125),
        ("device.macfilter.forbid", {"maclist": []}, 10125),
        ("device.macfilter.allow", {"maclist": ["phone"]}, 20),
        ("device.sta.set", {"mac": PHONE}, 10125),
        ("device.sta.set", {"mac": "020000A05388", "name": "x"}, 20),
        ("device.sta.get_conn_record", {"mac": PHONE, "date": "today"}, 20),
    ],
)
async def test_wrong_arguments(
    client: BoundClient, method: str, data: dict[str, Any], code: int
) -> None:
    """A wrong type and a wrong value differ."""
    assert await client.code(method, data=data) == code


async def test_traffic(router: HiwifiSimulator, client: BoundClient) -> None:
    """Rates are in bit/s, amounts in bytes, and the one adds up to the other."""
    summed = 0.0
    for _ in range(600):
        speed = await client.call("network.ipstat.get_realspeed", mac=PHONE)
        summed += speed["total"]["download_speed"] / 8
        router.lab.advance(1)
    load = await client.call("network.ipstat.get_total_load", mac=PHONE)
    assert load["total"]["download"] == pytest.approx(summed, rel=0.01)
    everybody = await client.call("network.ipstat.get_realspeed")
    total = sum(each["download_speed"] for each in everybody["details"])
    assert everybody["total"]["download_speed"] == total > 1_000_000
    router.lab.set_internet(available=False)
    speed = await client.call("network.ipstat.get_realspeed")
    assert speed["total"] == {"download_speed": 0, "upload_speed": 0}
    before = await client.call("network.ipstat.get_total_load")
    router.lab.advance(100)
    assert await client.call("network.ipstat.get_total_load") == before


async def test_traffic_by_day(router: HiwifiSimulator, client: BoundClient) -> None:
    """Amounts begin anew at midnight; the day before can still be read."""
    router.lab.advance(12 * 3600)
    today = await client.call("network.ipstat.get_total_load")
    assert today["total"] == {"download": 0, "upload": 0}
    router.lab.advance(600)
    today = await client.call("network.ipstat.get_total_load")
    before = await client.call("network.ipstat.get_total_load", date="20260901")
    assert 0 < today["total"]["download"] < before["total"]["download"] / 10
    history = (await client.call("network.ipstat.get_history_speed"))["speed_map"]
    assert len(history) == 288
    assert min(history[:2]) > 1_000_000
    assert set(history[2:]) == {-1}
    history = (await client.call("network.ipstat.get_history_speed", date="20260901"))["speed_map"]
    assert set(history[:144]) == {-1}
    assert min(history[144:]) > 1_000_000
    sent = sum(each * 300 / 8 for each in history[144:])
    assert sent == pytest.approx(before["total"]["download"], rel=0.001)
