"""The clients that a device lists."""

from typing import Any

import pytest

from custom_components.gatehouse.clients.errors import CommandRefused, NotSupported
from custom_components.gatehouse.clients.hilink.models import Host, HostInfo, HostList
from tests.conftest import StartModem

from .conftest import NewClient, gets

LAPTOP = "02:00:5e:20:00:01"
HOST: dict[str, Any] = {
    "ID": "Host.1.",
    "MacAddress": "02-00-5E-20-00-01",
    "HostName": "laptop",
    "ActualName": "Ann's laptop",
    "IpAddress": "192.168.8.101;fe80::1",
    "Active": "1",
    "InterfaceType": "Wireless",
    "Frequency": "5GHz",
    "isLocalDevice": "0",
}


async def test_all_clients(start_modem: StartModem, new_client: NewClient) -> None:
    """A router lists who has a cable, too."""
    client = new_client(await start_modem(profile="b535-932"))
    found = await client.hosts.all()
    assert isinstance(found, HostInfo)
    assert [(each.name, each.wired, each.connected) for each in found.hosts] == [
        ("laptop", False, True),
        ("tv", True, True),
    ]


async def test_only_wifi(start_modem: StartModem, new_client: NewClient) -> None:
    """A hotspot lists only the Wi-Fi, and is asked for no more from then on."""
    modem = await start_modem(profile="e8372h-320")
    client = new_client(modem)
    for _ in range(3):
        found = await client.hosts.all()
    assert isinstance(found, HostList)
    assert [(each.mac, each.connected) for each in found.hosts] == [(LAPTOP, True)]
    assert gets(modem, "lan/HostInfo") == 1
    assert gets(modem, "wlan/host-list") == 3


async def test_none(start_modem: StartModem, new_client: NewClient) -> None:
    """A stick has no list; once it has, it is found."""
    modem = await start_modem(profile="e3372")
    client = new_client(modem)
    with pytest.raises(NotSupported):
        await client.hosts.all()
    modem.lab.set_endpoint("lan/HostInfo", {"Hosts": {"Host": HOST}})
    assert len((await client.hosts.all()).hosts) == 1


async def test_odd_refusal(start_modem: StartModem, new_client: NewClient) -> None:
    """A router that refuses its list once does not pass for a hotspot."""
    modem = await start_modem(profile="b535-932")
    client = new_client(modem)
    await client.hosts.all()
    modem.lab.break_replies("lan/HostInfo", "error", code=100002)
    with pytest.raises(NotSupported):
        await client.hosts.all()
    assert len((await client.hosts.all()).hosts) == 2


@pytest.mark.parametrize("hosts", [None, "", {"Host": None}, {"Host": []}])
def test_nobody(hosts: object) -> None:
    """A list may be empty in several ways."""
    assert HostInfo.from_fields({"Hosts": hosts}).hosts == ()


def test_fields() -> None:
    """What a device tells of a client is understood."""
    [host] = HostInfo.from_fields({"Hosts": {"Host": HOST}}).hosts
    assert host == Host(
        host_id="Host.1.",
        mac=LAPTOP,
        name="Ann's laptop",
        ip="192.168.8.101",
        active=True,
        wired=False,
        band="5 GHz",
        is_asking=False,
    )


def test_twins() -> None:
    """Of two entries for one client, the one that is connected counts, wherever it stands."""
    away = HOST | {"Active": "0", "IpAddress": "192.168.8.150"}
    for listed in ([HOST, away], [away, HOST]):
        [host] = HostInfo.from_fields({"Hosts": {"Host": listed}}).hosts
        assert host.connected
    assert HostInfo.from_fields({"Hosts": {"Host": [HOST | {"MacAddress": "?"}]}}).hosts == ()


async def test_rename(start_modem: StartModem, new_client: NewClient) -> None:
    """A client gets another name, which the device may refuse."""
    client = new_client(await start_modem(profile="b525s-23a"))
    host = (await client.hosts.all()).hosts[0]
    await client.hosts.rename(host, "Study")
    assert (await client.hosts.all()).hosts[0].name == "Study"
    with pytest.raises(CommandRefused):
        await client.hosts.rename(host, "x" * 65)
