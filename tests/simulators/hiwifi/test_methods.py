"""The methods of the newer generation: state that moves, commands that show."""

from typing import Any

import pytest

from simulators.hiwifi import HiwifiSimulator, identity
from simulators.hiwifi.firmware import Generation
from simulators.hiwifi.method_table import METHODS
from tests.simulators.hiwifi.callers import BoundClient, Refused, online
from tests.simulators.hiwifi.conftest import MakeRouter, Open

PHONE = "020000A05301"
PRINTER = "020000A05304"
VISITOR = "020000A05307"
CHANGING = ("set", "start", "stop", "reset", "reboot", "up", "down", "on", "off", "kick", "forbid")
ARGUMENTS: dict[str, Any] = {
    "ifname": "master",
    "device": "radio0",
    "type": "guest",
    "mac": PHONE,
    "date": "20260901",
}
NEEDED = {
    "device.sta.get_conn_record": ("mac", "date"),
    "device.macfilter.check_status": ("mac",),
    "wireless.guest.get_status": ("type",),
    "wireless.get_iface_info": ("ifname",),
    "wireless.get_quality": ("ifname",),
    "wireless.get_stalist": ("ifname",),
    "wireless.get_channel_rank": ("device",),
}


async def test_every_method_that_reads(router: HiwifiSimulator, client: BoundClient) -> None:
    """Each one of the reference answers, and fails without its arguments."""
    router.lab.set_options(wan_type="pppoe", upgrade_server="current")
    reading = [
        each
        for each in METHODS[Generation.V1]
        if each.rpartition(".")[2].startswith(("get_", "check", "list"))
    ]
    assert len(reading) == 27
    for method in reading:
        data = {name: ARGUMENTS[name] for name in NEEDED.get(method, ())}
        assert isinstance(await client.call(method, **data), dict), method
        if data:
            assert await client.code(method) in {20, 10125}, method


async def test_identity(router: HiwifiSimulator, client: BoundClient) -> None:
    """Uptime and time move on, and begin anew with a restart."""
    router.lab.advance(90)
    info = await client.call("system.get_info")
    assert (info["mac"], info["model"], info["version"]) == (
        identity.MAC,
        "HC5962",
        "1.4.8.20462s",
    )
    assert (info["uptime"], info["systime"]) == (90, 1788235290)
    router.lab.reboot(10)
    router.lab.advance(15)
    assert (await client.call("system.get_info"))["uptime"] == 5


async def test_reboot(router: HiwifiSimulator, client: BoundClient) -> None:
    """The router goes five seconds after the command and comes back."""
    await client.call("system.reboot")
    router.lab.advance(4)
    assert router.lab.state()["up"]
    router.lab.advance(1)
    assert not router.lab.state()["up"]
    router.lab.advance(60)
    state = router.lab.state()
    assert state["up"]
    assert state["wan_up"] is False
    assert PHONE not in state["online"]
    router.lab.advance(10)
    state = router.lab.state()
    assert state["wan_up"] is True
    assert PHONE in state["online"]


async def test_wan(router: HiwifiSimulator, client: BoundClient) -> None:
    """Cable, connection and internet are three things."""
    router.lab.advance(60)
    status = await client.call("wan.get_status")
    assert (status["up"], status["dev_link"], status["inet_status"]) == (True, True, 1)
    assert (status["uptime"], status["wan_ip"]) == (60, identity.WAN_IP)
    router.lab.set_internet(available=False)
    status = await client.call("wan.get_status")
    assert (status["up"], status["inet_status"]) == (True, 0)
    assert await client.call("wan.get_inet_stat") == {"status": 0}
    router.lab.set_internet(available=True)
    router.lab.plug_wan(plugged=False)
    status = await client.call("wan.get_status")
    assert (status["up"], status["dev_link"], status["uptime"]) == (False, False, 0)
    assert (await client.call("system.board.get_wan_status"))["link"] == "down"
    router.lab.plug_wan(plugged=True)
    assert (await client.call("wan.get_status"))["pending"] is True
    router.lab.advance(5)
    assert (await client.call("wan.get_status"))["uptime"] == 2
    await client.call("wan.down")
    assert (await client.call("wan.get_status"))["up"] is False
    await client.call("wan.up")
    router.lab.advance(3)
    assert await client.call("wan.get_inet_stat") == {"status": 1}


async def test_pppoe(router: HiwifiSimulator, client: BoundClient) -> None:
    """A subscriber line has a password and a state of its own."""
    assert await client.code("wan.get_pppoe_status") == 20
    assert "password" not in await client.call("wan.get_config")
    router.lab.set_options(wan_type="pppoe")
    assert (await client.call("wan.get_config"))["password"] == identity.PPPOE_PASSWORD
    assert (await client.call("wan.get_pppoe_status"))["status"] == 0
    router.lab.plug_wan(plugged=False)
    assert (await client.call("wan.get_pppoe_status"))["status"] == 678
    router.lab.plug_wan(plugged=True)
    assert (await client.call("wan.get_pppoe_status"))["status"] == -1


async def test_led(client: BoundClient) -> None:
    """The lights take a number, a text or a boolean."""
    for value, shown in ((0, 0), ("1", 1), (False, 0), ("true", 1)):
        await client.call("system.led.set_status", status=value)
        assert await client.call("system.led.get_status") == {"status": shown}
    await client.call("system.led.off")
    assert await client.call("system.led.get_status") == {"status": 0}
    await client.call("system.led.on")
    assert await client.call("system.led.get_status") == {"status": 1}
    assert await client.code("system.led.set_status", data={"status": "maybe"}) == 10125


async def test_change_of_a_network(router: HiwifiSimulator, client: BoundClient) -> None:
    """A change replaces the whole record and takes the network off the air for a moment."""
    before = await client.call("wireless.get_iface_info", ifname="master")
    assert (before["ssid"], before["key"]) == (identity.SSID, identity.WIFI_KEY)
    kept = {name: before[name] for name in ("encryption", "key", "hidden", "isolate")}
    fields = {"ifname": "master", "ssid": "It's 新", "delay_time": 2, **kept}
    await client.call("wireless.validate_iface_info", **fields)
    await client.call("wireless.set_iface_info", **fields)
    router.lab.advance(1)
    assert await client.call("wireless.get_iface_info", ifname="master") == before
    router.lab.advance(1)
    after = await client.call("wireless.get_iface_info", ifname="master")
    assert after == before | {"ssid": "It's 新", "status": 0}
    assert "020000A05302" not in await online(client)
    router.lab.advance(5)
    assert (await client.call("wireless.get_iface_info", ifname="master"))["status"] == 1
    router.lab.advance(10)
    assert "020000A05302" in await online(client)
    await client.call("wireless.set_iface_info", **fields)
    router.lab.advance(17)
    assert "020000A05302" in await online(client)
    await client.call("wireless.set_iface_info", ifname="master", ssid="Bare")
    bare = await client.call("wireless.get_iface_info", ifname="master")
    assert (bare["encryption"], bare["key"]) == ("none", "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"ifname": "slave"},
        {"ssid": ""},
        {"ssid": "家" * 11},
        {"encryption": "wep"},
        {"key": "short"},
        {"key": "x" * 64},
        {"delay_time": 61},
    ],
)
async def test_networks_that_cannot_be(client: BoundClient, wrong: dict[str, Any]) -> None:
    """Settings no radio takes are refused and nothing changes."""
    right = {"ifname": "master", "ssid": "Home", "encryption": "mixed-psk", "key": "12345678"}
    before = await client.call("wireless.get_iface_info", ifname="master")
    assert await client.code("wireless.set_iface_info", data=right | wrong) == 20
    assert await client.call("wireless.get_iface_info", ifname="master") == before


async def test_switching_wifi(router: HiwifiSimulator, client: BoundClient) -> None:
    """Networks are switched for good, radios until the next restart, and clients follow."""

    async def running() -> list[int]:
        """Return which main networks are on the air."""
        found = [
            await client.call("wireless.get_iface_info", ifname=each)
            for each in ("master", "masterac")
        ]
        return [each["status"] for each in found]

    assert await running() == [1, 1]
    await client.call("wireless.stop", ifname="masterac")
    assert await running() == [1, 0]
    assert PHONE not in await online(client)
    await client.call("wireless.set_master_status", status=0)
    assert await running() == [0, 0]
    assert (await client.call("wireless.get_iface_info", ifname="master"))["disabled"] == 1
    assert await online(client) == {"020000A05303", PRINTER}
    await client.call("wireless.set_master_status", status=1)
    router.lab.advance(10)
    assert PHONE in await online(client)
    await client.call("wireless.down", device="radio1")
    assert await running() == [1, 0]
    assert (await client.call("wireless.get_iface_info", ifname="masterac"))["disabled"] == 0
    await client.call("wireless.up", device="radio1")
    assert await running() == [1, 1]
    await client.call("wireless.down", device="radio1")
    await client.call("wireless.stop", ifname="master")
    router.lab.reboot(0)
    assert await running() == [0, 1]
    await client.call("wireless.start", ifname="master")
    assert await running() == [1, 1]


async def test_radios(router: HiwifiSimulator, client: BoundClient) -> None:
    """Channel and power are set by radio; channel 0 is automatic."""

    async def radio(device: str) -> Any:
        """Return a radio's settings."""
        return (await client.call("wireless.get_device_info"))["wifi_device"][device]

    assert (await radio("radio0"))["channel"] == "0"
    assert (await radio("radio0"))["channel_autoreal"] == 6
    await client.call("wireless.set_channel", device="radio0", channel="11")
    await client.call("wireless.set_channel", device="radio1", channel=36)
    assert [(await radio(each))["channel_autoreal"] for each in ("radio0", "radio1")] == [11, 36]
    for device, channel in (("radio0", 14), ("radio1", 6), ("radio2", 1)):
        fields = {"device": device, "channel": channel}
        assert await client.code("wireless.set_channel", data=fields) == 20
    powers = (await client.call("wireless.get_txpwr_list"))["txpwr_list"]
    for power in powers:
        await client.call("wireless.set_txpwr", device="radio1", txpwr=power["key"])
        assert (await radio("radio1"))["txpwr"] == power["key"]
    await client.call("wireless.set_txpwr", device="radio1", txpwr=140)
    fields = {"device": "radio1", "txpwr": "loud"}
    assert await client.code("wireless.set_txpwr", data=fields) == 20
    assert router.lab.state()["radios"]["radio1"] == {"channel": 36, "txpwr": "140", "up": True}


async def test_guests(router: HiwifiSimulator, client: BoundClient) -> None:
    """A guest network is opened for a time, is hidden after a while, and lets the visitor in."""

    async def guest() -> Any:
        """Return the guest network."""
        return await client.call("wireless.guest.get_status", type="guest")

    assert (await guest())["work"] == 0
    await client.call("wireless.guest.start", type="guest", stop_timeout=5)
    assert ((await guest())["work"], (await guest())["show"]) == (1, 1)
    router.lab.advance(10)
    assert (await guest())["online_count"] == 1
    assert VISITOR in await online(client, master=0)
    assert VISITOR not in await online(client, master=1)
    router.lab.advance(120)
    assert ((await guest())["work"], (await guest())["show"]) == (1, 0)
    shown = await guest()
    assert shown["stop_time"] - shown["start_time"] == 300
    router.lab.advance(170)
    assert (await guest())["work"] == 0
    assert (await guest())["max_online_count"] == 1
    record = await client.call("device.sta.get_conn_record", mac=VISITOR, date="20260901")
    assert record["total_time"] == 290
    await client.call("wireless.start", ifname="guest")
    router.lab.advance(1)
    assert (await guest())["work"] == 1
    await client.call("wireless.guest.start", type="guest", hide_timeout=0)
    router.lab.advance(86400)
    assert ((await guest())["work"], (await guest())["show"]) == (1, 1)
    await client.call("wireless.guest.stop", type="guest")
    assert (await guest())["work"] == 0
    fields = {"type": "guest", "ssid": "Visitors", "encryption": "none", "key": ""}
    await client.call("wireless.guest.set_info", **fields)
    assert (await guest())["ssid"] == "Visitors"
    with pytest.raises(Refused):
        await client.call("wireless.guest.start", type="master")


async def test_one_band(make_router: MakeRouter, open_client: Open[BoundClient]) -> None:
    """A model with one band has no 5 GHz anywhere."""
    client = open_client((await make_router(five_ghz=False)).url)
    info = await client.call("system.get_info")
    assert info["wireless"]["5G"]["available"] is False
    assert list((await client.call("wireless.get_device_info"))["wifi_device"]) == ["radio0"]
    for ifname in ("masterac", "guestac"):
        assert await client.code("wireless.get_iface_info", data={"ifname": ifname}) == 20
    status = await client.call("wireless.guest.get_status", type="guestac")
    assert status == {"support": 0}
    listed = (await client.call("device.sta.list"))["list"]
    assert {each["phy"] for each in listed} == {"2.4G", "wire"}


async def test_firmware(router: HiwifiSimulator, client: BoundClient) -> None:
    """The vendor's server is dead, or has nothing, or has something."""
    assert await client.code("system.upgrade.check") == 1000
    assert await client.code("system.upgrade.start") == 528
    router.lab.set_options(upgrade_server="current")
    assert (await client.call("system.upgrade.check"))["need_upgrade"] == 0
    assert await client.code("system.upgrade.start") == 528
    router.lab.set_options(upgrade_server="newer")
    offer = await client.call("system.upgrade.check")
    assert (offer["need_upgrade"], offer["version"]) == (1, "1.4.9.30001s")
    await client.call("system.upgrade.start")
    router.lab.advance(30)
    progress = await client.call("system.upgrade.get_progress")
    assert progress == {"state": "downloading", "percent": 50}
    router.lab.advance(30)
    assert not router.lab.state()["up"]
    router.lab.advance(60)
    assert (await client.call("system.get_info"))["version"] == "1.4.9.30001s"
    assert (await client.call("system.upgrade.check"))["need_upgrade"] == 0
    progress = await client.call("system.upgrade.get_progress")
    assert progress == {"state": "finish", "percent": 0}


async def test_password_of_a_new_router(router: HiwifiSimulator, client: BoundClient) -> None:
    """It is known whether the first password is still in use."""
    fields = await client.call("system.get_default_password")
    assert fields == {"default_password": "gatehouse", "currently_default": 1}
    router.lab.set_options(admin_password="other")
    assert (await client.call("system.get_default_password"))["currently_default"] == 0


async def test_partial_reset(router: HiwifiSimulator, client: BoundClient) -> None:
    """One kind of reset keeps the settings, but nobody is bound any longer."""
    await client.call("system.led.off")
    await client.call("system.reset_not_all_config")
    assert router.lab.state()["led"] is False
    assert router.lab.state()["bindings"] == []
