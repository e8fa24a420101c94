"""The methods of the older generation."""

import pytest

from simulators.hiwifi import HiwifiSimulator, identity
from tests.simulators.hiwifi.callers import BoundClient, Refused
from tests.simulators.hiwifi.conftest import MakeRouter, Open

TABLET = "020000A05302"


@pytest.fixture
async def old_router(make_router: MakeRouter) -> HiwifiSimulator:
    """Return a router that knows the older generation only."""
    return await make_router(firmware="0.9007")


@pytest.fixture
async def old_client(old_router: HiwifiSimulator, open_client: Open[BoundClient]) -> BoundClient:
    """Return a client bound to that router."""
    return open_client(old_router.url)


async def test_identity(old_router: HiwifiSimulator, old_client: BoundClient) -> None:
    """Reading it deletes a flag file, unless read by the other name."""
    info = await old_client.older("system.sys.get_info")
    assert (info["mac"], info["model"]) == (identity.MAC, "HC5661")
    assert old_router.lab.state()["no_auto_bind"] is True
    assert await old_client.older("system.os.get_info") == info
    assert old_router.lab.state()["no_auto_bind"] is False


async def test_restart_and_reset(old_router: HiwifiSimulator, old_client: BoundClient) -> None:
    """A restart takes five seconds to begin; a reset loses the binding."""
    await old_client.older("system.os.reboot")
    old_router.lab.advance(5)
    assert not old_router.lab.state()["up"]
    old_router.lab.advance(60)
    await old_client.older("system.os.reset_all")
    assert old_router.lab.state()["bindings"] == []


async def test_wifi(old_router: HiwifiSimulator, old_client: BoundClient) -> None:
    """The first radio's network is read and changed; a model with one band has no 5 GHz."""
    assert (await old_client.older("network.wireless.get_wifi"))["ssid"] == identity.SSID
    await old_client.older("network.wireless.set_ssid", ssid="It's new")
    old_router.lab.advance(5)
    info = await old_client.older("network.wireless.get_24g_info")
    assert (info["ssid"], info["key"], info["status"]) == ("It's new", identity.WIFI_KEY, 1)
    for method, data, status in (
        ("set_24g_status", {"status": 0}, 0),
        ("on", {}, 1),
        ("off", {}, 0),
        ("set_status", {"status": "1"}, 1),
        ("restart", {}, 0),
    ):
        await old_client.older(f"network.wireless.{method}", **data)
        info = await old_client.older("network.wireless.get_24g_info")
        assert info["status"] == status, method
    with pytest.raises(Refused):
        await old_client.older("network.wireless.get_5g_info")
    await old_client.older("network.wireless.set_channel", channel=9)
    assert await old_client.older("network.wireless.get_channel") == {"channel": 9}
    await old_client.older("network.wireless.set_txpwr", txpwr="min")
    assert await old_client.older("network.wireless.get_txpwr") == {"txpwr": "min"}
    assert (await old_client.older("network.wireless.get_channel_rank"))["rank"]


async def test_five_ghz(client: BoundClient) -> None:
    """On a model with two bands the second one is switched by itself."""
    await client.older("network.wireless.set_5g_status", status=0)
    assert (await client.older("network.wireless.get_5g_info"))["status"] == 0
    assert (await client.older("network.wireless.get_24g_info"))["status"] == 1


async def test_wan(old_router: HiwifiSimulator, old_client: BoundClient) -> None:
    """The connection is told at length and in short."""
    assert (await old_client.older("network.common.get_wan_info"))["is_up"] == 1
    assert (await old_client.older("network.wan.get_simple_info"))["wan_ip"] == identity.WAN_IP
    assert (await old_client.older("network.common.get_lan_info"))["lan_ip"] == "192.168.199.1"
    old_router.lab.plug_wan(plugged=False)
    assert await old_client.older("network.wan.get_simple_info") == {
        "wan_type": "dhcp",
        "wan_ip": "",
        "is_up": 0,
        "inet_status": 0,
    }


async def test_units(client: BoundClient) -> None:
    """Rates are whole kibibytes in byte/s; the newer generation has them in bit/s."""
    bits = (await client.call("network.ipstat.get_realspeed"))["total"]
    octets = await client.older("network.traffic.status")
    assert octets["down"] % 1024 == octets["up"] % 1024 == 0
    assert 0 <= bits["download_speed"] - octets["down"] * 8 < 8192
    assert 0 <= bits["upload_speed"] - octets["up"] * 8 < 8192


async def test_clients(old_router: HiwifiSimulator, old_client: BoundClient) -> None:
    """Those connected are listed; they can be renamed, dropped, blocked and unblocked."""

    async def listed(name: str) -> list[str]:
        """Return addresses of a list."""
        found = (await old_client.older(name))["list"]
        return [each["mac"].replace(":", "") for each in found]

    assert TABLET in await listed("network.common.device_list")
    await old_client.older("network.device.set_device_name", mac=TABLET, name="Slate")
    devices = (await old_client.older("network.device.device_list"))["list"]
    assert "Slate" in {each["name"] for each in devices}
    await old_client.older("network.common.kick_device", mac=TABLET)
    assert TABLET not in await listed("network.device.device_list")
    with pytest.raises(Refused):
        await old_client.older("network.common.kick_device", mac="020000A05303")
    await old_client.older("network.device.add_to_black_list", mac=TABLET)
    assert await listed("network.device.get_black_list") == [TABLET]
    assert old_router.lab.state()["blocked"] == [TABLET]
    await old_client.older("network.device.remove_from_black_list", mac=TABLET)
    assert await listed("network.common.block_list") == []


async def test_firmware(old_router: HiwifiSimulator, old_client: BoundClient) -> None:
    """A check and an upgrade, as in the newer generation."""
    old_router.lab.set_options(upgrade_server="newer")
    assert (await old_client.older("system.rom.check"))["need_upgrade"] == 1
    await old_client.older("system.rom.upgrade")
    old_router.lab.advance(60)
    assert not old_router.lab.state()["up"]
