"""The data connection: dialing, settings, access points and their encryption; the SIM card."""

from typing import Any

from huawei_lte_api.Tools import Tools
import pytest

from custom_components.gatehouse.clients.errors import CommandRefused, InvalidReply, NotSupported
from custom_components.gatehouse.clients.hilink.client import HilinkClient
from custom_components.gatehouse.clients.hilink.encryption import Encryption
from custom_components.gatehouse.clients.hilink.models import ApnProfile
from simulators.hilink import encryption as device_encryption
from simulators.hilink.simulator import HilinkSimulator
from tests.clients.hilink.conftest import NewClient, gets, posts
from tests.conftest import StartModem

SECRET = "pass-pass & <more>"
NEW = ApnProfile(name="Häusle", apn="private.example", username="me", authentication=2, ip_type=2)


def profiles(modem: HilinkSimulator) -> list[dict[str, Any]]:
    """Return the access points that the modem has."""
    found: Any = modem.modem.record("dialup/profiles")["Profiles"]
    listed = found["Profile"]
    return listed if isinstance(listed, list) else [listed]


@pytest.mark.parametrize(
    ("profile", "login"),
    [("e8372h-320", "scram"), ("e5573cs-322", "base64"), ("e3372", "none")],
)
async def test_access_points(
    start_modem: StartModem, new_client: NewClient, profile: str, login: str
) -> None:
    """They are added, chosen and deleted; with both paddings nobody reads the password."""
    modem = await start_modem(profile=profile, demands_encryption=True)
    dialup = new_client(modem).dialup
    assert modem.modem.options.login == login
    assert [each.name for each in (await dialup.profiles()).profiles] == ["Default", "Spare"]
    await dialup.add_profile(NEW, password=SECRET, select=True)
    listed = await dialup.profiles()
    assert listed.current == 3
    assert (listed.profiles[2].name, listed.profiles[2].apn) == ("Häusle", "private.example")
    assert profiles(modem)[2]["Password"] == SECRET
    assert "me" not in repr(listed.profiles[2]).split("username")[-1][:5]
    await dialup.select_profile(2)
    await dialup.delete_profile(3)
    listed = await dialup.profiles()
    assert (listed.current, [each.index for each in listed.profiles]) == (2, [1, 2])
    assert gets(modem, "webserver/publickey") == 1


async def test_order_of_the_list(start_modem: StartModem, new_client: NewClient) -> None:
    """The list of some firmware is not sorted."""
    modem = await start_modem(profile="h165-383")
    listed = await new_client(modem).dialup.profiles()
    assert [(each.index, each.name) for each in listed.profiles] == [
        (1, "Default"),
        (2, "Spare"),
        (3, "Home"),
    ]
    assert listed.current == 3


async def test_protected_access_point(modem: HilinkSimulator, client: HilinkClient) -> None:
    """The device refuses to delete one that it came with."""
    with pytest.raises(CommandRefused) as error:
        await client.dialup.delete_profile(1)
    assert error.value.code == 107724
    assert len(profiles(modem)) == 2


async def test_firmware_without_key(start_modem: StartModem, new_client: NewClient) -> None:
    """Old firmware has no key, and takes plain text."""
    modem = await start_modem(profile="e3372")
    modem.lab.break_replies("webserver/publickey", "error", None, code=100002)
    await new_client(modem).dialup.select_profile(2)
    assert modem.modem.record("dialup/profiles")["CurrentProfile"] == "2"


async def test_odd_key(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Where the key makes no sense, nothing is sent at all."""
    modem.lab.set_field("webserver/publickey", "encpubkeyn", "no number")
    with pytest.raises(InvalidReply):
        await client.dialup.select_profile(2)
    assert posts(modem, "dialup/profiles") == 0


@pytest.mark.parametrize(("oaep", "block"), [(False, 245), (True, 214)])
def test_blocks(oaep: bool, block: int) -> None:  # noqa: FBT001 - a parameter
    """A block holds as much as the padding leaves, as in the public client."""
    fields = {"encpubkeyn": device_encryption.modulus(), "encpubkeye": device_encryption.EXPONENT}
    key = Encryption.from_fields(fields, oaep=oaep)
    for size in (1, block // 4 * 3, block * 3):
        body = bytes(range(256)) * 4
        encrypted = key.encrypt(body[:size])
        public = Tools.rsa_encrypt(
            fields["encpubkeye"], fields["encpubkeyn"], body[:size], int(oaep)
        )
        assert len(encrypted) == len(public)
        assert device_encryption.decrypt(encrypted, oaep=oaep) == body[:size]
        assert device_encryption.decrypt(public, oaep=oaep) == body[:size]


async def test_settings(modem: HilinkSimulator, client: HilinkClient) -> None:
    """One setting is changed and the rest stays."""
    before = modem.modem.record("dialup/connection")
    await client.dialup.set_roaming(enabled=True)
    assert modem.modem.record("dialup/connection") == before | {"RoamAutoConnectEnable": "1"}
    assert (await client.dialup.settings()).roaming is True
    await client.dialup.set_mtu(1400)
    await client.dialup.set_idle_time(600)
    await client.dialup.set_connect_mode(1)
    settings = await client.dialup.settings()
    assert (settings.roaming, settings.mtu) == (True, 1400)
    assert (settings.idle_time, settings.connect_mode) == (600, 1)
    modem.lab.set_endpoint("dialup/connection", {"MTU": "1500"})
    with pytest.raises(NotSupported):
        await client.dialup.set_roaming(enabled=True)


async def test_dial(modem: HilinkSimulator, client: HilinkClient) -> None:
    """Disconnect and connect."""
    await client.dialup.disconnect()
    assert (await client.status()).connection_status == 902
    await client.dialup.connect()
    assert (await client.status()).connection_status == 900


async def test_reconnect(
    modem: HilinkSimulator, client: HilinkClient, start_modem: StartModem, new_client: NewClient
) -> None:
    """What cannot register anew dials anew."""
    await client.dialup.reconnect()
    assert posts(modem, "net/reconnect") == 1
    assert posts(modem, "dialup/dial") == 0
    router = await start_modem(profile="h165-383")
    client = new_client(router)
    await client.dialup.reconnect()
    assert posts(router, "net/reconnect") == 1
    assert posts(router, "dialup/dial") == 2
    assert (await client.status()).connection_status == 900


async def test_pin(modem: HilinkSimulator, client: HilinkClient) -> None:
    """The right PIN opens the card, a wrong one takes a try."""
    modem.lab.lock_sim()
    status = await client.sim.pin_status()
    assert (status.sim_state, status.pin_tries) == (260, 3)
    with pytest.raises(CommandRefused) as error:
        await client.sim.enter_pin("0000")
    assert error.value.code == 103002
    assert "0000" not in str(error.value)
    assert (await client.sim.pin_status()).pin_tries == 2
    await client.sim.enter_pin("1234")
    status = await client.sim.pin_status()
    assert (status.sim_state, status.pin_tries) == (257, 3)
    assert (await client.sim.lock()).tries == 100


async def test_cells(start_modem: StartModem, new_client: NewClient) -> None:
    """Newer firmware lists the cells beside the serving one."""
    modem = await start_modem(profile="h165-383")
    client = new_client(modem)
    [cell] = (await client.cells.secondary()).cells
    assert (cell.channel, cell.band, cell.bandwidth, cell.pci) == (1875, "B3", 15.0, 211)
    assert (cell.rsrp, cell.rsrq, cell.rssi, cell.sinr) == (-95, -12, -64, 11)
    assert [each.band for each in (await client.cells.neighbors()).cells] == ["B1", "B1", "N78"]
    modem.lab.set_endpoint("device/nbrcellinfo", {"nbrcell_ltelist": "1,2,3;odd"})
    assert (await client.cells.neighbors()).cells == ()
